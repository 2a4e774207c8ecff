"""The command line. Heavy imports happen in the commands, so that `--help` is quick."""

from __future__ import annotations

import functools
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dlexport.commands.console import Console, problem_data, size, wants_colour
from dlexport.problems import ContentError, DlexportError, Problems

if TYPE_CHECKING:
    from dlexport.model import Collection

_FORMATS = ("anki", "pdf", "epub", "web")
F = TypeVar("F", bound=Callable[..., Any])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from dlexport import __version__

        click.echo(f"dlexport {__version__}")
        ctx.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
def cli() -> None:
    """Turn a folder of Markdown questions into Anki decks, PDFs and EPUB books.

    Exit status: 0 when all went well, 1 for problems in the content,
    2 for a wrong call.
    """


def _common(function: F) -> F:
    options = (
        click.option(
            "--content", type=click.Path(path_type=Path), default=Path("content"),
            show_default=True, help="The folder with the questions.",
        ),
        click.option("--strict", is_flag=True, help="Treat warnings as errors."),
        click.option("-q", "--quiet", is_flag=True, help="Show errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Show each step and its time."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option(
            "--no-cache", is_flag=True, help="Take nothing over from earlier builds, keep nothing."
        ),
    )  # fmt: skip
    return functools.reduce(lambda f, option: option(f), reversed(options), function)


def _grid(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    columns, cross, rows = value.partition("x")
    if not (cross and columns.isdecimal() and rows.isdecimal()):
        raise click.BadParameter("write columns x rows, such as 2x4")
    if not (1 <= int(columns) <= 4 and 1 <= int(rows) <= 8):
        raise click.BadParameter("at most 4 columns and 8 rows fit")
    return int(columns), int(rows)


def _building(function: F) -> F:
    options = (
        click.option(
            "--out", type=click.Path(path_type=Path), default=Path("build"),
            show_default=True, help="The folder to write to.",
        ),
        click.option(
            "--deck", "decks", multiple=True, metavar="ID",
            help="Only this deck; may be given more than once.",
        ),
        click.option(
            "--previous", type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="The Anki package of the last release, in place of the ledger.",
        ),
        click.option(
            "--templates", type=click.Path(path_type=Path, exists=True, file_okay=False),
            help="A folder of templates that come before ours.",
        ),
        click.option(
            "--cards-grid", metavar="CxR", default="2x4", show_default=True, callback=_grid,
            help="Flash cards on a page: columns x rows.",
        ),
        click.option(
            "--cards-flip", type=click.Choice(["long", "short"]), default="long",
            show_default=True, help="The edge over which the printer turns the sheet.",
        ),
        click.option(
            "--cards-shift", type=float, nargs=2, metavar="X Y", default=(0.0, 0.0),
            help="Move the backs of flash cards, in mm to the right and down.",
        ),
        click.option(
            "--jobs", type=click.IntRange(min=1), metavar="N",
            help="How many processes work at once.  [default: one for each processor]",
        ),
    )  # fmt: skip
    return _common(functools.reduce(lambda f, option: option(f), reversed(options), function))


def _reporting(function: Callable[..., None]) -> Callable[..., None]:
    """Turn errors into messages and exit codes: the one place that does."""

    @functools.wraps(function)
    def wrapped(
        *, quiet: bool, verbose: bool, as_json: bool, no_cache: bool, **options: Any
    ) -> None:
        from dlexport.engine import cache

        console = Console(quiet=quiet, verbose=verbose, as_json=as_json)
        cache.use(None if no_cache else cache.default_folder())
        try:
            function(console=console, **options)
        except ContentError as error:
            console.report(error.problems)
            console.json({"ok": False, "problems": problem_data(error.problems)})
            sys.exit(error.exit_code)
        except DlexportError as error:
            _fail(console, str(error))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            _fail(console, "interrupted; what was there before is as it was")
            sys.exit(130)
        except Exception as error:
            if verbose:
                traceback.print_exc()
            _fail(console, f"a fault in dlexport: {type(error).__name__}: {error}"
                  + ("" if verbose else " (--verbose shows where)"))  # fmt: skip
            sys.exit(1)
        finally:
            console.done()

    return wrapped


def _fail(console: Console, message: str) -> None:
    console.done()
    click.echo(
        click.style("error", fg="red", bold=True) + f" {message}", err=True, color=wants_colour()
    )
    console.json({"ok": False, "error": message})


def _format_command(name: str, formats: Sequence[str], help_text: str) -> None:
    @cli.command(name, help=help_text)
    @_building
    @_reporting
    def command(console: Console, **options: Any) -> None:
        from dlexport.building.build import Request, build

        build(Request(formats=formats, **options), console)


_format_command("all", _FORMATS, "Make everything: Anki package, PDFs, EPUB book and site.")
_format_command("anki", ["anki"], "Make the Anki package.")
_format_command("pdf", ["pdf"], "Make the PDFs.")
_format_command("epub", ["epub"], "Make the EPUB book.")
_format_command("web", ["web"], "Make the study site.")


@cli.command()
@click.argument("formats", nargs=-1, type=click.Choice(_FORMATS))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The preview's port on this machine; 0 for any that is free.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@_building
@_reporting
def watch(
    console: Console, formats: tuple[str, ...], port: int, open_browser: bool, **options: Any
) -> None:
    """Build after each edit, and show the site in a browser that reloads itself.

    FORMATS are what to build, the site alone if none is named.
    """
    from dlexport.building import watching
    from dlexport.building.build import Request

    request = Request(formats=formats or ("web",), **options)
    watching.watch(request, console, port=port, open_browser=open_browser)


@cli.command()
@_common
@click.option("--run", "run_code", is_flag=True, help="Also run the code and compare its output.")
@_reporting
def check(console: Console, content: Path, strict: bool, run_code: bool) -> None:
    """Find every problem of the content; write nothing."""
    from dlexport.building import pipeline
    from dlexport.building.build import counts

    console.progress("checking")
    collection, problems = pipeline.load_checked(content, strict=strict, run_code=run_code)
    console.report(problems)
    console.line(counts(collection) + (", code run" if run_code else "") + ": no errors")
    console.json({"ok": True, "problems": problem_data(problems)})


@cli.command()
@_common
@click.argument("package", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_reporting
def record(console: Console, content: Path, package: Path, strict: bool) -> None:
    """Record the released Anki PACKAGE in the collection's ledger.

    The next release then updates in learners' collections what has changed, and
    nothing else; released ids that vanish or come back are errors from now on.
    """
    from dlexport.building import pipeline

    collection, problems = pipeline.load_checked(content, strict=strict)
    console.report(problems)
    count = pipeline.record(collection, package)
    console.line(f"{content / 'ledger.json'}: {count} cards on record")
    console.json({"ok": True, "cards": count})


@cli.command()
@_common
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"),
              show_default=True, help="The folder to write to.")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path), metavar="DIR",
              help="The folder of the last release; none for the first.")  # fmt: skip
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder of templates that come before ours.")  # fmt: skip
@_reporting
def release(console: Console, **options: Any) -> None:
    """Write the notes of a release for learners: what is new, and what to do in Anki.

    The collection as it is now is compared with the release.json of the last release.
    """
    from dlexport.building import releasing

    releasing.release(console, **options)


@cli.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder with the outputs.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
def clean(out: Path, quiet: bool) -> None:
    """Delete the outputs and the cache; files that dlexport did not write stay."""
    from dlexport.building.write import remove_outputs
    from dlexport.engine import cache

    console = Console(quiet=quiet, verbose=False, as_json=False)
    folder = cache.default_folder()
    console.line(f"{out}: {remove_outputs(out)} files deleted")
    console.line(f"{folder}: {size(cache.Cache(folder).clear())} freed")


@cli.command("list")
@_common
@click.option("--stats", is_flag=True, help="Count words, cards, figures, code and references.")
@click.option("--tags", is_flag=True, help="List the tags with the numbers of their questions.")
@_reporting
def list_questions(console: Console, content: Path, strict: bool, stats: bool, tags: bool) -> None:
    """List the questions with their numbers, ids, difficulties and cards."""
    from dlexport.reading.collection import read_collection
    from dlexport.reading.markdown import plain

    problems = Problems()
    collection = read_collection(content, problems)
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    if stats:
        _show_statistics(console, collection)
        return
    if tags:
        _show_tags(console, collection)
        return
    for deck in collection.decks:
        console.line(click.style(f"{deck.title} ({deck.id})", bold=True))
        rows = [
            (
                str(q.number),
                q.id,
                str(q.difficulty or ""),
                f"{len(q.cards)} cards",
                plain(q.question.tokens),
            )
            for q in deck.questions
        ]
        console.table(rows, right=(0, 3))
    console.json([_question_data(q) for q in collection.questions])


def _show_statistics(console: Console, collection: Collection) -> None:
    from dataclasses import asdict, astuple

    from dlexport.check import statistics

    by_deck = {deck.id: statistics.counts(deck) for deck in collection.decks}
    by_deck["all"] = statistics.total(collection)
    rows = [("deck", *statistics.NAMES)]
    rows += [(name, *(f"{n:,}" for n in astuple(found))) for name, found in by_deck.items()]
    console.table(rows, right=range(1, len(rows[0])))
    console.json({name: asdict(found) for name, found in by_deck.items()})


def _show_tags(console: Console, collection: Collection) -> None:
    index = {tag: [q.number for q in questions] for tag, questions in collection.by_tag.items()}
    rows = [(tag, ", ".join(map(str, numbers))) for tag, numbers in index.items()]
    console.table(rows)
    console.json(index)


def _question_data(question: Any) -> dict[str, Any]:
    from dlexport.reading.markdown import plain

    return {
        "number": question.number,
        "id": question.id,
        "deck": question.deck,
        "title": question.title,
        "question": plain(question.question.tokens),
        "difficulty": question.difficulty and str(question.difficulty),
        "asked": question.asked and str(question.asked),
        "tags": list(question.tags),
        "as_of": question.as_of,
        "requires": list(question.requires),
        "file": str(question.place.path),
        "cards": [{"id": c.id, "kind": c.kind, "tier": str(c.tier)} for c in question.cards],
    }


def main() -> None:
    """The entry point of the command `dlexport`."""
    # As Ctrl-C: workers are stopped, and what was written stays whole.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    cli(prog_name="dlexport")
