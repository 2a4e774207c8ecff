"""The third-party files that the build puts into the package."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))
import hatch_build  # noqa: E402  (it lies beside pyproject.toml, in no package)

ASSETS = Path(str(files("dlexport"))) / "assets"


def test_they_are_up_to_date() -> None:
    assert hatch_build.is_fresh(ROOT)


def test_a_changed_input_makes_them_stale(tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "js").mkdir()
    for path in (ROOT / "js").glob("*.mjs"):
        (tmp_path / "js" / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assets = tmp_path / hatch_build.ASSETS
    assets.mkdir(parents=True)
    (assets / "stamp").write_bytes((ASSETS / "stamp").read_bytes())
    assert hatch_build.is_fresh(tmp_path)  # line ends are not a change
    (tmp_path / "js" / "fonts.mjs").write_text("// new\n")
    assert not hatch_build.is_fresh(tmp_path)


def test_every_font_face_is_there() -> None:
    sheet = (ASSETS / "fonts" / "fonts.css").read_text(encoding="utf-8")
    named = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert named == {path.name for path in (ASSETS / "fonts").glob("*.woff2")}
    assert sheet.count("@font-face") == len(named)


def test_every_package_has_its_licence() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    names = {name.lstrip("@").replace("/", "-") for name in wanted if name != "esbuild"}
    assert {path.stem for path in (ASSETS / "licences").glob("*.txt")} == names


@pytest.mark.parametrize("path", ["package.json", "package-lock.json", ".npmrc"])
def test_no_address_of_a_registry_is_written_down(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "resolved" not in text.replace("omit-lockfile-registry-resolved", "")
    assert "://" not in re.sub(r'"url": "[^"]*"', "", text)


def test_versions_are_pinned() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_the_scripts_need_no_network() -> None:
    for path in (ASSETS / "math").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert "import(" not in text, path.name
        assert "XMLHttpRequest" not in text, path.name
