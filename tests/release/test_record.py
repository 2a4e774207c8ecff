"""What `dlexport record` takes, what it refuses, and that it writes nothing then."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clients import anki
from conftest import Make
from dlexport.commands.cli import cli
from dlexport.problems import Problems
from dlexport.reading import ledger
from dlexport.reading.source import Source

DAY = 86_400
START = int(time.time()) - 30 * DAY

FILES = {
    "collection.toml": 'title = "T"\nversion = "1"\n[anki]\nnamespace = "tt"\n',
    "letters/alpha.md": "# Alpha?\n\n## Answer\n\nText.\n\n## Cards\n\n"
    "### Which letter is alpha? {#which .core}\n\nThe first.\n\n"
    "### {#cloze .cloze}\n\nAfter {{c1::alpha}} comes {{c2::$\\beta$ & more::a letter}}.\n",
    "numbers/one.md": "# What is one?\n\nThe first number.\n",
}


class Releases:
    """A collection that is built into folders of a name, each a day later than the last."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.monkeypatch = monkeypatch
        self.count = 0

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.json"

    @property
    def cards(self) -> dict[str, Any]:
        """The cards on record."""
        found: dict[str, Any] = json.loads(self.ledger.read_text(encoding="utf-8"))["cards"]
        return found

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert before in text
        self.write(name, text.replace(before, after))

    def build(self, *options: str, name: str = "t.apkg") -> Path:
        """Build, and give the package of that name."""
        self.count += 1
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START + self.count * DAY))
        out = self.root.parent / f"build-{self.count}"
        result = run("anki", "--content", self.root, "--out", out, *options)
        assert result.exit_code == 0, result.output
        return out / "anki" / name

    def record(self, package: Path) -> Result:
        return run("record", "--content", self.root, package)

    def refused(self, package: Path) -> str:
        """Why a package was refused; the ledger stays byte for byte."""
        before = self.ledger.read_bytes() if self.ledger.exists() else None
        result = self.record(package)
        assert result.exit_code == 2, result.output
        assert "fault in dlexport" not in result.stderr
        assert (self.ledger.read_bytes() if self.ledger.exists() else None) == before
        return " ".join(result.stderr.split())


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def releases(make: Make, monkeypatch: pytest.MonkeyPatch) -> Releases:
    return Releases(make(FILES), monkeypatch)


def test_what_is_recorded(releases: Releases) -> None:
    """A line for each card: what docs/anki.md names, and nothing else."""
    result = releases.record(releases.build())
    assert "4 cards on record" in result.stdout
    data = json.loads(releases.ledger.read_text(encoding="utf-8"))
    assert (data["format"], data["format_version"]) == ("dlexport ledger", 1)
    assert (data["namespace"], data["version"]) == ("tt", "1")
    card = data["cards"]["alpha/cloze"]
    assert card["deletions"] == {"1": "alpha", "2": r"\(\beta\) & more"}
    assert card["deck"] == "T::Letters"
    assert set(card) == {
        "kind", "deck", "guid", "digest", "modified", "front", "back", "deletions"
    }  # fmt: skip
    lines = releases.ledger.read_text(encoding="utf-8").splitlines()
    assert sum('"guid"' in line for line in lines) == 3


def test_recorded_twice(releases: Releases) -> None:
    """The same package again changes nothing."""
    package = releases.build()
    releases.record(package)
    before = releases.ledger.read_bytes()
    assert releases.record(package).exit_code == 0
    assert releases.ledger.read_bytes() == before


def test_a_part_is_refused(releases: Releases) -> None:
    """The core package, core by option, a deck, whatever the file is called."""
    whole = releases.build()
    for before_the_first in (True, False):
        core = whole.with_name("t-core.apkg")
        assert "holds the cards marked core only; record t.apkg" in releases.refused(core)
        copy = shutil.copy(core, whole.parent.parent / "t.apkg")
        assert "marked core only" in releases.refused(Path(copy))
        core = releases.build("--core", name="t-core.apkg")
        assert "holds the cards marked core only; record t.apkg" in releases.refused(core)
        deck = releases.build("--deck", "numbers", name="t-numbers.apkg")
        assert "holds a part of the collection only; record t.apkg" in releases.refused(deck)
        if before_the_first:
            releases.record(whole)


def test_another_namespace_is_refused(releases: Releases) -> None:
    """Both are named."""
    releases.record(releases.build())
    releases.ledger.rename(releases.root.parent / "kept.json")
    releases.edit("collection.toml", '"tt"', '"other"')
    other = releases.build()
    releases.edit("collection.toml", '"other"', '"tt"')
    (releases.root.parent / "kept.json").rename(releases.ledger)
    said = releases.refused(other)
    assert "namespace “other”" in said
    assert "this collection's is “tt”" in said


@pytest.mark.parametrize("legacy", [True, False])
def test_an_export_is_refused(releases: Releases, legacy: bool) -> None:
    """It lacks what its owner deleted, and has what its owner changed."""
    package = releases.build()
    releases.record(package)
    exported = package.with_name("export.apkg")
    with anki.new_collection() as learner:
        anki.import_package(learner, package)
        anki.export_package(learner, exported, legacy=legacy)
    said = releases.refused(exported)
    assert "is not the package that dlexport wrote" in said
    assert "record t.apkg" in said


DAMAGED = [
    ("collection.anki2", b"x" * 5000),
    ("collection.anki21b", b"x"),
    ("dlexport.json", b"[]"),
    ("dlexport.json", b'{"format": "x"}'),
]


def test_other_files_are_refused(releases: Releases, tmp_path: Path) -> None:
    """No zip, an empty one, one without a database, a damaged one, a backup."""
    whole = releases.build()
    other = tmp_path / "other.apkg"
    other.write_text("no zip")
    assert "is no Anki package that can be read" in releases.refused(other)
    with zipfile.ZipFile(other, "w"):
        pass
    assert "it holds no collection" in releases.refused(other)
    for name, data in DAMAGED:
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr(name, data)
        assert "is no Anki package that can be read" in releases.refused(other)
    other.write_bytes(whole.read_bytes()[:-400])
    assert "is no Anki package that can be read" in releases.refused(other)
    backup = tmp_path / "all.COLPKG"
    backup.write_bytes(whole.read_bytes())
    assert "is a backup of a whole collection" in releases.refused(backup)


def test_a_card_leaves_only_with_a_tombstone(releases: Releases) -> None:
    """A package of other content is refused; with a tombstone the card is kept as removed."""
    old = releases.build()
    releases.edit("letters/alpha.md", "## Cards\n", "## Cards\n\n### New? {#new}\n\nYes.\n")
    releases.record(releases.build())
    assert "lacks “alpha/new”, which learners have" in releases.refused(old)
    releases.edit("letters/alpha.md", "### New? {#new}\n\nYes.\n", "")
    releases.write("tombstones.toml", '"alpha/new" = "old hat"\n')
    assert releases.record(releases.build()).exit_code == 0
    assert releases.cards["alpha/new"]["is_removed"]


def test_an_earlier_release_is_refused(releases: Releases) -> None:
    """With its texts on record, the next release would replace notes that did not change."""
    old = releases.build()
    releases.record(old)
    releases.edit("numbers/one.md", "The first number.", "The first natural number.")
    releases.record(releases.build())
    assert "is of an earlier release than the one on record" in releases.refused(old)


def test_other_note_types_are_refused(releases: Releases) -> None:
    """Another number for a note type than when the package was built: no kind is guessed."""
    package = releases.build()
    releases.edit("collection.toml", "[anki]\n", "[anki]\nnote_type_ids = { basic = 1234567890 }\n")
    assert "`note_type_ids` in collection.toml are others" in releases.refused(package)


def test_former_ids_are_recorded(releases: Releases) -> None:
    """All of them, the latest first; they stay where `was` is taken out of the content."""
    releases.record(releases.build())
    guid = releases.cards["alpha/which"]["guid"]
    releases.edit("letters/alpha.md", "{#which .core}", "{#first was=alpha/which .core}")
    releases.record(releases.build())
    assert "alpha/which" not in releases.cards
    releases.edit("letters/alpha.md", "{#first was=alpha/which .core}", "{#one .core}")
    releases.edit("letters/alpha.md", "{#one ", '{#one was="alpha/first" ')
    releases.record(releases.build())
    releases.edit("letters/alpha.md", ' was="alpha/first"', "")
    assert releases.record(releases.build()).exit_code == 0
    assert releases.cards["alpha/one"]["was"] == ["alpha/first", "alpha/which"]
    assert releases.cards["alpha/one"]["guid"] == guid
    releases.edit("letters/alpha.md", "## Cards\n", "## Cards\n\n### New? {#which}\n\nYes.\n")
    result = run("check", "--content", releases.root)
    assert "reused-id “alpha/which” is what “alpha/one” was called" in result.stderr


def test_former_ids_without_an_earlier_ledger(releases: Releases) -> None:
    """What was released before there was a ledger keeps its note, too."""
    first = releases.build()
    releases.edit("letters/alpha.md", "{#which .core}", "{#first was=alpha/which .core}")
    releases.edit("numbers/one.md", "# What", "---\nid: first\nwas: [one]\n---\n\n# What")
    releases.record(releases.build())
    found = releases.cards
    assert found["alpha/first"]["was"] == ["alpha/which"]
    assert found["first/question"]["was"] == ["one/question"]
    releases.ledger.unlink()
    releases.edit("letters/alpha.md", " was=alpha/which", "")
    releases.edit("numbers/one.md", "was: [one]\n", "")
    releases.edit("letters/alpha.md", "{#first .core}", "{#which .core}")
    releases.edit("numbers/one.md", "id: first\n", "id: one\n")
    releases.record(first)
    assert releases.cards["alpha/which"]["guid"] == found["alpha/first"]["guid"]
    assert releases.cards["one/question"]["guid"] == found["first/question"]["guid"]


BAD = [
    ("[]", "is no ledger that `dlexport record` wrote"),
    ('{"version": "1", "types": {}, "notes": {}}', "is no ledger that `dlexport record` wrote"),
    ('{"format": "dlexport ledger", "format_version": 2}', "is of format 2"),
    ('{"format": "dlexport ledger", "format_version": 1}', "`namespace` is missing"),
    (("modified", '"soon"'), '2:1 cards: “a/b”: `modified` is "soon"'),
    (("modified", "true"), "`modified` is true"),
    (("was", '"a/c"'), '`was` is "a/c"'),
    (("was", "[1]"), "`was` holds something else than text"),
    (("deletions", '{"one": "x"}'), "`deletions` are no texts by numbers"),
    (("deletions", '{"1": 2}'), "`deletions` are no texts by numbers"),
    (("guid", "null"), "`guid` is null"),
    ("[" * 100_000, "is nested too deep"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_ledger(change: Any, message: str) -> None:
    """Its place, what was found, and no traceback."""
    text = change
    if isinstance(change, tuple):
        row = {"kind": '"basic"', "guid": '"g"', "digest": '"d"', "modified": "1", "deck": '"D"'}
        entry = ", ".join(f'"{key}": {value}' for key, value in (row | dict([change])).items())
        text = (
            '{"format": "dlexport ledger", "format_version": 1, "namespace": "n", "version": "1", '
            f'"note_types": {{}}, "cards": {{\n"a/b": {{{entry}}}}}}}'
        )
    problems = Problems()
    assert ledger.read(Source(Path("ledger.json"), "ledger.json", text), problems) is None
    (problem,) = problems
    assert message in f"{problem.place.line}:{problem.place.column} {problem.message}"
