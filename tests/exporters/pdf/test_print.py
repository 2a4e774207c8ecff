"""Flash cards that meet their backs, a book whose page numbers are the true ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from clients import pdf
from clients.running import output
from conftest import Make, build, load
from dlexport.document import plain
from dlexport.engine.assets import template_folder
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context, FlashCardOptions
from dlexport.exporters.pdf import book, flashcards, sheets
from dlexport.exporters.pdf.glyphs import missing_glyphs
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection

pytestmark = pytest.mark.slow

POINT = 72 / 25.4  # in a millimetre


@dataclass(frozen=True)
class Word:
    """A word and the box around it, in points from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(path: Path) -> list[tuple[float, float, list[Word]]]:
    """For each page its width, its height and its words, as poppler sees them."""
    page = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
    word = re.compile(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    )
    pages = page.findall(output("pdftotext", "-bbox", path, "-"))
    return [
        (float(w), float(h), [Word(t, *map(float, box)) for *box, t in word.findall(body)])
        for w, h, body in pages
    ]


@dataclass(frozen=True)
class OnA4:
    """An exporter of what a test looks at: some printed matter, on one size of paper."""

    make: Callable[[Printer], list[Artifact]]

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """As every exporter."""
        missing: set[str] = set()
        made = self.make(Printer(collection, context, PAPERS[0], workers, missing))
        said = (*made[0].warnings, *missing_glyphs(collection, missing))
        yield from (replace(made[0], warnings=said), *made[1:])


def build_on_a4(
    root: Path, out: Path, make: Callable[[Printer], list[Artifact]] = book.make
) -> list[Artifact]:
    """Build some printed matter of a collection on A4; by default book and questions."""
    return build(load(root), {"pdf": lambda: OnA4(make)}, out)


CARDS = "".join(f"### Front{i} asks? {{#c{i}}}\n\nBack{i} says.\n\n" for i in range(1, 11))
TITLE = 'title = "A title"\n'  # one for all tests: what is laid out once is kept
DECK = {
    "collection.toml": TITLE,
    "q.md": f"---\nquestion: Why?\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{CARDS}",
}


def places(page: tuple[float, float, list[Word]], kind: str) -> dict[str, tuple[float, float]]:
    """Where the cards of a page begin, by their numbers."""
    found = (w for w in page[2] if re.fullmatch(rf"{kind}\d+", w.text))
    return {w.text.removeprefix(kind): (w.left, w.top) for w in found}


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("grid", [(2, 4), (3, 3), (1, 2)])
def test_each_back_lies_behind_its_front(
    flip: str, grid: tuple[int, int], make: Make, tmp_path: Path
) -> None:
    """Turned over that edge, every back's card is where its front's is, to a tenth of a mm."""
    options = FlashCardOptions(*grid, flip)
    collection = load(make(DECK))
    build(collection, ["pdf"], tmp_path, flash_cards=options)
    for folder in ("a4", "letter"):
        pages = words(tmp_path / "pdf" / folder / "flashcards.pdf")
        assert len(pages) == 2 * -(-10 // (grid[0] * grid[1]))
        seen: set[str] = set()
        for front, back in zip(pages[::2], pages[1::2], strict=True):
            width, height, _ = front
            card = ((width - 20 * POINT) / grid[0], (height - 20 * POINT) / grid[1])
            fronts, backs = places(front, "Front"), places(back, "Back")
            assert fronts.keys() == backs.keys()
            seen |= fronts.keys()
            for key, (x, y) in fronts.items():
                behind_x, behind_y = backs[key]
                # A text begins at the same distance from its card's left and top edge.
                if flip == "long":
                    expected = (width - x - card[0] + 2 * inset(x, card[0]), y)
                else:
                    expected = (x, height - y - card[1] + 2 * inset(y, card[1]))
                assert abs(behind_x - expected[0]) < 0.1 * POINT
                assert abs(behind_y - expected[1]) < 0.1 * POINT
        assert len(seen) == 10


def inset(position: float, size: float) -> float:
    """How far inside its card a text begins, given where it begins on the page."""
    return (position - 10 * POINT) % size


def test_folded_cards_have_their_backs_beside_them(make: Make, tmp_path: Path) -> None:
    """Front and back are at one height, on either side of the middle."""
    build_on_a4(make(DECK), tmp_path, flashcards.make)
    path = tmp_path / "pdf" / "a4" / "flashcards-fold.pdf"
    for page in words(path):
        fronts, backs = places(page, "Front"), places(page, "Back")
        assert fronts
        assert fronts.keys() == backs.keys()
        for key, (x, y) in fronts.items():
            assert x < page[0] / 2 < backs[key][0]
            assert y == backs[key][1]
    sheet = pypdfium2.PdfDocument(path)[0].render(scale=1, grayscale=True).to_numpy()
    assert (sheet == 255).mean() > 0.9  # white paper and one thin line to fold along


@pytest.mark.parametrize("name", ["flashcards", "flashcards-fold"])
def test_links_and_tags_go_to_the_sheets(name: str, make: Make, tmp_path: Path) -> None:
    """A link lies where its word is; every marked content is that of its element, once."""
    cards = "".join(
        f"### Front{i}? {{#c{i}}}\n\nSee [Link{i}](https://example.org/{i}).\n\n" for i in range(11)
    )
    body = f"---\nquestion: Why?\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{cards}"
    build_on_a4(make({"collection.toml": TITLE, "q.md": body}), tmp_path, flashcards.make)
    path = tmp_path / "pdf" / "a4" / f"{name}.pdf"
    boxes = {
        word.text.strip("."): (
            number,
            (word.left + word.right) / 2,
            page[1] - (word.top + word.bottom) / 2,
        )
        for number, page in enumerate(words(path))
        for word in page[2]
        if word.text.startswith("Link")
    }
    with pikepdf.open(path) as made:
        seen = set()
        for number, page in enumerate(made.pages):
            assert_tagged(made, page)
            for link in page.obj.get("/Annots", ()):
                i = str(link.A.URI).rpartition("/")[2]
                place, x, y = boxes[f"Link{i}"]
                (left, right), (bottom, top) = (sorted(map(float, link.Rect[k::2])) for k in (0, 1))
                assert place == number
                assert left < x < right
                assert bottom < y < top
                seen.add(i)
        assert len(seen) == 11


def assert_tagged(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Every marked content of a page is that of one element, which has it; links are links."""
    page.contents_coalesce()
    marked = [int(n) for n in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())]
    assert marked == list(range(len(marked)))
    tree = list(made.Root.StructTreeRoot.ParentTree.Nums)
    elements = dict(zip(map(int, tree[::2]), tree[1::2], strict=True))
    owners = elements[int(page.obj.StructParents)]
    assert len(owners) == len(marked)
    for n, owner in enumerate(owners):
        assert [int(k) for k in owner.K if not isinstance(k, pikepdf.Dictionary)].count(n) == 1
        assert owner.Pg.objgen == page.obj.objgen
    for link in page.obj.get("/Annots", ()):
        assert elements[int(link.StructParent)].S == "/Link"


def test_tags_are_those_of_the_text_alone(make: Make, tmp_path: Path) -> None:
    """Neither lines nor styles are elements; what is read aloud is the text in its order."""
    answer = (
        "One **two** `three` four. " * 30 + "\n\n- five\n- **six**\n\n| seven |\n|---|\n| eight |\n"
    )
    code = "\n```python\nnine = 'ten'  # eleven\n```\n\n[twelve](https://example.org/)\n"
    build_on_a4(make({"q.md": f"# Why *zero*?\n\n{answer}{code}"}), tmp_path)
    path = tmp_path / "pdf" / "a4" / "book.pdf"
    with pikepdf.open(path) as made:
        for page in made.pages:
            assert_tagged(made, page)
        kinds = [str(item.S) for item in elements(made.Root.StructTreeRoot.K[0])]
    assert "/Span" not in kinds
    assert {"/H2", "/P", "/L", "/LI", "/LBody", "/TH", "/TD", "/Link"} <= set(kinds)
    assert kinds.count("/NonStruct") == 1  # the listing
    read = re.findall(r'"(.*)"', output("pdfinfo", "-struct-text", path))
    told = " ".join(" ".join(read).split())
    assert told.count("One two three four.") == 30
    parts = "zero One five six seven eight nine eleven twelve".split()
    assert parts == sorted(parts, key=told.rindex)


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element in another, in their order."""
    for kid in parent.K:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(kid)


def test_long_cards_shrink_and_too_long_ones_are_named(make: Make, tmp_path: Path) -> None:
    """Letters get smaller within limits; what still does not fit is a warning with its card."""
    back = "word " * 90
    cards = f"### Long? {{#long}}\n\n{back}\n\n### Longest? {{#longest}}\n\n{back * 6}\n"
    body = f"---\nquestion: Why?\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{cards}"
    made = build(load(make({"q.md": body})), ["pdf"], tmp_path)
    warnings = {warning for b in made if "flash" in str(b.path) for warning in b.warnings}
    assert len(warnings) == 1
    assert "the back of card “q/longest” is too long" in str(warnings.pop())
    text = pdf.text(tmp_path / "pdf" / "a4" / "flashcards.pdf")
    assert text.count("word") >= 90


def test_no_line_ends_after_its_first_word(make: Make, tmp_path: Path) -> None:
    """Whatever the width of a text is that a formula follows, and that just fills its line."""
    fronts = [f"First word {c * n} and $x$?" for c in "ijt" for n in range(20, 100)]
    cards = "".join(f"### {front} {{#c{i}}}\n\nBack.\n\n" for i, front in enumerate(fronts))
    question = f"---\nquestion: Why?\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{cards}"
    build_on_a4(make({"q.md": question}), tmp_path, flashcards.make)
    first: list[Word] = []
    second: list[Word] = []
    for _, _, found in words(tmp_path / "pdf" / "a4" / "flashcards.pdf"):
        first += [word for word in found if word.text == "First"]
        second += [word for word in found if word.text == "word"]
    assert len(first) == len(second) == len(fronts)
    assert [word.top for word in first] == [word.top for word in second]


def overlaps(found: list[Word]) -> Iterator[tuple[str, str]]:
    """Pairs of words of which one covers a good part of the other."""
    rows = sorted(found, key=lambda w: w.top)
    for i, one in enumerate(rows):
        for other in rows[i + 1 :]:
            if other.top >= one.bottom:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            area = min((w.right - w.left) * (w.bottom - w.top) for w in (one, other))
            if wide > 0 and high > 0 and wide * high > 0.3 * area:
                yield one.text, other.text


def test_no_text_leaves_its_page_or_covers_another(built: Path) -> None:
    """In every PDF of our own collection."""
    for path in sorted((built / "pdf").rglob("*.pdf")):
        for number, (width, height, found) in enumerate(words(path), 1):
            where = f"{path.name} page {number}"
            for word in found:
                assert word.left >= -0.5, (where, word)
                assert word.right <= width + 0.5, (where, word)
                assert word.top >= 0, (where, word)
                assert word.bottom <= height + 0.5, (where, word)
            assert list(overlaps(found)) == [], where


LONG = "supercalifragilistic" * 12
TORTURE = (
    f"# How long is {LONG}?\n\n{LONG} and `{LONG}`\n\n"
    + "| "
    + " | ".join(f"column{i}" for i in range(14))
    + " |\n"
    + "|---" * 14
    + "|\n| "
    + " | ".join([f"{LONG[:20]}"] * 14)
    + " |\n\n"
    + "".join("  " * i + f"- level {i}\n" for i in range(20))
    + "\n"
    + "שלום עולם " * 40
    + "\n\n```python\n"
    + "".join(f"line_{i} = {LONG!r}\n" for i in range(30))  # over a page
    + "```\n\n$$\n"
    + " + ".join(f"x_{{{i}}}" for i in range(80))
    + "\n$$\n\n"
    + "$$\n\\underbrace{"
    + "x" * 400
    + "}_{n}\n$$\n\nA glyph: \U00012000.\n"
)


def everything(printer: Printer) -> list[Artifact]:
    """Book, questions and sheets; the torture has no cards."""
    return [*book.make(printer), *(a for make in sheets.makers(printer) for a in make())]


def test_torture(make: Make, tmp_path: Path) -> None:
    """Long words, a wide table, deep lists, Hebrew, code over a page: every page stays whole."""
    made = build_on_a4(make({"q.md": TORTURE}), tmp_path, everything)
    for path in (tmp_path / "pdf" / "a4" / "book.pdf", tmp_path / "pdf" / "a4" / "questions.pdf"):
        for number, (width, _, found) in enumerate(words(path), 1):
            outside = [w.text[:30] for w in found if w.left < -0.5 or w.right > width + 0.5]
            assert outside == [], number
            assert list(overlaps(found)) == [], number
    said = " ".join(str(w) for b in made for w in b.problems)
    assert re.search(r"q\.md:\d+:\d+ small-formula the formula is too long", said)
    assert re.search(r"q\.md:\d+:\d+ missing-glyph no font has U\+12000", said)


def test_contents_and_questions_name_the_true_pages(built: Path, collection: Collection) -> None:
    """The printed number beside each question is that at the foot of its page."""
    book = built / "pdf" / "a4" / "book.pdf"
    pages = [pdf.text(book, page) for page in range(1, pdf.info(book).pages + 1)]
    sheet = re.sub(r"\s+", " ", pdf.text(built / "pdf" / "a4" / "questions.pdf"))
    with pikepdf.open(book) as document:
        targets = dict(named_destinations(document))
        # Contents stand between the title page and the first page that is linked to.
        text = re.sub(r"\s+", " ", " ".join(pages[2 : min(targets.values())]))
        for question in collection.questions:
            index = targets[f"q-{question.id}"]
            first_words = plain(question.question.blocks).split()[:4]
            assert " ".join(first_words) in re.sub(r"\s+", " ", pages[index])
            foot = pages[index].strip().split("\n")[-1].strip()
            assert foot.isdecimal()
            assert re.search(rf"\b{foot}\b", text), question.id
            assert re.search(rf"\b{foot}\b", sheet), question.id


def named_destinations(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Each named destination with the index of its page."""
    numbers = {page.obj.objgen: i for i, page in enumerate(document.pages)}
    names = document.Root.Names.Dests.Names
    for name, target in zip(list(names)[::2], list(names)[1::2], strict=True):
        place = target.D if isinstance(target, pikepdf.Dictionary) else target
        yield str(name), numbers[place[0].objgen]


def test_every_link_of_the_book_resolves(built: Path) -> None:
    """Links inside the book lead to destinations that are there, both ways for cards."""
    with pikepdf.open(built / "pdf" / "a4" / "book.pdf") as document:
        targets = {name for name, _ in named_destinations(document)}
        wanted = {
            str(note.Dest)
            for page in document.pages
            for note in page.get("/Annots", [])
            if "/Dest" in note
        }
        assert len(document.open_outline().root) >= 4
    assert wanted
    assert wanted <= targets
    assert {n.replace("card-", "answer-", 1) for n in wanted if n.startswith("card-")} <= wanted


def test_own_templates_come_first(make: Make, tmp_path: Path) -> None:
    """A folder with one stylesheet changes that one; everything else stays ours."""
    theme = tmp_path / "mine" / "shared" / "theme.css"
    theme.parent.mkdir(parents=True)
    ours = (template_folder() / "shared" / "theme.css").read_text(encoding="utf-8")
    theme.write_text(ours.replace('"Source Serif 4"', '"Inter"'), encoding="utf-8")
    folder = tmp_path / "mine"
    build(load(make(DECK)), ["pdf"], tmp_path, templates=folder)
    names = {font.name for font in pdf.fonts(tmp_path / "pdf" / "a4" / "questions.pdf")}
    assert any("Inter" in name for name in names)
    assert not any("Source" in name for name in names)


def test_lists_count_as_they_were_written(make: Make, tmp_path: Path) -> None:
    """From where they begin, in HTML and for the questions of a part as well."""
    html = '<ol><li value="7">seven</li></ol>'
    text = f"# Why?\n\nText:\n\n11. eleven\n12. twelve\n\n{html}\n"
    root = make({"one/041-a.md": text, "one/043-b.md": "# What?\n\nThis.\n"})
    build_on_a4(root, tmp_path)
    lines = pdf.text(tmp_path / "pdf" / "a4" / "book.pdf").split("\n")
    for line in ("11. eleven", "12. twelve", "7. seven", "41. Why?", "43. What?"):
        assert line in [found.strip() for found in lines], line
