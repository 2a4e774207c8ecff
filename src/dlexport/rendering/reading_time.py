"""How long it takes to read a text, or to say it aloud.

Times are whole minutes, the nearest, at least one. What is counted is prose: a
formula is one word, code and tables are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.document import Text
from dlexport.model import Question
from dlexport.reading.words import count_words

# Words a minute. Adults read English non-fiction at 238 silently and 183 aloud on average
# (Brysbaert 2019, doi:10.1016/j.jml.2019.104047): technical text is read more slowly, and
# an explanation is thought of while it is said.
READ = 200
SAID = 130


def minutes_to_read(text: Text) -> int:
    """How long a reader needs."""
    return _minutes(text, READ)


def minutes_to_say(text: Text) -> int:
    """How long a speaker needs."""
    return _minutes(text, SAID)


def minutes_to_study(question: Question) -> int:
    """How long it takes to read all of a question once, and to say its spoken answer.

    Cards, programs and trying to answer first come on top.
    """
    read = sum(map(count_words, _read(question)))
    said = count_words(question.spoken_answer) if question.spoken_answer else 0
    return max(int(read / READ + said / SAID + 0.5), 1)


def _read(question: Question) -> Iterator[Text]:
    sections = (question.short_answer, question.intuition, question.answer, question.going_deeper)
    yield from filter(None, sections)
    for pair in (*question.mistakes, *question.follow_ups):
        yield pair.head
        yield pair.body


def _minutes(text: Text, rate: int) -> int:
    return max(int(count_words(text) / rate + 0.5), 1)
