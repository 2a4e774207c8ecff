"""Run the code of the answers and compare what it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from dlexport.check.kernels import NATIVE, ONE_THREAD
from dlexport.check.printed import Agreement, agreement
from dlexport.document import CodeBlock, Text
from dlexport.engine.workers import processors
from dlexport.model import Collection
from dlexport.problems import Place, Problems


@dataclass(frozen=True, slots=True)
class Program:
    """A block of code that is run, and what the text says it prints."""

    code: str
    output: str | None
    place: Place
    output_place: Place


def programs(text: Text) -> Iterator[Program]:
    """The programs of a text, each with the output that follows it, if any."""
    for block, following in pairwise((*text.blocks, None)):
        if isinstance(block, CodeBlock) and block.is_run:
            output = following if isinstance(following, CodeBlock) else None
            output = output if output and output.is_output else None
            yield Program(
                block.code,
                output.code if output else None,
                block.place,
                output.place if output else block.place,
            )


def run_all(
    collection: Collection,
    problems: Problems,
    kernels: Sequence[Mapping[str, str]] = (NATIVE,),
) -> int:
    """Run every program of the collection, on all processors; return how many there were.

    Each is run under each of the `kernels`, which are environments: what it prints under
    the first is compared with the text, what it prints under the others with the first.
    """
    found = [p for q in collection.questions for text in q.texts for p in programs(text)]
    with ThreadPoolExecutor(processors()) as pool:
        for problem in pool.map(lambda program: _run(program, kernels), found):
            problems.extend(problem)
    return len(found)


def _run(program: Program, kernels: Sequence[Mapping[str, str]]) -> Problems:
    problems = Problems()
    printed: list[str] = []
    try:
        for kernel in kernels:
            printed.append(_printed(program, kernel))
    except _FailedError as error:
        problems.add("code-failed", program.place, error.message, error.hint)
        return problems
    first, *others = printed
    if program.output is not None:
        _compare_with_text(program, first, problems)
    for other in others:
        _compare_kernels(program, first, other, problems)
    return problems


class _FailedError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _printed(program: Program, kernel: Mapping[str, str]) -> str:
    from dlexport.check.execution import LimitError, execute  # with psutil, which few need

    command = [sys.executable, "-I", "-W", "error", "-c", program.code]
    try:
        result = execute(command, {**ONE_THREAD, **kernel})
    except LimitError as error:
        raise _FailedError(error.message, error.hint) from error
    if result.status or result.errors:
        last = (result.errors.strip().splitlines() or [f"exit status {result.status}"])[-1]
        raise _FailedError(last, "run the block by itself to see more")
    return result.printed


def _compare_with_text(program: Program, printed: str, problems: Problems) -> None:
    found, row, expected, line = _worst(program.output or "", printed)
    place = Place(program.output_place.path, program.output_place.line + 1 + row)
    message = f"expected “{expected}”, the code prints “{line}”"
    if found is Agreement.LAST_DIGIT:
        hint = "copy what the code prints; if it differs by machine, print one digit less"
        problems.add("unstable-output", place, message, hint)
    elif found is Agreement.NONE:
        hint = "copy what the code prints into the output block"
        problems.add("wrong-output", place, message, hint)


def _compare_kernels(program: Program, one: str, other: str, problems: Problems) -> None:
    found, _, line, another = _worst(one, other)
    if found is not Agreement.SAME:
        problems.add(
            "unstable-output",
            program.place,
            f"the code prints “{line}” here and “{another}” with other kernels of NumPy",
            "print fewer digits, or compute nothing that hangs on the last bit",
        )


def _worst(one: str, other: str) -> tuple[Agreement, int, str, str]:
    """How well two outputs agree, and the first line that agrees no better: number, both texts."""
    pairs = list(zip_longest(one.split("\n"), other.split("\n"), fillvalue=""))
    found = [agreement(left, right) for left, right in pairs]
    row = found.index(max(found))
    return found[row], row, *pairs[row]
