#!/usr/bin/env bash
# mdit-py-plugins 0.7.0, dollarmath with allow_digits=False: whether a formula at the beginning
# of a paragraph is one hangs on the paragraph's last character. "$x$ is 1" stays text, since
# the digit "before" the first dollar is looked for at src[-1], the end of the text; "$x$ is
# one" is a formula, and so is "Here $x$ is 1". Items such as "$n$ = 5" lose their formula and
# nothing is reported. The same index makes a text that ends in a backslash escape its first
# dollar. allow_digits=False is what keeps "$5 and $6" from being one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
cat >"$folder/look.py" <<'PY'
from importlib.metadata import version

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

md = MarkdownIt("commonmark").use(dollarmath_plugin, allow_digits=False)
print("mdit-py-plugins", version("mdit-py-plugins"))
for text, expected, seen in (
    ("$x$ is one", True, True),
    ("Here $x$ is 1", True, True),
    ("$x$ is 1", True, False),
    ("- $n$ = 5", True, False),
    ("$x$ is one and ends in a \\", True, False),
):
    got = "math" in md.render(text)
    print(f"{text!r}: formula expected {expected}, got {got}")
    assert got is seen, "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
