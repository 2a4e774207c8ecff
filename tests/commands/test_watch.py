"""`dlexport watch`: every edit is built and shown."""

from __future__ import annotations

import html
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from conftest import Make, as_from_a_terminal
from dlexport.building import preview as preview_module
from dlexport.building.preview import Preview
from dlexport.commands.cli import cli
from dlexport.problems import ResourceError

pytestmark = pytest.mark.slow

QUESTION = "# Why?\n\nBecause of {}.\n"


@contextmanager
def watching(root: Path, out: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
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
        [*command, "--out", str(out), *words], text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, preexec_fn=as_from_a_terminal,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            yield process, found[0]
        finally:
            process.kill()


def answer(address: str) -> tuple[int, str]:
    """The status and the text of what the preview answers."""
    try:
        with urlopen(address) as found:
            return found.status, str(found.read().decode())
    except HTTPError as error:
        return error.code, error.read().decode()


def version(text: str) -> str:
    """What a page was made from; each page asks whether that is another by now."""
    found = re.findall(r"/-/news\?(\w+)", text)
    assert len(found) == 1
    assert text.count("location.reload()") == 1
    return str(found[0])


def news(address: str, seen: str = "null") -> str:
    """The version of the pages; waits for another than the one seen."""
    return answer(f"{address}-/news?{seen}")[1]


def page(address: str) -> str:
    """The page of the question."""
    return answer(f"{address}q/q.html")[1]


def wait_for_news(address: str, seen: str) -> str:
    """The next version after the one seen; the server answers now and then without any."""
    while (now := news(address, seen)) == seen:
        pass
    return now


def test_an_edit_is_built_and_told(make: Make, tmp_path: Path) -> None:
    """So is the mending of an error, which is shown with its place, on the page too."""
    root = make({"q.md": QUESTION.format("rain")})
    with watching(root, tmp_path / "out") as (process, address):
        first = wait_for_news(address, "building")
        assert "Because of rain" in page(address)
        assert version(page(address)) == first
        (root / "q.md").write_text(QUESTION.format("snow"), encoding="utf-8")
        second = wait_for_news(address, first)
        assert "Because of snow" in page(address)
        (root / "q.md").write_text(QUESTION.format("$\\frac{1$"), encoding="utf-8")
        line = said(process, "bad-formula")
        assert "q.md:3:" in line
        third = wait_for_news(address, second)
        assert line.strip() in html.unescape(page(address))
        assert version(page(address)) == third
        (root / "q.md").write_text(QUESTION.format("hail"), encoding="utf-8")
        wait_for_news(address, third)
        assert "Because of hail" in page(address)
        assert "bad-formula" not in page(address)
        assert "location.reload" not in (tmp_path / "out/web/q/q.html").read_text("utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait() in (0, 130)  # the latter on a machine too busy to end in time


def said(process: subprocess.Popen[str], words: str) -> str:
    """The next line that has these words."""
    assert process.stdout
    return next(line for line in process.stdout if words in line)


def test_a_page_that_vanishes_comes_back(make: Make, tmp_path: Path) -> None:
    """Without a click: what stands for it reloads itself."""
    files = {"a/q.md": QUESTION.format("rain"), "b/r.md": QUESTION.format("snow")}
    root = make(files)
    with watching(root, tmp_path / "out") as (_, address):
        first = wait_for_news(address, "building")
        (root / "a").rename(tmp_path / "a")
        second = wait_for_news(address, first)
        status, text = answer(f"{address}q/q.html")
        assert (status, version(text)) == (404, second)
        (tmp_path / "a").rename(root / "a")
        wait_for_news(address, second)
        assert "Because of rain" in page(address)


def test_only_other_bytes_reload(make: Make, tmp_path: Path) -> None:
    """No editor's file, and no edit that no page shows; warnings come once for each edit."""
    root = make({"q.md": QUESTION.format("rain")})
    with watching(root, tmp_path / "out") as (process, address):
        first = wait_for_news(address, "building")
        for name in (".q.md.swp", "q.md~", "#q.md#", "4913", "q.md.tmp", "notes.txt"):
            (root / name).write_text("x", encoding="utf-8")
        (root / "q.md").write_text(QUESTION.format("rain") + "\n", encoding="utf-8")
        said(process, "built in")
        said(process, "built in")
        assert version(page(address)) == first
        fence = "\n```nosuchlanguage\nx\n```\n"
        (root / "q.md").write_text(QUESTION.format("rain") + fence, encoding="utf-8")
        assert "q.md:5:1 unknown-language" in said(process, "unknown-language")
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(3)]
        assert sum("unknown-language" in line for line in lines) == 0


def test_whatever_is_raised_is_waited_out(make: Make, tmp_path: Path) -> None:
    """A template that cannot be used, with its line; a package that is gone."""
    root, templates = make({"q.md": QUESTION.format("rain")}), tmp_path / "templates"
    (templates / "web").mkdir(parents=True)
    good = "<html><body>[% block main %][% endblock %] OWN</body></html>"
    style = templates / "web" / "page.html"
    style.write_text(good, encoding="utf-8")
    with watching(root, tmp_path / "out", "--templates", str(templates)) as (process, address):
        last = wait_for_news(address, "building")
        for broken, line in ((f"\n[% if %]{good}", 2), (f"\n\n[[ nothing.of ]]{good}", 3)):
            style.write_text(broken, encoding="utf-8")
            assert f"page.html:{line}" in said(process, "page.html:")
            last = wait_for_news(address, last)
            assert f"page.html:{line}" in page(address)
            style.write_text(good, encoding="utf-8")
            last = wait_for_news(address, last)
            assert "OWN" in page(address)


def test_a_package_that_is_gone_is_waited_for(make: Make, tmp_path: Path) -> None:
    """With its name; the next edit is of it."""
    root = make({"q.md": QUESTION.format("rain")})
    words = ["anki", "--content", str(root), "--out", str(tmp_path / "old")]
    assert CliRunner().invoke(cli, words).exit_code == 0
    package = next((tmp_path / "old" / "anki").iterdir())
    with watching(root, tmp_path / "out", "--previous", str(package)) as (process, address):
        first = wait_for_news(address, "building")
        kept = package.read_bytes()
        package.unlink()
        assert f"{package}: cannot be read: No such file" in said(process, "error")
        second = wait_for_news(address, first)
        assert str(package) in page(address)
        package.write_bytes(kept)
        assert wait_for_news(address, second) == first


def test_the_time_before_the_first_build(tmp_path: Path) -> None:
    """A page says so, and reloads itself when there is something to show."""
    preview = Preview(tmp_path / "web", 0)
    try:
        for path in ("", "index.html", "q/q.html", "-/x/"):
            status, text = answer(preview.address + path)
            assert (status, version(text)) == (200, "building")
        preview.show("site")
        status, text = answer(f"{preview.address}q/q.html")
        assert (status, version(text)) == (404, preview.version)
        preview.show("", "<a.md>:1:1 bad")
        status, text = answer(f"{preview.address}q/q.html")
        assert "&lt;a.md&gt;:1:1 bad" in text
        assert news(preview.address, version(text)[:-1]) == preview.version
    finally:
        preview.close()


@pytest.mark.parametrize("path", ["style.css", "nothing", "%00", "a.html/", "q.html?x", "../x"])
def test_every_page_reloads(path: str, tmp_path: Path) -> None:
    """Those of errors too."""
    preview = Preview(tmp_path, 0)
    preview.show("site", "100 % wrong")
    try:
        assert version(answer(preview.address + path)[1]) == preview.version
    finally:
        preview.close()


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
        assert news(preview.address) == "building"  # at once, or never
        preview.show("site")
        assert news(preview.address, "building") == preview.version
    finally:
        preview.close()
