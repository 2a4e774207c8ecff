"""The fields of a note that hold its card's two sides; they differ from kind to kind."""

from __future__ import annotations

from markupsafe import escape

from dlexport.document import Text
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.model import Card, Question
from dlexport.reading import cards, choices


def sides(renderer: AnkiRenderer, question: Question, card: Card) -> tuple[str, ...]:
    """The first fields of the card's note, as `notetypes.NOTE_TYPES` names them."""

    def block(text: Text, *, cloze: bool = False) -> str:
        return str(renderer.render_text(text, question, cloze=cloze))

    if card.kind == cards.CLOZE:
        return block(card.back, cloze=True), ""
    front = str(renderer.render_text_inline(card.front, question))
    if card.kind == cards.TYPED:
        answer, rest = cards.typed_answer(card)
        return front, str(escape(answer)), block(rest)
    if card.kind == cards.CHOICE:
        right = renderer.render_text_inline(choices.right_answer(card), question)
        listed, why = block(choices.options(card)), block(choices.reasons(card))
        return front, listed, str(right), why
    return front, block(card.back)
