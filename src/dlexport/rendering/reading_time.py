"""How long it takes to read a text, or to say it aloud.

Times are whole minutes, the nearest, at least one. What is counted is prose: a
formula is one word, code and tables are none.
"""

from __future__ import annotations

from dlexport.document import Text
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


def _minutes(text: Text, rate: int) -> int:
    return max(int(count_words(text) / rate + 0.5), 1)
