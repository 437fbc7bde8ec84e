"""Programs that nobody here wrote, over HTTP: `openssl ocsp` and `openssl ts`."""

import dataclasses
import hashlib
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing_service.asgi import create_app
from tests.pki_factory import ExamplePki, example_pki
from tests.web.fake_doors import House
from tests.web.live import served


@pytest.fixture(scope="module")
def pki() -> ExamplePki:
    return example_pki()


@pytest.fixture(scope="module")
def site(pki: ExamplePki) -> Iterator[str]:
    doors = dataclasses.replace(
        House().doors(),
        certificate={"issuing": pki.issuing.certificate, "root": pki.root.certificate}.get,
        revocation_list=lambda name: pki.revocation_lists()[0] if name == "issuing" else None,
        ocsp=pki.responder.respond,
        timestamp=pki.timestamp_authority.respond,
    )
    with served(create_app(doors)) as address:
        yield f"http://{address}"


@pytest.fixture
def folder(pki: ExamplePki, tmp_path: Path) -> Path:
    for name, der in (
        ("root", pki.root.certificate),
        ("issuing", pki.issuing.certificate),
        ("principal", pki.principal.certificate),
        ("tsa", pki.tsa.certificate),
    ):
        (tmp_path / f"{name}.pem").write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    return tmp_path


@pytest.fixture
def openssl(tool: Callable[[str], str], folder: Path) -> Callable[..., str]:
    program = tool("openssl")

    def run(*arguments: str) -> str:
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


def test_openssl_asks_our_responder_over_http(openssl: Callable[..., str], site: str) -> None:
    answer = openssl(
        "ocsp",
        "-issuer",
        "issuing.pem",
        "-cert",
        "principal.pem",
        "-CAfile",
        "root.pem",
        "-verify_other",
        "issuing.pem",
        "-url",
        f"{site}/pki/ocsp",
    )
    assert "Response verify OK" in answer
    assert "principal.pem: good" in answer


def test_openssl_believes_the_time_stamp_it_was_sent(openssl: Callable[..., str], site: str, folder: Path) -> None:
    (folder / "content").write_bytes(b"content")
    openssl("ts", "-query", "-data", "content", "-sha256", "-cert", "-out", "query.tsq")
    request = urllib.request.Request(  # noqa: S310 loopback
        f"{site}/tsa", (folder / "query.tsq").read_bytes(), {"Content-Type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 loopback
        assert reply.headers["Content-Type"] == "application/timestamp-reply"
        (folder / "reply.tsr").write_bytes(reply.read())
    answer = openssl("ts", "-verify", "-data", "content", "-in", "reply.tsr", "-CAfile", "root.pem", "-untrusted", "issuing.pem")
    assert "Verification: OK" in answer


def test_openssl_reads_certificate_and_list_as_they_are_served(openssl: Callable[..., str], site: str, folder: Path) -> None:
    for kind, name in (("ca", "issuing.crt"), ("crl", "issuing.crl")):
        with urllib.request.urlopen(f"{site}/pki/{kind}/{name}", timeout=10) as reply:  # noqa: S310 loopback
            (folder / name).write_bytes(reply.read())
    assert hashlib.sha256((folder / "issuing.crt").read_bytes()).hexdigest().upper() in openssl(
        "x509", "-inform", "DER", "-in", "issuing.crt", "-noout", "-fingerprint", "-sha256"
    ).replace(":", "")
    assert "verify OK" in openssl("crl", "-inform", "DER", "-in", "issuing.crl", "-CAfile", "issuing.pem", "-noout")
