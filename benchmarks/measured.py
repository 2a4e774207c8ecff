"""Make something once in a process of its own, and say what it took, as JSON.

    python benchmarks/measured.py book|all ours|plain CONTENT OUT COPIES

`book` is the book alone, of the collection's questions COPIES times over.
Seconds begin when the collection has been read and checked; the peak is that
of the process, or of the largest worker and the process together.
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
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection
from dlexport.workshop import Workshop, processors


def copied(collection: Collection, count: int) -> Collection:
    """A collection with every deck so many times, or with its first -count questions."""
    decks = []
    for i in range(max(count, 1)):
        for deck in collection.decks:
            questions = tuple(replace(q, id=f"{q.id}-{i}") if i else q for q in deck.questions)
            decks.append(replace(deck, id=f"{deck.id}-{i}" if i else deck.id, questions=questions))
    if count < 0:
        decks = [replace(decks[0], questions=decks[0].questions[:-count])]
    return replace(collection, decks=tuple(decks), is_selection=True)


def main() -> None:
    """Measure, and print the result."""
    what, way, content, out, copies = sys.argv[1:]
    collection, _ = pipeline.load_checked(Path(content), strict=False)
    if way == "plain":
        Printer.lay_out = plain.lay_out_plainly  # type: ignore[method-assign]
    start = time.perf_counter()
    with Workshop(processors() if way == "ours" else 1) as workshop:
        if what == "book":
            collection = copied(collection, int(copies))
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
