"""What several tests share: our own collection, built once, and small ones made on the spot."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import kernels
import slowness
from clients import service
from dlexport.building.export import Makers, export
from dlexport.building.load import load_checked
from dlexport.engine.cache import Cache, default_folder
from dlexport.engine.workers import Workers, processors
from dlexport.exporters import Artifact
from dlexport.model import Collection
from dlexport.rendering.session import Session
from sharing import folder_of_the_run, made_once
from slowness import pytest_runtest_call, pytest_runtest_setup  # noqa: F401  (hooks)

REPOSITORY = Path(__file__).parents[1]
CONTENT = REPOSITORY / "content"
FORMULAS = REPOSITORY / "tests" / "formulas"
FORMATS = ("anki", "pdf", "epub", "web")

# The programs that tests start import the same again and again: it is compiled once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

Make = Callable[[Mapping[str, str]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the content's programs be tried under many kernels of NumPy."""
    what = "run the content's programs alone, under each kernel of NumPy that this machine has"
    parser.addoption("--portable", action="store_true", help=what)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that takes a `kernel` the one that is always tried, or all."""
    if "kernel" in metafunc.fixturenames:
        every = metafunc.config.getoption("portable")
        metafunc.parametrize("kernel", kernels.names(every=every), indirect=True, scope="session")


@pytest.fixture(scope="session")
def kernel(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """The environment in which a program of the content is run."""
    return kernels.environment(request.param)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers of this run share."""
    return folder_of_the_run(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def collection(run_folder: Path) -> Collection:
    """Our own collection, checked; what one worker draws for it, the next finds in the cache."""
    with FileLock(run_folder / "collection.lock"):
        return load(CONTENT)


@pytest.fixture(scope="session", autouse=True)
def services() -> Iterator[None]:
    """End the programs that tests have started and shared."""
    yield
    service.stop_all()


@pytest.fixture(scope="session", autouse=True)
def own_cache(run_folder: Path) -> None:
    """Keep what tests build out of the user's cache, and in one that this run shares."""
    os.environ["DLEXPORT_CACHE"] = str(run_folder / "cache")
    session()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow, and keep together on a worker what shares what it has started."""
    if config.getoption("portable"):
        keep_only_kernels(config, items)
    for item in items:
        slowness.mark(item)
        if FORMULAS in item.path.parents and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("formulas"))  # each is drawn once


def keep_only_kernels(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take away all tests but those that try kernels."""
    others = [item for item in items if "kernel" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in set(others)]


@pytest.fixture(scope="session")
def built(collection: Collection, run_folder: Path) -> Path:
    """The folder with every artifact of our own collection."""

    def make(folder: Path) -> None:
        made = build(collection, FORMATS, folder, jobs=processors())
        said = {item.path.as_posix(): [*map(str, item.problems)] for item in made}
        (run_folder / "warnings.json").write_text(json.dumps(said), encoding="utf-8")

    return made_once(run_folder / "built", make)


@pytest.fixture(scope="session")
def warnings(built: Path, run_folder: Path) -> dict[str, list[str]]:
    """What was said while our own collection was built, by the paths of the artifacts."""
    said: dict[str, list[str]] = json.loads((run_folder / "warnings.json").read_text("utf-8"))
    return said


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write files into a new collection's folder and give the folder."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "content"
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


@cache
def session() -> Session:
    """The session of this process's builds: templates and formulas are read once."""
    return Session(Cache(default_folder()))


def load(root: Path, previous: Path | None = None) -> Collection:
    """Load a collection that has no errors."""
    return load_checked(root, session(), strict=False, previous=previous)[0]


def build(
    collection: Collection,
    formats: Sequence[str] | Makers,
    out: Path,
    jobs: int = 1,
    in_session: Session | None = None,
    **options: Any,
) -> list[Artifact]:
    """Build a collection, in the tests' session or in one that is given."""
    used = in_session or session()
    with Workers(jobs, used.cache) as workers:
        return export(collection, formats, out, used, workers, **options)


def as_from_a_terminal() -> None:
    """Let Ctrl-C end a program that is started now, where a shell's `&` has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
