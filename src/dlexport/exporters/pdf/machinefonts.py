"""The fonts of this machine, which are asked only for characters that ours have not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


def machine_fonts() -> str:
    """A name for the fonts that this machine offers, and for how it chooses among them.

    It is another one after a font was installed. Raise OSError without Pango.
    """
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    digest = sha256()
    for path in sorted({*_fonts(config), *_settings(config)}):
        with suppress(OSError):
            stat = path.stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _fonts(config: object) -> Iterator[Path]:
    from weasyprint.text.ffi import ffi, fontconfig

    found = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    name = ffi.new("FcChar8 **")
    for i in range(found.nfont):
        if not fontconfig.FcPatternGetString(found.fonts[i], b"file", 0, name):  # 0 is a match
            yield Path(ffi.string(name[0]).decode())


def _settings(config: object) -> Iterator[Path]:
    from weasyprint.text.ffi import ffi, fontconfig

    files = fontconfig.FcConfigGetConfigFiles(config)
    while (name := fontconfig.FcStrListNext(files)) != ffi.NULL:
        yield Path(ffi.string(name).decode())
