"""Our own questions: no problem of any kind, code that prints what the text says."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Mapping
from pathlib import Path

import numpy
import pytest

import figure_records
import figure_scripts
from conftest import CONTENT, REPOSITORY, session
from dlexport import check
from dlexport.check import runcode
from dlexport.check.kernels import ONE_THREAD
from dlexport.check.statistics import counts, total
from dlexport.model import Collection
from dlexport.problems import Problems
from dlexport.reading.cards import number_in_anki
from drawings import difference
from kernels import KNOWN

SCRIPTS = sorted((CONTENT / "figures").glob("*.py"))
FIGURES = [p for p in SCRIPTS if '__name__ == "__main__"' in p.read_text(encoding="utf-8")]


def test_code_prints_what_the_text_says(collection: Collection, kernel: Mapping[str, str]) -> None:
    """Every runnable block is run, and none differs from its output block.

    On processors on which we could not try it a last digit may differ.
    """
    problems = Problems()
    assert runcode.run_all(collection, problems, [kernel]) >= 8
    allowed = () if KNOWN else ("unstable-output",)
    assert [str(problem) for problem in problems if problem.code not in allowed] == []


def assert_draws_its_pictures(script: Path, kernel: Mapping[str, str], folder: Path) -> None:
    """The committed pictures are those that the script draws, to the eye."""
    drawn = figure_scripts.draw(script, folder, {**ONE_THREAD, **kernel})
    assert drawn
    for picture in drawn:
        committed = (CONTENT / "figures" / picture.name).read_bytes()
        assert difference(committed, picture.read_bytes()) is None


@pytest.mark.parametrize("script", FIGURES, ids=lambda p: p.stem)
def test_figure_is_what_its_script_draws(
    script: Path, kernel: Mapping[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """One that takes long is drawn where it was not since its last change, or under each kernel."""
    if request.config.getoption("portable") or not figure_records.is_drawn(script):
        assert_draws_its_pictures(script, kernel, tmp_path)


@pytest.mark.large
@pytest.mark.parametrize("name", sorted(figure_records.records()))
def test_figure_that_takes_long(name: str, kernel: Mapping[str, str], tmp_path: Path) -> None:
    """Before a release all are drawn, whatever is noted."""
    assert_draws_its_pictures(CONTENT / "figures" / f"{name}.py", kernel, tmp_path)


def test_figures_that_take_long_are_noted_as_drawn() -> None:
    """Otherwise each run draws them: `make figures` draws and notes them."""
    for name in figure_records.records():
        assert figure_records.is_drawn(CONTENT / "figures" / f"{name}.py"), (
            f"{name}: run `make figures`"
        )


def test_a_change_has_a_figure_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the script, of what scripts share, or of the picture."""
    monkeypatch.setattr(figure_records, "FIGURES", tmp_path)
    script = tmp_path / "a.py"
    script.write_text('if __name__ == "__main__": ...', encoding="utf-8")
    digests = [figure_records.digest(script)]
    for name in ("house.py", "a.svg", "a-2.svg", "a.py"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        digests.append(figure_records.digest(script))
    assert len(set(digests)) == len(digests)


def test_every_picture_has_a_script_and_a_place(collection: Collection) -> None:
    """No picture lies about unused, none was made by hand without a trace."""
    pictures = set((CONTENT / "figures").glob("*.svg"))
    assert pictures == set(collection.pictures)
    stems = [script.stem for script in FIGURES]
    for picture in pictures:
        assert any(picture.stem.startswith(stem) for stem in stems)


def test_introduction_names_the_numpy_that_made_the_numbers() -> None:
    """It is the locked one on every Python, and the one that runs the programs here."""
    lock = (REPOSITORY / "requirements" / "dev.lock").read_text(encoding="utf-8")
    locked = re.findall(r"^numpy==(\S+)(?: ;.*)? \\$", lock, re.MULTILINE)
    named = re.findall(r"NumPy ([\d.]*\d)", (CONTENT / "introduction.md").read_text("utf-8"))
    assert named == locked == [numpy.__version__]


def test_names_and_numbers_of_files(collection: Collection) -> None:
    """A file is named after its number and id, as the documents say."""
    for question in collection.questions:
        assert question.path.name == f"{question.number:03d}-{question.id}.md"
        assert re.fullmatch(r"\d\d-[a-z-]+", question.path.parent.name)


def test_no_warning_and_every_tag_in_the_index(collection: Collection) -> None:
    """`dlexport check --strict` is clean; warnings that are right have a reason in the file."""
    problems = Problems()
    check.run(collection, problems, session())
    assert [str(problem) for problem in problems] == []
    assert set(collection.by_tag) == {tag for q in collection.questions for tag in q.tags}


def test_statistics_add_up(collection: Collection) -> None:
    """The last row of `list --stats` is the sum of the others, and agrees with the collection."""
    found = total(collection)
    assert found == sum((counts(d) for d in collection.decks[1:]), counts(collection.decks[0]))
    assert found.questions == found.easy + found.medium + found.hard == len(collection.questions)
    assert found.cards == sum(number_in_anki(card) for _, card in collection.cards)
    assert 1.5 <= found.core / found.questions <= 2.5


def test_measured_rows_have_names_of_their_own() -> None:
    """A text names a row by what `names.py` calls it; no two rows of a file have one name."""
    naming = runpy.run_path(str(CONTENT / "measurements" / "names.py"))["named"]
    for path in sorted((CONTENT / "measurements" / "results").glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
        assert rows == naming(rows)
        assert len({row["name"] for row in rows}) == len(rows)
