#!/usr/bin/env bash
# quickjs-ng 0.17.0.2 (bindings for Python): Context.set_time_limit(seconds) is measured with the
# processor time of the whole PROCESS, all threads together, not of the call or its thread. Python's
# lock is free while a script runs, so threads are the obvious use of the library; but beside
# three busy threads a call with a limit of 1.0 s is ended after about a quarter of that. Correct
# scripts then fail as "too slow" on a loaded server only, and the more processors, the sooner.
# Give each call its limit times the number of threads at work, and measure its own time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet quickjs-ng==0.17.0.2 2>/dev/null
cat >"$folder/look.py" <<'PY'
import hashlib
import importlib.metadata
import threading
import time

import quickjs

LOOP = "let s = 0; while (true) s += 1;"
LIMIT = 1.0  # seconds


def until_ended() -> float:
    """The processor time of this thread after which an endless loop is ended."""
    context = quickjs.Context()
    context.set_time_limit(LIMIT)
    start = time.thread_time()
    try:
        context.eval(LOOP)
    except quickjs.JSException:
        return time.thread_time() - start
    raise SystemExit("it was not ended")


def work(done: threading.Event) -> None:
    while not done.is_set():
        hashlib.sha256(bytes(1 << 22))


print("quickjs-ng", importlib.metadata.version("quickjs-ng"))
alone = until_ended()
done = threading.Event()
others = [threading.Thread(target=work, args=(done,)) for _ in range(3)]
for other in others:
    other.start()
beside = until_ended()
done.set()
for other in others:
    other.join()
print(f"limit {LIMIT} s, ended alone after {alone:.2f} s, beside three busy threads {beside:.2f} s")
assert alone > 0.9 * LIMIT and beside < 0.7 * LIMIT, "the behaviour has changed"
PY
"$folder/venv/bin/python" "$folder/look.py"
