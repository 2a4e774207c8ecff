#!/usr/bin/env bash
# mdit-py-plugins 0.7.0, attrs_block_plugin: a line that begins with one list of attributes and
# ends with another is taken for a line of attributes as a whole, and the words between them are
# gone from the output: "{.note} Never do `rm`{.bash}" leaves an empty page. Its documentation
# says that block attributes are on a line "with no other content", and attributes behind code
# are the business of its own attrs_plugin, used beside it here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
cat >"$folder/look.py" <<'PY'
from importlib.metadata import version

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

md = MarkdownIt("commonmark").use(attrs_plugin).use(attrs_block_plugin)
print("mdit-py-plugins", version("mdit-py-plugins"))
for text, kept in (
    ("{.note} Never do `rm`", True),
    ("Never do `rm`{.bash}", True),
    ("{.note} Never do `rm`{.bash}", False),
    ("{.a} First and last {.b}\n\nMore.", False),
):
    html = md.render(text)
    got = "Never" in html or "First" in html
    print(f"{text!r}: words expected True, got {got}: {html!r}")
    assert got is kept, "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
