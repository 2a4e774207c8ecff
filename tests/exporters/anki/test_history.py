"""Four releases in a learner's collection: every interval stays with its text, or it was said."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection as Learner
from anki.consts import CardQueue, CardType
from click.testing import CliRunner, Result

from clients import anki
from dlexport.commands.cli import cli

DAY = 86_400
START = int(time.time()) - 30 * DAY


def question(identity: str, title: str, cards: str) -> str:
    return f"---\n{identity}\nquestion: {title}\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{cards}"


def settings(version: int, two: str = "Two") -> str:
    return (
        f'title = "H"\nslug = "h"\nversion = "{version}"\n[anki]\nnamespace = "history"\n'
        '[[decks]]\nfolder = "one"\ntitle = "One"\n'
        f'[[decks]]\nfolder = "two"\ntitle = "{two}"\n'
    )


FRANCE, SPAIN = "Capital of France?", "Capital of Spain?"
CLOZE = "### {#cloze .cloze}\n\n{{c1::Rome}} lies in {{c2::Italy}}, on {{c3::seven hills}}.\n\n"
TOWNS = "### Oldest town? {#oldest}\n\nUruk.\n\n"
FIRST = {
    "collection.toml": settings(1),
    "one/letters.md": question(
        "id: letters",
        "Letters?",
        f"### {FRANCE} {{#france}}\n\nParis.\n\n### {SPAIN} {{#spain}}\n\nMadrid.\n\n"
        f"{CLOZE}### Uno {{#uno .reversed}}\n\nOne.\n\n### Due {{#due}}\n\nTow.\n\n",
    ),
    "two/towns.md": question(
        "id: towns",
        "Towns?",
        "### Capital of Italy? {#italy}\n\nRome.\n\n### Gone? {#gone}\n\nSoon.\n\n"
        f"### Which kind? {{#kind}}\n\nThis.\n\n{TOWNS}",
    ),
}
# A typo corrected; two cards change their ids and say so; one moves; one is removed.
SECOND = {
    "collection.toml": settings(2),
    "one/letters.md": question(
        "id: letters",
        "Letters?",
        f"### {FRANCE} {{#spain was=letters/france}}\n\nParis.\n\n"
        f"### {SPAIN} {{#france was=letters/spain}}\n\nMadrid.\n\n"
        f"{CLOZE}### Uno {{#uno .reversed}}\n\nOne.\n\n### Due {{#due}}\n\nTwo.\n\n"
        "### Capital of Italy? {#italy was=towns/italy}\n\nRome.\n\n",
    ),
    "two/towns.md": question(
        "id: towns", "Towns?", f"### Which kind? {{#kind}}\n\nThis.\n\n{TOWNS}"
    ),
    "tombstones.toml": '"towns/gone" = "too easy"\n',
}
# The question has another id; a card is of another kind; a deck has another name.
THIRD = {
    "collection.toml": settings(3, "Second"),
    "one/letters.md": question(
        "id: alphabet\nwas: [letters]",
        "Letters?",
        f"### {FRANCE} {{#spain}}\n\nParis.\n\n### {SPAIN} {{#france}}\n\nMadrid.\n\n"
        f"{CLOZE}### Uno {{#uno .reversed}}\n\nOne.\n\n### Due {{#due}}\n\nTwo.\n\n"
        "### Capital of Italy? {#italy}\n\nRome, since 1871.\n\n",
    ),
    "two/towns.md": question(
        "id: towns", "Towns?", f"### Which kind? {{#kind-2 .reversed}}\n\nThis.\n\n{TOWNS}"
    ),
    "tombstones.toml": '"towns/gone" = "too easy"\n"towns/kind" = "both ways now"\n',
}
# Deletions are renumbered and one is gone; a card moves once more; two questions are merged.
FOURTH = {
    "collection.toml": settings(4, "Second"),
    "one/letters.md": question(
        "id: alphabet\nwas: [letters]",
        "Letters?",
        f"### {SPAIN} {{#france}}\n\nMadrid.\n\n"
        "### {#cloze .cloze}\n\n{{c2::Rome}} lies in {{c1::Italy}}, on seven hills.\n\n"
        "### Uno {#uno .reversed}\n\nOne.\n\n### Due {#due}\n\nTwo.\n\n",
    ),
    "two/towns.md": None,
    "two/places.md": question(
        "id: places\nwas: [towns]",
        "Places?",
        f"### {FRANCE} {{#paris was=alphabet/spain}}\n\nParis.\n\n"
        "### Capital of Italy? {#rome was=alphabet/italy}\n\nRome, since 1871.\n\n"
        f"### Which kind? {{#kind-2 .reversed}}\n\nThis.\n\n{TOWNS}",
    ),
}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


class Author:
    """Someone who releases, and has an own collection in Anki with all releases."""

    def __init__(self, folder: Path, known_by: str, own: Learner) -> None:
        """Take how earlier releases are known: by `ledger`, `package`, `present` or `legacy`."""
        self.folder = folder
        self.root = folder / "content"
        self.known_by = known_by
        self.own = own
        self.releases: list[Path] = []
        self.earlier: tuple[str | Path, ...] = ()

    def write(self, files: Mapping[str, str | None]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def problems(self) -> list[dict[str, Any]]:
        """What `dlexport check` says."""
        result = run("check", "--content", self.root, "--json", *self.earlier)
        found: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
        return found

    def codes(self) -> set[str]:
        return {problem["code"] for problem in self.problems()}

    @property
    def package(self) -> Path:
        """The package of the last release."""
        return self.releases[-1] / "anki" / "h.apkg"

    def release(self, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Build a day after the last release, make it known, give its package."""
        count = len(self.releases) + 1
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START + count * DAY))
        out = self.folder / f"release-{count}"
        made = run("anki", "--content", self.root, "--out", out, *self.earlier)
        assert made.exit_code == 0, made.output
        self.releases.append(out)
        anki.import_package(self.own, self.package)
        self._make_known(self.package)
        return self.package

    def notes(self) -> str:
        """The notes of the last release."""
        before, now = self.releases[-2:]
        words = ("release", "--content", self.root, "--out", now, "--previous", before)
        result = run(*words)
        assert result.exit_code == 0, result.output
        return (now / "RELEASE_NOTES.md").read_text(encoding="utf-8")

    def _make_known(self, package: Path) -> None:
        if self.known_by == "ledger":
            recorded = run("record", "--content", self.root, package)
            assert recorded.exit_code == 0, recorded.output
            return
        if self.known_by != "package":
            package = self.folder / f"export-{len(self.releases)}.apkg"
            anki.export_package(self.own, package, legacy=self.known_by == "legacy")
        self.earlier = ("--previous", package)


@pytest.fixture(params=["ledger", "package", "present", "legacy"])
def author(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Author]:
    with anki.new_collection() as own:
        yield Author(tmp_path, request.param, own)


@pytest.fixture
def learners() -> Iterator[list[Learner]]:
    """One who imports every release, and one who skips the second and the third."""
    with ExitStack() as stack:
        yield [stack.enter_context(anki.new_collection()) for _ in range(2)]


def study(learner: Learner) -> None:
    """Give every card an interval of its own."""
    for days, number in enumerate(sorted(learner.find_cards("")), 10):
        card = learner.get_card(number)
        card.type = CardType(2)
        card.queue = CardQueue(2)
        card.ivl = days
        learner.update_card(card)


def intervals(learner: Learner) -> dict[str, int]:
    """The interval of every card by its front and template; those of the cloze are c1, c2, c3."""
    found = {}
    for number in learner.find_cards(""):
        card = learner.get_card(number)
        text = card.note().fields[0]
        name = f"c{card.ord + 1}" if "{{c" in text else f"{text} {card.template()['name']}"
        assert name not in found
        found[name] = card.ivl
    return found


def keys(learner: Learner, rows: Any) -> set[str]:
    return {learner.get_note(row.id.nid)["Card id"] for row in rows}


def test_four_releases(
    author: Author, learners: list[Learner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a learner knows of a text stays with it, or `check` said which cards it leaves."""
    author.write(FIRST)
    assert author.codes() == set()
    package = author.release(monkeypatch)
    for learner in learners:
        anki.import_package(learner, package)
        study(learner)
    always, sometimes = learners
    known = intervals(always)
    assert intervals(sometimes) == known

    release_the_second(author, monkeypatch)
    assert not anki.import_package(always, author.package).new
    assert intervals(always) == known

    release_the_third(author, monkeypatch)
    new = anki.import_package(always, author.package).new
    assert keys(always, new) == {"towns/kind-2"}
    both_ways = {"Which kind? Forward": 0, "Which kind? Backward": 0}
    assert intervals(always) == known | both_ways

    release_the_fourth(author, monkeypatch)
    assert not anki.import_package(always, author.package).new
    new = anki.import_package(sometimes, author.package).new
    assert keys(sometimes, new) == {"places/kind-2"}
    for learner in learners:
        assert intervals(learner) == known | both_ways
        (empty,) = learner.get_empty_cards().notes
        (number,) = empty.card_ids
        assert intervals(learner)["c3"] == learner.db.scalar(  # type: ignore[union-attr]
            "SELECT ivl FROM cards WHERE id = ?", number
        )
    assert learners[0].tr.actions_empty_cards() == "Empty Cards"


def release_the_second(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that change places without a word, and a card that is gone, are seen."""
    swapped = re.sub(r" was=letters/\w+", "", str(SECOND["one/letters.md"]))
    author.write({**SECOND, "one/letters.md": swapped})
    said = [p["message"] for p in author.problems() if p["code"] == "released-as"]
    assert said == [f"this text was released as letters/{name}" for name in ("france", "spain")]
    author.write({**SECOND, "tombstones.toml": ""})
    assert author.codes() == {"vanished-id"}
    author.write(SECOND)
    assert author.codes() == set()
    author.release(monkeypatch)
    notes = author.notes()
    assert "cards: 0 new, 1 changed, 1 removed, 1 moved to another deck" in notes
    assert 'to "H::One", from "H::Two"' in notes


def release_the_third(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another kind under the same id is refused, and a question's new id without `was`."""
    towns, letters = str(THIRD["two/towns.md"]), str(THIRD["one/letters.md"])
    author.write({**THIRD, "two/towns.md": towns.replace("kind-2", "kind"), "tombstones.toml": ""})
    assert "changed-kind" in author.codes()
    author.write({**THIRD, "one/letters.md": letters.replace("\nwas: [letters]", "")})
    hints = [p["hint"] for p in author.problems() if p["code"] == "vanished-id"]
    assert len(hints) == 6
    assert all("`was: [letters]`" in hint for hint in hints)
    author.write(THIRD)
    decks_are_known = author.known_by in ("ledger", "package")
    assert author.codes() == ({"renamed-deck"} if decks_are_known else set())
    author.release(monkeypatch)
    notes = author.notes()
    assert "questions: 0 new, 0 changed, 0 removed" in notes
    assert "cards: 2 new, 1 changed, 1 removed" in notes
    assert 'to "H::Second", from "H::Two"' in notes


def release_the_fourth(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was said which deletions learners will find with another text, or empty."""
    author.write(FOURTH)
    assert author.codes() == {"changed-deletion"}
    assert [p["message"] for p in author.problems()] == [
        "deletion c1 hides another text: “Italy”, not “Rome”",
        "deletion c2 hides another text: “Rome”, not “Italy”",
        "deletion c3 is gone: it hid “seven hills”",
    ]
    author.release(monkeypatch)
    notes = author.notes()
    assert "questions: 0 new, 1 changed, 0 removed" in notes
    assert "cards: 0 new, 2 changed, 0 removed" in notes
    assert "Tools > Empty Cards" in notes
