"""What builds hold on to, in one object that is handed on."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from dlexport.engine.cache import Cache, key_of

if TYPE_CHECKING:
    from dlexport.math import MathEngine
    from dlexport.model import Collection
    from dlexport.rendering.compiled import CompiledTemplates
    from dlexport.rendering.highlight import Listings


class Session:
    """Drawn formulas, highlighted code, compiled templates, and the cache they outlive it in.

    A session may serve several builds, one after the other or at once, in any thread.
    Two sessions share nothing. Libraries are imported when something is first wanted of
    them: a build that finds that nothing has changed needs none.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        """Begin with nothing; without a cache nothing is kept for later processes."""
        self.cache = cache or Cache()
        self._engines: dict[tuple[tuple[str, str], ...], MathEngine] = {}
        self._lock = Lock()

    @cached_property
    def listings(self) -> Listings:
        """Code that was highlighted."""
        from dlexport.rendering.highlight import Listings

        return Listings()

    @cached_property
    def compiled(self) -> CompiledTemplates:
        """Templates that were compiled."""
        from dlexport.rendering.compiled import CompiledTemplates

        return CompiledTemplates()

    def engine(self, collection: Collection) -> MathEngine:
        """The engine with the collection's macros, made once; it draws a formula once."""
        from dlexport.math import MathEngine

        macros = tuple(sorted(collection.metadata.macros.items()))
        with self._lock:
            if macros not in self._engines:
                self._engines[macros] = MathEngine(dict(macros))
            return self._engines[macros]

    def restore(self, collection: Collection) -> None:
        """Take over what earlier builds of the collection drew and highlighted."""
        formulas = self.cache.get(_formulas_key(collection))
        if formulas:
            self.engine(collection).restore(formulas)
        listings = self.cache.get(_listings_key(collection))
        if listings:
            self.listings.restore(listings)

    def keep(self, collection: Collection) -> None:
        """Keep what was drawn and highlighted for later builds of the collection."""
        if self.cache.folder is None:
            return
        results = {
            _formulas_key(collection): self.engine(collection).results(),
            _listings_key(collection): self.listings.results(),
        }
        for key, data in results.items():
            if self.cache.get(key) != data:
                self.cache.put(key, data)


def _formulas_key(collection: Collection) -> str:
    return key_of("formulas", str(collection.root), repr(collection.metadata.macros))


def _listings_key(collection: Collection) -> str:
    return key_of("listings", str(collection.root))
