"""Anki packages from the same cards, by dlexport and by others' programs.

Each program gets the cards in its own format, so many to a file, and is run
as a user runs it: a command, from Markdown to packages, nothing kept.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import peers
import watched

TOP = Path(__file__).parents[1]
PINNED = TOP / "requirements" / "peers"
SIZES = {1_000: 5, 10_000: 3}  # cards, and how often each program makes them
MANY, MANY_RUNS = 100_000, 3
IN_A_FILE = 20
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Card:
    """A card whose back is text, then perhaps a formula of its own line, then perhaps code.

    In the texts a formula within a line stands between two `§`.
    """

    front: str
    back: str
    display: str
    code: str


def cards(count: int) -> Iterator[Card]:
    """So many cards, always the same: every fifth has code, every fourth a formula."""
    chance = random.Random(_SEED)
    for number in range(1, count + 1):
        words = [chance.choice(_WORDS) for _ in range(chance.randint(12, 30))]
        words[2] = f"**{words[2]}**"
        words[5] = f"`{words[5]}({number})`"
        if number % 4 == 0:
            words[8] = f"§{_formula(chance)}§"
        yield Card(
            front=f"What does the *{chance.choice(_WORDS)}* of {chance.choice(_WORDS)} "
            f"{number} do to the {chance.choice(_WORDS)}?",
            back=f"It makes {' '.join(words[:10])}; then {' '.join(words[10:])}.",
            display=_formula(chance) if number % 20 == 0 else "",
            code=_CODE.format(name=chance.choice(_WORDS), number=number) if number % 5 == 0 else "",
        )


def _formula(chance: random.Random) -> str:
    letter, other = chance.sample("abcdfghkpqrsuvwz", 2)
    number, last = chance.randint(2, 99), chance.randint(2, 99)
    return chance.choice(_FORMULAS) % {"a": letter, "b": other, "n": number, "m": last}


_WORDS = """
activation attention average batch bias channel context convolution decay decoder depth dropout
embedding encoder entropy epoch error estimate feature filter forward gate gradient head hidden
input kernel label latent layer learning likelihood logit loss margin mask matrix mean memory
momentum network noise norm output padding parameter patch penalty pooling prior query rank rate
regression residual sample scale sequence signal softmax step stride target tensor token training
transformer update validation value variance vector vocabulary weight width window
""".split()
_FORMULAS = (
    r"%(a)s_{%(n)d} + %(b)s",
    r"\frac{\partial L}{\partial w_{%(n)d}}",
    r"\sum_{i=1}^{%(n)d} %(a)s_i^2",
    r"\hat{y} = \sigma(%(a)s^{\top} x + %(b)s_{%(n)d})",
    r"\mathcal{O}(n^{%(n)d} \log %(a)s)",
    r"\mathbb{E}[%(a)s_{%(n)d}] = \mu",
    r"\sigma(z) = \frac{1}{1 + e^{-%(n)d %(a)s}}",
    r"\sqrt{%(a)s^2 + %(b)s_{%(m)d}^2} \leq %(n)d",
    r"\theta_{t+1} = \theta_t - \eta \nabla_{\theta} L_{%(n)d}(%(a)s)",
    r"p(%(a)s \mid %(b)s) \propto \exp\left(-\frac{%(a)s^2}{%(n)d}\right)",
)
_CODE = """\
def {name}(x, rate=0.{number}):
    # One step of the {name}.
    for i in range({number}):
        x = x - rate * (x ** 2 - i)
    return x\
"""


def _text(card: Card, inline: str, display: str, fence: str, between: str) -> str:
    """Front and back in Markdown; `inline` and `display` hold `%s` where a formula goes."""
    back = [card.back]
    if card.display:
        back.append(display % card.display)
    if card.code:
        back.append(f"{fence}python\n{card.code}\n{fence}")
    parts = "\n\n".join(back).split("§")
    parts[1::2] = [inline % part for part in parts[1::2]]
    return card.front + between + "".join(parts)


def _in_dollars(card: Card, between: str) -> str:
    return _text(card, "$%s$", "$$\n%s\n$$", "```", between)


def _for_dlexport(number: int, some: Sequence[Card]) -> str:
    written = (
        f"### {_in_dollars(card, f' {{#c{i}}}' + chr(10) * 2)}\n" for i, card in enumerate(some)
    )
    return f"---\nquestion: Series {number}\n---\n\n## Cards\n\n" + "\n".join(written)


def _for_ankdown(_: int, some: Sequence[Card]) -> str:
    return "\n\n---\n\n".join(_text(c, r"\(%s\)", r"\[%s\]", "```", "\n\n%\n\n") for c in some)


def _for_markdown_anki_decks(number: int, some: Sequence[Card]) -> str:
    written = (_text(c, r"\\(%s\\)", r"\\[%s\\]", "```", "\n\n") for c in some)
    return f"# Series {number}\n\n" + "\n\n".join(f"## {text}" for text in written)


def _for_ankcompiler(number: int, some: Sequence[Card]) -> str:
    written = (
        f"---\n\n{_in_dollars(card, f'{chr(10) * 2}:::{chr(10) * 2}')}\n\n---\n\n"
        f"[^uid]: {number:07d}{i:03d}\n"
        for i, card in enumerate(some)
    )
    return "---\ndeck: Series\n---\n\n" + "\n".join(written)


@dataclass(frozen=True, slots=True)
class Program:
    """A program, how it wants its cards, and what it does with them.

    `command` gives for the folder of programs, the content and the outputs what to call.
    """

    name: str
    written: Callable[[int, Sequence[Card]], str]
    command: Callable[[Path, Path, Path], Sequence[str | Path]]
    formulas: str
    code: str
    checks: str
    packages: str = "one"

    @property
    def home(self) -> str:
        """Its name on PyPI; the rest of its name are options."""
        return self.name.split()[0]


OURS = Program(
    "dlexport",
    _for_dlexport,
    lambda _, content, out: (
        *(sys.executable, "-m", "dlexport", "anki", "--no-cache", "-q"),
        *("--content", content, "--out", out),
    ),
    "for Anki's MathJax; each is checked",
    "highlighted",
    "all",
)
PEERS = (
    Program(
        "ankdown",
        _for_ankdown,
        lambda programs, content, out: (
            *(programs / "ankdown", "-r", content, "-p", out / "deck.apkg"),
        ),
        "for MathJax, as written",
        "as text",
        "none",
    ),
    Program(
        "ankdown --highlight",
        _for_ankdown,
        lambda programs, content, out: (
            *(programs / "ankdown", "-r", content, "-p", out / "deck.apkg", "--highlight"),
        ),
        "for MathJax, as written",
        "highlighted",
        "none",
    ),
    Program(
        "markdown-anki-decks",
        _for_markdown_anki_decks,
        lambda programs, content, out: (programs / "mdankideck", content, out),
        "not known: the author has to escape them",
        "as text, unless Pygments is there",
        "missing pictures",
        "one for each file",
    ),
    Program(
        "ankcompiler",
        _for_ankcompiler,
        lambda programs, content, out: (
            *(programs / "ankc", "build", "--all", "--path", content, "--output", out),
        ),
        "for Anki's MathJax, as written",
        "as text",
        "form of each card, ids, pictures",
    ),
)


class Bench:
    """A folder with the programs and, once asked for, each one's files of so many cards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs: dict[str, Path] = {}

    def install(self, programs: Sequence[Program]) -> None:
        """Install the programs at the versions that were tried."""
        for name in {program.home for program in programs}:
            home = self._folder / "programs" / name
            self._programs[name] = peers.environment(home, "-r", str(PINNED / f"{name}.txt"))

    def time(self, program: Program, count: int) -> watched.Taken:
        """Let a program make its packages once. Raise AssertionError if cards are missing."""
        content = self._content(program, count)
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            out = Path(name)
            programs = self._programs.get(program.home, Path())
            taken = watched.run(program.command(programs, content, out), out)
            made = sum(map(_cards_in, out.rglob("*.apkg")))
        assert made == count, f"{program.name} made {made} cards of {count}"
        return taken

    def version(self, program: Program) -> str:
        """The version of an installed program."""
        python = self._programs[program.home] / "python"
        ask = f"from importlib.metadata import version; print(version({program.home!r}))"
        return subprocess.check_output([python, "-c", ask], text=True).strip()

    def _content(self, program: Program, count: int) -> Path:
        folder = self._folder / f"{program.home}-{count}" / "series"
        if not folder.exists():
            folder.mkdir(parents=True)
            made = list(cards(count))
            for start in range(0, count, IN_A_FILE):
                number = start // IN_A_FILE + 1
                text = program.written(number, made[start : start + IN_A_FILE])
                (folder / f"series-{number:05d}.md").write_text(text, encoding="utf-8")
        return folder.parent


def _cards_in(package: Path) -> int:
    with zipfile.ZipFile(package) as archive, tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(archive.extract("collection.anki2", folder))
        try:
            ((count,),) = connection.execute("SELECT count(*) FROM cards")
            return int(count)
        finally:
            connection.close()


def compare(folder: Path) -> Iterator[str]:
    """Ours beside the others, then how ours grows."""
    bench = Bench(folder)
    bench.install(PEERS)
    programs = (OURS, *PEERS)
    for program in programs:
        bench.time(program, 2 * IN_A_FILE)  # once, so that all files are near and compiled
    yield "| cards | program | seconds | cards a second | peak of memory | dlexport is |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for count, runs in SIZES.items():
        found = _in_turns(bench, programs, count, runs)
        ours = _median(found[OURS.name])
        for program in programs:
            taken = found[program.name]
            ratio = _median(taken) / ours
            yield (
                f"| {count:,} | {program.name} | {_seconds(taken)} | "
                f"{count / _median(taken):,.0f} | {_megabytes(taken):.0f} MB | "
                + ("|" if program is OURS else f"{_ratio(ratio)} |")
            )
    yield ""
    yield from _growth(bench)
    yield ""
    yield "| program | packages | formulas | code | checks |"
    yield "| --- | --- | --- | --- | --- |"
    for program in programs:
        name = program.name if program is OURS else f"{program.name} ({bench.version(program)})"
        cells = (program.packages, program.formulas, program.code, program.checks)
        yield f"| {name} | " + " | ".join(cells) + " |"


def _growth(bench: Bench) -> Iterator[str]:
    yield "| cards | dlexport: seconds | ms a card | peak of memory |"
    yield "| --- | --- | --- | --- |"
    sizes = (*SIZES, MANY)
    found: dict[int, list[watched.Taken]] = {count: [] for count in sizes}
    for _ in range(MANY_RUNS):
        for count in sizes:
            found[count].append(bench.time(OURS, count))
    for count, taken in found.items():
        each = 1000 * _median(taken) / count
        yield f"| {count:,} | {_seconds(taken)} | {each:.2f} | {_megabytes(taken):.0f} MB |"


def _in_turns(
    bench: Bench, programs: Sequence[Program], count: int, runs: int
) -> dict[str, list[watched.Taken]]:
    """Every program once, then again: what else the machine does falls on all alike."""
    found: dict[str, list[watched.Taken]] = {program.name: [] for program in programs}
    for _ in range(runs):
        for program in programs:
            found[program.name].append(bench.time(program, count))
    return found


def _median(taken: Sequence[watched.Taken]) -> float:
    return statistics.median(t.seconds for t in taken)


def _seconds(taken: Sequence[watched.Taken]) -> str:
    times = [t.seconds for t in taken]
    return f"{_median(taken):.2f} (±{(max(times) - min(times)) / 2:.2f})"


def _megabytes(taken: Sequence[watched.Taken]) -> float:
    return max(t.megabytes for t in taken)


def _ratio(ratio: float) -> str:
    return f"{ratio:.1f} times faster" if ratio >= 1 else f"{1 / ratio:.1f} times slower"
