"""The text that a person wrote is the text that a person sees, in every target."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients import anki
from conftest import Make, build, load, session
from dlexport.document import Cloze, Code, CodeBlock, FormulaBlock, Paragraph, Str, Text, plain
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.exporters.epub.renderer import EpubRenderer
from dlexport.exporters.pdf.renderer import PdfRenderer
from dlexport.exporters.web.renderer import WebRenderer
from dlexport.model import Collection
from dlexport.rendering.base import TextRenderer
from dlexport.rendering.excerpt import key_point
from dlexport.rendering.formulas import formulas
from dlexport.rendering.templating import environment

# Everything that XML can hold; half of it made of what some target acts upon.
_PLAIN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_LOADED = st.sampled_from(
    r"""
    {{c1:: }} :: {{Front}} {{/a}} [sound:x] [latex] [/latex] [$] [$$] [anki:tts] \( \) \[ \] \\
    \begin{x} $ $$ {% %} [% %] [[ ]] <b> </p> <!-- --> &amp; &lt; ' " ]]> <script> ` { } : \u202e
    """.split()
)
TEXTS = st.lists(st.one_of(_PLAIN, _LOADED), min_size=1, max_size=12).map("".join)
Written = type[Str] | type[Code] | type[CodeBlock]
TARGETS = ("anki", "cloze", "epub", "pdf", "web")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    root = tmp_path_factory.mktemp("small")
    (root / "q.md").write_text("# Why?\n\nBecause.\n", encoding="utf-8")
    return load(root)


def renderer(target: str, collection: Collection) -> TextRenderer:
    if target == "pdf":
        return PdfRenderer(collection, session(), set(), 30, references=False)
    classes: dict[str, type[TextRenderer]] = {
        "anki": AnkiRenderer,
        "cloze": AnkiRenderer,
        "epub": EpubRenderer,
        "web": WebRenderer,
    }
    return classes[target](collection, session())


def shown(markup: str) -> str:
    """The characters that a reader of XHTML sees."""
    root = ElementTree.fromstring(f"<body>{markup}</body>")
    return "".join(root.itertext())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", [Str, Code, CodeBlock])
def test_any_text_comes_out_as_it_went_in(target: str, kind: Written, small: Collection) -> None:
    """Prose, code in a line and blocks of code, whatever they hold; the markup is XML."""
    render = renderer(target, small)

    @settings(max_examples=150, deadline=None)
    @given(TEXTS)
    def check(written: str) -> None:
        node = kind(written)
        text = Text((node if isinstance(node, CodeBlock) else Paragraph((node,)),))
        markup = str(render.render_text(text, small.questions[0], cloze=target == "cloze"))
        # Where PDF breaks a line of code it says so with a mark of its own.
        assert shown(markup).replace("\n↪ ", "").strip() == written.strip()

    check()


def deletion(written: str) -> Text:
    """A cloze text that hides some prose, and hides it as code too."""
    hidden = Cloze(1, (Str(written), Code(written)))
    return Text((Paragraph((Str("before "), hidden)),))


def test_anki_shows_what_was_written(small: Collection, make: Make, tmp_path: Path) -> None:
    """Anki's own backend, given hostile texts in notes and inside deletions, changes nothing."""
    render = renderer("anki", small)
    texts: list[str] = []

    @settings(max_examples=120, deadline=None, database=None)
    @given(TEXTS)
    def collect(written: str) -> None:
        texts.append(re.sub(r"\s+", " ", written).strip() or "x")

    collect()
    with anki.new_collection() as learner:
        basic, cloze = learner.models.by_name("Basic"), learner.models.by_name("Cloze")
        default = learner.decks.id_for_name("Default")
        assert basic
        assert cloze
        assert default
        for written in texts:
            note = learner.new_note(basic)
            note["Front"] = "front"
            text = Text((Paragraph((Str(written),)),))
            note["Back"] = str(render.render_text(text, small.questions[0]))
            learner.add_note(note, default)
            answer = note.cards()[0].answer().partition("<hr id=answer>")[2]
            assert visible(answer) == written
            note = learner.new_note(cloze)
            note["Text"] = str(
                render.render_text(deletion(written), small.questions[0], cloze=True)
            )
            learner.add_note(note, default)
            assert len(note.cards()) == 1
            answer = note.cards()[0].answer()
            assert visible(answer).endswith(f"before {written}{written}")
            assert "before […]" in visible(note.cards()[0].question()).replace("[...]", "[…]")


def visible(markup: str) -> str:
    """The words of a card, without its stylesheet."""
    body = re.sub(r"<style>.*?</style>", "", markup, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]*>", "", body))).strip()


@pytest.mark.parametrize(
    "written",
    [
        "It costs $5 and $6.",
        "Set $HOME and $PATH.",
        "From 10$ to 20$ a day.",
        "US$100, A$7 and $1,000.50.",
        r"An escaped \$x\$ stays.",
        "Code `$x$` stays.",
    ],
)
def test_prices_are_not_formulas(written: str, make: Make) -> None:
    """The rule of docs/format.md: no blank inside a `$`, no digit outside it."""
    question = load(make({"q.md": f"# Why?\n\n{written}\n"})).questions[0]
    assert not any(formulas(question.answer))
    assert plain(question.answer.blocks) == written.replace("\\", "").replace("`", "")


@pytest.mark.parametrize(
    "written",
    [
        "$x$",
        "a $x$, b",
        "($x$)",
        "$`x`$",
        "text\n$$\nx\n$$\nmore",
        "$$x$$",
        "```math\nx\n```",
        "$5$",
    ],
)
def test_formulas_are_formulas(written: str, make: Make) -> None:
    """All the forms that code hosts take."""
    question = load(make({"q.md": f"# Why?\n\n{written}\n"})).questions[0]
    assert [node.tex for node in formulas(question.answer)] == ["5" if "5" in written else "x"]


def test_macros_mean_the_same_everywhere(make: Make, tmp_path: Path) -> None:
    """Declared once; Anki, which does not know them, gets them expanded."""
    root = make(
        {
            "collection.toml": '[macros]\nR = "\\\\mathbb{R}"\nnorm = "\\\\lVert #1 \\\\rVert"\n',
            "q.md": "# Why?\n\n$\\norm{x} \\in \\R^n$ and $\\R y$.\n",
        }
    )
    collection = load(root)
    (text,) = [collection.questions[0].answer]
    markup = {t: str(renderer(t, collection).render_text(text)) for t in ("anki", "epub", "pdf")}
    assert r"\lVert x\rVert" in markup["anki"].replace("\\lVert  x", "\\lVert x").replace(
        " \\r", "\\r"
    )
    assert r"\mathbb{R} y" in markup["anki"]
    assert "ℝ" in markup["epub"]
    assert markup["pdf"].count('<img class="math"') == 2


def test_links_lead_to_the_question(make: Make, tmp_path: Path) -> None:
    """A chapter, a place in the document, an anchor on a page, a search in Anki."""
    root = make(
        {
            "collection.toml": '[anki]\ntag_prefix = "t"\n',
            "one/a.md": "# Why?\n\nSee [the *other*](../two/b.md) or [here](https://example.org/).\n",
            "two/b.md": "# What?\n\nThat.\n",
        }
    )
    collection = load(root)
    text, question = collection.by_id["a"].answer, collection.by_id["a"]
    pdf = PdfRenderer(collection, session(), {"a", "b"}, 30, references=False)
    assert 'href="002-b.xhtml#q-b"' in renderer("epub", collection).render_text(text, question)
    assert 'href="#q-b"' in pdf.render_text(text, question)
    assert 'href="q/b.html"' in renderer("web", collection).render_text(text, question)
    in_anki = visible(str(renderer("anki", collection).render_text(text, question)))
    assert in_anki == "See the other (tag:t::question::b) or here."
    for target in ("anki", "epub", "pdf", "web"):
        markup = renderer(target, collection).render_text(text, question)
        assert 'href="https://example.org/"' in markup


def test_pictures_of_one_name_stay_apart(make: Make, tmp_path: Path) -> None:
    """Two files called `p.svg` in two folders are two media files."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 1"/>'
    root = make(
        {
            "one/a.md": "# Why?\n\n![One](p.svg)\n",
            "one/p.svg": svg.format(1),
            "two/b.md": "# What?\n\n![Two](p.svg)\n",
            "two/p.svg": svg.format(2),
        }
    )
    build(load(root), ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, next((tmp_path / "anki").glob("*.apkg")))
        folder = Path(learner.media.dir())
        assert sorted(p.read_text(encoding="utf-8") for p in folder.iterdir()) == [
            svg.format(1),
            svg.format(2),
        ]
        assert learner.media.check().missing == []


@pytest.mark.parametrize(
    ("marks", "shown"), [("-----", "a"), ("--k--", "c"), ("-k-k-", "bd"), ("kkk--", "abc")]
)
def test_sheets_show_the_marked_formulas(marks: str, shown: str, make: Make) -> None:
    """All that are marked, in their order; the first where none is."""
    blocks = [
        ("{.key}\n" if mark == "k" else "") + f"$$\n{name}\n$$\n"
        for mark, name in zip(marks, "abcde", strict=True)
    ]
    collection = load(make({"q.md": "# Why?\n\n## Answer\n\n" + "\n".join(blocks)}))
    question = collection.questions[0]
    keys = key_point(collection, question)["formulas"]
    assert "".join(node.tex for node in keys if isinstance(node, FormulaBlock)) == shown
    templates = environment(collection, renderer("pdf", collection))
    short = replace(question, short_answer=question.question)
    sheet = templates.get_template("pdf/cheatsheet.html")
    deck = replace(collection.decks[0], questions=(short,))
    assert sheet.render(deck=deck).count('class="formula"') == len(shown)


@pytest.mark.parametrize("target", TARGETS)
def test_marked_words_look_like_any(target: str, make: Make) -> None:
    """A mark for the index or a check adds nothing to a text, in a cloze too."""
    marked = 'The [*softmax* of $x$]{.term} takes [2.94]{from="a.b.c"} s, {{c1::[b]{.term}}}.'
    words = "The *softmax* of $x$ takes 2.94 s, {{c1::b}}."
    results = {"measurements/a.json": '{"b": {"c": 2.94}}'}
    root = make({"a.md": f"# Why?\n\n{marked}\n", "b.md": f"# What?\n\n{words}\n", **results})
    collection = load(root)
    one, two = (
        renderer(target, collection).render_text(q.answer, q, cloze=target == "cloze")
        for q in collection.questions
    )
    assert one == two


HEADED = {
    "one/a.md": """# Why?

See [below](#which-of-p--q), [there](../two/b.md#own), [its start](../two/b.md#top) and
[a box](#box).

### Which of `p` & *q*?

Text.

{#box}
A box.
""",
    "two/b.md": "# What?\n\nText.\n\n#### Others {#own}\n\nText.\n",
}
LED = {
    "epub": ["001-a.xhtml#q-a.which-of-p--q", "002-b.xhtml#q-b.own", "002-b.xhtml#q-b",
             "001-a.xhtml#box"],
    "web": ["q/a.html#which-of-p--q", "q/b.html#own", "q/b.html", "q/a.html#box"],
    "book": ["#q-a.which-of-p--q", "#q-b.own", "#q-b", "#box"],
    "pdf": ["#q-a", "#q-b", "#q-b", "#box"],
    "anki": [],
}  # fmt: skip
NAMED = {"web": ["which-of-p--q", "own"], "pdf": [], "anki": []}


@pytest.mark.parametrize("target", LED)
def test_links_to_headings(target: str, make: Make) -> None:
    """Each target has anchors of its own, or leads to the question; Anki has none."""
    collection = load(make(HEADED))
    render = renderer(target if target != "book" else "pdf", collection)
    if target == "book":
        render = PdfRenderer(collection, session(), {"a", "b"}, 30, references=True)
    elif isinstance(render, PdfRenderer):
        render.questions |= {"a", "b"}
    one, two = (str(render.render_text(q.answer, q)) for q in collection.questions)
    assert re.findall(r'<a href="([^"]+)"', one) == LED[target]
    anchors = re.findall(r'<h\d id="([^"]+)"', one + two)
    assert anchors == NAMED.get(target, ["q-a.which-of-p--q", "q-b.own"])
    assert "{#own}" not in two


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hello, World!", "hello-world"),
        ("C++ and C#", "c-and-c"),
        ("a  b - c", "a--b---c"),
        ("snake_case", "snake_case"),
        ("Über größere Zahlen", "über-größere-zahlen"),
        ("数学 入門", "数学-入門"),
        ("नमस्ते", "नमस्ते"),
        ("x² and ½", "x-and-"),
        ("🚀 Start", "-start"),
        ("`code` and *stress*", "code-and-stress"),
        ("[a link](https://example.org/)", "a-link"),
    ],
)
def test_ids_of_headings_are_githubs(written: str, name: str, make: Make) -> None:
    """Lower case, blanks to hyphens, no punctuation; letters of any script stay."""
    collection = load(make({"a.md": f"# Why?\n\nText.\n\n### {written}\n\nText.\n"}))
    assert collection.questions[0].heading_ids == {name}


def test_ids_of_headings_are_told_apart(make: Make) -> None:
    """As on GitHub, where sections are headings too; an own id is given to nothing else."""
    body = "## Answer\n\n### Answer\n\n### One\n\n### One\n\n### Two {#one-1}\n\n### One\n\nText.\n"
    collection = load(make({"a.md": f"---\nquestion: Why?\n---\n\n{body}"}))
    (question,) = collection.questions
    assert question.section_ids == {"answer"}
    assert question.heading_ids == {"answer-1", "one", "one-2", "one-1", "one-3"}


NOTES = """# Why?

See[^a], and again[^a].

[^a]: One note[^b].
[^b]: Another[^a].
"""


@pytest.mark.parametrize("target", TARGETS)
def test_notes_of_notes(target: str, make: Make) -> None:
    """A note that a note refers to is shown, also where they refer to each other."""
    collection = load(make({"a.md": NOTES}))
    question = collection.questions[0]
    render = renderer(target, collection)
    block = str(render.render_text(question.answer, question))
    assert block.count("One note") == block.count("Another") == 1
    ids = re.findall(r' id="([^"]+)"', block)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', block)) <= set(ids)
    line = visible(str(render.render_text_inline(question.answer, question)))
    assert line == "See (One note (Another.).), and again (One note (Another.).)."
