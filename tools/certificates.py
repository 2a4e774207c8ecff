"""Trust what the system trusts: a company's proxy has a certificate of its own.

Python's, Node's and Rust's programs bring lists of certificates with them and look
into the system's store only when they are told to.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

# Where Debian and Arch, Fedora, openSUSE, Alpine keep the certificates that they trust.
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
TRUSTING_PIP = (24, 2)  # looks into the system's store by itself
# By each of these a person may have named a bundle for pip.
OF_PIP = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def trusting(own: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that let npm, uv and pip trust the system's certificates.

    `own` is the person's environment; what it says already stays as it is.
    """
    store = bundle()
    wanted = {"NODE_USE_SYSTEM_CA": "1"}  # Node 22.19 and 24.6; earlier ones do not read it
    if store or sys.platform in ("win32", "darwin"):
        wanted["UV_SYSTEM_CERTS"] = "1"
    if store:
        wanted["NODE_EXTRA_CA_CERTS"] = store
        if pip_version() < TRUSTING_PIP and not any(name in own for name in OF_PIP):
            wanted["PIP_CERT"] = store
    return {name: value for name, value in wanted.items() if name not in own}


def bundle() -> str | None:
    """Give the file with all certificates that the system trusts, where there is such a file."""
    if sys.platform in ("win32", "darwin"):  # their stores are no files
        return None
    return next((path for path in BUNDLES if Path(path).is_file()), None)


def pip_version() -> tuple[int, ...]:
    """Give major and minor version of the pip that this Python puts into an environment."""
    try:
        import ensurepip
    except ImportError:  # Debian's Python without python3-venv
        return (0, 0)
    return tuple(int(part) for part in ensurepip.version().split(".")[:2])
