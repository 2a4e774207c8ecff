"""Where an entry of a bibliography is to be found: its address, and what is printed for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

_ARXIV = "arxiv"
# Values of biblatex's `eprinttype`, with what each is called and where it leads.
_ARCHIVES = {
    _ARXIV: ("arXiv", "https://arxiv.org/abs/"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/"),
    "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    "hdl": ("hdl", "https://hdl.handle.net/"),
}
# What people write before the DOI itself, and before the number of a preprint.
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)", re.I)
_PREPRINT = re.compile(r"(?:https?://arxiv\.org/abs/|arxiv:)", re.I)
_COMMAND = re.compile(r"\s*\\(?:url|href)\s*\{([^{}]*)\}\s*(?:\{[^{}]*\}\s*)?")
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
# What may stand in an address as it is, by RFC 3986; in a DOI `?` and `#` are part of its name.
_IN_DOI = "%/:=&~+!$,;'@()*"
_KEPT = _IN_DOI + "?#"


def address_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """The address and the printed identifier: a DOI, a preprint's number, or the site's name."""
    if doi := _DOI.sub("", _verbatim(fields.get("doi", "")), count=1):
        return f"https://doi.org/{quote(doi, safe=_IN_DOI)}", f"doi:{doi}"
    archive = fields.get("eprinttype") or fields.get("archiveprefix") or _ARXIV
    if (number := _verbatim(fields.get("eprint", ""))) and archive.strip().lower() in _ARCHIVES:
        name, site = _ARCHIVES[archive.strip().lower()]
        number = _PREPRINT.sub("", number, count=1)
        return f"{site}{quote(number, safe=_KEPT)}", f"{name}:{number}"
    written = fields.get("url") or lone_address(fields.get("howpublished", ""))
    url = quote(_verbatim(written), safe=_KEPT)
    return url, urlsplit(url).netloc.removeprefix("www.")


def lone_address(value: str) -> str:
    r"""The address in a value that is `\url{...}` or `\href{...}{...}`, else nothing."""
    found = _COMMAND.fullmatch(value)
    return found[1] if found else ""


def _verbatim(value: str) -> str:
    """An address or number, in which no character but an escaped one means anything else."""
    found = _COMMAND.fullmatch(value)
    text = _ESCAPED.sub(r"\1", found[1] if found else value)
    return re.sub(r"[{}\s\\]", "", text)
