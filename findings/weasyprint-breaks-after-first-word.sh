#!/usr/bin/env bash
# weasyprint 70.0: a paragraph breaks after its FIRST word, although more words fit, if the text
# before an inline element fits into the line without the blank that ends it but not with it:
# "aaa bbb ccc ddd <b>eee</b> fff" gives the lines "aaa", "bbb ccc ddd eee", "fff"; the same
# words without <b> give "aaa bbb ccc ddd", "eee fff". Nothing is reported, and the text
# is whole, so that only a look at the page shows it. Titles with a formula, a link or code in them
# meet it at about one width in thirty. Wrapping the blank in a <span> of its own avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet weasyprint==70.0
cat >"$folder/look.py" <<'PY'
import weasyprint

STYLE = "@page { size: 400px 200px; margin: 0 } p { margin: 0; width: 148px; font: 16px monospace }"


def lines(paragraph: str) -> list[str]:
    page = weasyprint.HTML(string=f"<style>{STYLE}</style><p>{paragraph}</p>").render().pages[0]
    found: dict[float, str] = {}
    for box in page._page_box.descendants():
        if hasattr(box, "text"):
            found[box.position_y] = found.get(box.position_y, "") + box.text
    return [found[y].strip() for y in sorted(found)]


print("weasyprint", weasyprint.__version__)
plain = lines("aaa bbb ccc ddd eee fff")
marked = lines("aaa bbb ccc ddd <b>eee</b> fff")
avoided = lines("aaa bbb ccc ddd<span> </span><b>eee</b> fff")
print("plain  ", plain)
print("with b ", marked)
print("avoided", avoided)
assert plain == avoided == ["aaa bbb ccc ddd", "eee fff"]
assert marked == ["aaa", "bbb ccc ddd eee", "fff"], "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
