"""The options that several commands have."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

FORMATS = ("anki", "pdf", "epub", "web")
F = TypeVar("F", bound=Callable[..., Any])


class NamedPath(click.Path):
    """A path that is not empty, as a variable without a value in a script is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty name, which else would stand for the working folder."""
        if value == "":
            self.fail("is empty: name a path, or “.” for the working folder", param, ctx)
        return super().convert(value, param, ctx)


out_option = click.option(
    "--out", type=NamedPath(), default=Path("build"),
    show_default=True, help="The folder to write to.",
)  # fmt: skip
force_option = click.option(
    "--force", is_flag=True, help="Replace files in --out that dlexport did not write, too."
)
templates_option = click.option(
    "--templates", type=NamedPath(exists=True, file_okay=False),
    help="A folder of templates that come before ours.",
)  # fmt: skip

previous_option = click.option(
    "--previous", type=NamedPath(exists=True, dir_okay=False),
    help="The Anki package of the last release, in place of the ledger.",
)  # fmt: skip


def common(function: F) -> F:
    """What every command about a collection takes."""
    options = (
        click.option(
            "--content", type=NamedPath(), default=Path("content"),
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


def building(function: F) -> F:
    """What every command that builds takes besides, the fields of a `Request`.

    An option a paragraph, and so longer than most.
    """
    options = (
        out_option,
        force_option,
        click.option(
            "--deck", "decks", multiple=True, metavar="ID",
            help="Only this deck; may be given more than once.",
        ),
        click.option(
            "--tag", "tags", multiple=True, metavar="TAG",
            help="Only questions with this tag, or with one of several.",
        ),
        click.option(
            "--difficulty", "difficulties", multiple=True,
            type=click.Choice(["easy", "medium", "hard"]),
            help="Only questions of this difficulty, or of one of several.",
        ),
        click.option(
            "--id", "ids", multiple=True, metavar="ID",
            help="Only this question; may be given more than once.",
        ),
        click.option("--core", is_flag=True, help="Only the core cards."),
        previous_option,
        templates_option,
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
    return common(functools.reduce(lambda f, option: option(f), reversed(options), function))


def _grid(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    columns, cross, rows = value.partition("x")
    if not (cross and columns.isdecimal() and rows.isdecimal()):
        raise click.BadParameter("write columns x rows, such as 2x4")
    if not (1 <= int(columns) <= 4 and 1 <= int(rows) <= 8):
        raise click.BadParameter("at most 4 columns and 8 rows fit")
    return int(columns), int(rows)
