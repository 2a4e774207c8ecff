"""Read references.bib into references of plain text."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dlexport.model import Reference
from dlexport.problems import Problems
from dlexport.reading.source import Source

if TYPE_CHECKING:
    from bibtexparser.model import Entry
    from pylatexenc.latex2text import LatexNodes2Text

# The converter changes its own settings while it is within a formula.
_ONE_AT_A_TIME = threading.Lock()
# What means something else in LaTeX; where none of it stands, there is nothing to convert.
_SPECIAL = re.compile(r"[\\{}$~%&#^_`]|''|--")
_SILENT = logging.NullHandler()
_CONTAINERS = ("journal", "booktitle", "publisher", "institution", "school", "howpublished")


def read(source: Source, problems: Problems) -> Mapping[str, Reference]:
    """The bibliography by key; report what cannot be read or is missing."""
    from bibtexparser import middlewares as m
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").addHandler(_SILENT)  # what it says, we report
    layers = [m.SeparateCoAuthors(), m.SplitNameParts()]
    library = parse_string(source.text, append_middleware=layers)
    for block in library.failed_blocks:
        place = source.place((block.start_line or 0) + 1)
        key = getattr(getattr(block, "ignore_error_block", None), "key", "")
        message = f"“{key}” cannot be read" if key else "an entry cannot be read"
        problems.add(
            "bad-bibtex", place, f"{message}: {_reason(block.error)}", "see the BibTeX format"
        )
    return {entry.key: _reference(entry, source, problems) for entry in library.entries}


def _reason(error: object) -> str:
    text = re.sub(r"\s+", " ", str(error)).partition(" Note:")[0].strip(" .")
    return text[:160] or type(error).__name__


def _reference(entry: Entry, source: Source, problems: Problems) -> Reference:
    place = source.place((entry.start_line or 0) + 1)
    fields = {key.lower(): field.value for key, field in entry.fields_dict.items()}
    for key in ("title", "year"):
        if not fields.get(key):
            problems.add(
                "bad-bibtex", place, f"“{entry.key}” has no {key}", f"add `{key} = {{...}}`"
            )
    url, identifier = _link(fields)
    return Reference(
        key=entry.key,
        authors=tuple(_name(part) for part in fields.get("author", []) or fields.get("editor", [])),
        title=_plain(fields.get("title", "")),
        container=_plain(next((fields[c] for c in _CONTAINERS if fields.get(c)), "")),
        year=_plain(fields.get("year", "")),
        url=url,
        identifier=identifier,
        place=place,
    )


def _name(parts: object) -> str:
    """A person's name with initials last, `Hinton G. E.`; an organisation's as it is."""
    last = " ".join([*getattr(parts, "von", []), *getattr(parts, "last", [])])
    first = getattr(parts, "first", [])
    if not first:
        return _plain(last)
    initials = " ".join(_initial(word) for word in first)
    return _plain(f"{last} {initials}")


def _initial(word: str) -> str:
    return "-".join(part[:1] + "." for part in word.split("-") if part)


def _plain(latex: object) -> str:
    """A value's LaTeX as Unicode text."""
    text = str(latex)
    if _SPECIAL.search(text):
        with _ONE_AT_A_TIME:
            text = _converter().latex_to_text(text)
    return re.sub(r"\s+", " ", text).strip()


@cache
def _converter() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text")


def _verbatim(value: object) -> str:
    """An address or number, in which no character means anything else."""
    return re.sub(r"[{}\s]", "", str(value))


def _link(fields: Mapping[str, object]) -> tuple[str, str]:
    """The address and the printed identifier: a DOI, an arXiv number, or the site's name."""
    if doi := fields.get("doi"):
        return f"https://doi.org/{_verbatim(doi)}", f"doi:{_verbatim(doi)}"
    if (eprint := fields.get("eprint")) and str(
        fields.get("archiveprefix", "arXiv")
    ).lower() == "arxiv":
        return f"https://arxiv.org/abs/{_verbatim(eprint)}", f"arXiv:{_verbatim(eprint)}"
    url = _verbatim(fields.get("url", ""))
    return url, urlsplit(url).netloc.removeprefix("www.")
