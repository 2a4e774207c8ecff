"""Warnings that a file allows, with a reason."""

from __future__ import annotations

import re

from dlexport.codes import CODES
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading.source import Source

_ALLOW = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?::(.*?))?-->", re.S)


def read_allowances(source: Source, problems: Problems) -> dict[str, tuple[str, Place]]:
    """`<!-- allow code: reason -->`, wherever it stands in the file."""
    found: dict[str, tuple[str, Place]] = {}
    for match in _ALLOW.finditer(source.text):
        code, reason, place = match[1], (match[2] or "").strip(), source.place_at(match.start())
        if code not in CODES or CODES[code].severity != "warning":
            hint = did_you_mean(code, [c for c, v in CODES.items() if v.severity == "warning"])
            problems.add("bad-allowance", place, f"“{code}” is no warning", hint)
        elif not reason:
            hint = f"write `<!-- allow {code}: why it is right here -->`"
            problems.add("bad-allowance", place, f"“{code}” is allowed without a reason", hint)
        else:
            found[code] = (reason, place)
    return found
