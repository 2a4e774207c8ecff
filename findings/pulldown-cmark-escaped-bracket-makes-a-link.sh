#!/usr/bin/env bash
# pyromark 0.10.3 (pulldown-cmark 0.13.5): an escaped bracket right behind a bracket is taken for a
# reference. "[link]\[id]" with a definition of "id" becomes a link, and the reader no longer sees
# "[id]"; "[id]\[]" loses its "[]". CommonMark 0.31.2 says that an escaped bracket is text, and
# markdown-it-py 4.3.0 keeps it. An author who escapes brackets to show them loses them without
# a message. pulldown-cmark's main branch has been right since May 2026; 0.13.5 lacks that change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyromark==0.10.3 markdown-it-py==4.3.0
cat >"$folder/look.py" <<'PY'
import pyromark
from markdown_it import MarkdownIt

DEFINITION = "\n\n[id]: https://example.org/"
right = MarkdownIt("commonmark")
print("pyromark", pyromark.__version__)
for text, wanted, seen in (
    (
        r"[link]\[id]",
        "<p>[link][id]</p>\n",
        '<p><a href="https://example.org/">link</a></p>\n',
    ),
    (
        r"[id]\[]",
        '<p><a href="https://example.org/">id</a>[]</p>\n',
        '<p><a href="https://example.org/">id</a></p>\n',
    ),
):
    got = pyromark.html(text + DEFINITION)
    print(f"{text}\n  expected {wanted}  got      {got}", end="")
    assert right.render(text + DEFINITION) == wanted
    assert got == seen, "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
