"""Measure, and write docs/benchmarks.md: `make bench`, or `make bench ARGS=anki-decks`.

Figures of a section are medians of several runs in one sitting, so that their
ratios can be trusted; the absolute times are those of one machine. Sections
that are not named stay as they are on the page.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anki_decks
import printed_books

from dlexport.building.export import export
from dlexport.building.load import load_checked
from dlexport.engine.workers import Workers, processors
from dlexport.exporters.pdf.document import Source, lay_out
from dlexport.exporters.pdf.images import address
from dlexport.math import Formula, MathEngine
from dlexport.rendering.session import Session

TOP = Path(__file__).parents[1]
PAGE = TOP / "docs" / "benchmarks.md"
REPEATS = 5


def seconds(action: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """The median of some runs, and the difference between the slowest and the fastest."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times), max(times) - min(times)


def formulas() -> list[Formula]:
    """The table of formulas that the tests draw."""
    lines = (TOP / "tests" / "formulas" / "formulas.txt").read_text(encoding="utf-8").splitlines()
    return [Formula(s, display=True) for line in lines if (s := line.strip()) and s[0] != "#"]


def measure_formulas() -> Iterator[str]:
    """Conversion and page drawing apart, before and after the engine's cache."""
    table = formulas()
    warm = MathEngine()
    warm.draw(table[0])
    warm.mathml(table[0])

    def fresh() -> MathEngine:
        engine = MathEngine()
        engine.draw(Formula("x"))
        return engine

    engines = iter([fresh() for _ in range(2 * REPEATS)])

    def on_a_page(body: str, drawings: dict[str, str]) -> Callable[[], object]:
        source = Source(f"<html lang='en'><title>x</title><body>{body}", "", drawings)
        return lambda: lay_out(source)

    drawn_once = [warm.draw(f) for f in table]
    inline = "".join(f"<p>{d.svg}</p>" for d in drawn_once)
    images = "".join(f'<p><img src="{address(d.svg)}" alt="x"></p>' for d in drawn_once)
    drawings = {address(d.svg): d.svg for d in drawn_once}

    def drawn(engine: MathEngine) -> None:
        for f in table:
            engine.draw(f)

    def converted(engine: MathEngine) -> None:
        for f in table:
            engine.mathml(f)

    rows = {
        "to SVG (MathJax)": seconds(lambda: drawn(next(engines))),
        "to MathML (Temml)": seconds(lambda: converted(next(engines))),
    }
    drawn(warm)
    rows["to SVG, once drawn"] = seconds(lambda: drawn(warm))
    rows["onto a page, as inline SVG"] = seconds(on_a_page(inline, {}), 3)
    rows["onto a page, as PDF operators"] = seconds(on_a_page(images, drawings), 3)
    yield f"{len(table)} display formulas of `tests/formulas/formulas.txt`."
    yield ""
    yield "| step | ms a formula | formulas a second | spread |"
    yield "| --- | --- | --- | --- |"
    for name, (median, spread) in rows.items():
        each = median / len(table)
        rate = f"{1 / each:,.0f}"
        yield f"| {name} | {each * 1000:.3f} | {rate} | ±{spread / median / 2:.0%} |"


def many_cards(folder: Path, count: int) -> Path:
    """A collection of `count` cards, ten to a file, with some code and formulas."""
    for i in range(count // 10):
        cards = "".join(
            f"### What is term {i} of series {j}? {{#c{j}}}\n\n"
            + (f"$x_{{{i}}} + {j}$\n\n" if j % 2 else f"`f({i}, {j})` is **it**.\n\n")
            for j in range(10)
        )
        text = f"---\nquestion: Question {i}?\n---\n\n## Answer\n\nText.\n\n## Cards\n\n{cards}"
        (folder / f"q{i:05d}.md").write_text(text, encoding="utf-8")
    return folder


def measure_anki(folder: Path) -> Iterator[str]:
    """Markdown to package, and the package into Anki's own backend."""
    from clients import anki

    yield "| cards | read and check | write the package | import by Anki's backend |"
    yield "| --- | --- | --- | --- |"
    for count in (1_000, 10_000):
        root = folder / str(count)
        root.mkdir()
        many_cards(root, count)
        start = time.perf_counter()
        session = Session()
        collection, _ = load_checked(root, session, strict=False)
        checked = time.perf_counter()
        export(collection, ["anki"], folder / f"out{count}", session, Workers())
        written = time.perf_counter()
        with anki.new_collection() as learner:
            package = next((folder / f"out{count}" / "anki").glob("*.apkg"))
            log = anki.import_package(learner, package)
            assert len(log.new) == count
        times = (checked - start, written - checked, time.perf_counter() - written)
        yield f"| {count:,} | " + " | ".join(f"{t:.1f} s" for t in times) + " |"


def measure_again(folder: Path) -> Iterator[str]:
    """The whole collection in a repository: nothing kept, edited, committed, not changed."""
    content, out = folder / "content", folder / "out"
    shutil.copytree(TOP / "content", content)
    edited = next((content / "01-fundamentals").glob("001-*.md"))
    environment = os.environ | {"DLEXPORT_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "dlexport", "all", "-q", "--content", content, "--out", out]

    def build() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, env=environment, capture_output=True)
        return time.perf_counter() - start

    commit = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "x"]
    in_content: dict[str, Any] = {"cwd": content, "check": True}
    subprocess.run(["git", "init", "-q"], **in_content)
    subprocess.run(["git", "add", "."], **in_content)
    subprocess.run(commit, **in_content)
    times = {"nothing kept": build()}
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("## Answer\n\n", "## Answer\n\nIn short: ", 1), encoding="utf-8")
    times["one question edited"] = build()
    time.sleep(1)  # the commit's date is in whole seconds
    subprocess.run(commit, **in_content)
    times["the edit committed: the date changes everywhere"] = build()
    times["nothing changed"] = build()
    yield "| `dlexport all` | seconds | of the first |"
    yield "| --- | --- | --- |"
    for name, taken in times.items():
        yield f"| {name} | {taken:.2f} | {taken / times['nothing kept']:.1%} |"


def main(names: Sequence[str]) -> None:
    """Measure the sections of these names, or all, and write the page."""
    sys.path[:0] = [str(TOP / "tests"), str(TOP / "tools")]
    import epub_books

    measures: dict[str, Callable[[Path], Iterator[str]]] = {
        "Formulas": lambda _: measure_formulas(),
        "Print": printed_books.compare,
        "Everything": printed_books.compare_all,
        "Again": measure_again,
        "EPUB": epub_books.compare,
        "Anki packages": measure_anki,
        "Anki decks": anki_decks.compare,
    }
    slugs = {title.lower().replace(" ", "-"): title for title in measures}
    if unknown := set(names) - slugs.keys():
        raise SystemExit(f"{', '.join(unknown)}: there are {', '.join(slugs)}")
    wanted = [slugs[name] for name in names] or list(measures)
    earlier = _sections_of_page()
    parts = _head()
    for title, measured in measures.items():
        if title in wanted:
            print(title, flush=True)
            with tempfile.TemporaryDirectory() as folder:
                parts += ["", f"## {title}", "", *measured(Path(folder))]
        elif title in earlier:
            parts += ["", f"## {title}", "", earlier[title]]
    notes = (TOP / "benchmarks" / "notes.md").read_text(encoding="utf-8")
    PAGE.write_text("\n".join(parts) + "\n\n" + notes, encoding="utf-8")


def _head() -> list[str]:
    names = ("weasyprint", "pikepdf", "genanki", "markdown-it-py", "quickjs-ng")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return [
        "# Benchmarks",
        "",
        "Made by `make bench`; medians where there were several runs, each section in one sitting.",
        f"Python {platform.python_version()}, {platform.machine()}, {processors()} processors; "
        f"{versions}.",
    ]


def _sections_of_page() -> dict[str, str]:
    """What the page says now, by title."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = re.split(r"^## (.*)\n", text, flags=re.M)
    return {title: body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
