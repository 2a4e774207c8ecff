"""Recognise a build that would make what is there already."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from dlexport.building import manifest
from dlexport.building.journal import JOURNAL
from dlexport.building.manifest import CHECKSUMS, MANIFEST, Entry
from dlexport.engine.cache import Cache, key_of
from dlexport.engine.templates import template_files
from dlexport.problems import Place, Problem, Problems, ResourceError
from dlexport.reading.files import content_files


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a build has to say: its files, the problems of the content, a line of counts.

    `about` is what the manifest says of the collection, `replaced` are the formats of which
    nothing else is left. `machine` is a name for the fonts of this machine, where one was wanted
    that is not ours. `remark` is what is to be said of this build alone.
    """

    files: tuple[Entry, ...]
    problems: Problems
    counts: str
    about: Mapping[str, str]
    replaced: tuple[str, ...]
    machine: str = ""
    remark: str = ""


def key(root: Path, options: Mapping[str, Any], templates: Path | None) -> str:
    """A key for what a build of this collection with these options would make.

    It depends on the files' names and content, not on their times.
    """
    files = content_files(root)
    parts = [repr(sorted(options.items())), *map(str, files.problems)]
    for place, path in sorted(files.by_place.items()):
        parts += [*(os.path.relpath(name, root) for name in (path, place)), _digest(Path(place))]
    for file in template_files(templates) if templates else ():
        parts += [f"templates {os.path.relpath(file, templates)}", _digest(file)]
    return key_of("build", os.fspath(root.resolve()), os.fspath(Path.cwd()), *parts)


def recall(key: str, out: Path, cache: Cache) -> Outcome | None:
    """The outcome of the earlier build of that key, if another would leave `out` as it is."""
    data = cache.get(key)
    if data is None:
        return None
    files, found, allowed, counts, about, replaced, machine = json.loads(data)
    made = tuple(Entry(*file) for file in files)
    problems = Problems()
    problems.extend(Problem(Place(*place), *rest) for place, *rest in found)
    problems.allowed = allowed
    outcome = Outcome(made, problems, counts, about, tuple(replaced), machine)
    return outcome if _is_same_machine(machine) and _holds(out, outcome) else None


def remember(key: str, outcome: Outcome, cache: Cache) -> None:
    """Keep the outcome of a build."""
    files = [astuple(file) for file in outcome.files]
    found = [astuple(problem) for problem in outcome.problems]
    data = [files, found, outcome.problems.allowed, outcome.counts]
    data += [dict(outcome.about), outcome.replaced, outcome.machine]
    cache.put(key, json.dumps(data).encode())


def _digest(path: Path) -> str:
    """A file's content; whoever needs one that cannot be read will say so."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"


def _is_same_machine(fonts: str) -> bool:
    """Whether the machine has the fonts that a build wanted; where it wanted none, any is."""
    if not fonts:
        return True
    from dlexport.exporters.pdf.machinefonts import machine_fonts

    try:
        return machine_fonts() == fonts
    except OSError:  # the library is gone: whoever lays out will say so
        return False


def _holds(out: Path, outcome: Outcome) -> bool:
    """Whether a folder is just as a build with that outcome would leave it.

    Its files are compared byte for byte, the two lists with them and with each other. Of what
    other builds made there only the presence counts.
    """
    try:
        there = manifest.read(out)
        text, sums = (out / MANIFEST).read_bytes(), (out / CHECKSUMS).read_bytes()
    except (OSError, ResourceError):
        return False
    if there is None or (out / JOURNAL).exists():
        return False
    made = set(outcome.files)
    others = set(there.entries) - made
    return (
        (there.about, sums) == (outcome.about, manifest.checksums(there.entries, text))
        and made <= set(there.entries)
        and not any(entry.format in outcome.replaced for entry in others)
        and all((out / entry.path).is_file() for entry in others)
        and all(entry.matches(out / entry.path) for entry in made)
    )
