"""A server on this machine that shows a folder in browsers, and makes them reload."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dlexport.problems import ResourceError

_PATIENCE = 20.0  # seconds that a browser's question for news stays open
_NEWS = "/-/news"
# Asks for news until there is any; after a restart of the server as well.
_SCRIPT = b"""<script>
(async function watch() {
  for (let seen = null; ; ) {
    try {
      const now = await (await fetch("/-/news?" + seen)).text();
      if (seen !== null && now !== seen) return location.reload();
      seen = now;
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
})();
</script></body>"""


class Preview:
    """A server for one folder whose pages reload when they are told to."""

    def __init__(self, folder: Path, port: int) -> None:
        """Serve a folder on this machine. Raise ResourceError if the port is taken."""
        self.version = 0
        self.changed = threading.Condition()
        handler = partial(_Handler, directory=str(folder), preview=self)
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            raise ResourceError(
                f"port {port} cannot be used ({error.strerror}): choose another with --port"
            ) from error
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What browsers of this machine call the server."""
        port = self._server.server_port
        names = ("127.0.0.1", "localhost")
        return (*(f"{name}:{port}" for name in names), *(names if port == 80 else ()))

    def tell(self) -> None:
        """Make every open page reload."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, preview: Preview, **options: Any) -> None:
        self.preview = preview
        super().__init__(*arguments, **options)

    def parse_request(self) -> bool:
        """Refuse what another site sends here under its own name (DNS rebinding)."""
        if not super().parse_request():
            return False
        if self.headers.get("Host", "") in self.preview.hosts:
            return True
        self.send_error(403, "this address is not the preview's")
        return False

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == _NEWS:
            self._answer(str(self._news(query)).encode(), "text/plain")
            return
        file = Path(self.translate_path(path))
        page = file / "index.html" if file.is_dir() else file
        if page.suffix != ".html" or not page.is_file():
            super().do_GET()
            return
        self._answer(page.read_bytes().replace(b"</body>", _SCRIPT), "text/html; charset=utf-8")

    def _news(self, seen: str) -> int:
        """The version, as soon as it is another than the browser has seen."""
        preview = self.preview
        with preview.changed:
            preview.changed.wait_for(lambda: str(preview.version) != seen, _PATIENCE)
            return preview.version

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""
