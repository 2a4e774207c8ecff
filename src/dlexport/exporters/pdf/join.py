"""Join laid-out parts to one PDF: pages, outline, links, tags and fonts.

Each part is a PDF of its own, laid out in any order and any process. Page
numbers, which a part cannot know, and marks to cut along come from a furniture
PDF that is laid over the pages as an artifact (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import cycle
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Object, OutlineItem, Pdf, String

from dlexport.exporters.pdf.document import ELSEWHERE, Layout
from dlexport.exporters.pdf.fontmerge import merge_fonts
from dlexport.exporters.pdf.imposition import Imposition, impose

# What is warned of is set for the whole process, in blocks that must not overlap.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of a document; their bookmarks stand `level` steps below its top level."""

    layout: Layout
    level: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """A document's metadata; the moment is in seconds since 1970, UTC."""

    title: str
    authors: tuple[str, ...]
    subject: str
    generator: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class Joint:
    """What `join` makes a PDF of.

    The parts come in their order, or their pages lie on sheets. The pages of
    `furniture` are laid over the pages or sheets from `first` on, counted from
    0; again from the first where there are fewer.
    """

    parts: Sequence[Part]
    about: About
    furniture: Sequence[Layout]
    first: int = 0
    imposition: Imposition | None = None

    @property
    def digest(self) -> str:
        """A name for all of it: the same for the same PDF."""
        levels = [part.level for part in self.parts]
        digest = sha256(repr((self.about, levels, self.first, self.imposition)).encode())
        for layout in (*(part.layout for part in self.parts), *self.furniture):
            digest.update(sha256(layout.data).digest())
        return digest.hexdigest()


@dataclass(slots=True)
class _Bookmark:
    title: str
    destination: Object
    children: list[_Bookmark] = field(default_factory=list)


def join(joint: Joint) -> bytes:
    """One PDF, in the first part's language; the same joint gives the same bytes.

    Raise ValueError for a link to an anchor that no part has.
    """
    parts = joint.parts
    pdf = pikepdf.open(io.BytesIO(parts[0].layout.data))
    sources = [pdf, *(pikepdf.open(io.BytesIO(part.layout.data)) for part in parts[1:])]
    bookmarks: list[_Bookmark] = []
    destinations: dict[str, Object] = {}
    resources = []
    for part, source in zip(parts, sources, strict=True):
        resources.append((part.layout.fonts, _appended(pdf, source)))
        destinations |= {k: _local(pdf, source, v) for k, v in _destinations(source)}
        outline = source.Root.get("/Outlines")
        found = _bookmarks(pdf, source, outline) if outline else ()
        _nested(bookmarks, part.level).extend(found)
    pdf.Root.Names = Dictionary(Dests=_name_tree(pdf, destinations))
    _write_outline(pdf, bookmarks)
    _resolve_links(pdf, set(destinations))
    merge_fonts(pdf, resources)
    if joint.imposition:
        impose(pdf, joint.imposition)
    _overlay(pdf, joint.furniture, joint.first)
    _describe(pdf, joint.about)
    return _saved(pdf)


def _appended(pdf: Pdf, source: Pdf) -> Object:
    """Add a part's pages and tags; return the resources that its pages share."""
    if source is pdf:
        return pdf.pages[0].obj.Resources
    first = len(pdf.pages)
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # destinations are ours to copy
        pdf.pages.extend(source.pages)
    _append_tags(pdf, source, first)
    return pdf.pages[first].obj.Resources


def _append_tags(pdf: Pdf, source: Pdf, first: int) -> None:
    """Hang the tags of the pages from `first` on into the tree, under new numbers."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    tags = pdf.copy_foreign(source.Root.StructTreeRoot)
    for child in tags.K[0].K:
        child.P = document
        document.K.append(child)
    numbers = root.ParentTree.Nums
    offset = int(numbers[-2]) + 1
    for position, item in enumerate(tags.ParentTree.Nums):
        numbers.append(item if position % 2 else int(item) + offset)
    for page in list(pdf.pages)[first:]:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", ()):
            annotation.StructParent = int(annotation.StructParent) + offset


def _local(pdf: Pdf, source: Pdf, destination: Object) -> Object:
    """A destination of a part, its page the copy in the whole."""
    page, *place = destination
    return Array([page if source is pdf else pdf.copy_foreign(page), *place])


def _destinations(source: Pdf) -> Iterator[tuple[str, Object]]:
    tree = source.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())
    names = tree.get("/Names", Array())
    for name, destination in zip(names[::2], names[1::2], strict=True):
        yield str(name), destination


def _name_tree(pdf: Pdf, destinations: dict[str, Object]) -> Object:
    # In the order of the keys as bytes (ISO 32000-1, 7.9.6).
    pairs = sorted(destinations.items(), key=lambda pair: bytes(String(pair[0])))
    names = Array(item for name, place in pairs for item in (String(name), place))
    return pdf.make_indirect(Dictionary(Names=names))


def _bookmarks(pdf: Pdf, source: Pdf, parent: Object) -> Iterator[_Bookmark]:
    item = parent.get("/First")
    while item is not None:
        destination = _local(pdf, source, item.Dest)
        yield _Bookmark(str(item.Title), destination, [*_bookmarks(pdf, source, item)])
        item = item.get("/Next")


def _nested(bookmarks: list[_Bookmark], level: int) -> list[_Bookmark]:
    """The list to append to, `level` steps below the last bookmark."""
    for _ in range(level):
        if bookmarks:
            bookmarks = bookmarks[-1].children
    return bookmarks


def _write_outline(pdf: Pdf, bookmarks: Sequence[_Bookmark]) -> None:
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines

    def item(bookmark: _Bookmark) -> OutlineItem:
        written = OutlineItem(bookmark.title, destination=Array(list(bookmark.destination)))
        written.children.extend(map(item, bookmark.children))
        return written

    with pdf.open_outline() as outline:
        outline.root.extend(map(item, bookmarks))


def _resolve_links(pdf: Pdf, anchors: set[str]) -> None:
    """Make links to other parts lead there."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            target = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            anchor = unquote(target.removeprefix(ELSEWHERE))  # it was an address on the way
            if target.startswith(ELSEWHERE):
                del annotation.A
                annotation.Contents = String(anchor)
                annotation.Dest = String(anchor)
                if anchor not in anchors:
                    raise ValueError(f"no page has the anchor {anchor}")


def _overlay(pdf: Pdf, furniture: Sequence[Layout], first: int) -> None:
    sources = [pikepdf.open(io.BytesIO(layout.data)) for layout in furniture]
    pages = [page for source in sources for page in source.pages]
    forms = cycle([pdf.copy_foreign(page.as_form_xobject()) for page in pages])
    for page, form in zip(list(pdf.pages)[first:], forms, strict=False):
        # Resources are shared by a part's pages, and so would the furniture be.
        resources = dict(page.obj.Resources.items())
        images = dict(resources.get("/XObject", Dictionary()).items())
        resources["/XObject"] = Dictionary(images | {"/Furniture": form})
        page.obj.Resources = Dictionary(resources)
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q /Artifact BMC q /Furniture Do Q EMC")


def _describe(pdf: Pdf, about: About) -> None:
    moment = datetime.fromtimestamp(about.timestamp, UTC)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        metadata["dc:title"] = about.title
        metadata["dc:creator"] = list(about.authors)
        metadata["dc:description"] = about.subject
        metadata["xmp:CreatorTool"] = about.generator
        for name in ("xmp:CreateDate", "xmp:ModifyDate"):
            metadata[name] = moment.isoformat()


def _saved(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
