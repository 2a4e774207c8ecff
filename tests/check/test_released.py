"""Cards are known by their words: what `check` says of those that learners have."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clients import anki
from conftest import Make
from dlexport.check.texts import is_another_text
from dlexport.commands.cli import cli

DAY = 86_400
START = int(time.time()) - 30 * DAY

Said = list[tuple[str, str, str]]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def question(*cards: str, front: str = "") -> str:
    matter = f"---\n{front}\n---\n\n" if front else ""
    return f"{matter}# Question?\n\n## Answer\n\nText.\n\n## Cards\n\n" + "".join(
        f"### {head}\n\n{back}\n\n" for head, _, back in (card.partition(" | ") for card in cards)
    )


class Author:
    """Someone who has released, and edits; how the release is known differs."""

    def __init__(self, root: Path, known_by: str) -> None:
        self.root = root
        self.known_by = known_by
        self.options: tuple[str | Path, ...] = ()

    def write(self, files: Mapping[str, str | None]) -> None:
        for name, text in files.items():
            path = self.root / name
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def release(self) -> None:
        out = self.root.parent / "out"
        assert run("anki", "--content", self.root, "--out", out).exit_code == 0
        package = out / "anki" / "t.apkg"
        if self.known_by == "ledger":
            assert run("record", "--content", self.root, package).exit_code == 0
            return
        if self.known_by == "export":
            exported = out / "export.apkg"
            with anki.new_collection() as own:
                anki.import_package(own, package)
                anki.export_package(own, exported)
            package = exported
        self.options = ("--previous", package)

    def says(self) -> Said:
        """The file, code and message of each problem that `check` finds."""
        result = run("check", "--content", self.root, "--json", *self.options)
        found = json.loads(result.stdout)["problems"]
        return [(Path(p["file"]).name, p["code"], p["message"]) for p in found]

    def codes(self) -> set[str]:
        return {code for _, code, _ in self.says()}

    def advice(self) -> str:
        result = run("check", "--content", self.root, *self.options)
        return " ".join(result.stderr.split())


FIRST = {
    "collection.toml": 'title = "T"\n',
    "alpha.md": question("One? {#one} | First.", "Two? {#two} | Second.", "Same? {#same} | Yes."),
    "beta.md": question("Three? {#three} | Third.", "Same? {#same} | Yes."),
    "plain.md": "# What is plain?\n\nThis is.\n",
}


@pytest.fixture(params=["ledger", "package", "export"])
def author(request: pytest.FixtureRequest, make: Make, monkeypatch: pytest.MonkeyPatch) -> Author:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START))
    released = Author(make(FIRST), request.param)
    released.release()
    assert released.says() == []
    return released


def test_an_edited_card_is_itself(author: Author) -> None:
    """Another front, another back, other markup: nothing is said."""
    author.write(
        {
            "alpha.md": question(
                "*One*? {#one} | First of all.",
                "Number two? {#two} | Second.",
                "Same? {#same} | Yes.",
            ),
            "plain.md": "# What is plain?\n\nThis **is**.\n",
        }
    )
    assert author.says() == []


def test_two_that_change_places(author: Author) -> None:
    """Each is told; also where one of them was edited, too."""
    said = [
        ("alpha.md", "released-as", "this text was released as alpha/two"),
        ("alpha.md", "released-as", "this text was released as alpha/one"),
    ]
    for back in ("Second.", "Second, as was said."):
        cards = f"Two? {{#one}} | {back}", "One? {#two} | First.", "Same? {#same} | Yes."
        author.write({"alpha.md": question(*cards)})
        assert author.says() == said


def test_questions_that_change_places(author: Author) -> None:
    """All of their cards are told but those that say the same."""
    author.write(
        {
            "alpha.md": question(
                "One? {#one} | First.", "Two? {#two} | Second.", "Same? {#same} | Yes.",
                front="id: beta",
            ),
            "beta.md": question(
                "Three? {#three} | Third.", "Same? {#same} | Yes.", front="id: alpha"
            ),
        }
    )  # fmt: skip
    messages = {message for _, code, message in author.says() if code == "released-as"}
    names = ("alpha/one", "alpha/two", "beta/three")
    assert messages == {f"this text was released as {name}" for name in names}


def test_one_that_moves(author: Author) -> None:
    """The error proposes `was`; with it nothing is said, with a tombstone a warning stays."""
    alpha = "One? {#one} | First.", "Two? {#two} | Second.", "Same? {#same} | Yes."
    beta = question("Same? {#same} | Yes.")
    author.write({"alpha.md": question(*alpha, "Three? {#three} | Third."), "beta.md": beta})
    assert author.codes() == {"vanished-id", "released-as"}
    assert "write `{#three was=beta/three}` there" in author.advice()
    assert "was: [beta]" not in author.advice()
    author.write({"tombstones.toml": '"beta/three" = "merged into alpha"\n'})
    assert author.codes() == {"released-as"}
    author.write({"alpha.md": question(*alpha, "Three? {#three was=beta/three} | Third.")})
    assert author.says() == []
    author.write({"tombstones.toml": ""})
    assert author.says() == []


def test_a_question_with_another_id(author: Author) -> None:
    """`was` in the front matter speaks for its cards, one without a section of cards too."""
    author.write(
        {
            "plain.md": None,
            "simple.md": "# What is plain?\n\nThis is.\n",
            "beta.md": question(
                "Three? {#three} | Third.", "Same? {#same} | Yes.", front="id: gamma"
            ),
        }
    )
    advice = author.advice()
    assert "or `was: [beta]` in the front matter for all cards of that question" in advice
    assert ": write `was: [plain]` in the front matter; bring it back" in advice
    author.write(
        {
            "simple.md": "---\nwas: [plain]\n---\n\n# What is plain?\n\nThis is.\n",
            "beta.md": question(
                "Three? {#three} | Third.", "Same? {#same} | Yes.", "New? {#new} | It is.",
                front="id: gamma\nwas: [beta]",
            ),
        }
    )  # fmt: skip
    assert author.says() == []


def test_two_questions_that_are_merged(author: Author) -> None:
    """Those of the second take their history along; one that both had needs a tombstone."""
    author.write(
        {
            "alpha.md": question(
                "One? {#one} | First.", "Two? {#two} | Second.", "Same? {#same} | Yes.",
                "Three? {#three} | Third.", front="was: [beta]",
            ),
            "beta.md": None,
            "tombstones.toml": '"beta/same" = "the same as alpha/same"\n',
        }
    )  # fmt: skip
    assert author.says() == []


def test_two_that_were_the_same_card(author: Author) -> None:
    """Anki would take the second for the first."""
    author.write({"beta.md": question("Three? {#three was=alpha/one} | Third.")})
    assert "duplicate-id" in author.codes()
    assert "former id “alpha/one” is taken by “alpha/one”" in author.advice()


def test_a_moved_card_does_not_free_its_id(author: Author) -> None:
    """A new card under the old id is told apart from the card that was called so."""
    author.write(
        {
            "alpha.md": question(
                "One? {#eins was=alpha/one} | First.", "Other? {#one} | Else.",
                "Two? {#two} | Second.", "Same? {#same} | Yes.",
            )
        }
    )  # fmt: skip
    assert ("alpha.md", "duplicate-id") in [(file, code) for file, code, _ in author.says()]


def test_a_typo_in_was(author: Author) -> None:
    """What was meant is proposed; a key of another form is malformed."""
    author.write({"beta.md": question("Three? {#drei was=beta/tree} | Third.")})
    assert "unknown-was" in author.codes()
    assert "did you mean “beta/three” or" in author.advice()
    for wrong in ("three", "beta/", '"beta three"', "Beta/three", "a/b/c", ""):
        author.write({"beta.md": question(f"Three? {{#drei was={wrong}}} | Third.")})
        assert "bad-id" in author.codes()
        assert "write `{#new was=old-question/old-card}`" in author.advice()


def test_a_kind_that_changes(author: Author) -> None:
    """An error however the release is known; a new id and a tombstone answer it."""
    alpha = question(
        "One? {#one .reversed} | First.", "Two? {#two} | Second.", "Same? {#same} | Yes."
    )
    author.write({"alpha.md": alpha})
    message = "“alpha/one” was released as a basic card and is a reversed card now"
    assert author.says() == [("alpha.md", "changed-kind", message)]
    author.write(
        {
            "alpha.md": alpha.replace("#one", "#one-2"),
            "tombstones.toml": '"alpha/one" = "both ways"\n',
        }
    )
    assert author.says() == []


def test_errors_come_first(author: Author) -> None:
    """Where something else is wrong, texts are not compared, ids are."""
    author.write({"alpha.md": question("Two? {#one} | $\\frac$", "One? {#two} | First.")})
    assert author.codes() == {"bad-formula", "vanished-id"}


def test_a_warning_can_be_allowed(author: Author) -> None:
    """With a reason, as others."""
    cards = question("Two? {#one} | Second.", "One? {#two} | First.", "Same? {#same} | Yes.")
    author.write({"alpha.md": cards + "<!-- allow released-as: nobody has learned them yet -->\n"})
    assert author.says() == []


@pytest.mark.parametrize(
    ("before", "now", "is_another"),
    [
        ("gradient", "gradient", False),
        ("gradeint", "gradient", False),
        ("the gradient", "a gradient", False),
        ("Rome", "Paris", True),
        ("0.5", "0.6", True),  # another deletion hid that
    ],
)
def test_what_a_deletion_hides(before: str, now: str, is_another: bool) -> None:
    """A correction is no other text, unless another deletion hid it."""
    assert is_another_text(before, now, [before, "0.6"]) is is_another


def test_without_any_release(make: Make) -> None:
    """A first build says nothing that frightens; `was` is taken as it is."""
    named = FIRST["collection.toml"] + '\n[anki]\nnamespace = "t"\n'
    beta = question("Three? {#drei was=beta/three} | Third.")
    root = make({**FIRST, "collection.toml": named, "beta.md": beta})
    result = run("anki", "--content", root, "--out", root.parent / "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    author = Author(root, "none")
    author.write({"alpha.md": question("One? {#one was=beta/three} | First.")})
    assert author.codes() == {"duplicate-id"}
