"""Release notes: what changed for learners, and what they have to do. Anki's backend is asked."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from anki import import_export_pb2 as options
from anki.collection import Collection as Learner
from anki.collection import ImportAnkiPackageOptions
from click.testing import CliRunner, Result

from clients import anki
from conftest import REPOSITORY, Make
from dlexport.commands.cli import cli
from dlexport.release import manifest, notes
from dlexport.release.contents import CARD_PARTS, QUESTION_PARTS

DAY = 86_400
START = int(time.time()) - 30 * DAY

FILES = {
    "collection.toml": """title = "Neurons"
slug = "neurons"
version = "1.0"
[anki]
tag_prefix = "a_b"
[[decks]]
folder = "01-one"
id = "one"
title = "One"
[[decks]]
folder = "02-two"
id = "two"
title = "Two"
[macros]
R = "\\\\mathbb{R}"
""",
    "references.bib": "".join(
        f"@misc{{{key}, author = {{Ann Author}}, title = {{{title}}}, year = {{2014}}, "
        f"url = {{https://example.org/{key}}}}}\n"
        for key, title in (("sums", "On sums"), ("products", "On products"))
    ),
    "01-one/001-sum.md": """---
id: sum
number: 1
question: What is a *sum*?
difficulty: easy
asked: often
tags: [alpha]
as_of: 2026-05
references: [sums]
---

## Short answer

The sum is what comes
out of an addition.

## Intuition

A heap.

## Answer

A sum [@sums] of $x \\in \\R$ is what comes out, see
[product](002-product.md).[^1]

[^1]: A footnote.

![A line](p.svg "A caption")

```python run
print(1 + 1)
```

```output
2
```

## Going deeper

Rings.

## Spoken answer

Well.

## Common mistakes

- **Sums are large.** Not all are.

## Follow-ups

- **Is it large?** No.

## Cards

### What is one and one? {#two .core}

It is two, as
everybody knows.

### What is one and two? {#three}

Three.

### {#cloze .cloze}

The sum of {{c1::one}} and {{c2::one::which number}} is $2$.
""",
    "01-one/002-product.md": """---
id: product
number: 2
question: What is a product?
---

## Answer

Text.

## Cards

### Six {#six .reversed}

Two times three.

### Which word? {#word .typed}

`prod`
""",
    "01-one/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "02-two/003-power.md": """---
id: power
number: 3
question: What is a power?
---

## Answer

Text.

## Cards

### What is two squared? {#four}

Four.

### What is one squared? {#one}

One.
""",
}


class Author:
    """Someone who edits a collection, builds it and releases it."""

    def __init__(
        self, folder: Path, root: Path, first: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Take a folder for outputs, the collection's, the first release, as built once."""
        self.folder = folder
        self.first = first
        self.root = root
        self.monkeypatch = monkeypatch
        self.builds = 0

    def edit(self, name: str, before: str, after: str) -> None:
        """Change a text in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def build(self, *options: str | Path) -> Path:
        """Build a day later than the last time; give the folder."""
        out = self.folder / f"release-{self.builds}"
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START + self.builds * DAY))
        self.builds += 1
        if self.builds == 1 and not options and self.has_edited_nothing():
            shutil.copytree(self.first, out)
            return out
        words = ("anki", "--content", self.root, "--out", out, *options)
        result = run(*words)
        assert result.exit_code == 0, result.output
        return out

    def has_edited_nothing(self) -> bool:
        """Say whether the collection still is that of FILES."""
        names = {p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()}
        return names == set(FILES) and all(
            (self.root / name).read_text(encoding="utf-8") == text for name, text in FILES.items()
        )

    def notes(self, previous: Path | None = None) -> str:
        """Write the notes; give them."""
        out = self.folder / "out"
        words: list[str | Path] = ["release", "--content", self.root, "--out", out]
        result = run(*words, *(("--previous", previous) if previous else ()))
        assert result.exit_code == 0, result.output
        return (out / "RELEASE_NOTES.md").read_text(encoding="utf-8")

    def data(self, previous: Path) -> Any:
        """What the command says in JSON."""
        words = ("release", "--content", self.root, "--out", self.folder / "out")
        result = run(*words, "--previous", previous, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


def run(*words: str | Path) -> Result:
    """The command line, in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first release of the collection, from which most tests go on."""
    folder = tmp_path_factory.mktemp("first")
    for name, text in FILES.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(START))
        result = run("anki", "--content", folder / "content", "--out", folder / "out")
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def author(make: Make, tmp_path: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    return Author(tmp_path, make(FILES), first, monkeypatch)


@pytest.fixture
def learner() -> Iterator[Learner]:
    with anki.new_collection() as collection:
        yield collection


def searches(text: str, heading: str) -> list[str]:
    """The searches below a heading of the notes."""
    section = text.partition(heading)[2].partition("\n## ")[0].partition("\n### ")[0]
    return [found.strip() for found in re.findall(r"```text\n(.*?)```", section, re.S)]


def found(learner: Learner, text: str, heading: str) -> set[str]:
    """The cards that the searches below a heading find."""
    notes = {n for search in searches(text, heading) for n in learner.find_notes(search)}
    return {learner.get_note(note)["Card id"] for note in notes}


# What counts as a change


def test_a_first_release(author: Author) -> None:
    """What is in it, and how to begin."""
    text = author.notes()
    assert text.startswith("# Neurons 1.0\n\n")
    assert "3 questions with 9 cards in 2 decks." in text
    assert "| One | 2 | 7 |\n| Two | 1 | 2 |\n" in text
    assert "`neurons-core.apkg`, which holds 1 of the cards" in text


def test_nothing_has_changed(author: Author) -> None:
    """And that is all there is to say."""
    text = author.notes(author.build())
    assert "Nothing that you see has changed" in text
    assert "##" not in text


SAME = [
    ("01-one/001-sum.md", "It is two, as\neverybody knows.", "It is two,\nas everybody knows."),
    ("01-one/001-sum.md", "what comes\nout of an", "what\ncomes out of an"),
    ("01-one/001-sum.md", "*sum*", "_sum_"),
    ("01-one/001-sum.md", "[^1]", "[^other]"),
    ("01-one/001-sum.md", "an addition", "an [addition]{.term}"),
    ("01-one/001-sum.md", "[product](002-product.md)", "[[product](002-product.md)]{.term}"),
    ("01-one/001-sum.md", "What is one and two?", "What is [one]{.term} and [two]{.term}?"),
    ("01-one/001-sum.md", "sum of {{c1::one}} and", "[sum]{.term} of {{c1::[one]{.term}}} and"),
    ("01-one/001-sum.md", "Not all are.", "Not all are. <!-- really -->"),
    ("01-one/001-sum.md", "[@sums]", "<!-- a remark -->[@sums]"),
    ("01-one/001-sum.md", "$x \\in \\R$", "$x\n\\in  \\mathbb{R}$"),
    ("01-one/001-sum.md", "- **", "* **"),
    ("references.bib", "{Ann Author}", '"Author, Ann"'),
]


@pytest.mark.parametrize(("name", "before", "after"), SAME)
def test_what_is_no_change(author: Author, name: str, before: str, after: str) -> None:
    """Another way of writing the same."""
    previous = author.build()
    author.edit(name, before, after)
    assert "Nothing that you see has changed" in author.notes(previous)


def test_files_may_move(author: Author) -> None:
    """Other names of files, pictures and folders are nothing to a learner."""
    previous = author.build()
    (author.root / "01-one" / "p.svg").rename(author.root / "picture.svg")
    author.edit("01-one/001-sum.md", "(p.svg ", "(../picture.svg ")
    (author.root / "01-one" / "002-product.md").rename(author.root / "01-one" / "renamed.md")
    author.edit("01-one/001-sum.md", "(002-product.md)", "(renamed.md)")
    (author.root / "01-one").rename(author.root / "first")
    author.edit("collection.toml", '"01-one"', '"first"\nnumber = 1')
    assert "Nothing that you see has changed" in author.notes(previous)


SUM = "01-one/001-sum.md"
CHANGED = [
    (SUM, "What is a *sum*?", "What is the sum?", "title (was “What is a *sum*?”)"),
    (SUM, "of an addition", "of adding", "short answer"),
    (SUM, "## Short answer\n\nThe sum is what comes\nout of an addition.\n\n", "",
     "short answer removed"),
    (SUM, "is what comes out, see", "comes out, see", "answer"),
    (SUM, "$x \\in \\R$", "$y \\in \\R$", "answer"),
    (SUM, "(002-product.md)", "(../02-two/003-power.md)", "answer"),
    (SUM, "A footnote.", "Another footnote.", "answer"),
    (SUM, '"A caption"', '"Another caption"', "figures"),
    (SUM, "![A line](p.svg \"A caption\")\n", "", "figures removed"),
    ("01-one/p.svg", "0 0 1 1", "0 0 2 1", "figures"),
    (SUM, "print(1 + 1)", "print(2)", "code"),
    (SUM, "A heap.", "A pile.", "intuition"),
    (SUM, "## Going deeper\n\nRings.\n\n", "", "going deeper removed"),
    (SUM, "Well.", "Well, well.", "spoken answer"),
    (SUM, "Not all are.", "Some are not.", "common mistakes"),
    (SUM, "- **Is it large?** No.", "- **Is it large?** It is.", "follow-ups"),
    ("references.bib", "On sums", "About sums", "references"),
    (SUM, "[sums]\n---", "[sums, products]\n---", "references"),
    (SUM, "difficulty: easy", "difficulty: hard", "difficulty hard (was easy)"),
    (SUM, "as_of: 2026-05", "as_of: 2026-06", "as of 2026-06 (was 2026-05)"),
    (SUM, "difficulty: easy\n", "", "difficulty easy removed"),
    (SUM, "tags: [alpha]", "tags: [beta]", "tags (+beta, -alpha)"),
    (SUM, "references: [sums]", "references: [sums]\nrelated: [power]", "related questions"),
    (SUM, "references: [sums]", "references: [sums]\nrequires: [power]",
     "questions to know before"),
    (SUM, "asked: often\n", "", "asked often removed"),
    (SUM, "asked: often", "asked: rarely", "asked rarely (was often)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after", "words"), CHANGED)
def test_each_part_of_a_question(
    author: Author, name: str, before: str, after: str, words: str
) -> None:
    """The notes name what changed, and nothing else."""
    previous = author.build()
    author.edit(name, before, after)
    text = author.notes(previous)
    section = text.partition("## Changed questions\n\n")[2].partition("\n\n")[0]
    title = "What is the sum?" if "the sum" in after else "What is a *sum*?"
    assert section.strip() == f"- **1.** {title} - {words}"
    assert "\n## Cards" not in text


def test_cards(author: Author) -> None:
    """New, changed, removed with the reason, and core: below their questions."""
    previous = author.build()
    author.edit(SUM, "Three.", "Exactly three.")
    author.edit(SUM, "{#two .core}", "{#two}")
    author.edit(SUM, "{{c2::one::which number}}", "{{c2::one}}")
    author.edit("02-two/003-power.md", "{#four}", "{#four-new}")
    (author.root / "tombstones.toml").write_text('"power/four" = "too easy"\n', encoding="utf-8")
    text = author.notes(previous).partition("## Cards\n\n")[2]
    assert text == (
        "**1.** What is a *sum*?\n\n"
        "- changed (no longer a core card): What is one and one?\n"
        "- changed (back): What is one and two?\n"
        "- changed (text): The sum of […] and […] is $2$.\n\n"
        "**3.** What is a power?\n\n"
        "- new: What is two squared?\n"
        "- removed: What is two squared? (why: too easy)\n"
    )


def test_a_question_comes_and_goes(author: Author) -> None:
    """New with its deck, removed with its cards, the others renumbered."""
    previous = author.build()
    (author.root / "01-one" / "002-product.md").unlink()
    author.edit(SUM, "[product](002-product.md)", "product")
    old = FILES["01-one/002-product.md"]
    new = old.replace("product", "root").replace("number: 2", "number: 3")
    (author.root / "02-two" / "root.md").write_text(new, encoding="utf-8")
    author.edit("02-two/003-power.md", "number: 3", "number: 2")
    text = author.notes(previous)
    assert "## New questions\n\nTwo:\n\n- **3.** What is a root? (3 cards)\n" in text
    assert "## Removed questions\n\n- **2.** What is a product?\n" in text
    assert "## Renumbered questions\n\n- **2** (was 3). What is a power?\n" in text
    assert "- questions: 1 new, 1 changed, 1 removed, 1 renumbered\n" in text
    assert "- cards: 3 new, 0 changed, 3 removed, 0 moved" in text
    assert "- removed: Six\n" in text
    assert "new: Six" not in text


def test_long_notes_name_no_single_card(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub takes only so many characters."""
    previous = author.build()
    author.edit(SUM, "Three.", "Exactly three.")
    monkeypatch.setattr(notes, "_LONGEST", 100)
    cards = author.notes(previous).partition("## Cards\n\n")[2]
    assert cards == "- **1.** What is a *sum*? - 0 new, 1 changed, 0 removed\n"


# What learners do, in Anki


def test_anki_does_what_the_notes_say(author: Author, learner: Learner) -> None:
    """Those it names are new, updated, left over and left where they were; no others are."""
    first = author.build()
    anki.import_package(learner, first / "anki" / "neurons.apkg")
    author.edit(SUM, "Three.", "Exactly three.")
    author.edit(
        SUM, "### What is one and one? {#two .core}\n\nIt is two, as\neverybody knows.\n", ""
    )
    author.edit("01-one/002-product.md", "What is a product?", "What is the product?")
    author.edit("01-one/002-product.md", "### Six", "### What is it? {#new}\n\nIt.\n\n### Six")
    author.edit("collection.toml", 'title = "Two"', 'title = "Second"')
    stones = author.root / "tombstones.toml"
    stones.write_text('"sum/two" = "too easy"\n', encoding="utf-8")
    second = author.build("--previous", first / "anki" / "neurons.apkg")
    text, data = author.notes(first), author.data(first)["cards"]
    log = anki.import_package(learner, second / "anki" / "neurons.apkg")

    def ids(rows: Any) -> set[str]:
        return {learner.get_note(row.id.nid)["Card id"] for row in rows}

    assert ids(log.new) == set(data["new"]) == {"product/new"}
    assert ids(log.updated) == {*data["changed"], *data["touched"]}
    assert data["changed"] == ["sum/three"]
    assert set(data["touched"]) == {"product/six", "product/word", "power/four", "power/one"}
    assert "6 cards that you have are replaced as a whole" in text
    assert found(learner, text, "### Removed cards") == {"sum/two"}
    assert found(learner, text, "### Moved cards") == {"power/four", "power/one"}
    assert 'to "Neurons::02 Second", from "Neurons::02 Two"' in text


@pytest.mark.slow
@pytest.mark.parametrize(("name", "before", "after", "_words"), CHANGED)
def test_touched_cards_are_those_that_anki_updates(
    author: Author, learner: Learner, name: str, before: str, after: str, _words: str
) -> None:
    """A card shows its question's title, short answer, sources, difficulty and tags."""
    first = author.build() / "anki" / "neurons.apkg"
    anki.import_package(learner, first)
    author.edit(name, before, after)
    data = author.data(first.parents[1])["cards"]
    log = anki.import_package(learner, author.build("--previous", first) / "anki" / "neurons.apkg")
    updated = {learner.get_note(row.id.nid)["Card id"] for row in log.updated}
    assert updated == {*data["changed"], *data["touched"]}


def test_other_collections_are_not_found(author: Author, learner: Learner) -> None:
    """Not even where their cards have the same ids and their tags begin alike."""
    first = author.build()
    anki.import_package(learner, first / "anki" / "neurons.apkg")
    author.edit("collection.toml", 'slug = "neurons"', 'slug = "others"')
    author.edit("collection.toml", 'tag_prefix = "a_b"', 'tag_prefix = "aXb"')
    other = author.build()
    anki.import_package(learner, other / "anki" / "others.apkg")
    assert len(learner.find_notes('"Card id:sum/two"')) == 2
    author.edit("collection.toml", 'slug = "others"', 'slug = "neurons"')
    author.edit("collection.toml", 'tag_prefix = "aXb"', 'tag_prefix = "a_b"')
    author.edit(SUM, "{#two .core}", "{#two-new}")
    text = author.notes(first)
    (search,) = searches(text, "### Removed cards")
    (note,) = learner.find_notes(search)
    assert "a_b::core" in learner.get_note(note).tags


@pytest.mark.slow
def test_a_search_for_very_many_cards(learner: Learner) -> None:
    """Anki refuses a thousand terms joined by OR; ours finds all of 3,000 and no more."""
    keys = [f"question-{i // 10}/card-{i}" for i in range(3000)]
    model = learner.models.by_name("Basic")
    assert model
    learner.models.add_field(model, learner.models.new_field("Card id"))
    learner.models.update_dict(model)
    model = learner.models.by_name("Basic")
    assert model
    for key in [*keys, "question-1/card-1", "question-1/card-10-more", "question-1/card"]:
        note = learner.new_note(model)
        note["Front"] = note["Card id"] = key
        note.tags = ["nn::core"]
        learner.add_note(note, learner.decks.id("Default") or 1)  # type: ignore[arg-type]
    search = notes.search(["nn"], keys)
    assert {learner.get_note(n)["Card id"] for n in learner.find_notes(search)} == set(keys)


def test_earlier_removals_are_found_too(author: Author) -> None:
    """Who skipped a release has the cards that it removed; so says the record."""
    first = author.build()
    run("record", "--content", author.root, first / "anki" / "neurons.apkg")
    author.edit("02-two/003-power.md", "### What is two squared? {#four}\n\nFour.\n\n", "")
    stones = author.root / "tombstones.toml"
    stones.write_text('"power/four" = "too easy"\n', encoding="utf-8")
    second = author.build()
    author.edit(SUM, "{#two .core}", "{#two-new .core}")
    stones.write_text('"power/four" = "too easy"\n"sum/two" = "wrong"\n', encoding="utf-8")
    text = author.notes(second)
    (search,) = searches(text, "### Removed cards")
    assert search == r'"tag:a\_b" "Card id:re:^(power/four|sum/two)$"'
    assert "too easy" not in text.partition("## Cards")[2]


def test_options_of_the_import(author: Author, learner: Learner) -> None:
    """Anki calls them as we do, proposes what we advise, and keeps later edits as we say."""
    previous = author.build()
    anki.import_package(learner, previous / "anki" / "neurons.apkg")
    for key in ("sum/two", "sum/three"):  # edited after both releases
        (number,) = learner.find_notes(f'"Card id:{key}"')
        note = learner.get_note(number)
        note["Back"] = "my own words"
        learner.update_note(note)
    author.edit(SUM, "Three.", "Exactly three.")
    second = author.build("--previous", previous / "anki" / "neurons.apkg")
    text = " ".join(author.notes(previous).split())
    words = learner.tr
    for label in (
        words.importing_update_notes(),
        words.importing_update_notetypes(),
        words.importing_merge_notetypes(),
        words.importing_update_if_newer(),
        words.importing_update_always(),
    ):
        assert f'"{label}"' in text
    assert f"Cards > {words.browsing_change_deck()}" in notes_template()
    assert (
        f"{words.qt_accel_notes().replace('&', '')} > {words.actions_delete()}" in notes_template()
    )
    proposed = learner._backend.get_import_anki_package_presets()
    newer = options.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    always = options.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
    assert (proposed.update_notes, proposed.update_notetypes) == (newer, newer)
    assert not proposed.merge_notetypes

    def backs() -> list[str]:
        keys = ("sum/two", "sum/three")
        return [learner.get_note(learner.find_notes(f'"Card id:{k}"')[0])["Back"] for k in keys]

    package = second / "anki" / "neurons.apkg"
    anki.import_package(learner, package, proposed)
    assert backs() == ["my own words"] * 2
    anki.import_package(learner, package, ImportAnkiPackageOptions(update_notes=always))
    assert "my own words" not in backs()


def notes_template() -> str:
    path = REPOSITORY / "templates" / "release" / "notes.md"
    return path.read_text(encoding="utf-8")


# What would harm learners


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("collection.toml", "[anki]", '[anki]\nnamespace = "x"', "a second time"),
        (SUM, "{#three}", "{#three .reversed}", "Give the card a new id"),
    ],
)
def test_harm_is_refused(author: Author, name: str, before: str, after: str, message: str) -> None:
    """Another namespace, another kind of card: exit code 1, and no notes."""
    previous = author.build()
    author.edit(name, before, after)
    out = author.folder / "out"
    result = run("release", "--content", author.root, "--out", out, "--previous", previous)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not out.exists()


def test_problems_of_the_content(author: Author) -> None:
    """Errors stop the notes as they stop a build."""
    author.edit(SUM, "{#three}", "")
    result = run("release", "--content", author.root, "--out", author.folder / "out")
    assert result.exit_code == 1
    assert "bad-card" in result.stderr
    assert not (author.folder / "out").exists()


# The previous release


def test_a_record_without_a_previous_release(author: Author) -> None:
    """What is on record is not the first release, unless it is this one."""
    run("record", "--content", author.root, author.build() / "anki" / "neurons.apkg")
    assert "This is the first release." in author.notes()
    (author.folder / "out" / "RELEASE_NOTES.md").unlink()
    author.edit("collection.toml", 'version = "1.0"', 'version = "1.1"')
    result = run("release", "--content", author.root, "--out", author.folder / "out")
    assert result.exit_code == 2
    assert "name the folder of that one with --previous" in result.stderr


def edited(**values: Any) -> Any:
    """Change values at the top of the file."""
    return lambda data: {**data, **values}


def card(**values: Any) -> Any:
    """Change the values of the first card."""

    def change(data: Any) -> Any:
        data["questions"][0]["cards"][0] |= values
        return data

    return change


BAD = [
    (lambda _: "", "is damaged (Expecting value"),
    (lambda _: "{", "is damaged"),
    (lambda _: "[" * 100_000, "is damaged"),
    (lambda _: "[1]", "is no file that dlexport wrote"),
    (lambda _: {"format": "something"}, "is no file that dlexport wrote"),
    (edited(format_version=2, generator="dlexport 9"), 'is of format 2, written by "dlexport 9"'),
    (edited(slug="others"), "is a release of the collection “others”, this one is “neurons”"),
    (edited(slug="\x1b[2J"), r'is damaged (slug is "\u001b[2J")'),
    (edited(title="\ud800"), r'is damaged (title is "\ud800")'),
    (edited(date="0001-01-01", version="\x9b"), "is damaged (version is"),
    (edited(title=3), "is damaged (title is 3)"),
    (edited(questions={}), "is damaged (questions is {})"),
    (edited(questions=[1]), "is damaged (questions[0]. is no object)"),
    (edited(decks=[]), "is in no deck of it"),
    (card(core="yes"), 'questions[0].cards[0].core is "yes"'),
    (card(hashes={"front": 1}), "questions[0].cards[0].hashes"),
    (card(id='x" OR deck:*'), "questions[0].cards[0].id is"),
    (card(id="three"), "card sum/three is there twice"),
    (lambda data: {k: v for k, v in data.items() if k != "version"}, "version is missing"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_file_of_the_previous_release(author: Author, change: Any, message: str) -> None:
    """What was found, what was expected, exit code 2; no traceback, no notes."""
    previous = author.build()
    path = previous / "release.json"
    new = change(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(new if isinstance(new, str) else json.dumps(new), encoding="utf-8")
    assert message in refused(author, previous)


def refused(author: Author, previous: Path) -> str:
    out = author.folder / "out"
    result = run("release", "--content", author.root, "--out", out, "--previous", previous)
    assert result.exit_code == 2, result.output
    assert "fault in dlexport" not in result.stderr
    assert not out.exists()
    return result.stderr


def test_no_previous_release(author: Author) -> None:
    """No folder, a file, an empty folder, another folder, a file that is no text."""
    assert "there is no such folder" in refused(author, author.folder / "nowhere")
    assert "is a file, not a release's folder" in refused(author, author.root / SUM)
    empty = author.folder / "empty"
    empty.mkdir()
    assert "holds no release.json, it is empty" in refused(author, empty)
    assert "holds no release.json, only 01-one, 02-two" in refused(author, author.root)
    (empty / "release.json").write_bytes(b"\xff\xfe")
    assert "it is not UTF-8" in refused(author, empty)
    assert "cannot be read" in refused(author, Path("x" * 5000))


def test_oversights_are_named(author: Author) -> None:
    """The version is the old one, the outputs are; the previous release is this one."""
    previous = author.build()
    author.edit(SUM, "Three.", "Exactly three.")
    words = ("release", "--content", author.root, "--out", previous, "--previous", previous)
    said = run(*words).stderr
    assert "release.json is of other content" in said
    assert "is the output folder" in said
    assert "the version still is 1.0" in said
    assert "no ledger.json: Anki will replace all cards" in said


# The files


def test_the_file_is_an_output_like_the_others(author: Author) -> None:
    """Listed with its checksum, the same bytes each time, made again where it was lost."""
    first, again = author.build(), author.folder / "again"
    words = ("anki", "--content", author.root, "--out", again)
    author.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START))
    run(*words)
    data = (first / "release.json").read_bytes()
    assert (again / "release.json").read_bytes() == data
    listed = json.loads((again / "manifest.json").read_text(encoding="utf-8"))["files"]
    sums = {entry["path"]: entry["sha256"] for entry in listed}
    assert sums["release.json"] == sha256(data).hexdigest()
    assert "nothing has changed" in run(*words).stderr
    (again / "release.json").unlink()
    run(*words)
    assert (again / "release.json").read_bytes() == data
    run("clean", "--out", again)
    assert not again.exists() or not list(again.iterdir())


def test_the_notes_are_an_output_like_the_others(author: Author) -> None:
    """The same bytes each time; they stay at the next build and go with the others."""
    previous = author.build()
    author.edit(SUM, "Three.", "Exactly three.")
    out = author.folder / "out"
    text = author.notes(previous)
    assert author.notes(previous) == text
    sums = (out / "SHA256SUMS").read_text(encoding="utf-8")
    assert f"{sha256(text.encode()).hexdigest()}  RELEASE_NOTES.md" in sums
    run("anki", "--content", author.root, "--out", out)
    assert (out / "RELEASE_NOTES.md").read_text(encoding="utf-8") == text
    run("clean", "--out", out)
    assert not list(out.iterdir()) if out.exists() else True


def test_a_selection_is_no_release(author: Author) -> None:
    """One deck alone would look as if all others had been removed."""
    assert not (author.build("--deck", "one") / "release.json").exists()


def test_what_is_written_is_read(author: Author) -> None:
    """Nothing is lost on the way, and every part that is there has a hash."""
    folder = author.build()
    found = manifest.read(folder, "neurons")
    assert manifest.dump(found) == (folder / "release.json").read_bytes()
    assert set(found.by_id["sum"].hashes) == set(QUESTION_PARTS)
    assert set(found.cards["sum/two"][1].hashes) == set(CARD_PARTS)
    assert found.cards["sum/cloze"][1].front == "The sum of […] and [which number] is $2$."


def test_the_document_names_every_key(author: Author) -> None:
    """docs/release.md describes the file."""
    text = (REPOSITORY / "docs" / "release.md").read_text(encoding="utf-8")
    data = json.loads((author.build() / "release.json").read_text(encoding="utf-8"))
    question = data["questions"][0]
    rows = (data, data["decks"][0], question, question["cards"][0])
    parts = {*QUESTION_PARTS, *CARD_PARTS}
    missing = {key for row in rows for key in (*row, *parts) if f"`{key}`" not in text}
    assert not missing


def test_the_workflow_publishes_both() -> None:
    """The notes are the release's text, and the next release finds this one's contents."""
    path = REPOSITORY / ".github" / "workflows" / "release.yml"
    workflow = path.read_text(encoding="utf-8")
    assert "--notes-file build/RELEASE_NOTES.md" in workflow
    assert "build/release.json" in workflow
    assert "--pattern release.json" in workflow


def test_own_templates(author: Author, tmp_path: Path) -> None:
    """Such as notes in another language."""
    own = tmp_path / "own" / "release"
    own.mkdir(parents=True)
    (own / "notes.md").write_text("# [[ now.title ]]: Neues\n", encoding="utf-8")
    out = tmp_path / "out"
    run("release", "--content", author.root, "--out", out, "--templates", own.parent)
    assert (out / "RELEASE_NOTES.md").read_text(encoding="utf-8") == "# Neurons: Neues\n"
