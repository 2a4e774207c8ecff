"""Run the code of the answers and compare what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token

from dlexport.model import Collection, Text
from dlexport.problems import Place, Problems

TIME_LIMIT = 30.0  # seconds for one block


@dataclass(frozen=True, slots=True)
class Program:
    """A block of code that is run, and what the text says it prints."""

    code: str
    output: str | None
    place: Place
    output_place: Place


def is_runnable(token: Token) -> bool:
    """Whether a fence is marked ```` ```python run ````."""
    words = token.info.split()
    return token.type == "fence" and words[:2] == ["python", "run"]


def is_output(token: Token) -> bool:
    """Whether a fence holds the output of the code above it."""
    return token.type == "fence" and token.info.split()[:1] == ["output"]


def programs(text: Text) -> Iterator[Program]:
    """The programs of a text, each with the output that follows it, if any."""
    fences = list(text.tokens)
    for i, token in enumerate(fences):
        if is_runnable(token):
            following = fences[i + 1] if i + 1 < len(fences) else None
            output = following if following and is_output(following) else None
            place = token.meta["place"]
            yield Program(
                token.content,
                output.content if output else None,
                place,
                output.meta["place"] if output else place,
            )


def run_all(collection: Collection, problems: Problems) -> int:
    """Run every program of the collection, on all cores; return how many there were."""
    found = [p for q in collection.questions for text in q.texts for p in programs(text)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for problem in pool.map(_run, found):
            problems.extend(problem)
    return len(found)


def _run(program: Program) -> Problems:
    problems = Problems()
    try:
        status, printed, errors = _execute(
            [sys.executable, "-I", "-W", "error", "-c", program.code]
        )
    except subprocess.TimeoutExpired:
        message = f"took more than {TIME_LIMIT:.0f} s"
        problems.add("code-failed", program.place, message, "make the example smaller")
        return problems
    if status or errors:
        last = (errors.strip().splitlines() or [f"exit status {status}"])[-1]
        problems.add("code-failed", program.place, last, "run the block by itself to see more")
    elif program.output is not None and printed != program.output:
        place, message = _difference(program, printed)
        problems.add(
            "wrong-output", place, message, "copy what the code prints into the output block"
        )
    return problems


def _execute(command: Sequence[str]) -> tuple[int, str, str]:
    """Run a command in an empty folder with one thread for linear algebra."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            cwd=folder,
            env={**os.environ, **single, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            check=False,
        )
    return done.returncode, done.stdout, done.stderr


def _difference(program: Program, printed: str) -> tuple[Place, str]:
    expected, found = (program.output or "").split("\n"), printed.split("\n")
    pairs = zip_longest(expected, found, fillvalue="")
    row, left, right = next((i, a, b) for i, (a, b) in enumerate(pairs) if a != b)
    place = program.output_place
    return Place(place.path, place.line + 1 + row), f"expected “{left}”, the code prints “{right}”"
