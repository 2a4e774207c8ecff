#!/usr/bin/env bash
# Run every measurement on this machine, one after the other; one that fails does not stop the rest.
#     bash all.sh [OUT]
set -u
out=$(realpath -m "${1:-$(dirname "$0")/results}")
cd "$(dirname "$0")" || exit 1
mkdir -p "$out"
export PYTHONUNBUFFERED=1
for topic in rates attention language_model training layers images; do
  start=$SECONDS
  timeout 170 python3 "$topic.py" --out "$out" >"$out/$topic.log" 2>&1
  echo "$topic: exit $?, $((SECONDS - start)) s," \
    "$(wc -l <"$out/$topic.log") lines, $(grep -c failed= "$out/$topic.log") rows not possible here"
done
