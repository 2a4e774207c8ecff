"""How long it takes to say a text aloud."""

from __future__ import annotations

from dlexport.model import Text
from dlexport.reading.words import count_words

# Words a minute, at the calm pace of an explanation.
SPOKEN = 130


def minutes_to_say(text: Text) -> int:
    """The whole minutes that come nearest, at least one; a formula counts as one word."""
    return max(int(count_words(text) / SPOKEN + 0.5), 1)
