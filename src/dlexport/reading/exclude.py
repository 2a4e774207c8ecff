"""`exclude` in collection.toml: what lies in the content's folder and is none of the content.

Patterns have the syntax of .gitignore (https://git-scm.com/docs/gitignore#_pattern_format).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from dlexport.problems import Problems
from dlexport.reading import ids
from dlexport.reading.source import CONFIG, read
from dlexport.reading.table import Table, TomlFile

KEY = "exclude"
_EXAMPLE = "drafts/"
# With more, the time that a name takes grows by a power of its length: a folder of somebody
# else's must not hold up a build.
_MOST_STARS = 3  # in a name, and `**` in a path


class Exclusions:
    """Says whether a path is excluded."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        """Raise ValueError for a pattern that .gitignore cannot have."""
        self._spec = GitIgnoreSpec.from_lines(patterns) if patterns else None

    def match(self, path: str) -> bool:
        """Whether a path from the content's folder, a folder's with `/` at its end, matches."""
        return self._spec is not None and self._spec.match_file(ids.in_form(path))


def patterns(table: Table) -> list[str]:
    """The patterns that the settings have; what is none is reported."""
    found = []
    for row, item in enumerate(table.items(KEY)):
        pattern = table.text_of(item, (KEY, row), f'{KEY} = ["{_EXAMPLE}"]')
        names = pattern.split("/")
        try:
            if names.count("**") > _MOST_STARS or any(n.count("*") > _MOST_STARS for n in names):
                raise ValueError(pattern)
            Exclusions([pattern])
        except ValueError:
            message = f"“{pattern}” is no pattern"
            hint = f'write names as in .gitignore, with few *: {KEY} = ["{_EXAMPLE}"]'
            table.report("bad-value", message, hint, at=(KEY, row))
        else:
            found.append(pattern)
    return found


def exclusions(root: Path) -> Exclusions:
    """What the settings of the collection in a folder exclude; whoever reads them reports.

    Settings that lie outside the folder are not read.
    """
    path = root / CONFIG
    ignored = Problems()
    is_inside = path.is_file() and path.resolve().is_relative_to(root.resolve())
    source = read(path, ignored) if is_inside else None
    file = TomlFile(source, CONFIG, ignored)
    return Exclusions(patterns(Table(file, file.data)))
