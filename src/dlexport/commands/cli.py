"""The command `dlexport`. Heavy imports happen in the commands, so that `--help` is quick."""

from __future__ import annotations

import click

from dlexport.commands.build import COMMANDS as BUILDING
from dlexport.commands.build import format_command
from dlexport.commands.check import check
from dlexport.commands.clean import clean
from dlexport.commands.doctor import doctor
from dlexport.commands.init import init
from dlexport.commands.list import list_questions
from dlexport.commands.record import record
from dlexport.commands.release import release
from dlexport.commands.show import show
from dlexport.commands.streams import StreamError, give_up, show_what_streams_lack
from dlexport.commands.watch import watch
from dlexport.engine.entrypoints import exporters_of_others, package_of


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from dlexport.version import __version__

        click.echo(f"dlexport {__version__}")
        ctx.exit()


class _Commands(click.Group):
    """Our commands, and one for each exporter that another package brings."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours first, in their order."""
        ours = list(self.commands)
        return [*ours, *(name for name in exporters_of_others() if name not in ours)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Packages are only looked through for a name that is not ours."""
        ours = super().get_command(ctx, name)
        others = {} if ours else exporters_of_others()
        if name not in others:
            return ours
        return format_command(name, f"Make what {package_of(others[name])} adds.")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
def cli() -> None:
    """Turn a folder of Markdown questions into Anki decks, PDFs and EPUB books.

    Exit status: 0 when all went well, 1 for problems in the content,
    2 for a wrong call.
    """


for command in (
    init,
    *BUILDING,
    watch,
    check,
    record,
    release,
    clean,
    list_questions,
    show,
    doctor,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; streams that refuse are said, or left in silence."""
    show_what_streams_lack()
    try:
        cli(prog_name="dlexport")
    except StreamError as error:
        give_up(error.error)
    except OSError as error:  # of the help, which click writes
        give_up(error)
