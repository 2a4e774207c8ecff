"""Imports point one way, and each format's library stays in its exporter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dlexport"
FILES = sorted(SOURCE.rglob("*.py"))

# A package may import those of its own row and of the rows above.
LAYERS = (
    ("codes", "problems", "untrusted", "version"),
    ("document", "ledger", "metadata", "model", "math", "engine"),
    ("reading", "writing"),
    ("rendering",),
    ("study",),
    ("check",),
    ("exporters",),
    ("release",),
    ("building", "doctor"),
    ("api",),
    ("commands",),
)
RANK = {name: i for i, layer in enumerate(LAYERS) for name in layer}

# Libraries that only one part may import.
HOMES = {
    "click": ("commands",),
    "genanki": ("exporters/anki",),
    "weasyprint": ("exporters/pdf",),
    "pikepdf": ("exporters/pdf",),
    "pydyf": ("exporters/pdf",),
    "quickjs": ("math",),
    "psutil": ("check/execution", "commands/stopping"),
    "markdown_it": ("reading/markdown",),
    "mdit_py_plugins": ("reading/markdown",),
    "yaml": ("reading/frontmatter",),
    "bibtexparser": ("reading/bibliography",),
}


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The modules that a file imports, anywhere in it."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "dlexport":
                yield from (f"dlexport.{alias.name}" for alias in node.names)
            yield node.module


def part(path: Path) -> str:
    """The first name below the package: `exporters` for `exporters/pdf/fonts.py`."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_direction(path: Path) -> None:
    """No package imports one of a later layer."""
    if part(path) in ("__init__", "__main__"):
        return
    for name in imports(path):
        target = name.removeprefix("dlexport.").split(".")[0]
        if name.startswith("dlexport.") and target in RANK:
            assert RANK[target] <= RANK[part(path)], f"{path.name} imports {name}"


@pytest.mark.parametrize("library", HOMES)
def test_home(library: str) -> None:
    """A format's library is imported in its own part and nowhere else."""
    importers = {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert importers
    assert all(importer.startswith(HOMES[library]) for importer in importers)


def test_every_package_has_a_layer() -> None:
    """A new package must be given its place."""
    assert {part(path) for path in FILES} - {"__init__", "__main__"} == set(RANK)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_nothing_lives_in_modules(path: Path) -> None:
    """No module has a container that begins empty, or a `global`: two builds would meet in it."""
    module = tree(path)
    assert not any(isinstance(node, ast.Global) for node in ast.walk(module))
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and not _is_read_only(node):
            assert not _begins_empty(node.value), f"line {node.lineno}"


def _is_read_only(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a type says that the container is only looked into."""
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).startswith("Mapping")


def _begins_empty(value: ast.expr | None) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id="list" | "dict" | "set" | "deque"), args=[]):
            return True
        case ast.Call(func=ast.Name(id="defaultdict")):
            return True
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_files_are_short(path: Path) -> None:
    """A file is at most 250 lines, a function at most 40, unless its docstring says why."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40:
            assert "longer than most" in (ast.get_docstring(node) or ""), node.name
