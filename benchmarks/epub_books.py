"""Books by dlexport and by pandoc from the same text."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import peers

from clients import ace, epubcheck

TOP = Path(__file__).parents[1]
CONTENT = TOP / "content"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_QUESTION = re.compile(r"^question: *['\"]?(.*?)['\"]?$", re.M)
RUNS = 3


def compare(folder: Path) -> Iterator[str]:
    """The table of our collection's book, then the times of 1,000 questions."""
    program = peers.pandoc(folder / "pandoc")
    ours, our_time = _timed(lambda: _dlexport(CONTENT, folder / "ours"))
    theirs, their_time = _timed(lambda: _pandoc(program, CONTENT, folder / "theirs.epub"))
    rows = [("", "dlexport", "pandoc 3.9")]
    columns = [_facts(path) for path in (ours, theirs)]
    rows += [(name, columns[0][name], columns[1][name]) for name in columns[0]]
    rows.append(("seconds (dlexport: reading, checks, two editions)", our_time, their_time))
    yield from _table(rows)
    yield ""
    thousand = folder / "thousand"
    _thousand_questions(thousand)
    ours, our_time = _timed(lambda: _dlexport(thousand, folder / "ours1000"))
    theirs, their_time = _timed(lambda: _pandoc(program, thousand, folder / "theirs1000.epub"))
    _, one_time = _timed(lambda: _with_mathml(thousand, folder / "one.epub"))
    rows = [("1,000 generated questions with formulas", "dlexport", "pandoc 3.9")]
    rows.append(("seconds, one edition with MathML", one_time, their_time))
    rows.append(("seconds, with the edition of drawings", our_time, "none"))
    rows.append(("EPUBCheck, messages", *(str(len(epubcheck.check(p))) for p in (ours, theirs))))
    rows.append(("size", *(f"{p.stat().st_size / 1e6:.2f} MB" for p in (ours, theirs))))
    yield from _table(rows)


def _table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for i, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if not i:
            yield "| --- | --- | --- |"


def _timed(make: Callable[[], Path]) -> tuple[Path, str]:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        path = make()
        times.append(time.perf_counter() - start)
    return path, f"{statistics.median(times):.1f} (±{(max(times) - min(times)) / 2:.1f})"


def _dlexport(content: Path, out: Path) -> Path:
    words = ("-m", "dlexport", "epub", "--no-cache", "-q", "--content", content, "--out", out)
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return min((out / "epub").glob("*.epub"), key=lambda path: len(path.name))


def _with_mathml(content: Path, target: Path) -> Path:
    command = [sys.executable, TOP / "benchmarks" / "measured.py", "epub", "ours", content]
    subprocess.run([*command, target, "0"], check=True)
    return target


def _pandoc(program: Path, content: Path, target: Path) -> Path:
    """One Markdown text of all questions, made into a book with pandoc's best options."""
    text = []
    for path in sorted(content.rglob("0*/*.md") if content == CONTENT else content.rglob("*.md")):
        body = path.read_text(encoding="utf-8")
        front = _FRONT.match(body)
        if front:
            title = _QUESTION.search(front[1])
            body = f"# {title[1] if title else path.stem}\n\n" + body[front.end() :]
        text.append(body.replace("](../figures/", "](figures/"))
    source = target.with_suffix(".md")
    source.write_text("\n\n".join(text), encoding="utf-8")
    command = [
        program, source, "-o", target, "--mathml", "--toc", "--split-level=1",
        "--metadata", "title=Deep Learning Interview Questions", "--metadata", "lang=en-GB",
        "--resource-path", content,
    ]  # fmt: skip
    if (content / "references.bib").exists():
        command += ["--citeproc", "--bibliography", content / "references.bib"]
    subprocess.run(command, check=True, capture_output=True)
    return target


def _facts(book: Path) -> dict[str, str]:
    with zipfile.ZipFile(book) as archive:
        texts = {
            n: archive.read(n).decode()
            for n in archive.namelist()
            if n.endswith((".xhtml", ".opf"))
        }
    package = next(text for name, text in texts.items() if name.endswith(".opf"))
    everything = "".join(text for name, text in texts.items() if name.endswith(".xhtml"))
    landmarks = re.search(r'<nav[^>]*epub:type="landmarks".*?</nav>', everything, re.S)
    messages, issues = epubcheck.check(book), ace.check(book)
    return {
        "EPUBCheck 5.3, messages": str(len(messages)),
        "Ace, issues": str(len(issues)),
        "accessibility metadata (schema.org properties)": str(
            len(set(re.findall(r'property="schema:(\w+)"', package)))
        ),
        "cover": "yes" if "cover-image" in package else "no",
        "landmarks": str(len(re.findall("<li", landmarks[0]))) if landmarks else "none",
        "page list": "yes" if 'epub:type="page-list"' in everything else "no",
        "formulas as MathML": str(everything.count("<math")),
        "of these with alternative text": str(len(re.findall(r"<math[^>]* alttext=", everything))),
        "links from card to answer and back": str(everything.count('role="doc-backlink"')),
        "size": f"{book.stat().st_size / 1e6:.2f} MB",
    }


def _thousand_questions(folder: Path) -> None:
    folder.mkdir()
    for n in range(1000):
        (folder / f"q{n:04d}.md").write_text(
            f"# What is $x_{{{n}}}$?\n\nIt is ${n} + y$, as\n\n$$\\sum_{{i=1}}^{{{n}}} i^2$$\n\n"
            f"| $a$ | b |\n|---|---|\n| {n} | `f({n})` |\n\n```python\nprint({n})\n```\n",
            encoding="utf-8",
        )
