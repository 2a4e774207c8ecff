"""HTML in Markdown: what outputs take is markup, everything else stays a text to read."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Make, load, session
from dlexport.document import Text, plain
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.exporters.epub.renderer import EpubRenderer
from dlexport.exporters.pdf.renderer import PdfRenderer
from dlexport.exporters.web.renderer import WebRenderer
from dlexport.model import Collection
from dlexport.problems import Problems
from dlexport.reading.markdown import parse
from dlexport.reading.source import Source
from rendering.test_targets import shown

TAGS = """
<mask> <sep> <int> <set> <path> <svg> <math> <script> </script> <style> </style> <template>
<title> </title> <textarea> </textarea> <iframe> <b> </b> <sub> </sub> <div> </div> <p> <br>
<details> <summary> </summary> </details> <td> <li> <a> </a> <h3> <pre> </pre> <?php ?> <!DOCTYPE
""".split()
PARTS = [*TAGS, "<!-- x -->", "`<i>`", "*", "\n", "\n\n", "\n\n> ", "\n\n- ", " ", " ", " "]


def outputs(text: Text, collection: Collection) -> list[str]:
    """The text as each target shows it."""
    used, question = session(), collection.questions[0]
    targets = (
        AnkiRenderer(collection, used),
        EpubRenderer(collection, used),
        WebRenderer(collection, used),
        PdfRenderer(collection, used, set(), 30, references=False),
    )
    return [str(target.render_text(text, question)) for target in targets]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    root = tmp_path_factory.mktemp("small")
    (root / "q.md").write_text("# Why?\n\nBecause.\n", encoding="utf-8")
    return load(root)


def test_no_word_vanishes(small: Collection) -> None:
    """Whatever tags and comments stand around it, in whatever blocks."""

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.sampled_from(PARTS), max_size=8))
    def check(parts: list[str]) -> None:
        numbers = count(1)
        markdown = "word0 " + "".join(f"{part}word{next(numbers)}" for part in parts) + "\n"
        parsed = parse(Source(Path("q.md"), "q.md", markdown), markdown, Problems())
        for markup in outputs(Text(parsed.blocks), small):
            words = set(re.findall(r"word\d+", shown(markup)))
            assert words == set(re.findall(r"word\d+", markdown)), markup

    check()


@pytest.mark.parametrize("tag", ["<mask>", "<sep>", "vector<int>", "<title>", "<script>"])
def test_an_unknown_tag_is_shown(tag: str, make: Make) -> None:
    """In a title and an answer, with what follows it."""
    collection = load(make({"q.md": f"# Why {tag}?\n\nReplace it by {tag} and **predict**.\n"}))
    question = collection.questions[0]
    assert plain(question.question.blocks) == f"Why {tag}?"
    for markup in outputs(question.answer, collection):
        assert shown(markup).strip() == f"Replace it by {tag} and predict."
        assert "<strong>predict</strong>" in markup


def test_text_between_comments_stays(make: Make) -> None:
    """Each comment ends at its own end."""
    collection = load(make({"q.md": "# Why?\n\n<!-- a --> VISIBLE <!-- b -->\n\n<!-- c -->\n"}))
    for markup in outputs(collection.questions[0].answer, collection):
        assert shown(markup).strip() == "VISIBLE"
