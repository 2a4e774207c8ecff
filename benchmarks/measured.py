"""Make something once, to be measured from outside.

    python benchmarks/measured.py book|all|epub ours|plain CONTENT OUT QUESTIONS

`book` is the printed book alone, of so many questions; `epub` is the edition
with MathML alone.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath

import plain

from dlexport.building.export import export
from dlexport.building.load import load_checked
from dlexport.engine.workers import Workers, processors
from dlexport.exporters import Context
from dlexport.exporters.epub import exporter as epub
from dlexport.exporters.pdf import book
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection
from dlexport.rendering.session import Session


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
    """Do what the command line says."""
    what, way, content, out, questions = sys.argv[1:]
    if way == "plain":
        plain.take_over()
    session = Session()
    context = Context(0, "", "benchmark", session)
    with Workers(processors() if way == "ours" else 1) as workers:
        if what != "epub":
            workers.prepare("dlexport.exporters.pdf.preload")
        collection, _ = load_checked(Path(content), session, strict=False)
        if what == "book":
            collection = of_size(collection, int(questions))
            artifacts = book.make(Printer(collection, context, PAPERS[0], workers))
            data = next(a.data for a in artifacts if a.path == PurePosixPath("pdf/a4/book.pdf"))
            Path(out).write_bytes(data)
        elif what == "epub":
            cover = epub.cover_of(collection, session.cache)
            Path(out).write_bytes(epub.make(collection, context, epub.WITH_MATHML, cover).data)
        else:
            formats = ("anki", "pdf", "epub", "web")
            export(collection, formats, Path(out), session, workers)


if __name__ == "__main__":
    main()
