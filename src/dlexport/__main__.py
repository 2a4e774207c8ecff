"""`python -m dlexport` is the same as `dlexport`."""

from dlexport.cli import main

main()
