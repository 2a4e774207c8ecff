"""A server on this machine that shows a folder in browsers, and makes them reload."""

from __future__ import annotations

import sys
import threading
from functools import partial
from hashlib import sha256
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dlexport.problems import ResourceError

_POLL = 0.05  # seconds until the server notices that it is to end
_PATIENCE = 20.0  # seconds that a browser's question for news stays open
_NEWS = "/-/news"
_BUILDING = "building"  # the version before there is any
_PAGES = (".html", ".htm")
# Asks for news of what the page was made from; after a restart of the server as well.
_SCRIPT = """<script>
(async function watch() {{
  for (;;) {{
    try {{
      const now = await (await fetch("/-/news?{version}")).text();
      if (now !== "{version}") return location.reload();
    }} catch (error) {{
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }}
  }}
}})();
</script>"""
_NOTICE = """<div role="alert" style="position: fixed; inset: 0; z-index: 2147483647;
overflow: auto; padding: 2em; background: #fff; color: #111; font: 1rem/1.5 system-ui, sans-serif">
{text}</div>"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body>
</html>
"""
_MISSING = _PAGE.format(
    title="This page is not there",
    text='It is shown as soon as it is. <a href="/">To the first page</a>',
)
_WAITING = _PAGE.format(title="building", text="The site is shown as soon as it is built.")


class Preview:
    """A server for one folder whose pages reload when what it shows is another.

    Until `show` is called, it says that the site is being built.
    """

    def __init__(self, folder: Path, port: int) -> None:
        """Serve a folder on this machine. Raise ResourceError if the port is taken."""
        self.version = _BUILDING
        self._site = ""
        self.notice = ""
        self.changed = threading.Condition()
        handler = partial(_Handler, directory=str(folder), preview=self)
        try:
            self._server = _Server(("127.0.0.1", port), handler)
        except OSError as error:
            raise ResourceError(
                f"port {port} cannot be used ({error.strerror}): choose another with --port"
            ) from error
        threading.Thread(target=self._server.serve_forever, args=(_POLL,), daemon=True).start()

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

    def show(self, site: str, faults: str = "") -> None:
        """Show the site, or in its place `faults` where there are any.

        `site` is a checksum of it, empty for the one that was shown before. Open pages reload
        where they would see something else.
        """
        with self.changed:
            self._site = site or self._site
            self.notice = f"<h1>Not built</h1><pre>{escape(faults)}</pre>" if faults else ""
            self.version = sha256(f"{self._site}\n{faults}".encode()).hexdigest()[:16]
            self.changed.notify_all()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


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
            self._answer(200, self._news(query), "text/plain")
            return
        file = Path(self.translate_path(path))
        if "\0" in file.name:  # which no disk has
            self.send_error(404)
            return
        page = file / "index.html" if path.endswith("/") else file
        if page.suffix in _PAGES or path.endswith("/"):
            self._show(page)
        else:
            super().do_GET()

    def _show(self, page: Path) -> None:
        """Answer with a page, or with what is to be said in its place."""
        with self.preview.changed:
            version, notice = self.preview.version, self.preview.notice
        is_built = version != _BUILDING
        try:
            status, text = 200, page.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            status, text = (404, _MISSING) if is_built and not notice else (200, _WAITING)
        self._answer(status, _with(text, version, notice), "text/html; charset=utf-8")

    @property
    def error_message_format(self) -> str:  # type: ignore[override]
        """The page of any other error; it reloads as well."""
        page = _PAGE.format(title="%(code)d", text="%(message)s")
        return _with(page, self.preview.version, self.preview.notice.replace("%", "%%"))

    def _news(self, seen: str) -> str:
        """The version, as soon as it is another than the browser has seen."""
        preview = self.preview
        with preview.changed:
            preview.changed.wait_for(lambda: preview.version != seen, _PATIENCE)
            return preview.version

    def _answer(self, status: int, text: str, kind: str) -> None:
        data = text.encode("utf-8", "surrogateescape")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def _with(page: str, version: str, notice: str) -> str:
    """A page that reloads itself, below a notice where there is one."""
    added = _NOTICE.format(text=notice) if notice else ""
    before, body, after = page.rpartition("</body>")
    added += _SCRIPT.format(version=version)
    return before + added + body + after if body else page + added
