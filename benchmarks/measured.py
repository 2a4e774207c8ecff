"""Make something once in a process of its own, and say what it took, as JSON.

    python benchmarks/measured.py book|all ours|plain CONTENT OUT QUESTIONS

`book` is the book alone, of so many questions.
Seconds include reading and checking the collection. The peak is that of the
process, and with workers as many times that of the largest as there are.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath

import plain

from dlexport import pipeline
from dlexport.exporters import Context
from dlexport.exporters.pdf import book
from dlexport.exporters.pdf.document import get_ready
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection
from dlexport.workshop import Workshop, processors


def of_size(collection: Collection, count: int) -> Collection:
    """A collection of so many questions: the first ones, and again from the start."""
    questions = collection.questions
    again = (questions[i % len(questions)] for i in range(count))
    taken = [replace(q, id=f"{q.id}-{i}", number=i) for i, q in enumerate(again)]
    decks = tuple(
        replace(collection.decks[0], id=f"part-{i // 10}", questions=tuple(taken[i : i + 10]))
        for i in range(0, count, 10)
    )
    return replace(collection, decks=decks, is_selection=True)


def main() -> None:
    """Measure, and print the result."""
    what, way, content, out, questions = sys.argv[1:]
    if way == "plain":
        plain.take_over()
    start = time.perf_counter()
    with Workshop(processors() if way == "ours" else 1) as workshop:
        workshop.prepare(get_ready)
        collection, _ = pipeline.load_checked(Path(content), strict=False)
        if what == "book":
            collection = of_size(collection, int(questions))
            context = Context(0, "", "benchmark", workshop=workshop)
            artifacts = book.make(Printer(collection, context, PAPERS[0]))
            data = next(a.data for a in artifacts if a.path == PurePosixPath("pdf/a4/book.pdf"))
            Path(out).write_bytes(data)
        else:
            formats = ("anki", "pdf", "epub", "web")
            pipeline.build(collection, formats, Path(out), lambda _: None, workshop=workshop)
    seconds = time.perf_counter() - start
    sizes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, worker = (resource.getrusage(who).ru_maxrss / 1024 for who in sizes)
    peak = own + (processors() * worker if way == "ours" else 0)
    print(json.dumps({"seconds": seconds, "own": own, "worker": worker, "peak": peak}))


if __name__ == "__main__":
    main()
