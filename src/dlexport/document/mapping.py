"""Make a tree of another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from dlexport.document.node import Node

T = TypeVar("T")


def mapped(nodes: tuple[T, ...], change: Callable[[Node], Node]) -> tuple[T, ...]:
    """The nodes, each changed, the innermost first. What does not change stays as it is.

    `change` has to give nodes that may stand where the ones that it got stood.
    """
    return tuple([_mapped(node, change) for node in nodes])


def _mapped(value: Any, change: Callable[[Node], Node]) -> Any:
    if not isinstance(value, Node):
        return value
    changed = {}
    for field in fields(value):
        before = getattr(value, field.name)
        after = _changed(before, change)
        if after is not before:
            changed[field.name] = after
    return change(replace(value, **changed) if changed else value)


def _changed(value: Any, change: Callable[[Node], Node]) -> Any:
    if not isinstance(value, tuple):
        return _mapped(value, change)
    found = mapped(value, change)
    return found if any(a is not b for a, b in zip(found, value, strict=True)) else value
