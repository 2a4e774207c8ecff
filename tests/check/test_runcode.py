"""The code of the answers: what it may print, how long it may compute, and with which kernels."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner

from conftest import Make, load
from dlexport.check import runcode
from dlexport.check.execution import LimitError, Limits, execute
from dlexport.check.kernels import NATIVE, ONE_THREAD, plainest
from dlexport.check.printed import Agreement, agreement
from dlexport.commands.cli import cli
from dlexport.problems import Problems

SAME, LAST_DIGIT, NONE = Agreement


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("loss 0.81", "loss 0.81", SAME),
        ("loss -0.00", "loss 0.00", SAME),
        ("[0.5 -0.  1.]", "[0.5 0. 1.]", SAME),
        ("0.3", "0.30000000000000004", SAME),
        ("1e-05", "1.0e-05", SAME),
        ("1.0000000000000002 x", "1.0 x", SAME),
        ("loss 0.81", "loss 0.82", LAST_DIGIT),
        ("9.99", "10.0", LAST_DIGIT),
        ("A 0.791, B 0.815", "A 0.791, B 0.816", LAST_DIGIT),
        ("2.50e-03", "2.51e-03", LAST_DIGIT),
        ("loss 0.81", "loss 0.83", NONE),
        ("loss 0.8", "loss 0.84", NONE),
        ("loss 0.81", "gain 0.81", NONE),
        ("step 3", "step 4", NONE),
        ("1,234", "1,235", NONE),
        ("NumPy 2.4.5", "NumPy 2.4.6", NONE),
        ("loss 0.81", "loss 0.81 0.81", NONE),
        ("a  0.81", "a 0.81", NONE),
        ("-0.81", "0.81", NONE),
        ("nan", "0.81", NONE),
        ("", "0.81", NONE),
    ],
)
def test_outputs_agree_by_value(one: str, other: str, expected: Agreement) -> None:
    """Floats to the digits shown, all else by its characters; in both directions."""
    assert agreement(one, other) is expected
    assert agreement(other, one) is expected


def question(code: str, output: str) -> dict[str, str]:
    """A collection of one question with one program."""
    return {"q.md": f"# Why?\n\n```python run\n{code}\n```\n\n```output\n{output}\n```\n"}


KERNEL_TELLS = question(
    "import os\nprint(1.15 if os.environ.get('MKL_CBWR') == 'COMPATIBLE' else 1.25)", "1.25"
)


@pytest.mark.slow
def test_a_second_kernel_is_tried_when_asked(make: Make) -> None:
    """What a program prints there is compared with what it prints here."""
    problems = Problems()
    assert runcode.run_all(load(make(KERNEL_TELLS)), problems, (NATIVE, plainest())) == 1
    (problem,) = problems
    assert problem.code == "unstable-output"
    assert "“1.25” here and “1.15”" in problem.message


@pytest.mark.slow
def test_portable_is_an_option(make: Make) -> None:
    """`check --portable` runs the code under both kernels, `check --run` under one."""
    root = make(KERNEL_TELLS)
    for options, codes in (["--run"], []), (["--portable"], ["unstable-output"]):
        done = CliRunner().invoke(cli, ["check", "--content", str(root), "--json", *options])
        assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == codes


@pytest.mark.slow
def test_plainest_kernel_is_the_plainest() -> None:
    """NumPy finds no instruction beyond its oldest, and says nothing of the settings."""
    code = "import numpy; print(numpy.show_config(mode='dicts')['SIMD Extensions'].get('found'))"
    done = execute([sys.executable, "-W", "error", "-c", code], {**ONE_THREAD, **plainest()})
    assert (done.status, done.printed, done.errors) == (0, "None\n", "")


@pytest.mark.slow
def test_endless_code_is_ended() -> None:
    """With all that it started; its author is told what can be changed."""
    code = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'while True: pass'])"
    with pytest.raises(LimitError, match="1 s of processor time") as caught:
        execute([sys.executable, "-c", code], {}, Limits(seconds=1))
    assert "smaller" in caught.value.hint


@pytest.mark.slow
def test_code_that_waits_is_ended() -> None:
    """It computes nothing, so no limit of processor time would end it."""
    code = "import threading\nthreading.Event().wait()"
    with pytest.raises(LimitError, match="waits for something"):
        execute([sys.executable, "-c", code], {}, Limits(idle_looks=2))


@pytest.mark.slow
def test_time_of_other_programs_does_not_count() -> None:
    """A program that is kept from computing for longer than its limit is not ended."""
    code = "import time\nfor _ in range(15): time.sleep(0.2); sum(range(300_000))\nprint('done')"
    done = execute([sys.executable, "-c", code], {}, Limits(seconds=2, idle_looks=2))
    assert done.printed == "done\n"


@pytest.mark.slow
def test_what_is_printed_is_read_while_the_program_runs() -> None:
    """More than a pipe holds, on both streams."""
    code = "import sys\nprint('x' * 300_000)\nprint('y' * 300_000, file=sys.stderr)"
    done = execute([sys.executable, "-c", code], {})
    assert (len(done.printed), len(done.errors)) == (300_001, 300_001)


@pytest.mark.slow
def test_what_a_program_leaves_behind_is_not_waited_for() -> None:
    """It has the other end of the pipe, and would keep the check waiting for ever."""
    child = "import time\nwhile True: time.sleep(0.1); print(1, flush=True)"  # till nobody reads
    code = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}])"
    with pytest.raises(LimitError, match="waits"):
        execute([sys.executable, "-c", code], {}, Limits(idle_looks=2))
