"""Runs scripts of figures, with matplotlib loaded once: `figure_scripts` starts it."""

from __future__ import annotations

import json
import multiprocessing
import runpy
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

# A copy of a process that has loaded everything starts in no time. Only Linux makes such
# copies safely; elsewhere each script loads what it needs.
CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def main(figures: str) -> None:
    """Answer each line, a script and a folder, when the script has drawn into the folder."""
    load(figures)
    for line in sys.stdin:
        question = json.loads(line)
        process = CONTEXT.Process(
            target=draw, args=(figures, question["script"], question["folder"])
        )
        process.start()
        process.join()
        failed = {"error": f"{question['script']} ended with {process.exitcode}"}
        print(json.dumps(failed if process.exitcode else {"answer": None}), flush=True)


def load(figures: str) -> ModuleType:
    """Load what every script imports, from the folder of the scripts."""
    if figures not in sys.path:
        sys.path.insert(0, figures)
    return import_module("house")


def draw(figures: str, script: str, folder: str) -> None:
    """Run a script where it lies, as by itself; its pictures go to the folder."""
    house = load(figures)
    save = house.save

    def save_there(figure: Any, path: str, *more: str, **named: str) -> Path:
        saved: Path = save(figure, str(Path(folder, Path(path).name)), *more, **named)
        return saved

    vars(house)["save"] = save_there
    sys.stdout = sys.stderr  # standard output is for answers
    sys.argv = [script]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1])
