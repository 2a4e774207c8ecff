"""What `make` can be asked for; `make help` lists it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import system_libraries as system
import virtual_environment as venv
from running import TOP, VENV, SetupError, environment, run, say

CODE = ("src", "tests", "tools", "content/figures", "content/measurements", "hatch_build.py")
OUTPUT = ("build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
LOCKED = {  # in this order: what is run is what was tested
    "dev": "pyproject.toml --group dev",
    "run": "pyproject.toml --group build --constraints requirements/dev.lock",
    "uv": "--group pyproject.toml:lock",
}
INSTALLED = (".venv", "node_modules", "tests/tools/node_modules", "src/dlexport/assets")


def prepare(level: str) -> None:
    """Make everything ready to run dlexport, or with "dev" to test it as well."""
    needs = system.TO_RUN if level == "run" else system.TO_RUN + system.TO_TEST
    with alone(), ThreadPoolExecutor() as pool:
        system.refuse_the_impossible(system.PYTHON_PARTS + needs)
        system.see_to(system.PYTHON_PARTS)
        # The system's packages come while Python's do; npm's need what Python's bring.
        libraries = pool.submit(system.see_to, needs)
        venv.make_environment(level)
        steps = [venv.install_package, *([venv.install_test_tools] if level == "dev" else [])]
        all_done(libraries, *(pool.submit(step) for step in steps))
        venv.try_weasyprint()


def all_done(*steps: Future[None]) -> None:
    """Wait for all steps, and raise SetupError with all that went wrong."""
    errors = [error for step in steps if (error := step.exception())]
    for error in errors:
        if not isinstance(error, SetupError):
            raise error
    if errors:
        raise SetupError("\n".join(map(str, errors)))


@contextmanager
def alone() -> Iterator[None]:
    """Keep a second `make` in the same folder waiting until this one is done."""
    if sys.platform == "win32":
        yield
        return
    import fcntl
    import os

    folder = os.open(TOP, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def start(*command: str | Path) -> int:
    """Run a program in the checkout, in the person's sight, and give its exit code."""
    return subprocess.call([str(word) for word in command], cwd=TOP, env=environment())


def setup(_words: Sequence[str]) -> int:
    """install all that `all`, `test` and `lint` need, and do nothing else"""
    prepare("dev")
    say(f"everything is ready in {VENV}")
    return 0


def build(words: Sequence[str]) -> int:
    """write the decks, the PDFs and the book into build/"""
    prepare("run")
    return start(venv.SCRIPTS / "dlexport", "all", *words)


def test(words: Sequence[str]) -> int:
    """run the tests; ARGS=quick: those of a minute; ARGS="-k anki": some (PYTHON=python3.13)"""
    prepare("dev")
    if words[:1] == ["quick"]:  # one process: loading all that is tested is what costs most
        words = ["-m", "not slow and not large", *words[1:]]
    side_by_side = [] if set(words) - {"--portable"} else ["-n", "auto", "--dist", "loadgroup"]
    return start(venv.PYTHON, "-m", "pytest", *side_by_side, *words)


def lint(words: Sequence[str]) -> int:
    """check style and types: ruff and mypy"""
    prepare("dev")
    code = [path for path in CODE if (TOP / path).exists()]
    found = [
        start(venv.SCRIPTS / "ruff", "check", *code),
        start(venv.SCRIPTS / "ruff", "format", "--check", *code),
        start(venv.SCRIPTS / "mypy", *words),
    ]
    return int(any(found))


def figures(_words: Sequence[str]) -> int:
    """draw the content's figures again"""
    prepare("dev")
    scripts = sorted((TOP / "content" / "figures").glob("*.py"))
    with ThreadPoolExecutor() as pool:
        failed = max(pool.map(lambda script: start(venv.PYTHON, script), scripts), default=0)
    return failed or start(venv.PYTHON, TOP / "tests" / "figure_records.py")


def bench(words: Sequence[str]) -> int:
    """measure, and write docs/benchmarks.md, as `make bench ARGS=anki-decks` a part of it"""
    prepare("dev")
    return start(venv.PYTHON, TOP / "benchmarks" / "run.py", *words)


def lock(words: Sequence[str]) -> int:
    """work out the lock files anew from pyproject.toml (ARGS=--upgrade: to newer versions)"""
    with alone():
        venv.make_uv()
    options = "--no-config --universal --python-version 3.11 --generate-hashes --no-header"
    command: list[str | Path] = [
        venv.UV,
        "pip",
        "compile",
        *options.split(),
        "--no-emit-index-url",
        *words,
    ]
    for level, asked in LOCKED.items():
        say(f"working out requirements/{level}.lock")
        run([*command, *asked.split(), "-o", venv.lock(level)], "uv failed")
    return 0


def clean(_words: Sequence[str]) -> int:
    """remove what was built and what the checkers keep"""
    remove(OUTPUT)
    for folder in ("src", "tests", "tools", "content"):
        remove(path.relative_to(TOP) for path in (TOP / folder).rglob("__pycache__"))
    return 0


def distclean(words: Sequence[str]) -> int:
    """remove that and all that was installed"""
    remove(INSTALLED)
    return clean(words)


def remove(folders: Iterable[str | Path]) -> None:
    """Remove folders of the checkout, where they are."""
    for folder in folders:
        shutil.rmtree(TOP / folder, ignore_errors=True)


def help_(_words: Sequence[str]) -> int:
    """show this list"""
    print("make all, or without make: python tools/setup.py all\n")
    for name, task in TASKS.items():
        print(f"  {name:10} {task.__doc__}")
    return 0


TASKS: dict[str, Callable[[Sequence[str]], int]] = {
    "all": build,
    "test": test,
    "lint": lint,
    "figures": figures,
    "bench": bench,
    "lock": lock,
    "setup": setup,
    "clean": clean,
    "distclean": distclean,
    "help": help_,
}


def main(words: Sequence[str]) -> int:
    """Do the task that the first word names, with the other words as its arguments."""
    name, *others = words or ["help"]
    if name not in TASKS:
        say(f"there is no {name!r}; there are {', '.join(TASKS)}")
        return 2
    try:
        return TASKS[name](others)
    except SetupError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
