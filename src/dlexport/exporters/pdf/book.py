"""The book, and the sheet of its questions with the pages of the answers.

The text is laid out first; contents and index follow with literal page
numbers, so that each is laid out once.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.exporters import Artifact
from dlexport.exporters.pdf.document import write_pdf
from dlexport.exporters.pdf.printing import Printer
from dlexport.render.base import question_anchor

_TEXT_EM = 42.0


def artifacts(printer: Printer) -> Iterator[Artifact]:
    """`book.pdf`, and `questions.pdf` with the pages on which the book answers them."""
    collection = printer.collection
    questions = collection.questions
    body = printer.lay_out("book", questions, _TEXT_EM, references=True)
    pages = body.page_of_anchors()
    front = printer.lay_out("contents", questions, _TEXT_EM, pages=pages)
    back = printer.lay_out("index", questions, _TEXT_EM, pages=pages, first=body.pages + 1)
    yield printer.artifact("book", write_pdf(front, body, back))
    numbers = {q.id: pages[question_anchor(q)] for q in questions}
    sheet = printer.lay_out("questions", (), _TEXT_EM, pages=numbers)
    yield printer.artifact("questions", write_pdf(sheet))
