"""Read collection.toml, or make do without it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dlexport.metadata import Metadata, Plan
from dlexport.problems import Place, Problems
from dlexport.reading import exclude, ids
from dlexport.reading.ankiids import anki_ids
from dlexport.reading.plans import plans
from dlexport.reading.source import CONFIG, Source, display_name
from dlexport.reading.table import Table, TomlFile
from dlexport.untrusted import LANGUAGE, web_address_fault

PROFILES = ("free", "interview")

_KEYS = (
    "title",
    "slug",
    "language",
    "authors",
    "licence",
    "version",
    "updated",
    "description",
    "homepage",
    "site",
    "profile",
    "anki",
    "decks",
    "macros",
    "tags",
    "plans",
    exclude.KEY,
)
_DECK_KEYS = ("folder", "id", "title", "number")
_MOST_DECKS = 999
_LONGEST_SLUG = 80  # bytes of UTF-8; file names are made from it


@dataclass(frozen=True, slots=True)
class DeckSettings:
    """What collection.toml says of a folder; empty or 0 is what it does not say.

    `folder` is the path from the content's folder in its one spelling, `.` for that itself.
    """

    folder: str
    id: str
    title: str
    number: int
    place: Place


@dataclass(frozen=True, slots=True)
class Settings:
    """What collection.toml says."""

    metadata: Metadata
    decks: tuple[DeckSettings, ...]
    plans: tuple[Plan, ...] = ()


def load(root: Path, source: Source | None, problems: Problems) -> Settings:
    """The settings of the collection at `root`; what is not set has a default.

    Defaults depend on the folder's name alone, so that they are the same on
    every machine.
    """
    file = TomlFile(source, display_name(root / CONFIG), problems)
    table = Table(file, file.data)
    table.check_keys(_KEYS)
    exclude.patterns(table)  # reported here; whoever looks for the files has read them
    return Settings(_metadata(root, table), _decks(table), plans(table))


def _metadata(root: Path, table: Table) -> Metadata:
    title = table.text("title", "Questions of mine") or title_of_folder(root)
    slug = _slug(table) or ids.shortened(ids.slug(title), _LONGEST_SLUG) or "collection"
    return Metadata(
        title=title,
        slug=slug,
        language=_shaped(table, "language", "en-GB", LANGUAGE, "no language tag") or "en",
        authors=table.texts("authors", "Ann Author"),
        licence=table.text("licence", "CC-BY-4.0"),
        version=table.text("version", "1.0.0") or "0",
        updated=table.text("updated", "2026-11"),
        description=table.text("description", "One sentence."),
        homepage=_address(table, "homepage", "https://example.org/"),
        site=_site(table),
        profile=table.choice("profile", PROFILES),
        anki=anki_ids(table, slug),
        macros=_macros(table),
        tags=_tags(table),
    )


def title_of_folder(root: Path) -> str:
    """The title of the collection in a folder, that of the folder around it for `content`."""
    folder = root.resolve()
    return title_from(folder.parent.name if folder.name == "content" else folder.name)


def title_from(name: str) -> str:
    """The title that a folder's name gives."""
    words = ids.split_number(name)[1].replace("-", " ").replace("_", " ").strip()
    return ids.in_form(words[:1].upper() + words[1:] if words else name) or "Questions"


def _slug(table: Table) -> str:
    slug = table.id("slug", "my-questions")
    if len(slug.encode()) > _LONGEST_SLUG:
        message = f"`slug` has {len(slug.encode())} bytes"
        table.report("bad-value", message, f"write at most {_LONGEST_SLUG}", at="slug")
    return slug


def _shaped(table: Table, key: str, example: str, shape: re.Pattern[str], fault: str) -> str:
    """A text of a certain shape; empty where the key is missing or the value has another."""
    value = table.text(key, example)
    if not value or shape.fullmatch(value):
        return value
    message, hint = f"`{key}` is “{value}”: {fault}", f'write {key} = "{example}"'
    table.report("bad-value", message, hint, at=key)
    return ""


def _address(table: Table, key: str, example: str) -> str:
    """An address of the web; empty where the key is missing or the value is none."""
    value = table.text(key, example)
    fault = web_address_fault(value) if value else ""
    if not fault:
        return value
    message, hint = f"`{key}` is “{value}”: {fault}", f'write {key} = "{example}"'
    table.report("bad-value", message, hint, at=key)
    return ""


def _site(table: Table) -> str:
    """Where the site is published, without a `/` at its end: pages' names are put behind it."""
    found = _address(table, "site", "https://example.org")
    if "?" in found or "#" in found:
        hint = f'write site = "{re.split("[?#]", found)[0]}"'
        message = f"`site` is “{found}”: nothing may follow a `?` or `#`"
        table.report("bad-value", message, hint, at="site")
        return ""
    return found.rstrip("/")


def _tags(table: Table) -> Mapping[str, str]:
    tags = table.table("tags")
    titles = {}
    for tag, title in tags.data.items():
        if not ids.is_id(ids.in_form(tag)):
            tags.report("bad-id", f"tag “{tag}”", ids.HINT, at=tag)
        elif found := tags.text_of(title, (tag,), f'{tag} = "Title"'):
            titles[ids.in_form(tag)] = found
    return titles


def _macros(table: Table) -> Mapping[str, str]:
    macros = table.table("macros")
    found = {}
    for name, body in macros.data.items():
        if not re.fullmatch(r"[A-Za-z]+", name) or not isinstance(body, str):
            hint = 'write letters = "LaTeX", without a backslash'
            macros.report("bad-value", f"macro `{name}`", hint, at=name)
            continue
        found["\\" + name] = body
    return found


def _decks(table: Table) -> tuple[DeckSettings, ...]:
    """The decks in their order, each folder, id and number once; what is wrong is reported."""
    decks: dict[str, DeckSettings] = {}
    for row in table.rows("decks", _DECK_KEYS):
        deck = _deck(row)
        if deck is None:
            continue
        if deck.id in {other.id for other in decks.values()} - {""}:
            message = f"deck id “{deck.id}” is taken already"
            row.report("duplicate-id", message, "give each deck its own id", at="id")
            deck = replace(deck, id="")
        if deck.number in {other.number for other in decks.values()} - {0}:
            message = f"deck number {deck.number} is taken already"
            row.report("duplicate-number", message, "give each deck its own number", at="number")
        if deck.folder in decks:
            first = decks[deck.folder].place
            message = f"the folder {deck.folder} has its deck in line {first.line} already"
            row.report("duplicate-deck", message, "keep one of the two", at="folder")
        else:
            decks[deck.folder] = deck
    return tuple(decks.values())


def _deck(row: Table) -> DeckSettings | None:
    if "folder" not in row:
        row.report("missing-key", "a deck without `folder`", "name the deck's folder")
        return None
    folder = _folder(row)
    id, title = row.id("id", "my-deck"), row.text("title", "My deck")
    number = row.whole("number", _MOST_DECKS)
    return DeckSettings(folder, id, title, number, row.place("folder")) if folder else None


def _folder(row: Table) -> str:
    """The folder in its one spelling; empty where it cannot be."""
    written = row.text("folder", "my-folder")
    folder = posixpath.normpath(written) if written else ""
    if folder.startswith(("/", "../")) or folder == ".." or re.match("[A-Za-z]:", folder):
        message = f"`folder` is “{written}”, which leads out of the content"
        row.report("bad-value", message, "write the path from the content's folder", at="folder")
        return ""
    if "\\" in folder:
        hint = f'write folder = "{folder.replace(chr(92), "/")}"'
        row.report("bad-value", f"`folder` is “{written}”, with \\ for /", hint, at="folder")
        return ""
    return folder
