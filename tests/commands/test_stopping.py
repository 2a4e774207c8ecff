"""A command ends within a second of a signal, whatever it is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import as_from_a_terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's"),
]
BEGIN = """
import subprocess, sys, tempfile, threading, time
from dlexport.commands.stopping import stoppable
with stoppable():
    tempfile.mkdtemp()
"""
# What Python would wait for, or what would keep the exception from its end.
DOING = {
    "sleep": "print(); time.sleep(600)",
    "swallow": """
    print()
    while True:
        try:
            time.sleep(600)
        except BaseException:
            pass""",
    "threads": """
    threading.Thread(target=time.sleep, args=(600,)).start()
    print(); time.sleep(600)""",
    "program": """
    program = subprocess.Popen([sys.executable, "-c", "import time; print(); time.sleep(600)"])
    program.wait()""",
}


@pytest.mark.parametrize("doing", DOING)
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it(name: str, doing: str, tmp_path: Path) -> None:
    """With all that it started, and no temporary folder stays."""
    words = [sys.executable, "-u", "-c", BEGIN + "    " + DOING[doing].strip()]
    number = getattr(signal, name)
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=os.environ | {"TMPDIR": str(tmp_path)},
        preexec_fn=as_from_a_terminal,
    ) as process:  # fmt: skip
        assert process.stdout
        process.stdout.readline()
        assert any(tmp_path.iterdir())
        start = time.monotonic()
        process.send_signal(number)
        process.stdout.read()  # until nobody has it any more
        assert process.wait() == 128 + number
        assert time.monotonic() - start < 5  # a second, but this machine may be busy
    assert not any(tmp_path.iterdir())


def test_a_signal_that_was_ignored_stays_so(tmp_path: Path) -> None:
    """As by nohup: a hang-up then ends nothing."""
    code = BEGIN + "    print(); time.sleep(1); print('done')"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    ) as process:  # fmt: skip
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        assert process.stdout.read() == "done\n"
    assert process.returncode == 0


def test_a_signal_after_the_end(tmp_path: Path) -> None:
    """While Python waits for a thread at its own end: no traceback, no folder."""
    code = BEGIN + "    threading.Thread(target=time.sleep, args=(600,)).start()\nprint()"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=os.environ | {"TMPDIR": str(tmp_path)}, preexec_fn=as_from_a_terminal,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.stderr.read() == ""
    assert process.returncode == 143
    assert not any(tmp_path.iterdir())
