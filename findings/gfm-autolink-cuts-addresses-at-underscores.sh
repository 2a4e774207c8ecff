#!/usr/bin/env bash
# mdit-py-plugins 0.7.0, gfm_autolink (also in its gfm_plugin): a bare e-mail address with an
# underscore becomes a link to another address. "first_last@example.org" links to
# "last@example.org", with "first_" as text before it. GFM allows `_` there: example 631 of its
# specification 0.29 makes one link of "a.b-c_d@a.b". The plug-in looks back in the text that is
# not yet a token, and that ends at "_". Mail goes to a stranger, and nothing is reported;
# "<first_last@example.org>" avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
cat >"$folder/look.py" <<'PY'
import re
from importlib.metadata import version

from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

md = MarkdownIt("commonmark").use(gfm_autolink_plugin)
print("mdit-py-plugins", version("mdit-py-plugins"))
for text, seen in (
    ("first.last@example.org", "first.last@example.org"),
    ("first-last@example.org", "first-last@example.org"),
    ("first_last@example.org", "last@example.org"),
    ("a.b-c_d@a.b", "d@a.b"),
    ("<first_last@example.org>", "first_last@example.org"),
):
    got = re.findall('href="mailto:([^"]*)"', md.render(text))
    print(f"{text}: expected {text.strip('<>')}, got {', '.join(got)}")
    assert got == [seen], "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
