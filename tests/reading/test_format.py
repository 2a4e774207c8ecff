"""The content format: what docs/format.md promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import CONTENT, REPOSITORY, Make, build, load
from dlexport.document import plain
from dlexport.problems import ContentError, Problems
from dlexport.reading.frontmatter import KEYS, split
from dlexport.reading.source import read
from dlexport.rendering.reading_time import minutes_to_read, minutes_to_say

DOCUMENT = (REPOSITORY / "docs" / "format.md").read_text(encoding="utf-8")
SCHEMA = json.loads((REPOSITORY / "docs" / "question.schema.json").read_text(encoding="utf-8"))


def example() -> str:
    """The complete question of the document."""
    found = re.search(r"^````markdown\n(.*?)^````$", DOCUMENT, re.M | re.S)
    assert found
    return found[1]


def test_the_documents_example_works(make: Make) -> None:
    """The example is valid as it stands, once the files it names are there."""
    bib = "".join(
        f"@misc{{{key}, title = {{T}}, year = {{2014}}}}\n"
        for key in ("srivastava2014dropout", "pytorch-dropout")
    )
    root = make(
        {
            "01-fundamentals/009-dropout.md": example(),
            "01-fundamentals/007-overfitting.md": "# What is overfitting?\n\nText.\n",
            "03-training/026-batch-normalisation.md": "# What is it?\n\nText.\n",
            "figures/dropout.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "references.bib": bib,
        }
    )
    question = load(root).by_id["dropout"]
    assert (question.number, question.difficulty, question.deck) == (9, "easy", "fundamentals")
    assert question.as_of == "2026-11"
    assert (question.title, question.asked, question.requires) == (
        "Dropout",
        "often",
        ("overfitting",),
    )
    sections = (question.intuition, question.going_deeper, question.spoken_answer)
    assert [plain(text.blocks).split()[0] for text in sections if text] == ["A", "For", "Dropout"]
    assert [(c.id, c.kind, c.tier) for c in question.cards] == [
        ("scale", "basic", "core"),
        ("test-time", "cloze", "full"),
    ]
    assert plain(question.mistakes[0].head.blocks) == "Dropout also runs at test time."
    assert plain(question.mistakes[0].body.blocks) == "In evaluation mode it is the identity."
    assert plain(question.follow_ups[0].head.blocks) == "Why divide by $1 - p$ in training?"


def test_a_strangers_folder_works(make: Make) -> None:
    """Headings and text are enough: folders are decks, names give numbers and ids."""
    root = make(
        {
            "02-chemistry/2-water.md": "# What is water?\n\nH<sub>2</sub>O.\n\n## More\n\nWet.\n",
            "02-chemistry/Übung 7.md": "# What is salt?\n\nNaCl.\n",
            "notes.md": "# Where?\n\nHere.\n",
            "README.md": "Not a question.\n",
            ".hidden/x.md": "Not a question either.\n",
        }
    )
    collection = load(root)
    assert [(d.id, d.title) for d in collection.decks] == [
        ("chemistry", "Chemistry"),
        ("questions", collection.metadata.title),
    ]
    assert [(q.number, q.id) for q in collection.questions] == [
        (2, "water"),
        (3, "übung-7"),
        (4, "notes"),
    ]
    (card,) = collection.by_id["water"].cards
    assert plain(card.front.blocks) == "What is water?"
    assert "More Wet." in plain(card.back.blocks)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("no", "no"), ("012", "012"), ("2026-02-30", "2026-02-30"), ("1e3", "1e3"), ("~", "~")],
)
def test_values_are_the_text_as_written(written: str, read_as: str, make: Make) -> None:
    """YAML's own ideas about types are not asked."""
    root = make({"q.md": f"---\nquestion: {written}\n---\n\n## Answer\n\nText.\n"})
    assert plain(load(root).questions[0].question.blocks) == read_as


SECTIONS = ("Short answer", "Intuition", "Answer", "Going deeper", "Spoken answer")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x](b.md)", "broken-link"),
        ("[@nobody]", "unknown-reference"),
        ("![x](b.svg)", "missing-picture"),
        ("$\\frac$", "bad-formula"),
        ("```python run\nprint(1)\n```", "missing-output"),
    ],
)
def test_every_section_is_checked(section: str, text: str, code: str, make: Make) -> None:
    """A fault is found wherever it stands."""
    answer = "" if section == "Answer" else "\n## Answer\n\nText.\n"
    parts = [f"\n## {section}\n\n{text}\n", answer]
    if SECTIONS.index(section) > SECTIONS.index("Answer"):
        parts.reverse()
    root = make({"a.md": "# Why?\n" + "".join(parts)})
    with pytest.raises(ContentError) as caught:
        load(root)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("words", "read", "said"),
    [(1, 1, 1), (194, 1, 1), (195, 1, 2), (299, 1, 2), (300, 2, 2), (500, 3, 4), (0, 1, 1)],
)
def test_times(words: int, read: int, said: int, make: Make) -> None:
    """To the nearest minute at 200 and 130 words, and never none; code takes no time."""
    text = f"{'word ' * words}\n\n```text\n{'code ' * 1000}\n```\n"
    (question,) = load(make({"a.md": f"# Why?\n\n{text}"})).questions
    assert minutes_to_read(question.answer) == read
    assert minutes_to_say(question.answer) == said


def test_common_headings_do_not_make_sections(make: Make) -> None:
    """A stranger's note with an "Intuition" of its own is an answer as a whole."""
    root = make({"a.md": "# Why?\n\nFirst.\n\n## Intuition\n\nSo.\n\n## Example\n\nThis.\n"})
    (question,) = load(root).questions
    assert question.intuition is None
    assert plain(question.answer.blocks) == "First. Intuition So. Example This."


def test_titles_of_tags(make: Make, tmp_path: Path) -> None:
    """The index goes by them, and falls back on the tag; the order is that of readers."""
    config = '[tags]\nsgd = "Gradient descent"\ncnn = "convolution"\n'
    pages = {f"{tag}.md": f"---\nquestion: Q?\ntags: [{tag}, zoo]\n---\n\n## Answer\n\nA.\n"
             for tag in ("cnn", "sgd")}  # fmt: skip
    collection = load(make({"collection.toml": config, **pages}))
    assert [(tag, collection.tag_title(tag)) for tag in collection.by_tag] == [
        ("cnn", "convolution"),
        ("sgd", "Gradient descent"),
        ("zoo", "zoo"),
    ]
    made = build(collection, ["web"], tmp_path)
    shown = next(a.data.decode() for a in made if a.path.name == "index.html")
    titles = re.findall(r'<li><a href="tag/[\w-]+.html">([\w ]+)</a>: <a', shown)
    assert titles == ["convolution", "Gradient descent", "zoo"]


def test_lines_of_messages_are_those_of_the_file(make: Make) -> None:
    """Front matter, Windows line ends and a byte-order mark do not shift places."""
    text = (
        "---\r\nid: a\r\nquestion: Why?\r\n---\r\n\r\n## Answer\r\n\r\n- One\r\n\r\n  [x](b.md)\r\n"
    )
    root = make({"a.md": "\ufeff" + text})
    with pytest.raises(ContentError) as caught:
        load(root)
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.column) == (10, 3)


def front_matter(path: str) -> dict[str, Any]:
    """A question's front matter as an editor's YAML language server sees it."""
    source = read(CONTENT / path, Problems())
    assert source
    fields = split(source, Problems()).fields
    texts = {k: [i.text for i in v] if isinstance(v, list) else v.text for k, v in fields.items()}
    return {k: int(v) if k == "number" and isinstance(v, str) else v for k, v in texts.items()}


def test_schema_takes_our_questions_and_refuses_faults() -> None:
    """Editors complete exactly the keys that the reader knows."""
    validator = Draft202012Validator(SCHEMA)
    assert set(SCHEMA["properties"]) == set(KEYS)
    paths = [p.relative_to(CONTENT).as_posix() for p in CONTENT.glob("*/*.md")]
    assert paths
    for path in paths:
        assert list(validator.iter_errors(front_matter(path))) == []
    for fault in ({"id": "Big Id"}, {"difficulty": "hardish"}, {"colour": "red"}, {"tags": "one"},
                  {"title": "x" * 61}, {"asked": "oftn"}):  # fmt: skip
        assert list(validator.iter_errors(fault))


def test_the_document_names_every_key() -> None:
    """The table of keys is complete."""
    for key in KEYS:
        assert f"| `{key}` |" in DOCUMENT
