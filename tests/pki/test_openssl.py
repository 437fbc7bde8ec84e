"""OpenSSL, which nobody here wrote, accepts what we issue."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing_service.pki.authority import RevokedCertificate
from signing_service.pki.names import SubjectName
from signing_service.ports import KeyPurpose
from signing_service.trust.certificates import read_certificate
from signing_service.trust.reasons import RevocationReason
from tests.pki_factory import ExamplePki, example_pki

LEAVES = ("homeroom", "principal", "seal", "tsa", "ocsp")


@pytest.fixture(scope="module")
def openssl(tool: Callable[[str], str]) -> str:
    return tool("openssl")


def written(pki: ExamplePki, folder: Path) -> Path:
    certificates = {name: getattr(pki, name).certificate for name in (*LEAVES, "root", "issuing")}
    for name, der in certificates.items():
        (folder / f"{name}.pem").write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    lists = [x509.load_der_x509_crl(crl).public_bytes(Encoding.PEM) for crl in pki.revocation_lists()]
    (folder / "crls.pem").write_bytes(b"".join(lists))
    (folder / "issuing.crl").write_bytes(pki.revocation_lists()[0])
    return folder


def run(openssl: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([openssl, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def verify(openssl: str, folder: Path, leaf: str) -> subprocess.CompletedProcess[str]:
    chain = ("-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "crls.pem")
    return run(openssl, folder, "verify", "-x509_strict", "-crl_check_all", "-policy_check", *chain, f"{leaf}.pem")


@pytest.mark.parametrize("leaf", LEAVES)
def test_openssl_verify_is_strictly_content(openssl: str, pki: ExamplePki, tmp_path: Path, leaf: str) -> None:
    done = verify(openssl, written(pki, tmp_path), leaf)
    assert (done.returncode, done.stdout) == (0, f"{leaf}.pem: OK\n"), done.stderr


def test_openssl_takes_a_vietnamese_name_of_full_length(openssl: str, pki: ExamplePki, tmp_path: Path) -> None:
    name = "Trường Phổ thông dân tộc nội trú Trung học cơ sở huyện Ví Dụ Ấ Ạ"
    assert (len(name), len(name.encode()) > 64) == (64, True)
    seal = pki.another("seal", SubjectName(name, name), KeyPurpose.ORGANISATION_SEAL)
    folder = written(pki, tmp_path)
    assert read_certificate(seal.certificate).common_name == name
    (folder / "long.der").write_bytes(seal.certificate)
    assert run(openssl, folder, "x509", "-inform", "DER", "-in", "long.der", "-out", "long.pem").returncode == 0
    assert verify(openssl, folder, "long").returncode == 0


def test_openssl_verify_sees_the_purposes(openssl: str, pki: ExamplePki, tmp_path: Path) -> None:
    folder = written(pki, tmp_path)
    chain = ("-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem")
    assert run(openssl, folder, "verify", "-purpose", "timestampsign", *chain, "tsa.pem").returncode == 0
    assert run(openssl, folder, "verify", "-purpose", "ocsphelper", *chain, "ocsp.pem").returncode == 0
    assert run(openssl, folder, "verify", "-purpose", "timestampsign", *chain, "homeroom.pem").returncode != 0
    assert run(openssl, folder, "verify", "-purpose", "sslclient", *chain, "homeroom.pem").returncode != 0


def test_openssl_refuses_what_was_revoked(openssl: str, tmp_path: Path) -> None:
    pki = example_pki()
    pki.ledger.revoke(RevokedCertificate(pki.principal.serial, datetime.now(UTC) - timedelta(seconds=1), RevocationReason.KEY_COMPROMISE))
    folder = written(pki, tmp_path)
    assert "certificate revoked" in verify(openssl, folder, "principal").stderr
    assert verify(openssl, folder, "homeroom").returncode == 0


def test_openssl_reads_the_crl_and_checks_its_signature(openssl: str, pki: ExamplePki, tmp_path: Path) -> None:
    done = run(
        openssl, written(pki, tmp_path), "crl", "-inform", "DER", "-in", "issuing.crl", "-CAfile", "issuing.pem", "-noout", "-crlnumber"
    )
    assert "verify OK" in done.stderr
    assert "crlNumber=0x01" in done.stdout


@pytest.mark.parametrize("digest", ["-sha1", "-sha256"])
def test_openssl_ocsp_asks_and_believes_with_its_nonce(openssl: str, tmp_path: Path, digest: str) -> None:
    pki = example_pki()
    pki.ledger.revoke(RevokedCertificate(pki.seal.serial, datetime.now(UTC), RevocationReason.CESSATION_OF_OPERATION))
    folder = written(pki, tmp_path)
    for leaf, status in (("homeroom", "good"), ("seal", "revoked")):
        asked = ("ocsp", "-issuer", "issuing.pem", digest, "-cert", f"{leaf}.pem", "-nonce")
        assert run(openssl, folder, *asked, "-reqout", "request.der").returncode == 0
        (folder / "response.der").write_bytes(pki.responder.respond((folder / "request.der").read_bytes()))
        done = run(
            openssl,
            folder,
            *asked[:5],
            f"{leaf}.pem",
            "-no_nonce",
            "-reqin",
            "request.der",
            "-respin",
            "response.der",
            "-CAfile",
            "root.pem",
        )
        assert "Response verify OK" in done.stderr
        assert "WARNING" not in done.stderr
        assert f"{leaf}.pem: {status}" in done.stdout


def test_openssl_believes_the_answer_that_goes_into_a_signed_file(openssl: str, pki: ExamplePki, tmp_path: Path) -> None:
    folder = written(pki, tmp_path)
    (folder / "response.der").write_bytes(pki.responder.response_for(pki.seal.certificate))
    done = run(openssl, folder, "ocsp", "-issuer", "issuing.pem", "-cert", "seal.pem", "-respin", "response.der", "-CAfile", "root.pem")
    assert "Response verify OK" in done.stderr
    assert "seal.pem: good" in done.stdout
