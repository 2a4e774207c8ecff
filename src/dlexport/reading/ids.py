"""Ids: what they are made of, and which one the name of a file or a folder gives.

An id has letters and digits of any script in lower case (Unicode's form NFC), in words
between single hyphens. It stands in addresses, in Anki's tags and in XML.
"""

from __future__ import annotations

import re
from hashlib import sha256
from unicodedata import category, normalize

HINT = "use lower-case letters, digits and single hyphens"

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A number before a name, which sorts it: `01-`, `1. `, `3) `.
_NUMBERED = re.compile(r"([0-9]{1,6})(?:[-_ ]+|[.)][-_ ]+)(?=.)")
# What XML has in names besides letters of ASCII and digits: https://www.w3.org/TR/xml/#NT-Name
_IN_NAMES = re.compile(
    "[0-9A-Za-z\u0300-\u036f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # how a sign looks, not which
# Punctuation that tells names apart, as `#` does C and C#; all other separates words.
_TELLING = "#%&*@"


def is_id(text: str) -> bool:
    """Whether a text is an id as it stands."""
    if text.isascii():
        return bool(_PLAIN.fullmatch(text))
    return text == in_form(text).lower() and all(
        word and all(map(_is_letter, word)) and category(word[0])[0] != "M"
        for word in text.split("-")
    )


def is_key(text: str) -> bool:
    """Whether a text is `question/card`, as cards are called from release to release."""
    question, _, card = text.partition("/")
    return is_id(question) and is_id(card)


def in_form(text: str) -> str:
    """A text in NFC: what looks the same is the same, however a keyboard or a disk writes it."""
    return text if text.isascii() else normalize("NFC", text)


def folded(name: str) -> str:
    """What is the same for names that a disk or Anki takes for one: it tells no case apart."""
    return in_form(in_form(name).upper().casefold())


def short_hash(text: str) -> str:
    """Six hex digits that tell a path or a name from others."""
    return sha256(in_form(text).encode()).hexdigest()[:6]


def split_number(name: str) -> tuple[str, str]:
    """The number before a name as it is written, empty where there is none, and the name."""
    found = _NUMBERED.match(name)
    return (found[1], name[found.end() :]) if found else ("", name)


def shortened(id: str, most: int) -> str:
    """As many words of an id as fit into so many bytes of UTF-8; half a word for a long one."""
    if len(id.encode()) <= most:
        return id
    cut = id.encode()[:most].decode(errors="ignore")
    return (cut.rsplit("-", 1)[0] if "-" in cut else cut).strip("-")


def slug(text: str) -> str:
    """The words of a text as an id; empty where it has none."""
    return _words(text)[0]


def id_of(name: str, otherwise: str) -> str:
    """The id that a name without its number gives, the same on every machine.

    Where the name has signs that an id cannot have and that tell it from others (`C++`,
    `C#`), a hash of the name follows; `otherwise` stands for a name without a word.
    """
    words, is_all = _words(name)
    return words if words and is_all else f"{words or otherwise}-{short_hash(name)}"


def _words(text: str) -> tuple[str, bool]:
    """The words of a text as an id, and whether that is all that tells it from others."""
    parts: list[str] = []
    is_all = True
    for sign in in_form(in_form(text).lower()):
        kind = category(sign)
        if _is_letter(sign) and (kind[0] != "M" or (parts and parts[-1] != "-")):
            parts.append(sign)
        elif kind != "Cf" and not _VARIANTS.match(sign):
            parts.append("-")
            is_all = is_all and kind[0] not in "SLMN" and sign not in _TELLING
    return re.sub("-+", "-", "".join(parts)).strip("-"), is_all


def _is_letter(sign: str) -> bool:
    """A letter, a digit, or a mark of one, that may stand in XML's names too."""
    if sign.isascii():
        return sign.isalnum()
    kind = category(sign)
    known = kind[0] in "LN" or kind in ("Mn", "Mc")
    return known and bool(_IN_NAMES.match(sign)) and not _VARIANTS.match(sign)
