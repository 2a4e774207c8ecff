#!/usr/bin/env bash
# pylatexenc 2.11: latex2text loses the words of \texttt{...} and \mbox{...}, and the name
# \LaTeX, without a message, while it keeps those of \emph and of commands that nobody knows.
# It has no rule for them, but its parser knows their arguments, and what has arguments
# and no rule becomes nothing. It matters because the library is what others read
# bibliographies and arXiv titles with: "Training with \texttt{bf16}" becomes "Training with".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pylatexenc==2.11
cat >look.py <<'PY'
import sys
from importlib.metadata import version

from pylatexenc.latex2text import LatexNodes2Text

TEXTS = {
    r"Training with \texttt{bf16}": "Training with",
    r"\mbox{GPT-2} revisited": "revisited",
    r"A {\LaTeX} primer": "A primer",
    r"With \emph{JAX}": "With JAX",
    r"With \unheardof{JAX}": "With JAX",
}
print("pylatexenc", version("pylatexenc"))
found = {tex: " ".join(LatexNodes2Text().latex_to_text(tex).split()) for tex in TEXTS}
for tex, text in found.items():
    print(f"{tex:30} -> {text!r}")
sys.exit(found != TEXTS)
PY
env/bin/python look.py
