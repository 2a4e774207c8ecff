"""Build again after each edit, and show the site in a browser that reloads itself."""

from __future__ import annotations

import threading
import time
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dlexport.building.build import Request, build
from dlexport.building.folders import state
from dlexport.commands.console import Console, problem_data
from dlexport.problems import ContentError, DlexportError, ResourceError

_PAUSE = 0.3  # seconds between two looks at the files
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


def watch(request: Request, console: Console, *, port: int, open_browser: bool) -> None:
    """Build, then again whenever a file changes, until interrupted.

    Problems are shown and waited out. If the site is among the formats it is
    served on `port` of this machine alone, 0 for any that is free. Raise
    ResourceError if the port is taken.
    """
    preview = Preview(request.out / "web", port) if "web" in request.formats else None
    if preview:
        console.line(f"preview: {preview.address}")
        if open_browser:
            webbrowser.open(preview.address)
    try:
        _rebuild_for_ever(request, console, preview)
    except KeyboardInterrupt:
        console.done()
    finally:
        if preview:
            preview.close()


def _rebuild_for_ever(request: Request, console: Console, preview: Preview | None) -> None:
    seen: object = None
    while True:
        found = state(*request.folders)
        if found != seen:
            seen = found
            if _built(request, console) and preview:
                preview.tell()
        time.sleep(_PAUSE)


def _built(request: Request, console: Console) -> bool:
    start = time.perf_counter()
    quiet = Console(quiet=True, verbose=False, as_json=console.as_json)
    try:
        build(request, quiet)
    except ContentError as error:
        console.report(error.problems)
        console.json({"ok": False, "problems": problem_data(error.problems)})
        return False
    except DlexportError as error:
        console.note(f"error: {error}")
        return False
    console.line(f"{time.strftime('%H:%M:%S')} built in {time.perf_counter() - start:.1f} s")
    return True


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
