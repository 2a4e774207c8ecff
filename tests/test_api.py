"""The Python API does what docs/api.md says: its examples are run."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import dlexport
from conftest import REPOSITORY, Make

PAGE = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)
FILES = {
    "basics/dropout.md": (
        "---\nquestion: What does dropout do?\ntags: [regularisation]\n---\n\n"
        "## Answer\n\nIt keeps each unit with probability $1 - p$, see [depth](depth.md).\n\n"
        "## Cards\n\n### What is $p$? {#p .core}\n\nThe drop rate.\n\n"
        "### When does it run? {#when}\n\nIn training.\n"
    ),
    "basics/depth.md": "# Why depth?\n\n![A line](line.svg)\n",
    "basics/line.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>',
}


@pytest.fixture
def root(make: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two questions of docs/api.md, in the working folder's `content`."""
    root = make(FILES)
    monkeypatch.chdir(root.parent)
    return root


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_page_run(
    example: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they stand; what they print is nothing of ours."""
    exec(compile(example, "docs/api.md", "exec"), {"__name__": "example"})
    assert "Traceback" not in capsys.readouterr().out


def test_the_page_names_what_is_promised() -> None:
    """Every name in `__all__` is there and documented, and nothing else is offered."""
    for name in dlexport.__all__:
        assert getattr(dlexport, name) is not None
        assert re.search(rf"`{name}\b", PAGE), name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        dlexport.nonsense  # noqa: B018


def test_problems_are_data(make: Make) -> None:
    """Nothing is raised or printed for what is wrong with the content."""
    collection = dlexport.load(make({"q.md": "# Why?\n\n[gone](gone.md)\n"}))
    (problem,) = collection.errors
    assert (problem.code, problem.place.line, problem.severity) == ("broken-link", 3, "error")
    with pytest.raises(dlexport.ContentError) as caught:
        dlexport.build(collection, ["web"])
    assert list(caught.value.problems) == list(collection.problems)


def test_bytes_in_memory_are_those_on_the_disk(root: Path, tmp_path: Path) -> None:
    """Without a folder nothing is written; with one, the same."""
    collection = dlexport.load(root)
    made = dlexport.build(collection, ["anki", "epub", "web"])
    assert not (tmp_path / "build").exists()
    dlexport.build(collection, ["anki", "epub", "web"], tmp_path / "out")
    for artifact in made:
        assert (tmp_path / "out" / artifact.path).read_bytes() == artifact.data


def test_a_question_stands_alone(root: Path) -> None:
    """Pictures are inside; a notebook shows it."""
    collection = dlexport.load(root)
    html = dlexport.render(collection, collection.by_id["depth"])
    assert 'src="data:image/svg+xml;base64,' in html
    assert html._repr_html_() == html
    with pytest.raises(dlexport.UsageError, match="did you mean “depth”"):
        dlexport.render(collection, "dept")


@pytest.mark.parametrize(
    ("wanted", "slug", "questions", "cards"),
    [
        ({"tags": ["regularisation"]}, "-regularisation", ["dropout"], 2),
        ({"ids": ["dropout"], "core": True}, "-dropout-core", ["dropout"], 1),
        ({"decks": ["basics"]}, "", ["depth", "dropout"], 3),
        ({"core": True}, "-core", ["depth", "dropout"], 2),
    ],
)
def test_selections(
    wanted: dict[str, Any], slug: str, questions: list[str], cards: int, root: Path
) -> None:
    """What matches in each respect, named after the selection; all is the collection itself."""
    collection = dlexport.load(root)
    part = dlexport.select(collection, **wanted)
    assert part.metadata.slug == collection.metadata.slug + slug
    assert [q.id for q in part.questions] == questions
    assert len(list(part.cards)) == cards
    assert part.is_selection == bool(slug)


def test_a_selection_that_cannot_be(root: Path) -> None:
    """A name that is not there is named with what was meant; so is what matches nothing."""
    collection = dlexport.load(root)
    with pytest.raises(dlexport.UsageError, match=r"no tag “regular”.*regularisation"):
        dlexport.select(collection, tags=["regular"])
    with pytest.raises(dlexport.UsageError, match="no question is all of this"):
        dlexport.select(collection, ids=["depth"], tags=["regularisation"])


def test_threads(root: Path) -> None:
    """Eight threads that load and build at once get the same bytes."""

    def made(_: int) -> list[bytes]:
        return [a.data for a in dlexport.build(dlexport.load(root), ["anki", "web"])]

    with ThreadPoolExecutor(8) as threads:
        first, *others = threads.map(made, range(8))
    assert all(other == first for other in others)
