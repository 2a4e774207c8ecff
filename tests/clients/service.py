"""Programs that are started once and asked often: a line of JSON to them, a line from them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from os import environ
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any

from clients.running import ClientError

SECONDS = 1800  # for one answer; who takes longer has stopped working


class Service:
    """A program that answers each line of its input, and ends where its input ends."""

    def __init__(self, *command: str | Path, extra: Mapping[str, str] | None = None) -> None:
        """Start the program, with these variables added to its environment."""
        self._said: IO[bytes] = TemporaryFile()  # noqa: SIM115  (`stop` closes it)
        self._process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environ | dict(extra or {}),
            encoding="utf-8",
        )
        _running.append(self)

    def ask(self, **question: Any) -> Any:
        """Give the answer; raise ClientError where there is none, with all that was said."""
        sys.audit("service.ask", self._process.args)
        process = self._process
        assert process.stdin
        assert process.stdout
        stopping = Timer(SECONDS, process.kill)
        stopping.start()
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError as error:
            line = ""
            reason = str(error)
        else:
            reason = "it ended without an answer"
        finally:
            stopping.cancel()
        if not line:
            raise ClientError(f"{process.args!r}: {reason}\n{self._words()}")
        answer = json.loads(line)
        if "error" in answer:
            raise ClientError(f"{answer['error']}\n{self._words()}")
        return answer["answer"]

    def stop(self) -> None:
        """End the program, and wait until it has ended."""
        with self._process, self._said:
            pass

    def _words(self) -> str:
        self._said.seek(0)
        said: bytes = self._said.read()
        return said.decode(errors="replace")


_running: list[Service] = []


def stop_all() -> None:
    """End every service: no program is left when the tests end."""
    while _running:
        _running.pop().stop()
