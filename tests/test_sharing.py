"""What workers share, and that no other run has a part in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dlexport.engine.cache import default_folder
from sharing import folder_of_the_run, made_once


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    """Whoever comes while it is made waits, and finds it whole."""
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "file").write_text("whole", encoding="utf-8")

    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(lambda _: made_once(tmp_path / "shared", make), range(4)))
    assert made == [tmp_path / "shared"]
    assert {(folder / "file").read_text(encoding="utf-8") for folder in folders} == {"whole"}


def test_what_failed_is_made_again(tmp_path: Path) -> None:
    """From the start: nothing of the first attempt is left."""

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        made_once(tmp_path / "shared", fail)
    made_once(tmp_path / "shared", lambda folder: (folder / "file").touch())
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["file"]


def test_another_run_shares_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers' folder is that of one run; so is the cache."""
    own = tmp_path_factory.getbasetemp()
    assert default_folder().parent in (own, own.parent)
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    assert folder_of_the_run(Path("/tmp/pytest-7/popen-gw0")) == Path("/tmp/pytest-7")
    monkeypatch.delenv("PYTEST_XDIST_WORKER")
    assert folder_of_the_run(Path("/tmp/pytest-7")) == Path("/tmp/pytest-7")
