"""Run a client's program and give what it printed."""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Mapping
from os import environ
from pathlib import Path

# Seconds after which a program has stopped working, however busy the machine is.
_STUCK = 1800


class ClientError(AssertionError):
    """The program did not do its work; the message holds all that it said."""


def output(
    *command: str | Path,
    accepted: Collection[int] = (0,),
    extra: Mapping[str, str] | None = None,
) -> str:
    """Give the standard output; raise ClientError for any exit code that is not accepted."""
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environ | dict(extra or {}),
        timeout=_STUCK,
        check=False,
    )
    if done.returncode not in accepted:
        raise ClientError(
            f"{command[0]} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
    return done.stdout
