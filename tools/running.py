"""Start other programs for the set-up: quiet while all goes well, plain when it does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from certificates import trusting

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
LOG = VENV / "setup.log"
# Settings of the person's own that would send packages elsewhere, change which are taken,
# or waste time.
UNWANTED = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_CONSTRAINT",
    "PIP_NO_BINARY",
    "PIP_NO_DEPS",
    "PIP_PREFIX",
    "PIP_REQUIREMENT",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_ROOT",
    "PIP_TARGET",
    "VIRTUAL_ENV",
    # With it each program that is started compiles all it imports: up to two seconds.
    "PYTHONDONTWRITEBYTECODE",
)

# What pip, uv, npm and apt-get say where no registry answers.
UNREACHABLE = re.compile(
    r"connection (error|refused|broken|reset|timed out)|ConnectTimeout|ReadTimeout"
    r"|NewConnectionError|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|invalid peer certificate"
    r"|certificate verify failed|SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED"
    r"|name resolution|dns error|getaddrinfo|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN"
    r"|Failed to fetch|Could not resolve",
    re.IGNORECASE,
)


class SetupError(Exception):
    """What went wrong, in words for the person at the keyboard."""


class UnreachableError(SetupError):
    """A registry did not answer: there is no network, or a proxy or certificate to be set."""


def say(text: str) -> None:
    """Tell the person what is being done; standard output belongs to dlexport."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step, and say how long it took."""
    say(text)
    start = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - start:.1f} s")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment that every program of the set-up runs in."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    quiet = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return kept | quiet | trusting(kept) | dict(extra or {})


def run(
    command: Sequence[str | Path], failure: str, *, extra: Mapping[str, str] | None = None
) -> str:
    """Run a program and give its output, which also goes to the log.

    Raise SetupError with `failure`, the likeliest line of the output and the log's
    place where the program fails or is not there.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=TOP,
            env=environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{failure}: {error}") from error
    log(f"$ {' '.join(words)}\n{done.stdout}\n")
    if done.returncode:
        raise failed(failure, done.stdout)
    return done.stdout


def log(text: str) -> None:
    """Add to the log of the set-up."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as file:
        file.write(text)


def failed(failure: str, output: str) -> SetupError:
    """Make the error of a program that failed."""
    more = f"The whole output is in {LOG}."
    if UNREACHABLE.search(output):
        why = "the registry does not answer (is there a network, a proxy, a certificate to set?)"
        return UnreachableError(f"{failure}: {why}\n{more}")
    return SetupError(f"{failure}: {reason(output)}\n{more}")


def reason(output: str) -> str:
    """Pick the line that most likely says why a program failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "e: ", "npm error"))]
    return (errors or lines[-1:] or ["it said nothing"])[0]
