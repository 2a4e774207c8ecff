"""Templates of one's own: ours behind a `!`, files for the site, and faults with their places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import REPOSITORY, Make
from dlexport.commands.cli import cli

FILES = {"one/a.md": "# What is a?\n\nA.\n", "two/b.md": "# What is b?\n\nB.\n"}


def web(make: Make, tmp_path: Path, templates: dict[str, str], *words: str) -> Result:
    """Build the site with these templates."""
    for name, text in templates.items():
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    call = [*(words or ("web",)), "--content", str(make(FILES)), "--out", str(tmp_path / "out")]
    return CliRunner().invoke(cli, [*call, "--templates", str(tmp_path / "mine")])


def page(tmp_path: Path, name: str = "index.html") -> str:
    """A page of the site."""
    return (tmp_path / "out" / "web" / name).read_text(encoding="utf-8")


def test_one_block_is_changed(make: Make, tmp_path: Path) -> None:
    """On every page; the rest is ours."""
    own = (
        '[% extends "!web/page.html" %]\n'
        "[% block body %]<p>BANNER</p>[[ super() ]][% endblock %]\n"
        "[% block footer %]<p>FOOT</p>[% endblock %]\n"
    )
    done = web(make, tmp_path, {"web/page.html": own})
    assert (done.exit_code, done.stderr) == (0, "")
    for name in ("index.html", "q/a.html", "deck/one.html"):
        text = page(tmp_path, name)
        assert text.count("<p>BANNER</p>") == text.count("<p>FOOT</p>") == 1
        assert "<h1" in text
        assert '<link rel="stylesheet"' in text
    assert "What is a?" in page(tmp_path)


def test_a_stylesheet_goes_on(make: Make, tmp_path: Path) -> None:
    """With ours before it."""
    own = '[% include "!shared/theme.css" %]\n:root { --accent: #7a1f5c; }\n'
    assert web(make, tmp_path, {"shared/theme.css": own}).exit_code == 0


@pytest.mark.parametrize(
    ("templates", "said"),
    [
        ({"web/page.html": '\n[% extends "web/page.html" %]'},
         ("web/page.html:2:1 bad-template “web/page.html” leads to itself", "ours is “!web/page")),
        ({"web/page.html": '[% include "web/2.html" %]',
          "web/2.html": '[% include "web/page.html" %]'},
         ("page.html:1:1 bad-template “web/page.html” leads to itself, by way of “web/2.html”",)),
        ({"web/page.html": '[% include "web/index.html" %]'},
         ("mine/web/page.html:1:1 bad-template cannot be filled in: it leads to itself",)),
        ({"web/index.html": '[% extends "web/pgae.html" %]'},
         ("index.html:1:1 bad-template there is no template “web/pgae.html”", "“web/page.html”")),
        ({"web/index.html": "\n[% block body %]"},
         ("web/index.html:2:1 bad-template Unexpected end of template",)),
        ({"web/index.html": "\n[[ meta.title|nosuch ]]"},
         ("web/index.html:2:1 bad-template No filter named 'nosuch'",)),
        ({"web/index.html": "\n\n[[ meta.titel ]]"},
         ("web/index.html:3:1 bad-template cannot be filled in: ", "titel")),
        ({"web/index.html": "[[ 1 / 0 ]]"},
         ("web/index.html:1:1 bad-template cannot be filled in: ZeroDivisionError",)),
        ({"shared/question.html": "[% macro marks(question) %][% endmacro %]"},
         ("shared/question.html:1:1 bad-template cannot be filled in: the template",)),
        ({"web/plans.html": "[% if %]"},
         ("web/plans.html:1:1 bad-template Expected an expression",)),
    ],
)  # fmt: skip
def test_faults(
    templates: dict[str, str], said: tuple[str, ...], make: Make, tmp_path: Path
) -> None:
    """A problem at its place, never a fault of dlexport."""
    done = web(make, tmp_path, templates)
    assert done.exit_code == 1
    assert "a fault in dlexport" not in done.stderr
    assert all(part in done.stderr for part in said), done.stderr


def test_other_languages_marks(make: Make, tmp_path: Path) -> None:
    """Jinja's own are not these; Anki's fields are meant in its templates."""
    templates = {
        "web/index.html": '{% extends "web/page.html" %}\n<h1>{{ meta.title }}</h1>\n',
        "anki/basic/card-back.html": "{{FrontSide}}{{Back}}\n{% if x %}",
    }
    done = web(make, tmp_path, templates)
    assert done.exit_code == 0
    found = re.findall(r"mine/(\S+) template-delimiters “(..)”", done.stderr)
    assert found == [
        ("anki/basic/card-back.html:2:1", "{%"),
        ("web/index.html:1:1", "{%"),
        ("web/index.html:2:5", "{{"),
    ]
    assert web(make, tmp_path, templates, "web", "--strict").exit_code == 1


def test_files_of_ones_own(make: Make, tmp_path: Path) -> None:
    """Those in web/ go to the site, what no output uses is named, an editor's are passed over."""
    templates = {
        "web/logo.svg": "<svg/>",
        "web/extra/about.html": "<p>[% not filled in %] {{ }}</p>",
        "web/part.html": "PART",
        "web/index.html": '[% include "web/part.html" %]',
        "web/.index.html.swp": "x",
        "web/index.html~": "x",
        "pdf/bok.css": "x",
        "notes.txt": "x",
    }
    done = web(make, tmp_path, templates)
    assert done.exit_code == 0
    found = re.findall(r"mine/(\S+):1:1 unused-template", done.stderr)
    assert found == ["notes.txt", "pdf/bok.css"]
    assert "did you mean “pdf/book.css” or" in done.stderr
    site = tmp_path / "out" / "web"
    assert page(tmp_path, "extra/about.html") == templates["web/extra/about.html"]
    assert (site / "logo.svg").read_text("utf-8") == "<svg/>"
    assert page(tmp_path) == "PART"
    assert not list(site.glob("*part*")) + list(site.glob("*~")) + list(site.glob(".*"))


def test_a_file_in_the_place_of_a_page(make: Make, tmp_path: Path) -> None:
    """Two files for one path are refused."""
    done = web(make, tmp_path, {"web/q/a.html": "mine"})
    assert (done.exit_code, "q/a.html" in done.stderr) == (1, True)


def test_a_linked_folder(make: Make, tmp_path: Path) -> None:
    """What lies behind the link decides whether anything has changed, and loops end."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "web").symlink_to(theme)
    (theme / "again").symlink_to(tmp_path / "mine")
    for word in ("ONE", "TWO"):
        (theme / "index.html").write_text(f"THEME {word}", encoding="utf-8")
        assert web(make, tmp_path, {}).exit_code == 0
        assert page(tmp_path) == f"THEME {word}"


def test_promised_blocks() -> None:
    """docs/print.md names the blocks that the pages have."""
    text = (REPOSITORY / "docs" / "print.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+/page\.x?html)` \| (.+) \|$", text, re.M))
    assert set(rows) == {"web/page.html", "epub/page.xhtml", "pdf/page.html"}
    for name, blocks in rows.items():
        source = (REPOSITORY / "templates" / name).read_text(encoding="utf-8")
        assert re.findall(r"`(\w+)`", blocks) == re.findall(r"\[% block (\w+)", source)


def test_the_key_knows_the_place_of_files(make: Make, tmp_path: Path) -> None:
    """A template that is renamed is another one."""
    assert web(make, tmp_path, {"web/logo.svg": "<svg/>"}).exit_code == 0
    (tmp_path / "mine/web/logo.svg").rename(tmp_path / "mine/web/sign.svg")
    assert web(make, tmp_path, {}).exit_code == 0
    assert (tmp_path / "out" / "web" / "sign.svg").exists()
