#!/usr/bin/env bash
# hatchling 1.33.0 writes core metadata 2.5 by default, although the project uses nothing of it;
# twine 6.2.0 with packaging 25.0 (what a pinned publishing step of last year has) refuses both
# files as invalid, and says only that 2.5 is "not a valid metadata version". A project that pins its
# uploader and asks for hatchling>=1.27, as the documentation suggests, finds out on the day of its
# release. `core-metadata-version = "2.4"` in both targets avoids it; twine 7.0.0 takes 2.5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv old && old/bin/pip install --quiet twine==6.2.0 packaging==25.0 2>/dev/null
python3 -m venv new && new/bin/pip install --quiet twine==7.0.0 packaging==26.4 hatchling==1.33.0 2>/dev/null
mkdir project && cd project
printf '"""A module."""\n' >thing.py
cat >pyproject.toml <<'TOML'
[build-system]
requires = ["hatchling==1.33.0"]
build-backend = "hatchling.build"
[project]
name = "thing"
version = "1"
description = "A thing."
TOML
../new/bin/hatchling build >/dev/null 2>&1
echo "hatchling 1.33.0 writes: $(unzip -p dist/*.whl '*/METADATA' | head -n 1)"
unzip -p dist/*.whl '*/METADATA' | grep -qx 'Metadata-Version: 2.5'
said=$(../old/bin/twine check dist/* 2>&1 || true)
echo "twine 6.2.0: $(echo "$said" | grep -i metadata | head -n 1)"
if ../old/bin/twine check dist/* >/dev/null 2>&1; then echo "the behaviour has changed"; exit 1; fi
../new/bin/twine check dist/* >/dev/null && echo "twine 7.0.0: passed"
