"""Read references.bib into references of plain text."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dlexport.model import Reference
from dlexport.problems import Problems
from dlexport.reading.bibliography import latexwords
from dlexport.reading.bibliography.bibtex import Item, items
from dlexport.reading.bibliography.identifiers import address_of, lone_address
from dlexport.reading.bibliography.latexwords import LatexError
from dlexport.reading.source import Source
from dlexport.untrusted import address_fault

if TYPE_CHECKING:
    from bibtexparser.library import Library

_SILENT = logging.NullHandler()
# Where the first of them that is there has appeared; those of biblatex too.
_CONTAINERS = (
    "journal", "journaltitle", "booktitle", "publisher", "institution", "organization", "school",
    "howpublished",
)  # fmt: skip
_OTHERS = "others"  # as the last of the authors

Report = Callable[[str, str], None]


def read(source: Source, problems: Problems) -> Mapping[str, Reference]:
    """The bibliography by key; report what cannot be read or is missing."""
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").addHandler(_SILENT)  # what it says, we report
    library = parse_string(source.text, parse_stack=[])
    _report_failed(library, source, problems)
    found, faults = items(library)
    for line, fault in faults:
        problems.add("bad-bibtex", source.place(line), fault, "see the BibTeX format")
    return {item.key: _reference(item, source, problems) for item in found}


def _report_failed(library: Library, source: Source, problems: Problems) -> None:
    for block in library.failed_blocks:
        place = source.place((block.start_line or 0) + 1)
        key = getattr(getattr(block, "ignore_error_block", None), "key", "")
        message = f"“{key}” cannot be read" if key else "an entry cannot be read"
        problems.add(
            "bad-bibtex", place, f"{message}: {_reason(block.error)}", "see the BibTeX format"
        )


def _reason(error: object) -> str:
    text = re.sub(r"\s+", " ", str(error)).partition(" Note:")[0].strip(" .")
    return text[:160] or type(error).__name__


def _reference(item: Item, source: Source, problems: Problems) -> Reference:
    place = source.place(item.line)

    def report(message: str, hint: str) -> None:
        problems.add("bad-bibtex", place, f"“{item.key}” {message}", hint)

    for line, fault in item.faults:
        problems.add(
            "bad-bibtex", source.place(line), f"“{item.key}”: {fault}", "see the BibTeX format"
        )
    fields = item.fields
    year = fields.get("year") or fields.get("date", "")[:4]
    for key, value in (("title", fields.get("title", "")), ("year", year)):
        if not (value.strip() or item.faults):
            report(f"has no {key}", f"add `{key} = {{...}}`")
    authors = _people(fields.get("author") or fields.get("editor") or "", report)
    container = next((fields[c] for c in _CONTAINERS if fields.get(c)), "")
    url, identifier = address_of(fields)
    if url and (fault := address_fault(url)):
        message = f"“{item.key}” has the address {url}: {fault}"
        problems.add("bad-address", place, message, "write an address of the web")
        url, identifier = "", url
    return Reference(
        key=item.key,
        authors=tuple(name for name in authors if name != _OTHERS),
        has_more_authors=_OTHERS in authors[-1:],
        title=_plain(fields.get("title", ""), report),
        container="" if lone_address(container) else _plain(container, report),
        year=_plain(year, report),
        url=url,
        identifier=identifier,
        place=place,
    )


def _people(value: str, report: Report) -> list[str]:
    """The names of authors or editors, with initials last."""
    from bibtexparser.middlewares.names import (
        InvalidNameError,
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    found = []
    for name in split_multiple_persons_names(" ".join(value.split())):
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError:
            report(f"has a name that cannot be split, “{name}”", "write it as `Last, First`")
            found.append(_plain(name, report))
        else:
            found.append(_plain(_name(parts.von, parts.last, parts.jr, parts.first), report))
    return [name for name in found if name]


def _name(von: list[str], last: list[str], junior: list[str], first: list[str]) -> str:
    """A person's name with initials last, `Hinton G. E.`; an organisation's as it is."""
    return " ".join([*von, *last, *map(_initial, first), *junior])


def _initial(word: str) -> str:
    """The first letter of each part of a name, an accent with it."""
    return "-".join(_first_letter(part) + "." for part in word.split("-") if part)


def _first_letter(part: str) -> str:
    found = re.match(r"\{[^}]*\}|\\[^a-zA-Z]\{?\\?[a-zA-Z]\}?|\\[a-zA-Z]+ *\{?[a-zA-Z]?\}?|.", part)
    return found[0] if found else ""


def _plain(latex: str, report: Report) -> str:
    """A value's LaTeX as text."""
    try:
        return latexwords.words(latex)
    except LatexError as fault:
        report(f"has LaTeX that cannot be read, “{latex[:60]}” ({fault})", "write plain text")
        return latex
