"""What a link or a citation in a question means."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dlexport.document import Attributed, Citation, Heading, HtmlBlock, HtmlInline
from dlexport.model import Question

# What `[to the top](#top)` names in HTML.
TOP = "top"
_HTML_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.I)


def linked_file(href: str, question: Question) -> Path | None:
    """The Markdown file that a link in a question leads to, None for any other link."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
        return None
    return (question.path.parent / unquote(parts.path)).resolve()


def leads_inside(href: str, question: Question) -> bool:
    """Whether a link leads to a question of the collection, be it the one that it stands in."""
    return href.startswith("#") or linked_file(href, question) is not None


def linked_id(href: str) -> str:
    """What a link names in the file that it leads to: the part after `#`."""
    return unquote(urlsplit(href).fragment)


def element_ids(question: Question) -> set[str]:
    """Ids in the question's texts that its author gave to something else than headings."""
    html = [node.html for node in question.every(HtmlInline)]
    html += [block.html for block in question.every(HtmlBlock)]
    found = {name for written in html for name in _HTML_ID.findall(written)}
    given = (n.attribute("id") for n in question.every(Attributed) if not isinstance(n, Heading))
    return found.union(given) - {""}


def cited_keys(question: Question) -> tuple[str, ...]:
    """The question's references in the order of their numbers, from 1.

    Those of the front matter come first, then what the text cites besides.
    """
    cited = (key for citation in question.every(Citation) for key in citation.keys)
    return tuple(dict.fromkeys((*question.references, *cited)))
