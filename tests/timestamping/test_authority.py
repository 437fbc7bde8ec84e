import hashlib
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from signing_service.clock import FixedClock, SystemClock
from signing_service.errors import RefusedError, UnavailableError
from signing_service.pki.policies import TIMESTAMPING_POLICY
from signing_service.timestamping.authority import LARGEST_REQUEST, TimestampAuthority
from signing_service.timestamping.client import LocalTimestamper
from tests.pki_factory import ExamplePki, example_pki

DATA = "Học bạ của em Ví Dụ".encode()
SHARED = example_pki()


def request(**changes: Any) -> bytes:
    fields: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(DATA).digest()},
        "nonce": 4711,
        "cert_req": True,
    }
    der: bytes = tsp.TimeStampReq({name: value for name, value in {**fields, **changes}.items() if value is not None}).dump()
    return der


def imprint(algorithm: str, digest: bytes) -> dict[str, Any]:
    return {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}


def status_of(pki: ExamplePki, question: bytes) -> Any:
    response = core.Sequence.load(pki.timestamp_authority.respond(question), strict=True)
    status = tsp.PKIStatusInfo.load(response[0].dump(), strict=True)
    assert len(response) == (2 if status["status"].native == "granted" else 1)
    return status


def answered(pki: ExamplePki, question: bytes) -> Any:
    return tsp.TimeStampResp.load(pki.timestamp_authority.respond(question), strict=True)


def info_of(response: Any) -> Any:
    return response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed


def test_the_token_states_what_was_asked(pki: ExamplePki) -> None:
    info = info_of(answered(pki, request()))
    assert info["message_imprint"]["hashed_message"].native == hashlib.sha256(DATA).digest()
    assert info["nonce"].native == 4711
    assert info["policy"].dotted == TIMESTAMPING_POLICY
    assert info["accuracy"]["seconds"].native == 1
    assert info["ordering"].native is False


def test_the_time_is_the_clocks_to_the_second() -> None:
    pki = example_pki(FixedClock(datetime(2026, 9, 5, 7, 30, 15, 999999, tzinfo=UTC)))
    assert info_of(answered(pki, request()))["gen_time"].native == datetime(2026, 9, 5, 7, 30, 15, tzinfo=UTC)


def test_without_a_nonce_none_is_given(pki: ExamplePki) -> None:
    assert info_of(answered(pki, request(nonce=None)))["nonce"].native is None


def test_every_token_has_its_own_serial_number(pki: ExamplePki) -> None:
    assert len({info_of(answered(pki, request()))["serial_number"].native for _ in range(50)}) == 50


def test_certificates_come_only_when_asked_for(pki: ExamplePki) -> None:
    with_certificates = answered(pki, request())["time_stamp_token"]["content"]["certificates"]
    assert {choice.chosen.dump() for choice in with_certificates} == {pki.tsa.certificate, pki.issuing.certificate}
    assert not answered(pki, request(cert_req=False))["time_stamp_token"]["content"]["certificates"]
    assert (
        "nonce" not in info_of(answered(pki, request(nonce=None))).native
        or info_of(answered(pki, request(nonce=None)))["nonce"].native is None
    )


REFUSED = {
    "bad_alg": [request(message_imprint=imprint("sha1", bytes(20))), request(message_imprint=imprint("md5", bytes(16)))],
    "bad_data_format": [
        request(message_imprint=imprint("sha256", bytes(31))),
        request(message_imprint=imprint("sha512", bytes(32))),
        b"",
        b"\x30\x00",
        request() + b"\x00",
        bytes(LARGEST_REQUEST + 1),
    ],
    "unaccepted_policy": [request(req_policy="1.2.3.4")],
    "unaccepted_extensions": [request(extensions=[{"extn_id": "1.2.3.4", "extn_value": core.OctetString(b"\x05\x00")}])],
}


@pytest.mark.parametrize(("failure", "question"), [(failure, question) for failure, questions in REFUSED.items() for question in questions])
def test_what_cannot_be_granted_is_rejected_by_its_proper_name(pki: ExamplePki, failure: str, question: bytes) -> None:
    status = status_of(pki, question)
    assert status["status"].native == "rejection"
    assert status["fail_info"].native == {failure}


def test_the_authoritys_own_policy_may_be_asked_for(pki: ExamplePki) -> None:
    assert status_of(pki, request(req_policy=TIMESTAMPING_POLICY))["status"].native == "granted"


WHOLE = request()


@given(st.binary(max_size=100))
@example(WHOLE[:-1])
def test_garbage_is_rejected(garbage: bytes) -> None:
    assert status_of(SHARED, garbage)["status"].native == "rejection"


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_damaged_request_never_brings_the_authority_down(position: int, octet: int) -> None:
    damaged = WHOLE[:position] + bytes([octet]) + WHOLE[position + 1 :]
    assert status_of(SHARED, damaged)["status"].native in {"granted", "rejection"}


def test_the_authority_takes_its_own_time_stamping_key_only(pki: ExamplePki) -> None:
    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        TimestampAuthority((pki.seal.certificate,), pki.seal.key, SystemClock(), TIMESTAMPING_POLICY)
    with pytest.raises(RefusedError, match="authority-key-mismatch"):
        TimestampAuthority((pki.seal.certificate,), pki.tsa.key, SystemClock(), TIMESTAMPING_POLICY)


def test_an_expired_authority_stamps_nothing(pki: ExamplePki) -> None:
    ends = x509.load_der_x509_certificate(pki.tsa.certificate).not_valid_after_utc
    chain = (pki.tsa.certificate, pki.issuing.certificate)
    for moment, status in ((ends, "granted"), (ends + timedelta(seconds=1), "rejection")):
        authority = TimestampAuthority(chain, pki.tsa.key, FixedClock(moment), TIMESTAMPING_POLICY)
        response = core.Sequence.load(authority.respond(request()))
        assert tsp.PKIStatusInfo.load(response[0].dump())["status"].native == status
    with pytest.raises(UnavailableError, match="timestamp-unavailable"):
        LocalTimestamper(authority).token(hashlib.sha256(DATA).digest())


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("options", [("-cert",), ("-cert", "-no_nonce"), ("-cert", "-tspolicy", TIMESTAMPING_POLICY), ()])
def test_openssl_ts_accepts_the_answer_to_its_own_question(
    tool: Callable[[str], str], pki: ExamplePki, tmp_path: Path, digest: str, options: tuple[str, ...]
) -> None:
    openssl = tool("openssl")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([openssl, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)

    (tmp_path / "data").write_bytes(DATA)
    for name, der in (("root", pki.root.certificate), ("tsa", pki.tsa.certificate), ("issuing", pki.issuing.certificate)):
        (tmp_path / f"{name}.pem").write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    (tmp_path / "untrusted.pem").write_bytes((tmp_path / "tsa.pem").read_bytes() + (tmp_path / "issuing.pem").read_bytes())
    assert run("ts", "-query", "-data", "data", f"-{digest}", *options, "-out", "query.tsq").returncode == 0
    (tmp_path / "reply.tsr").write_bytes(pki.timestamp_authority.respond((tmp_path / "query.tsq").read_bytes()))
    verify = ("ts", "-verify", "-in", "reply.tsr", "-CAfile", "root.pem", "-untrusted", "untrusted.pem", "-x509_strict")
    for against in (("-queryfile", "query.tsq"), ("-data", "data")):
        done = run(*verify, *against)
        assert "Verification: OK" in done.stdout + done.stderr, done.stderr
    (tmp_path / "data").write_bytes(DATA + b".")
    assert run(*verify, "-data", "data").returncode != 0


def test_openssl_reads_a_rejection(tool: Callable[[str], str], pki: ExamplePki, tmp_path: Path) -> None:
    (tmp_path / "reply.tsr").write_bytes(pki.timestamp_authority.respond(REFUSED["bad_alg"][0]))
    shown = subprocess.run(
        [tool("openssl"), "ts", "-reply", "-in", "reply.tsr", "-text"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Status: Rejected." in shown.stdout
    assert "unrecognized or unsupported algorithm" in shown.stdout
