#!/usr/bin/env bash
# matplotlib 3.11.2: `svg.hashsalt` is there to make SVGs reproducible, and does so on one machine.
# But the ids of clip paths are hashes of full-precision coordinates, while the coordinates
# themselves are written with six digits. One unit in the last place of an axes' width, as another
# processor's linear algebra gives, changes every id and so the file, and not a single drawn
# number. A figure that is compared byte by byte passes at its author's and fails in other
# people's builds; number the ids anew after drawing, or compare what is drawn.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet matplotlib==3.11.2 2>/dev/null
MPLCONFIGDIR="$folder" venv/bin/python - <<'PY'
import io
import math
import re

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

plt.rcParams["svg.hashsalt"] = "always the same"


def drawn(width: float) -> str:
    figure = plt.figure(figsize=(2, 2))
    axes = figure.add_axes((0.1, 0.1, width, 0.8))
    axes.plot([0, 1], [0, 1])
    axes.set_axis_off()
    target = io.StringIO()
    figure.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


print("matplotlib", matplotlib.__version__)
one, same, next_to_it = drawn(0.8), drawn(0.8), drawn(math.nextafter(0.8, 1))
clip = [re.search(r'clipPath id="(\w+)"', svg)[1] for svg in (one, same, next_to_it)]
print("ids of the clip path:", *clip)
without_ids = [svg.replace(id, "id") for svg, id in zip((one, same, next_to_it), clip)]
print("same bytes:", one == next_to_it, " same bytes without the ids:", without_ids[0] == without_ids[2])
assert one == same and one != next_to_it and without_ids[0] == without_ids[2]
PY
