"""Marks of HTML that no output can hold."""

from __future__ import annotations

import pytest

from conftest import Make
from dlexport.building.load import load_checked
from dlexport.problems import ContentError
from dlexport.rendering.session import Session


@pytest.mark.parametrize(
    "text",
    ["It is &#2;.", "It is &#xFFFF;.", "It is &#0; and &#xD800;.", '<b title="&#3;">It</b>',
     '<div title="&#xFFFE;">It</div>', '<b title="&#99999999;">It</b>'],
)  # fmt: skip
def test_entities_of_no_character(text: str, make: Make) -> None:
    """XML has none of them, and what is made of them in its place says nothing."""
    root = make({"a.md": f"# Why?\n\n{text}\n"})
    with pytest.raises(ContentError) as caught:
        load_checked(root, Session(), strict=True)
    (code,) = {problem.code for problem in caught.value.problems}
    assert code == "control-character"


def test_entities_of_characters(make: Make) -> None:
    """Those that XML has are taken."""
    root = make({"a.md": '# Why?\n\n&copy; &#9; &#x1F600; <b title="&#233;&#10;">It</b>\n'})
    load_checked(root, Session(), strict=True)
