"""Set everything up, then do one thing: `python tools/setup.py all`, or `make all`.

This file is read by whatever Python the machine has, so it keeps to old syntax,
imports nothing that is new, and passes on to `tasks.py` with Python 3.11 or later.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
OTHERS = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
IS_RECENT = f"import sys; sys.exit(sys.version_info < {OLDEST})"
ADVICE = """\
Install one (Debian and Ubuntu: python3 and python3-venv; Fedora: python3.13;
macOS: brew install python; Windows: winget install Python.Python.3.13),
or name one: make PYTHON=/path/to/python3.13 ...
"""


def runs(python: str) -> bool:
    """Say whether this program is there, starts, and is recent enough."""
    # A shim may be on the PATH for a version that is not there: so it is started.
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            return subprocess.call([python, "-c", IS_RECENT], stderr=nowhere) == 0
    except OSError:
        return False


def main() -> int:
    """Do what the command line says, with a Python that is recent enough."""
    if sys.version_info >= OLDEST:
        return hand_over()
    for python in OTHERS:
        if runs(python):
            return subprocess.call([python, __file__, *sys.argv[1:]])
    version = ".".join(map(str, sys.version_info[:2]))
    return refuse(f"Python 3.11 or later is needed; this is {version}, and there is no other.")


def hand_over() -> int:
    """Start on the task itself."""
    try:
        from tasks import main as run
    except ModuleNotFoundError as error:  # Debian's python3-minimal is not all of Python
        return refuse(f"this Python is not complete: it has no {error.name}.")
    return run(sys.argv[1:])


def refuse(why: str) -> int:
    """Say why nothing can be done, and what to do about it."""
    sys.stderr.write(f"set-up: {why}\n{ADVICE}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
