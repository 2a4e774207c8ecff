"""The command `dlexport`, also as `python -m dlexport`."""

from __future__ import annotations

from dlexport.commands.stopping import stoppable


def main() -> None:
    """Run the command line; Ctrl-C is answered from the first moment on."""
    with stoppable():
        from dlexport.commands.cli import main as run

        run()


if __name__ == "__main__":
    main()
