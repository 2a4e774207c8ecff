"""`python -m dlexport` is the same as `dlexport`."""

from dlexport.commands.cli import main

main()
