"""Read collection.toml, or make do without it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from dlexport.metadata import AnkiIds, Metadata, Plan
from dlexport.problems import Place, Problems
from dlexport.reading.plans import plans
from dlexport.reading.source import Source
from dlexport.reading.table import ID, SettingsTable

PROFILES = ("free", "interview")

_KEYS: Mapping[str, type] = {
    "title": str,
    "slug": str,
    "language": str,
    "authors": list,
    "licence": str,
    "version": str,
    "updated": str,
    "description": str,
    "homepage": str,
    "site": str,
    "profile": str,
    "anki": dict,
    "decks": list,
    "macros": dict,
    "tags": dict,
    "plans": list,
}
_ANKI_KEYS: Mapping[str, type] = {
    "namespace": str,
    "deck_id": int,
    "note_type_ids": dict,
    "tag_prefix": str,
}
_DECK_KEYS: Mapping[str, type] = {"folder": str, "id": str, "title": str}


@dataclass(frozen=True, slots=True)
class DeckSettings:
    """A deck's folder, id and title."""

    folder: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What collection.toml says."""

    metadata: Metadata
    decks: tuple[DeckSettings, ...]
    place: Place
    deck_places: tuple[Place, ...] = field(default=())
    plans: tuple[Plan, ...] = field(default=())


_LONGEST_SLUG = 80  # characters; file names are made from it


def load(root: Path, source: Source | None, problems: Problems) -> Settings:
    """The settings of the collection at `root`; what is not set has a default.

    Defaults depend on the folder's name alone, so that they are the same on
    every machine.
    """
    table = SettingsTable(source, problems, _KEYS)
    name = root.resolve().name
    title = table.text("title") or _title_from(
        name if name != "content" else root.resolve().parent.name
    )
    slug = table.text("slug") or slugify(title)[:_LONGEST_SLUG].strip("-") or "collection"
    if not ID.fullmatch(slug):
        table.report("slug", "bad-value", f"“{slug}” is not an id", "use a-z, 0-9 and hyphens")
    metadata = Metadata(
        title=title,
        slug=slug,
        language=table.text("language") or "en",
        authors=tuple(table.texts("authors")),
        licence=table.text("licence"),
        version=table.text("version") or "0",
        updated=table.text("updated"),
        description=table.text("description"),
        homepage=table.text("homepage"),
        site=table.text("site").rstrip("/"),
        profile=table.choice("profile", PROFILES),
        anki=_anki_ids(table, slug),
        macros=_macros(table),
        tags=_tags(table),
    )
    decks, places = _decks(table)
    return Settings(metadata, decks, table.place(), places, plans(table))


def slugify(text: str) -> str:
    """An id made from any text: lower-case ASCII words between hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def stable_id(*parts: str) -> int:
    """A number that Anki takes as an id, the same for the same parts: 2**30 to 2**31 - 1."""
    digest = sha256("/".join(parts).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:8], "big") % (1 << 30)


def _title_from(name: str) -> str:
    words = re.sub(r"^\d+[-_ ]*", "", name).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Questions"


def deck_settings_from_folder(folder: str) -> DeckSettings:
    """The deck of a folder that collection.toml does not name."""
    title = _title_from(folder.rsplit("/", 1)[-1])
    return DeckSettings(folder, slugify(re.sub(r"^\d+[-_ ]*", "", folder)) or "questions", title)


def _anki_ids(table: SettingsTable, slug: str) -> AnkiIds:
    anki = table.table("anki", _ANKI_KEYS)
    namespace = anki.get("namespace", slug)
    types = {k: v for k, v in anki.get("note_type_ids", {}).items() if isinstance(v, int)}
    prefix = re.sub(r"\s", "-", anki.get("tag_prefix", slug))
    return AnkiIds(namespace, anki.get("deck_id") or stable_id("deck", namespace), types, prefix)


def _tags(table: SettingsTable) -> Mapping[str, str]:
    titles = {}
    for tag, title in table.value("tags", dict, {}).items():
        place = table.place_in("tags", tag)
        if not ID.fullmatch(tag):
            table.problems.add("bad-id", place, f"tag “{tag}”", "use a-z, 0-9 and single hyphens")
        elif not isinstance(title, str) or not title.strip():
            message = f"the title of tag `{tag}` is no text"
            table.problems.add("wrong-type", place, message, f'write {tag} = "Title"')
        else:
            titles[tag] = title.strip()
    return titles


def _macros(table: SettingsTable) -> Mapping[str, str]:
    macros = {}
    for name, body in table.value("macros", dict, {}).items():
        if not re.fullmatch(r"[A-Za-z]+", name) or not isinstance(body, str):
            table.report(
                name, "bad-value", f"macro `{name}`", 'write letters = "LaTeX", without a backslash'
            )
            continue
        macros["\\" + name] = body
    return macros


def _decks(table: SettingsTable) -> tuple[tuple[DeckSettings, ...], tuple[Place, ...]]:
    decks: list[DeckSettings] = []
    places: list[Place] = []
    for row, entry in enumerate(table.value("decks", list, [])):
        place = table.place("[[decks]]", row)
        if not isinstance(entry, dict) or "folder" not in entry:
            table.problems.add(
                "missing-key", place, "a deck without `folder`", "name the deck's folder"
            )
            continue
        table.check_keys(entry, _DECK_KEYS, place)
        default = deck_settings_from_folder(str(entry["folder"]))
        deck = DeckSettings(
            default.folder, str(entry.get("id", default.id)), str(entry.get("title", default.title))
        )
        if not ID.fullmatch(deck.id):
            table.problems.add("bad-id", place, f"deck id “{deck.id}”", "use a-z, 0-9 and hyphens")
        if deck.id in {d.id for d in decks}:
            table.problems.add("duplicate-id", place, f"deck id “{deck.id}” is taken already")
        decks.append(deck)
        places.append(place)
    return tuple(decks), tuple(places)
