"""The cards as text: tab-separated for Quizlet, and with headers for Anki's text import.

Anki's headers are those of its manual, "Importing > Text files > File headers".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dlexport import Artifact, Card, Collection, Context, Question, plain_text

_HEADERS = "#separator:tab\n#html:false\n#notetype:Basic\n#deck column:3\n#tags column:4\n"


class CsvExporter:
    """Writes `csv/<slug>-quizlet.txt` and `csv/<slug>-anki.txt`; cloze cards are left out."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """Both files; a warning says how many cards cannot be said in two columns."""
        slug = collection.metadata.slug
        cards = [(q, card) for q, card in collection.cards if card.front]
        left_out = len(list(collection.cards)) - len(cards)
        warnings = (f"{left_out} cloze cards are left out",) if left_out else ()
        rows = [(plain_text(card.front), plain_text(card.back)) for _, card in cards]
        yield Artifact(PurePosixPath("csv", f"{slug}-quizlet.txt"), _table(rows), warnings)
        titles = {deck.id: deck.title for deck in collection.decks}
        notes = [
            (*row, *_place(card, q, titles)) for row, (q, card) in zip(rows, cards, strict=True)
        ]
        anki = _HEADERS.encode() + _table(notes)
        yield Artifact(PurePosixPath("csv", f"{slug}-anki.txt"), anki)


def _place(card: Card, question: Question, titles: dict[str, str]) -> tuple[str, str]:
    """The deck of a card, and its tags between blanks."""
    return titles[question.deck], " ".join([*question.tags, str(card.tier)])


def _table(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
