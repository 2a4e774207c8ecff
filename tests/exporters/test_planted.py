"""What a stranger writes into any field stays words, in every output.

Each text field of each file holds markup that would be seen if it came through; values of
addresses and of styles that are refused are tried one by one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
import tinyhtml5
from click.testing import CliRunner

from clients import anki
from conftest import Make
from dlexport.commands.cli import cli
from dlexport.untrusted import css_length, is_colour, link_fault

# No letter is special in TOML's single quotes; YAML's double a quote by itself.
PLANTED = """"><b data-planted="1" onclick="x">{name}</b>&lt;{{{{Front}}}}[[ meta ]]</style>"""
COLLECTION = """
title = '''TITLE'''
authors = ['''AUTHOR''']
licence = '''LICENCE'''
version = '''VERSION'''
updated = '''UPDATED'''
description = '''DESCRIPTION'''
language = "en-GB"
homepage = "https://example.org/a?b=1&c='x'"
site = "https://example.org/a&b"

[[decks]]
folder = "one"
title = '''DECK'''

[tags]
tag = '''TAG'''

[[plans]]
id = "plan"
title = '''PLAN'''
days = 2

[macros]
planted = '\\text{MACRO}'
"""
BIBLIOGRAPHY = """
@misc{one,
  author = {{AUTHOROF}},
  title = {{CITED}},
  howpublished = {{PUBLISHER}},
  year = {{YEAR}},
  url = {https://example.org/d?e=1&f='y'}
}
@misc{two, title = {Two}, year = {2020}, doi = {10.1/a"><b data-planted=1>(x)}}
@misc{three, title = {Three}, year = {2020}, url = {javascript:planted}}
@misc{four, title = {Four}, year = {2020}, eprint = {1"><b data-planted=1>}}
"""
QUESTION = """---
id: first
title: '"onclick="x" &lt;i&gt; {{Front}}'
difficulty: easy
asked: often
tags: [tag]
as_of: 2026-11
references: [one, two, three, four]
---

# What is `QUESTION`?

## Short answer

Words, `SHORT`.

## Answer

![ALT](a.svg "`CAPTION`"){width=40mm height=20mm .x" #y}

[link](https://example.org/g?h=1&i='z' "LINKTITLE") [two](anki:planted) [@one] $\\planted$
$\\text{FORMULA}$ `CODE`[^n]

[^n]: `NOTE`

{.a"b #c lang="x'y" dir="ltr"}
A paragraph.

```la"n<g
LISTING
```

| `HEAD` |
| --- |
| `CELL` |

<b onclick="x" data-planted="1" style="color: red" class="&quot;><i>">HTML</b>
<a href="javascript:planted">a</a> <a href="https://example.org/j">b</a>
<script>planted</script> <mask data-planted="1">

## Common mistakes

- **`CLAIM`** `CORRECTION`

## Cards

### `FRONT` [x](anki:planted) {#one}

`BACK`

### {#two .cloze}

{{c1::`HIDDEN`::`HINT`}}

### `TYPED` {#three .typed}

`ANSWER`

### `CHOOSE` {#four .choice}

- [x] `RIGHT`: `REASON`
- [ ] `WRONG`: `OTHERREASON`
"""
SECOND = "---\nrequires: [first]\n---\n\n# What next?\n\nSee [one](first.md).\n"
# What is no place for a quote or a `<` of its own.
_QUIET = {"MACRO", "FORMULA", "ALT", "LINKTITLE"}
_FIELD = re.compile(r"\b[A-Z]{3,}\b")
_HREFS = ("href", "src", "xlink:href", "poster", "action", "background")
_PROPERTIES = {"width", "height", "vertical-align", "text-align", "font-size"}


def planted(text: str) -> str:
    """A file with markup in each field that is named in capitals."""

    def value(found: re.Match[str]) -> str:
        name = found[0]
        if name in {"HTML", "CODE"}:
            return name
        if name in _QUIET:
            return f'"><b data-planted=1>{name}'.replace("<", "&lt;" if name == "ALT" else "<")
        return PLANTED.format(name=name)

    return _FIELD.sub(value, text)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All outputs of the collection."""
    root = tmp_path_factory.mktemp("planted")
    content = root / "content"
    (content / "one").mkdir(parents=True)
    figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
    files = {
        "collection.toml": planted(COLLECTION),
        "references.bib": planted(BIBLIOGRAPHY),
        "introduction.md": planted("Words: `INTRODUCTION` [x](foo:planted).\n"),
        "one/first.md": planted(QUESTION),
        "one/second.md": SECOND,
        "one/a.svg": figure,
    }
    for name, text in files.items():
        (content / name).write_text(text, encoding="utf-8")
    words = ["all", "--content", str(content), "--out", str(root / "out")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return root / "out"


def check_element(element: ElementTree.Element, where: str) -> None:
    """No attribute that was planted, no address or style that is not decided on."""
    tag = str(element.tag).rpartition("}")[2]
    assert tag not in ("script", "mask", "iframe", "form"), where
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        assert name != "data-planted", (where, tag)
        assert not name.startswith("on"), (where, tag)
        if name in _HREFS:
            assert not link_fault(value), (where, tag, value)
        if name == "style":
            check_style(value, where)
        if name in ("fill", "stroke", "mathcolor", "mathbackground"):
            assert value == "currentColor" or is_colour(value), (where, value)


def check_style(style: str, where: str) -> None:
    for part in filter(None, map(str.strip, style.split(";"))):
        name, _, value = map(str.strip, part.partition(":"))
        assert name in _PROPERTIES, (where, style)
        lengths = css_length(value.removeprefix("-")) or value in ("left", "center", "right")
        assert lengths or value == "0", (where, style)


def check_html(html: str, where: str) -> None:
    """A page as browsers read it."""
    for element in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if isinstance(element.tag, str):
            check_element(element, where)


def names(text: str) -> set[str]:
    """The fields of the collection of which a text has the words."""
    return {name for name in _FIELD.findall(COLLECTION + BIBLIOGRAPHY + QUESTION) if name in text}


@pytest.mark.slow
def test_the_site(out: Path) -> None:
    """Pages, as a browser reads them."""
    pages = sorted((out / "web").rglob("*.html"))
    for page in pages:
        check_html(page.read_text(encoding="utf-8"), page.name)
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    shown = {"TITLE", "DECK", "QUESTION", "CITED", "CLAIM", "LICENCE", "PLAN", "TAG", "YEAR"}
    assert names(text) >= shown | {"AUTHOR", "VERSION", "CAPTION", "REASON"}


@pytest.mark.slow
def test_books(out: Path) -> None:
    """Each file of both editions, as XML."""
    books = sorted((out / "epub").glob("*.epub"))
    assert len(books) == 2
    for book in books:
        with zipfile.ZipFile(book) as archive:
            for name in archive.namelist():
                if name.endswith((".xhtml", ".opf", ".svg", ".xml")):
                    for element in ElementTree.fromstring(archive.read(name)).iter():
                        check_element(element, f"{book.name}/{name}")


@pytest.mark.slow
def test_pdfs(out: Path) -> None:
    """No link and no action but to pages, the web and mail."""
    for path in sorted((out / "pdf").rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and "/S" in thing:
                    assert str(thing["/S"]) not in ("/JavaScript", "/Launch", "/SubmitForm"), path
                    if str(thing["/S"]) == "/URI":
                        assert not link_fault(str(thing["/URI"])), (path, thing["/URI"])


def fields(package: Path) -> Iterator[str]:
    """The fields of all notes, as Anki itself has them, and the decks' descriptions."""
    with anki.new_collection() as learner:
        anki.import_package(learner, package)
        for note in learner.find_notes(""):
            yield from learner.get_note(note).fields
        for deck in learner.decks.all():
            yield str(deck.get("desc", ""))
        for note in learner.find_notes(""):
            for card in learner.get_note(note).cards():
                yield card.question()
                yield card.answer()


@pytest.mark.slow
def test_anki(out: Path) -> None:
    """Fields, descriptions and cards, as the program that shows them reads them."""
    for package in sorted((out / "anki").glob("*.apkg")):
        for field in fields(package):
            check_html(re.sub(r"<style>.*?</style>", "", field, flags=re.S), package.name)


@pytest.mark.parametrize(
    "value",
    ["1px;position:fixed", "url(x)", "expression(x)", "calc(1px)", "-4mm", "0", "99999px", "4 mm",
     "var(--x)", "4furlongs", "1e9px"],
)  # fmt: skip
def test_no_length(value: str, make: Make) -> None:
    """An error at the picture's place, before anything is made."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
    text = f'# What?\n\n![a picture](a.svg){{width="{value}"}}\n'
    root = make({"a.svg": picture, "q.md": text})
    done = CliRunner().invoke(cli, ["check", "--content", str(root)])
    assert (done.exit_code, f"q.md:3:1 bad-value a.svg: width is “{value}”" in done.stderr) == (
        1,
        True,
    )


@pytest.mark.parametrize("value", ["40mm", "50%", "300", "12.5em", ".5in", "8CM", "100px"])
def test_lengths(value: str, make: Make) -> None:
    """What people write."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
    root = make({"a.svg": picture, "q.md": f"# What?\n\n![a](a.svg){{width={value}}}\n"})
    assert CliRunner().invoke(cli, ["check", "--content", str(root)]).stderr == ""


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ("width=40mm", "3:1 unknown-mark the attribute width=“40mm” means nothing here"),
        ('lang="x y"', "3:1 bad-value the attribute lang is “x y”"),
        ("dir=up", "3:1 bad-value the attribute dir is “up”"),
        ('id="a b"', "3:1 bad-value the attribute id is “a b”"),
    ],
)
def test_attributes_that_cannot_be(attributes: str, said: str, make: Make) -> None:
    """They would make a book that no reading system has to open."""
    root = make({"q.md": f"# What?\n\n{{{attributes}}}\nA paragraph.\n"})
    assert (
        said.partition(" ")[2] in CliRunner().invoke(cli, ["check", "--content", str(root)]).stderr
    )


@pytest.mark.slow
def test_each_attribute_once(make: Make, tmp_path: Path) -> None:
    """What an author gives and what we add are one attribute: a book is XML."""
    texts = ("{dir=ltr lang=he}\nשלום עולם\n", "{.mine}\n- [x] done\n", "{start=3 .mine}\n1. one\n")
    root = make({"q.md": "# What?\n\n" + "\n".join(texts)})
    words = ["epub", "--content", str(root), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(cli, words).exit_code == 0
    for book in (tmp_path / "out" / "epub").glob("*.epub"):
        with zipfile.ZipFile(book) as archive:
            (chapter,) = (n for n in archive.namelist() if n.endswith("-q.xhtml"))
            text = archive.read(chapter).decode()
        ElementTree.fromstring(text)
        assert '<p lang="he" dir="ltr">' in text or '<p dir="ltr" lang="he">' in text
        assert 'class="mine contains-task-list"' in text


@pytest.mark.parametrize("formula", [
    r"\textcolor{url(x)}{x}", r"\colorbox{red;background:url(x)}{x}", r"\color{\"><i>}x",
    r"\fcolorbox{red}{url(x)}{x}", r'\mmlToken{mi}[href="javascript:x"]{x}', r"\href{x}{y}",
    r"\style{color:red}{x}", r"\class{x}{y}", r"\cssId{x}{y}", r"\htmlData{a=b}{y}",
])  # fmt: skip
def test_formulas_that_write_markup(formula: str, make: Make) -> None:
    """Each is an error: Anki's own MathJax would do what it says."""
    root = make({"q.md": f"# What?\n\nIt is $a {formula}$.\n"})
    done = CliRunner().invoke(cli, ["check", "--content", str(root)])
    assert (done.exit_code, "q.md:3" in done.stderr, "bad-formula" in done.stderr) == (
        1,
        True,
        True,
    )


@pytest.mark.parametrize("colour", ["red", "#F00", "#ff0000", "DarkBlue"])
def test_colours(colour: str, make: Make) -> None:
    """What people write."""
    root = make({"q.md": f"# What?\n\nIt is $\\textcolor{{{colour}}}{{x}}$.\n"})
    assert CliRunner().invoke(cli, ["check", "--content", str(root)]).stderr == ""
