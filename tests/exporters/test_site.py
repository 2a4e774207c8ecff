"""What a host and a browser need of the site: names with hashes, an icon, the homepage."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from conftest import Make
from dlexport.commands.cli import cli

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
FILES = {
    "collection.toml": 'title = "Signs"\nhomepage = "https://example.org/home?a=1&b=2"\n',
    "one/a.md": "# What is a?\n\n![a square](_plot.svg) ![a square](__.svg)\n",
    "two/b.md": "# What is b?\n\nB.\n",
    "one/_plot.svg": SVG,
    "one/__.svg": SVG.replace("8v8", "7v7"),
}
_ADDRESS = re.compile(r'\b(?:href|src)="([^"#]+)')


def built(make: Make, tmp_path: Path, theme: str = "", settings: str = "") -> Path:
    """The site, perhaps with colours of one's own or with more settings."""
    files = {**FILES, "collection.toml": FILES["collection.toml"] + settings}
    words = ["web", "--content", str(make(files)), "--out", str(tmp_path / "out")]
    if theme:
        own = tmp_path / "mine" / "web" / "style.css"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f'[% include "!web/style.css" %]\n{theme}\n', encoding="utf-8")
        words += ["--templates", str(tmp_path / "mine")]
    done = CliRunner().invoke(cli, words)
    assert (done.exit_code, done.stderr) == (0, "")
    return tmp_path / "out" / "web"


@pytest.fixture
def site(make: Make, tmp_path: Path) -> Path:
    """The site."""
    return built(make, tmp_path)


def test_addresses_are_there(site: Path) -> None:
    """Each file that a page or the stylesheet names lies where that says."""
    pages = list(site.rglob("*.html"))
    assert len(pages) >= 5
    for page in pages:
        for address in _ADDRESS.findall(page.read_text(encoding="utf-8")):
            if not address.startswith("https:"):
                assert (page.parent / address).is_file(), (page.name, address)
    (style,) = site.glob("style*.css")
    fonts = re.findall(r'url\("([^"]+)"\)', style.read_text(encoding="utf-8"))
    assert {site / name for name in fonts} == set((site / "fonts").iterdir())


def test_looks_have_hashes(site: Path) -> None:
    """Stylesheet, icon, fonts and pictures: a browser keeps a file by its name."""
    kept = [*site.glob("*.css"), *site.glob("*.svg"), *site.glob("fonts/*"), *site.glob("images/*")]
    assert len(kept) > 10
    assert all(re.search(r"(^|-)[0-9a-f]{12}\.\w+$", path.name) for path in kept)


def test_another_look_has_another_name(make: Make, tmp_path: Path) -> None:
    """And the first one goes with the build that made it."""
    (first,) = built(make, tmp_path).glob("style*.css")
    site = built(make, tmp_path, "h1 { color: #7a1f5c; }")
    (second,) = site.glob("style*.css")
    assert first.name != second.name
    assert f'href="{second.name}"' in (site / "index.html").read_text(encoding="utf-8")


def test_no_name_is_left_out_by_a_host(site: Path) -> None:
    """GitHub Pages leaves out what begins with `_`, others what begins with a dot."""
    names = [part for path in site.rglob("*") for part in path.relative_to(site).parts]
    assert not [name for name in names if name.startswith(("_", "."))]
    assert len(list((site / "images").iterdir())) == 2


def test_the_homepage_and_the_icon(site: Path) -> None:
    """On every page."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        foot = text[text.index("<footer>") :]
        assert 'href="https://example.org/home?a=1&amp;b=2"' in foot
        assert text.count('rel="icon"') == 1
    (icon,) = site.glob("icon*.svg")
    assert ElementTree.parse(icon).getroot().tag.endswith("svg")


class Head(HTMLParser):
    """What a page says of itself to hosts and search engines."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("property") or given.get("name") or given.get("rel") or ""
        if tag in ("meta", "link"):
            self.found[name] = given.get("content") or given.get("href") or ""


def test_pages_describe_themselves(site: Path) -> None:
    """Each in words of its own; without the site's address none names one."""
    heads = {page.stem: Head(page).found for page in site.rglob("*.html")}
    assert heads["a"]["description"] == heads["a"]["og:description"] == "What is a?"
    assert heads["a"]["og:title"] == "What is a? – Signs"
    assert heads["one"]["description"] == "One: 1 question with answers"
    assert not [name for head in heads.values() for name in head if name in ("canonical", "og:url")]
    assert not {"sitemap.xml", "404.html"} & {path.name for path in site.iterdir()}


def test_what_hosts_ask_for(make: Make, tmp_path: Path) -> None:
    """With the site's address: one for each page, a list of all, and a page for none."""
    base = "https://example.org/signs"
    site = built(make, tmp_path, settings=f'site = "{base}"\ndescription = "Of <all> & more"\n')
    pages = {page: Head(page).found for page in site.rglob("*.html") if page.stem != "404"}
    for page, head in pages.items():
        address = f"{base}/{page.relative_to(site).as_posix().removesuffix('index.html')}"
        assert head["canonical"] == head["og:url"] == address
    assert pages[site / "index.html"]["description"] == "Of <all> & more"
    listed = [e.text for e in ElementTree.parse(site / "sitemap.xml").iter() if e.tag[-3:] == "loc"]
    assert sorted(map(str, listed)) == sorted(head["canonical"] for head in pages.values())
    lost = (site / "404.html").read_text(encoding="utf-8")
    links = _ADDRESS.findall(lost)
    assert all(link.startswith("https://") for link in links)
    assert {link.removeprefix(f"{base}/") for link in links if link.startswith(base)} <= {
        path.relative_to(site).as_posix() for path in site.rglob("*")
    }
    assert Head(site / "404.html").found["robots"] == "noindex"
