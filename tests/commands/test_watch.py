"""`dlexport watch`: every edit is built and shown."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from conftest import Make, as_from_a_terminal
from dlexport.building import preview as preview_module
from dlexport.building.preview import Preview
from dlexport.problems import ResourceError

pytestmark = pytest.mark.slow

QUESTION = "# Why?\n\nBecause of {}.\n"


@contextmanager
def watching(root: Path, out: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command at work, and the address of its preview."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "dlexport",
        "watch",
        "--port",
        "0",
        "--content",
        str(root),
    ]
    with subprocess.Popen(
        [*command, "--out", str(out)], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=as_from_a_terminal,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            yield process, found[0]
        finally:
            process.kill()


def news(address: str, seen: str = "null") -> str:
    """The version of the pages; waits for another than the one seen."""
    with urlopen(f"{address}-/news?{seen}") as answer:
        return str(answer.read().decode())


def page(address: str) -> str:
    """The page of the question."""
    with urlopen(f"{address}q/q.html") as answer:
        return str(answer.read().decode())


def wait_for_news(address: str, seen: str) -> str:
    """The next version after the one seen; the server answers now and then without any."""
    while (now := news(address, seen)) == seen:
        pass
    return now


def test_an_edit_is_built_and_told(make: Make, tmp_path: Path) -> None:
    """So is the mending of an error, which is shown with its place."""
    root = make({"q.md": QUESTION.format("rain")})
    with watching(root, tmp_path / "out") as (process, address):
        first = wait_for_news(address, "0")
        assert "Because of rain" in page(address)
        assert page(address).count("location.reload()") == 1
        (root / "q.md").write_text(QUESTION.format("snow"), encoding="utf-8")
        second = wait_for_news(address, first)
        assert "Because of snow" in page(address)
        (root / "q.md").write_text(QUESTION.format("$\\frac{1$"), encoding="utf-8")
        assert process.stdout
        for line in process.stdout:
            if "bad-formula" in line:
                break
        assert "q.md:3:" in line
        assert "Because of snow" in page(address)
        (root / "q.md").write_text(QUESTION.format("hail"), encoding="utf-8")
        wait_for_news(address, second)
        assert "Because of hail" in page(address)
        assert "location.reload" not in (tmp_path / "out/web/q/q.html").read_text("utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    """With the option that mends it."""
    one = Preview(tmp_path, 0)
    port = int(one.address.rstrip("/").rpartition(":")[2])
    with pytest.raises(ResourceError, match=f"port {port} .*--port"):
        Preview(tmp_path, port)
    one.close()


def asked_by(preview: Preview, path: str, *hosts: str) -> int:
    """The status of an answer to a request with these Host headers."""
    port = int(preview.address.rstrip("/").rpartition(":")[2])
    lines = [f"GET {path} HTTP/1.1", *(f"Host: {h.format(port)}" for h in hosts), "", ""]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize("path", ["/", "/index.html", "/style.css", "/-/news?null"])
def test_another_sites_name_is_refused(path: str, tmp_path: Path) -> None:
    """A page of a stranger may have its name lead here; it must not read what is shown."""
    for name in ("index.html", "style.css"):
        (tmp_path / name).write_text("</body>", encoding="utf-8")
    preview = Preview(tmp_path, 0)
    try:
        for host in ("localhost:{}", "127.0.0.1:{}"):
            assert asked_by(preview, path, host) == 200
        for host in ("example.org", "example.org:{}", "localhost.example.org:{}", "127.0.0.1:1"):
            assert asked_by(preview, path, host) == 403
        assert asked_by(preview, path) == 403
        assert asked_by(preview, path, "example.org", "localhost:{}") == 403
    finally:
        preview.close()


def test_news_wait_until_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that has seen the newest version is answered when the next is there."""
    monkeypatch.setattr(preview_module, "_PATIENCE", threading.TIMEOUT_MAX)
    preview = Preview(tmp_path, 0)
    try:
        assert news(preview.address) == "0"  # at once, or never
        preview.tell()
        assert news(preview.address, "0") == "1"
    finally:
        preview.close()
