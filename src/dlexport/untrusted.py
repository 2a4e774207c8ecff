"""What the texts of a stranger may say of addresses and styles: decided here and nowhere else.

A collection may come from anybody, and outputs carry what it says to browsers, to Anki and
to reading systems. Escaping keeps words from being markup; it does not keep an address from
starting a program, nor a value of a style from being several.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# No address has these: RFC 3986, section 2; letters of all scripts are taken besides.
_NEVER = re.compile(r'[\x00-\x20\x7f-\x9f"<>\\^`{|}]')
# A language tag of BCP 47, as far as its shape goes.
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# CSS Values and Units 3, sections 5 and 6; four digits are more than any page is wide.
_LENGTH = re.compile(
    r"(?P<number>\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(?P<unit>%|px|pt|pc|in|cm|mm|em|ex|rem|ch|vw|vh)?",
    re.I | re.A,
)
# A colour by a name, which a formula may give it, or as hexadecimal digits (CSS Color 4).
_COLOUR = re.compile(r"[A-Za-z][A-Za-z0-9]*|#(?:[0-9A-Fa-f]{3,4}){1,2}")


def link_fault(target: str) -> str:
    """Why outputs must not lead to where a text does; empty where they may.

    They may to an address of the web or of mail, and to what lies beside the text.
    """
    if _SCHEME.match(target) or target.startswith("//"):
        return address_fault(target)
    return _character_fault(target)


def address_fault(address: str) -> str:
    """Why an address is none of the web or of mail (`http`, `https`, `mailto`), or empty."""
    if fault := _character_fault(address):
        return fault
    scheme = _SCHEME.match(address)
    if not scheme:
        return "it does not begin with https://"
    if scheme[1].lower() not in _SCHEMES:
        return f"“{scheme[1]}:” is not linked, only http:, https: and mailto: are"
    return _rest_fault(address, scheme[1].lower())


def web_address_fault(address: str) -> str:
    """Why an address is none of the web, or empty."""
    if not re.match("https?:", address, re.I):
        return "it does not begin with https:// or http://"
    return address_fault(address)


def attribute_fault(name: str, value: str) -> str:
    """Why an attribute that an author gave cannot be, or empty: `id`, `class`, `lang`, `dir`.

    Others have no meaning where they stand.
    """
    if name == "lang":
        return "" if LANGUAGE.fullmatch(value) else "it is no language tag, such as en-GB"
    if name == "dir":
        return "" if value in ("ltr", "rtl", "auto") else "write ltr, rtl or auto"
    if name == "id":
        return "" if value and not re.search(r"\s", value) else "an id has no blanks"
    return "" if name == "class" else "it means nothing here"


def _character_fault(address: str) -> str:
    found = _NEVER.search(address)
    return f"an address has no character U+{ord(found[0]):04X}" if found else ""


def _rest_fault(address: str, scheme: str) -> str:
    if scheme == "mailto":
        return "" if address[len("mailto:") :] else "nobody is named after mailto:"
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_whole = False
    return "" if is_whole else f"no server is named after {scheme}://"


def css_length(text: str) -> str:
    """A length as CSS has it, a number alone being pixels; empty for what is none above 0."""
    found = _LENGTH.fullmatch(text)
    if not found or not float(found["number"]):
        return ""
    return text.lower() if found["unit"] else f"{text}px"


def is_colour(text: str) -> bool:
    """Whether a text is a colour by its name, or by hexadecimal digits after `#`."""
    return _COLOUR.fullmatch(text) is not None
