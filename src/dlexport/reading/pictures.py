"""Find, read and measure the pictures that texts show."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from dlexport.document import Image, Text
from dlexport.model import Picture, Question
from dlexport.problems import Problems
from dlexport.reading.files import ContentFiles
from dlexport.reading.kinds import PICTURES

# Pillow knows more formats, and starts another program to draw some of them.
_BITMAPS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
_REMOTE = re.compile(r"url\(\s*['\"]?(?!#|['\"]?data:)|@import", re.I)
_MOST_PIXELS = 50e6
# Enough for 200 mm at 250 dpi; more only makes files larger.
_LONGEST_SIDE = 2000
_PX = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def picture_path(src: str, file: Path) -> Path | None:
    """The file that `src` means in the text `file`; None where it is no local address."""
    parts = urlsplit(src)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return (file.parent / unquote(parts.path)).resolve()


def collect(
    files: ContentFiles,
    questions: list[Question],
    introduction: tuple[Text, Path] | None,
    problems: Problems,
) -> Mapping[Path, Picture]:
    """Every picture of the collection by its path; report those that cannot be used."""
    found: dict[Path, Picture] = {}
    for image, file in _images(questions, introduction):
        path = _checked_path(image, file, files, problems)
        if path is None or path in found:
            continue
        picture = _read(path, image, problems)
        if picture:
            found[path] = picture
    return found


def _images(
    questions: list[Question], introduction: tuple[Text, Path] | None
) -> Iterator[tuple[Image, Path]]:
    texts = [(text, q.path) for q in questions for text in q.texts]
    for text, file in [*texts, *([introduction] if introduction else [])]:
        for image in text.every(Image):
            yield image, file


def _checked_path(image: Image, file: Path, files: ContentFiles, problems: Problems) -> Path | None:
    src, place = image.source, image.place
    if not image.alt:
        problems.add(
            "missing-alt",
            place,
            f"{src} has no alternative text",
            "write what is to be seen between [ and ]",
        )
    path = picture_path(src, file)
    if path is None:
        problems.add(
            "remote-picture",
            place,
            f"{src} is not a file",
            "save the picture in the collection's folder",
        )
    elif not path.is_relative_to(files.root.resolve()):
        problems.add(
            "picture-outside",
            place,
            f"{src} lies outside the collection's folder",
            "move it inside",
        )
    elif not path.is_file():
        problems.add("missing-picture", place, f"{src} is not there", _similar(path))
    elif path.suffix.lower() in PICTURES and not files.holds(path):
        problems.add(
            "missing-picture",
            place,
            f"{src} is passed over: it is excluded, or in a folder that is never content",
            "move it, or change `exclude` in collection.toml, see docs/format.md",
        )
    else:
        return path
    return None


def _similar(path: Path) -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent.name}"
    same = [p.name for p in path.parent.iterdir() if p.name.lower() == path.name.lower()]
    return f"the file is called {same[0]}: case matters" if same else ""


def _read(path: Path, image: Image, problems: Problems) -> Picture | None:
    media_type = PICTURES.get(path.suffix.lower(), "")
    try:
        if not media_type:
            raise ValueError("is not SVG, PNG, JPEG or WebP")
        data = path.read_bytes()
        if media_type.endswith("xml"):
            width, height = _svg_size(data)
        else:
            data, width, height = _bitmap(data, media_type)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problems.add("bad-picture", image.place, f"{image.source}: {reason}")
        return None
    return Picture(path, data, media_type, _name(path, data), width, height)


def _name(path: Path, data: bytes) -> str:
    """The picture's name in outputs: servers leave out what begins with `_` or a dot."""
    name = f"{path.stem}-{sha256(data).hexdigest()[:12]}{path.suffix.lower()}"
    return re.sub(r"[^\w.-]", "-", name, flags=re.A).lstrip("_.-")


def _svg_size(data: bytes) -> tuple[float, float]:
    """Width and height in CSS pixels."""
    if b"<!ENTITY" in data:
        raise ValueError("an SVG may not declare entities")
    root = ElementTree.fromstring(data)
    if not root.tag.endswith("svg"):
        raise ValueError("is not an SVG picture")
    _refuse_active(root)
    box = [float(v) for v in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if v]
    default = (box[2], box[3]) if len(box) == 4 else (300.0, 150.0)
    return _length(root.get("width"), default[0]), _length(root.get("height"), default[1])


def _refuse_active(root: ElementTree.Element) -> None:
    """Refuse what runs, and what has to be fetched from somewhere else."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in ("script", "foreignobject"):
            raise ValueError(f"an SVG may not have the element {name}")
        for key, value in element.attrib.items():
            local = key.rpartition("}")[2].lower()
            if local.startswith("on"):
                raise ValueError(f"an SVG may not have the attribute {local}")
            if local == "href" and not value.startswith(("#", "data:image/")):
                raise ValueError(f"an SVG may not refer to another file: {value}")
        if _REMOTE.search(" ".join([element.text or "", *element.attrib.values()])):
            raise ValueError("an SVG may not refer to another file")


def _length(text: str | None, default: float) -> float:
    found = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*)\s*", text or "")
    return float(found[1]) * _PX[found[2]] if found and found[2] in _PX else default


def _bitmap(data: bytes, media_type: str) -> tuple[bytes, float, float]:
    """A bitmap no larger than any page needs, with its width and height in pixels."""
    from PIL import Image as Bitmap

    try:
        with Bitmap.open(io.BytesIO(data), formats=tuple(_BITMAPS.values())) as bitmap:
            # A camera's JPEG with a second picture behind the first is called MPO.
            kind = "JPEG" if bitmap.format == "MPO" else str(bitmap.format)
            if kind != _BITMAPS[media_type]:
                raise ValueError(f"is {kind}, write {_ENDINGS[kind]}")
            if bitmap.width * bitmap.height > _MOST_PIXELS:
                raise ValueError(f"has more than {_MOST_PIXELS / 1e6:.0f} million pixels")
            bitmap.load()
            scale = _LONGEST_SIDE / max(bitmap.size)
            if scale >= 1:
                return data, *bitmap.size
            size = (max(round(bitmap.width * scale), 1), max(round(bitmap.height * scale), 1))
            buffer = io.BytesIO()
            bitmap.resize(size, Bitmap.Resampling.LANCZOS).save(buffer, kind, quality=85)
            return buffer.getvalue(), *size
    except (OSError, SyntaxError, Bitmap.DecompressionBombError) as error:
        raise ValueError("is damaged, or no picture") from error
