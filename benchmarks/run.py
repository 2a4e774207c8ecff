"""Measure, and write docs/benchmarks.md: `python benchmarks/run.py`.

Figures are medians of several runs in one process and one sitting, so that
their ratios can be trusted; the absolute times are those of one machine.
"""

from __future__ import annotations

import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from dlexport import pipeline
from dlexport.exporters.pdf.document import make_pdf
from dlexport.math import Formula, MathEngine
from dlexport.model import Collection

TOP = Path(__file__).parents[1]
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


def small_collection(folder: Path) -> Collection:
    """A collection of one question."""
    (folder / "q.md").write_text("# Why?\n\nBecause.\n", encoding="utf-8")
    return pipeline.load_checked(folder, strict=False)[0]


def measure_formulas(folder: Path) -> Iterator[str]:
    """Conversion and page drawing apart, before and after the engine's cache."""
    table = formulas()
    collection = small_collection(folder)
    warm = MathEngine()
    warm.draw(table[0])
    warm.mathml(table[0])

    def fresh() -> MathEngine:
        engine = MathEngine()
        engine.draw(Formula("x"))
        return engine

    engines = iter([fresh() for _ in range(2 * REPEATS)])

    def page() -> None:
        body = "".join(f"<p>{warm.draw(f).svg}</p>" for f in table)
        make_pdf(f"<html lang='en'><title>x</title><body>{body}", "", collection)

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
    rows["onto a page (WeasyPrint, inline SVG)"] = seconds(page, 3)
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
    import sys

    sys.path.insert(0, str(TOP / "tests"))
    from clients import anki

    yield "| cards | read and check | write the package | import by Anki's backend |"
    yield "| --- | --- | --- | --- |"
    for count in (1_000, 10_000):
        root = folder / str(count)
        root.mkdir()
        many_cards(root, count)
        start = time.perf_counter()
        collection, _ = pipeline.load_checked(root, strict=False)
        checked = time.perf_counter()
        pipeline.build(collection, ["anki"], folder / f"out{count}", lambda _: None)
        written = time.perf_counter()
        with anki.new_collection() as learner:
            package = next((folder / f"out{count}" / "anki").glob("*.apkg"))
            log = anki.import_package(learner, package)
            assert len(log.new) == count
        times = (checked - start, written - checked, time.perf_counter() - written)
        yield f"| {count:,} | " + " | ".join(f"{t:.1f} s" for t in times) + " |"


def main() -> None:
    """Write the document."""
    names = ("weasyprint", "genanki", "markdown-it-py", "quickjs-ng")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        parts = [
            "# Benchmarks",
            "",
            "Made by `python benchmarks/run.py`; medians in one run.",
            f"Python {platform.python_version()}, {platform.machine()}, two cores; {versions}.",
            "",
            "## Formulas",
            "",
            *measure_formulas(Path(one)),
            "",
            "What costs is not the conversion but WeasyPrint's drawing of inline SVG.",
            "",
            "## Anki packages",
            "",
            *measure_anki(Path(two)),
        ]
    (TOP / "docs" / "benchmarks.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
