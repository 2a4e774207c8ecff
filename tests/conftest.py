"""What several tests share: our own collection, built once, and small ones made on the spot."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import kernels
from clients import service
from dlexport.building.export import export
from dlexport.building.load import load_checked
from dlexport.engine.workers import Workers, processors
from dlexport.exporters import Artifact
from dlexport.model import Collection
from dlexport.rendering.session import Session

REPOSITORY = Path(__file__).parents[1]
CONTENT = REPOSITORY / "content"
FORMATS = ("anki", "pdf", "epub", "web")

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
def collection() -> Collection:
    """Our own collection, checked."""
    return load(CONTENT)


@pytest.fixture(scope="session", autouse=True)
def services() -> Iterator[None]:
    """End the programs that tests have started and shared."""
    yield
    service.stop_all()


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep commands that tests run out of the user's cache."""
    os.environ["DLEXPORT_CACHE"] = str(tmp_path_factory.getbasetemp().parent / "cache")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let one worker run all tests of our own collection, so that it is built once."""
    if config.getoption("portable"):
        keep_only_kernels(config, items)
    for item in items:
        if "built" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("built"))


def keep_only_kernels(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take away all tests but those that try kernels."""
    others = [item for item in items if "kernel" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in set(others)]


@pytest.fixture(scope="session")
def warnings() -> dict[str, tuple[str, ...]]:
    """What was said while our own collection was built, by the paths of the artifacts."""
    return {}


@pytest.fixture(scope="session")
def built(
    collection: Collection,
    warnings: dict[str, tuple[str, ...]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder with every artifact of our own collection."""
    out = tmp_path_factory.mktemp("built")
    made = build(collection, FORMATS, out, jobs=processors())
    warnings.update({item.path.as_posix(): item.warnings for item in made})
    return out


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


def load(root: Path) -> Collection:
    """Load a collection that has no errors."""
    return load_checked(root, Session(), strict=False)[0]


def build(
    collection: Collection, formats: Sequence[str], out: Path, jobs: int = 1, **options: Any
) -> list[Artifact]:
    """Build a collection, with a session of its own and without a cache."""
    with Workers(jobs) as workers:
        return export(collection, formats, out, Session(), workers, **options)


def as_from_a_terminal() -> None:
    """Let Ctrl-C end a program that is started now, where a shell's `&` has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
