import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import core
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import example, given
from hypothesis import strategies as st

from signing_service.clock import FixedClock, SystemClock
from signing_service.errors import InvalidInputError, RefusedError, UnavailableError
from signing_service.pki.authority import RevokedCertificate
from signing_service.pki.ocsp import LARGEST_REQUEST, MOST_QUESTIONS, OcspResponder
from signing_service.ports import SigningKey
from signing_service.trust.reasons import RevocationReason
from tests.pki_factory import ExamplePki, example_pki

NONCE = bytes(range(16))
SHARED = example_pki()


def request(pki: ExamplePki, certificate: bytes, *, nonce: bytes | None = NONCE, algorithm: hashes.HashAlgorithm | None = None) -> bytes:
    issuer = x509.load_der_x509_certificate(pki.issuing.certificate)
    subject = x509.load_der_x509_certificate(certificate)
    builder = ocsp.OCSPRequestBuilder().add_certificate(subject, issuer, algorithm or hashes.SHA1())  # noqa: S303 names an issuer only
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


def answer(pki: ExamplePki, question: bytes) -> ocsp.OCSPResponse:
    return ocsp.load_der_ocsp_response(pki.responder.respond(question))


@pytest.mark.parametrize("algorithm", [hashes.SHA1(), hashes.SHA256()])  # noqa: S303 names an issuer only
def test_a_good_certificate_is_good_and_the_nonce_comes_back(pki: ExamplePki, algorithm: hashes.HashAlgorithm) -> None:
    response = answer(pki, request(pki, pki.homeroom.certificate, algorithm=algorithm))
    assert response.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
    assert response.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == NONCE
    assert response.certificates[0].public_bytes(Encoding.DER) == pki.ocsp.certificate
    begins = x509.load_der_x509_certificate(pki.homeroom.certificate).not_valid_before_utc
    assert response.this_update_utc >= begins


def test_without_a_nonce_none_is_given(pki: ExamplePki) -> None:
    assert len(answer(pki, request(pki, pki.homeroom.certificate, nonce=None)).extensions) == 0


@pytest.mark.parametrize("reason", RevocationReason)
def test_a_revoked_certificate_is_revoked_from_then_and_for_that_reason(reason: RevocationReason) -> None:
    pki = example_pki()
    at = datetime(2026, 9, 6, 1, 2, 3, 400000, tzinfo=UTC)
    pki.ledger.revoke(RevokedCertificate(pki.homeroom.serial, at, reason))
    response = answer(pki, request(pki, pki.homeroom.certificate))
    assert response.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert response.revocation_time_utc == at.replace(microsecond=0)
    told = response.revocation_reason
    assert (told.name.upper() if told else "UNSPECIFIED") == reason.name
    assert answer(pki, request(pki, pki.principal.certificate)).certificate_status is ocsp.OCSPCertStatus.GOOD


def test_a_certificate_that_was_never_issued_is_unknown(pki: ExamplePki) -> None:
    issuer = x509.load_der_x509_certificate(pki.issuing.certificate)
    name_hash = hashlib.sha256(issuer.subject.public_bytes()).digest()
    asked = asn1_ocsp.OCSPRequest.load(request(pki, pki.homeroom.certificate, nonce=None, algorithm=hashes.SHA256()))
    question = asked["tbs_request"]["request_list"][0]["req_cert"]
    assert question["issuer_name_hash"].native == name_hash
    forged = ocsp.OCSPRequestBuilder().add_certificate_by_hash(name_hash, question["issuer_key_hash"].native, 4711, hashes.SHA256())
    assert answer(pki, forged.build().public_bytes(Encoding.DER)).certificate_status is ocsp.OCSPCertStatus.UNKNOWN


def test_another_authoritys_certificate_is_not_answered_for(pki: ExamplePki) -> None:
    stranger = example_pki()
    response = answer(pki, request(stranger, stranger.homeroom.certificate))
    assert response.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED
    with pytest.raises(InvalidInputError, match="ocsp-other-issuer"):
        pki.responder.response_for(pki.issuing.certificate)


def built(pki: ExamplePki, extensions: Sequence[dict[str, Any]] = (), questions: int = 1) -> bytes:
    one = asn1_ocsp.OCSPRequest.load(request(pki, pki.homeroom.certificate, nonce=None))["tbs_request"]["request_list"][0]
    tbs: dict[str, Any] = {"request_list": [one.copy() for _ in range(questions)]}
    if extensions:
        tbs["request_extensions"] = list(extensions)
    der: bytes = asn1_ocsp.OCSPRequest({"tbs_request": tbs}).dump()
    return der


def test_many_questions_get_as_many_answers(pki: ExamplePki) -> None:
    response = asn1_ocsp.OCSPResponse.load(pki.responder.respond(built(pki, questions=MOST_QUESTIONS)))
    assert len(response.basic_ocsp_response["tbs_response_data"]["responses"]) == MOST_QUESTIONS


def test_requests_that_ask_too_much_are_malformed(pki: ExamplePki) -> None:
    long_nonce = {"extn_id": "nonce", "critical": False, "extn_value": core.OctetString(bytes(129))}
    no_nonce = {"extn_id": "nonce", "critical": False, "extn_value": core.OctetString(b"")}
    unknown = {"extn_id": "1.2.3.4", "critical": True, "extn_value": core.ParsableOctetString(b"\x05\x00")}
    for question in (
        built(pki, [long_nonce]),
        built(pki, [no_nonce]),
        built(pki, [unknown]),
        built(pki, questions=0),
        built(pki, questions=MOST_QUESTIONS + 1),
        bytes(LARGEST_REQUEST + 1),
        b"",
    ):
        assert answer(pki, question).response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


WHOLE = request(SHARED, SHARED.homeroom.certificate)


@given(st.binary(max_size=200))
@example(WHOLE[:-1])
@example(WHOLE + b"\x00")
def test_garbage_is_malformed(garbage: bytes) -> None:
    status = answer(SHARED, garbage).response_status
    assert status in {ocsp.OCSPResponseStatus.MALFORMED_REQUEST, ocsp.OCSPResponseStatus.UNAUTHORIZED}


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_damaged_request_never_brings_the_responder_down(position: int, octet: int) -> None:
    damaged = WHOLE[:position] + bytes([octet]) + WHOLE[position + 1 :]
    assert isinstance(answer(SHARED, damaged).response_status, ocsp.OCSPResponseStatus)


def test_the_responder_takes_only_what_belongs_together(pki: ExamplePki) -> None:
    def made(certificate: bytes, key: SigningKey, issuer: bytes) -> OcspResponder:
        return OcspResponder(certificate, key, issuer, SystemClock(), pki.ledger.status_of)

    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        made(pki.ocsp.certificate, pki.tsa.key, pki.issuing.certificate)
    with pytest.raises(RefusedError, match="authority-key-mismatch"):
        made(pki.tsa.certificate, pki.ocsp.key, pki.issuing.certificate)
    with pytest.raises(RefusedError, match="authority-key-mismatch"):
        made(pki.ocsp.certificate, pki.ocsp.key, pki.root.certificate)


def test_an_expired_responder_says_so_instead_of_answering(pki: ExamplePki) -> None:
    ends = x509.load_der_x509_certificate(pki.ocsp.certificate).not_valid_after_utc
    for moment, answers in ((ends, True), (ends + timedelta(seconds=1), False)):
        late = OcspResponder(pki.ocsp.certificate, pki.ocsp.key, pki.issuing.certificate, FixedClock(moment), pki.ledger.status_of)
        status = ocsp.load_der_ocsp_response(late.respond(request(pki, pki.seal.certificate))).response_status
        if answers:
            assert status is ocsp.OCSPResponseStatus.SUCCESSFUL
            assert late.response_for(pki.seal.certificate)
        else:
            assert status is ocsp.OCSPResponseStatus.INTERNAL_ERROR
            with pytest.raises(UnavailableError, match="revocation-unavailable"):
                late.response_for(pki.seal.certificate)
