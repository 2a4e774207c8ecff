"""Trees are values: compared, hashed, pickled, kept as JSON, walked."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings

from conftest import REPOSITORY
from dlexport.document import (
    Block,
    Code,
    Emphasis,
    Heading,
    Inline,
    Paragraph,
    Renderer,
    Str,
    Text,
    from_data,
    mapped,
    plain,
    to_data,
)
from dlexport.model import Collection
from dlexport.problems import Place
from writing.trees import TEXTS

HERE = Place("q.md", 3, 1)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_tree_is_a_value(tree: Text) -> None:
    """As a key, in a pickle, in JSON."""
    assert pickle.loads(pickle.dumps(tree)) == tree
    copy = from_data(json.loads(json.dumps(to_data(tree))))
    assert copy == tree
    assert hash(copy) == hash(tree)
    assert to_data(copy) == to_data(tree)


def test_json_keeps_places(collection: Collection) -> None:
    """Equal texts may stand in different places; of a kept one, messages point where it stands."""
    for text in collection.questions[0].texts:
        copy = from_data(json.loads(json.dumps(to_data(text))))
        assert [node.place for node in copy.nodes] == [node.place for node in text.nodes]
        assert (copy, copy.place) == (text, text.place)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "pandoc"},
        {"format_version": 2},
        {"blocks": [{"type": "poem"}]},
        {"blocks": [{"type": "paragraph"}]},
        {"blocks": [{"type": "paragraph", "children": [], "colour": "red"}]},
        {"blocks": 3},
    ],
)
def test_other_data_is_refused(change: dict[str, object]) -> None:
    """With an error of one kind."""
    data = to_data(Text((Paragraph((Str("x"),)),))) | change
    with pytest.raises(ValueError, match="dlexport document"):
        from_data(data)


def test_places_do_not_count() -> None:
    """What two nodes say is equal, wherever they stand; nodes cannot be changed."""
    node = Str("x", place=HERE)
    assert node == Str("x")
    assert {node: 1}[Str("x")] == 1
    with pytest.raises(FrozenInstanceError):
        node.text = "y"  # type: ignore[misc]


def test_what_does_not_change_stays_the_same_object() -> None:
    """Changing one word of a long text costs the nodes around it."""
    untouched = Paragraph((Emphasis((Str("a"),)),))
    words = Paragraph((Emphasis((Str("b"), Code("c"))),), place=HERE)
    louder = mapped(
        (untouched, words),
        lambda n: replace(n, text="B") if isinstance(n, Str) and n.text == "b" else n,
    )
    assert louder[0] is untouched
    assert louder[1] == Paragraph((Emphasis((Str("B"), Code("c"))),))
    assert louder[1].place == HERE


def test_words() -> None:
    """Blocks are a blank apart, parts of a line are not."""
    blocks = (Heading((Str("A"),), 2), Paragraph((Str("b"), Code("c"), Emphasis((Str("d"),)))))
    assert plain(blocks) == "A bcd"


def test_every_kind_has_its_method() -> None:
    """No two kinds share one: a renderer says of each what becomes of it."""
    kinds = (*get_args(Block), *get_args(Inline))
    assert len(Renderer.__abstractmethods__) == len(kinds)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        # A kind of node that a renderer does not know.
        ("writing/blocks.py", "    def callout(", "    def note("),
        # A kind that is new.
        ("document/blocks.py", "    | ThematicBreak\n)", "    | ThematicBreak\n    | Cell\n)"),
    ],
)
def test_a_forgotten_kind_fails_type_checking(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    """mypy names the renderer: nobody has to find it."""
    shadow = tmp_path / "shadow.py"
    original = REPOSITORY / "src" / "dlexport" / file
    text = original.read_text(encoding="utf-8")
    assert before in text
    shadow.write_text(text.replace(before, after), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--shadow-file", str(original), str(shadow)]
    command += ["--cache-dir", str(tmp_path / "cache")]
    for module in ("dlexport.writing.blocks", "dlexport.document.renderer"):
        command += ["-m", module]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "abstract" in found.stdout or "assert_never" in found.stdout
