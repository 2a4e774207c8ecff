"""Begin a collection: its settings, and an example where there is no question yet."""

from __future__ import annotations

import json
from pathlib import Path
from secrets import token_hex

from dlexport.building.write import replace_file
from dlexport.problems import ResourceError, UsageError
from dlexport.reading import ids
from dlexport.reading.files import content_files
from dlexport.reading.settings import title_of_folder
from dlexport.reading.source import CONFIG, LEDGER
from dlexport.rendering.templating import text_environment

_EXAMPLE = Path("01-first-steps", "001-spacing.md")
_LONGEST_NAME = 40  # bytes of UTF-8, of the title's words in a namespace


def init(root: Path, title: str = "") -> list[Path]:
    """Write collection.toml with a namespace that no other has; return what was written.

    Where the folder holds no question, an example goes with it. Nothing that is there is
    changed. Raise UsageError where the folder is a collection already, ResourceError where
    the disk refuses.
    """
    _refuse_what_is_there(root)
    title = " ".join((title or title_of_folder(root)).split())
    if not title.isprintable():
        raise UsageError(f"the title {json.dumps(title)} holds a character that cannot be shown")
    words = ids.shortened(ids.slug(title), _LONGEST_NAME) or "questions"
    values = {"title": _quoted(title), "namespace": _quoted(f"{words}-{token_hex(6)}")}
    is_empty = not root.exists() or not content_files(root).questions
    files = {CONFIG: "collection.toml"} | ({_EXAMPLE: "example.md"} if is_empty else {})
    templates = text_environment()
    try:
        for name, template in files.items():
            text = templates.get_template(f"init/{template}").render(values)
            replace_file(root / name, text.encode())
    except OSError as error:
        raise ResourceError(f"{root}: cannot be written: {error.strerror}") from error
    return [root / name for name in files]


def _refuse_what_is_there(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root}: is a file, not a folder; name another with --content")
    if (root / CONFIG).exists():
        raise UsageError(
            f"{root / CONFIG}: is there already; where it has no namespace, a build says which "
            "line to add"
        )
    if (root / LEDGER).exists():
        raise UsageError(
            f"{root / LEDGER}: says that cards were released; write {CONFIG} with their "
            "namespace yourself, for a new one would double them for learners"
        )


def _quoted(text: str) -> str:
    """A text as a string of TOML, which has the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)
