"""Formulas in words."""

from __future__ import annotations


def words(tex: str) -> str:
    """The formula in words."""
    return " ".join(tex.split())
