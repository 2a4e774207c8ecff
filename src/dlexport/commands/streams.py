"""Standard output: for results alone, whatever it can hold, and gone at any moment."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TextIO

import click

_CLOSED_PIPE = 128 + getattr(signal, "SIGPIPE", 13)  # as shells say it of other programs


class StreamError(Exception):
    """A standard stream that cannot be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def show_what_streams_lack() -> None:
    """Have characters that standard output cannot hold written as `\\uXXXX`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def holds_all(stream: TextIO) -> bool:
    """Whether a stream is UTF-8."""
    return (stream.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


@contextmanager
def results_alone() -> Iterator[TextIO]:
    """Give the stream for results: all else that is printed meanwhile goes to standard error.

    So does what libraries print, those in worker processes too.
    """
    before = sys.stdout
    with _reserved(before) as stream:
        sys.stdout = sys.stderr
        try:
            yield stream
        finally:
            sys.stdout = before


@contextmanager
def _reserved(stream: TextIO | None) -> Iterator[TextIO]:
    """The stream under another number, under its own one standard error."""
    if stream is None:  # it was closed from the start
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield nowhere
        return
    try:
        number, copy = stream.fileno(), os.dup(stream.fileno())
    except OSError:  # no file, as in tests
        yield stream
        return
    stream.flush()
    with suppress(OSError):  # without a standard error
        os.dup2(2, number)
    data = io.FileIO(copy, "w", closefd=False)
    ours = io.TextIOWrapper(data, stream.encoding, "backslashreplace")
    try:
        yield ours
        with _as_stream_error():
            ours.flush()
    finally:
        os.dup2(copy, number)
        with suppress(OSError):
            ours.close()
        os.close(copy)


@contextmanager
def _as_stream_error() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StreamError(error) from error


def write(text: str, stream: TextIO | None, *, colour: bool | None, end: bool = True) -> None:
    """Write a line, or a part of one. Raise StreamError where that cannot be."""
    with _as_stream_error():
        click.echo(text, file=stream, nl=end, color=colour)


def give_up(error: OSError) -> NoReturn:
    """End, with a line on standard error, or in silence where the reader has gone."""
    with suppress(OSError):  # what is still to be written would fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno == errno.EPIPE:
        sys.exit(_CLOSED_PIPE)
    with suppress(OSError):
        click.echo(f"error standard output cannot be written: {error.strerror}", err=True)
    sys.exit(1)
