from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given
from hypothesis import strategies as st

from signing_service.clock import FixedClock, SystemClock
from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.pki.authority import CertificateAuthority, RevokedCertificate
from signing_service.pki.ocsp import ANSWER_VALIDITY
from signing_service.trust.certificates import Certificate, read_certificate
from signing_service.trust.crl import read_crl
from signing_service.trust.ocsp import read_ocsp
from signing_service.trust.reasons import RevocationReason
from signing_service.trust.revocation import RevocationAnswer, RevocationStatus
from tests.pki_factory import BASE_URL, SCHOOL, EphemeralKey, ExamplePki, Identity, example_pki

NOW = datetime(2026, 9, 5, 7, 30, tzinfo=UTC)
GOOD, REVOKED, UNKNOWN = RevocationStatus.GOOD, RevocationStatus.REVOKED, RevocationStatus.UNKNOWN


@pytest.fixture
def pki() -> ExamplePki:
    return example_pki(FixedClock(NOW))


def ask(pki: ExamplePki, source: str, identity: Identity, at: datetime = NOW) -> RevocationAnswer | None:
    certificate, issuer = read_certificate(identity.certificate), read_certificate(pki.issuing.certificate)
    if source == "crl":
        return read_crl(pki.revocation_lists()[0], certificate=certificate, issuer=issuer, at=at)
    return read_ocsp(pki.responder.response_for(identity.certificate), certificate=certificate, issuer=issuer, at=at)


@pytest.mark.parametrize("source", ["crl", "ocsp"])
def test_a_standing_certificate_is_good(pki: ExamplePki, source: str) -> None:
    answer = ask(pki, source, pki.homeroom)
    assert answer is not None
    assert (answer.status, answer.this_update, answer.revocation) == (GOOD, NOW, None)
    if source == "ocsp":
        assert answer.responder == read_certificate(pki.ocsp.certificate)
        assert answer.responder.has_ocsp_no_check
    else:
        assert answer.responder is None


@pytest.mark.parametrize("source", ["crl", "ocsp"])
@pytest.mark.parametrize("reason", RevocationReason)
def test_a_revoked_certificate_is_revoked_from_that_moment_on(pki: ExamplePki, source: str, reason: RevocationReason) -> None:
    at = NOW - timedelta(hours=1)
    pki.ledger.revoke(RevokedCertificate(pki.seal.serial, at, reason))
    for moment, status in ((at - timedelta(seconds=1), GOOD), (at, REVOKED), (NOW, REVOKED), (NOW + timedelta(days=9000), REVOKED)):
        answer = ask(pki, source, pki.seal, moment)
        assert answer is not None
        assert answer.status is status
        assert answer.revocation is not None
        assert (answer.revocation.at, answer.revocation.reason) == (at, reason)


@pytest.mark.parametrize("source", ["crl", "ocsp"])
def test_an_answer_says_nothing_after_its_own_end(pki: ExamplePki, source: str) -> None:
    fresh = ask(pki, source, pki.homeroom)
    assert fresh is not None
    assert fresh.next_update is not None
    for moment, status in ((fresh.next_update, GOOD), (fresh.next_update + timedelta(seconds=1), UNKNOWN), (NOW - timedelta(days=1), GOOD)):
        answer = ask(pki, source, pki.homeroom, moment)
        assert answer is not None
        assert answer.status is status


def test_silence_after_the_certificates_end_means_nothing() -> None:
    pki = example_pki(FixedClock(NOW))
    certificate = read_certificate(pki.homeroom.certificate)
    late = FixedClock(certificate.not_after + timedelta(days=1))
    issuing = CertificateAuthority(pki.issuing.certificate, pki.issuing._key, BASE_URL, late)
    answer = read_crl(issuing.revocation_list(2, ()), certificate=certificate, issuer=read_certificate(issuing.certificate), at=NOW)
    assert answer is not None
    assert answer.status is UNKNOWN


def test_a_certificate_the_responder_never_heard_of_is_unknown(pki: ExamplePki) -> None:
    pki.ledger.issued.clear()
    answer = ask(pki, "ocsp", pki.homeroom)
    assert answer is not None
    assert answer.status is UNKNOWN


def test_an_answer_about_another_certificate_is_none_of_ours(pki: ExamplePki) -> None:
    issuer = read_certificate(pki.issuing.certificate)
    about_seal = pki.responder.response_for(pki.seal.certificate)
    assert read_ocsp(about_seal, certificate=read_certificate(pki.homeroom.certificate), issuer=issuer, at=NOW) is None
    of_root = pki.revocation_lists()[1]
    assert read_crl(of_root, certificate=read_certificate(pki.homeroom.certificate), issuer=issuer, at=NOW) is None


def test_a_list_by_somebody_of_the_same_name_is_not_believed(pki: ExamplePki) -> None:
    impostor = example_pki(FixedClock(NOW))
    issuer = read_certificate(pki.issuing.certificate)
    with pytest.raises(IntegrityError, match="revocation-signature"):
        read_crl(impostor.revocation_lists()[0], certificate=read_certificate(pki.seal.certificate), issuer=issuer, at=NOW)


def aged(days: int) -> ExamplePki:
    """Infrastructure made some days ago: the library below stamps producedAt by the machine's clock."""
    return example_pki(FixedClock(SystemClock().now() - timedelta(days=days)))


def answered_by(pki: ExamplePki, responder: Identity) -> RevocationAnswer | None:
    """The reader's opinion of a response about the seal that `responder` signed, entitled or not."""
    ders = (responder.certificate, pki.seal.certificate, pki.issuing.certificate)
    own, subject, issuer = (x509.load_der_x509_certificate(der) for der in ders)
    now = SystemClock().now().replace(microsecond=0)
    builder = ocsp.OCSPResponseBuilder().responder_id(ocsp.OCSPResponderEncoding.HASH, own).certificates([own])
    builder = builder.add_response(subject, issuer, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD, now, now + ANSWER_VALIDITY, None, None)
    assert isinstance(responder.key, EphemeralKey)
    assert isinstance(responder.key._private, ec.EllipticCurvePrivateKey)
    response = builder.sign(responder.key._private, hashes.SHA256()).public_bytes(Encoding.DER)
    seal, issuing = read_certificate(pki.seal.certificate), read_certificate(pki.issuing.certificate)
    return read_ocsp(response, certificate=seal, issuer=issuing, at=now)


def test_only_a_delegated_responder_or_the_issuer_is_believed() -> None:
    pki = aged(1)
    for entitled in (pki.ocsp, Identity(pki.issuing._key, pki.issuing.certificate)):
        answer = answered_by(pki, entitled)
        assert answer is not None
        assert answer.status is GOOD
        assert (answer.responder is None) == (entitled is not pki.ocsp)
    for impostor in (pki.tsa, pki.principal, aged(1).ocsp):
        with pytest.raises(IntegrityError, match="revocation-signature"):
            answered_by(pki, impostor)


def test_a_responder_whose_certificate_had_ended_is_not_believed() -> None:
    pki = aged(400)
    with pytest.raises(IntegrityError, match="revocation-signature"):
        answered_by(pki, pki.ocsp)


def test_a_changed_answer_is_not_believed(pki: ExamplePki) -> None:
    whole = asn1_ocsp.OCSPResponse.load(pki.responder.response_for(pki.seal.certificate))
    response = whole["response_bytes"]["response"].parsed
    signature = bytearray(response["signature"].native)
    signature[-1] ^= 1
    response["signature"] = bytes(signature)
    with pytest.raises(IntegrityError, match="revocation-signature"):
        read_ocsp(
            whole.dump(force=True),
            certificate=read_certificate(pki.seal.certificate),
            issuer=read_certificate(pki.issuing.certificate),
            at=NOW,
        )


def foreign_authority(start: datetime = NOW) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate, Certificate, Certificate]:
    """An authority that names responders by subject, as many do, and one certificate of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Nơi khác {SCHOOL}")])

    def certificate(subject: x509.Name, serial: int) -> x509.Certificate:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(name).public_key(key.public_key()).serial_number(serial)
        return builder.not_valid_before(start).not_valid_after(start + timedelta(days=9)).sign(key, hashes.SHA256())

    own = certificate(name, 1)
    leaf = certificate(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ví Dụ")]), 2)
    read, read_leaf = (read_certificate(one.public_bytes(Encoding.DER)) for one in (own, leaf))
    return key, own, read, read_leaf


def test_a_responder_named_by_subject_is_found() -> None:
    # The library stamps producedAt by the machine's clock.
    now = SystemClock().now().replace(microsecond=0)
    key, own, issuer, leaf = foreign_authority(now - timedelta(days=1))
    subject = x509.load_der_x509_certificate(leaf.der)
    builder = ocsp.OCSPResponseBuilder().responder_id(ocsp.OCSPResponderEncoding.NAME, own)
    builder = builder.add_response(subject, own, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD, now, now + ANSWER_VALIDITY, None, None)
    response = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    answer = read_ocsp(response, certificate=leaf, issuer=issuer, at=now)
    assert answer is not None
    assert answer.status is GOOD


@pytest.mark.parametrize(
    "extension", [x509.DeltaCRLIndicator(1), x509.IssuingDistributionPoint(None, None, False, True, None, False, False)]
)
def test_a_list_that_is_not_whole_is_refused(extension: x509.ExtensionType) -> None:
    key, own, issuer, leaf = foreign_authority()
    builder = x509.CertificateRevocationListBuilder().issuer_name(own.subject).last_update(NOW).next_update(NOW + timedelta(days=1))
    whole = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    answer = read_crl(whole, certificate=leaf, issuer=issuer, at=NOW)
    assert answer is not None
    assert answer.status is GOOD
    partial = builder.add_extension(extension, critical=True).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    with pytest.raises(InvalidInputError, match="revocation-unreadable"):
        read_crl(partial, certificate=leaf, issuer=issuer, at=NOW)


def test_an_issuer_that_may_not_sign_lists_is_not_believed(pki: ExamplePki) -> None:
    seal, leaf = read_certificate(pki.seal.certificate), read_certificate(pki.homeroom.certificate)
    assert isinstance(pki.seal.key, EphemeralKey)
    assert isinstance(pki.seal.key._private, ec.EllipticCurvePrivateKey)
    name = x509.load_der_x509_certificate(seal.der).subject
    builder = x509.CertificateRevocationListBuilder().issuer_name(name).last_update(NOW).next_update(NOW + timedelta(days=1))
    crl = builder.sign(pki.seal.key._private, hashes.SHA256()).public_bytes(Encoding.DER)
    with pytest.raises(IntegrityError, match="revocation-signature"):
        read_crl(crl, certificate=replace(leaf, issuer_der=seal.subject_der), issuer=seal, at=NOW)


SHARED = example_pki(FixedClock(NOW))
# A damaged certificate may have a negative serial number, of which the library only warns as yet.
WARNS = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
ANSWERS = {"crl": SHARED.revocation_lists()[0], "ocsp": SHARED.responder.response_for(SHARED.seal.certificate)}


@WARNS
@pytest.mark.parametrize("source", ANSWERS)
@given(data=st.data())
def test_a_damaged_answer_never_says_anything_else(source: str, data: st.DataObject) -> None:
    whole = ANSWERS[source]
    position, octet = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    damaged = whole[:position] + bytes([octet]) + whole[position + 1 :]
    read = read_crl if source == "crl" else read_ocsp
    seal, issuing = read_certificate(SHARED.seal.certificate), read_certificate(SHARED.issuing.certificate)
    true = read(whole, certificate=seal, issuer=issuing, at=NOW)
    try:
        told = read(damaged, certificate=seal, issuer=issuing, at=NOW)
    except (InvalidInputError, IntegrityError):
        return
    assert told is None or told == true


@pytest.mark.parametrize(
    "garbage", [b"", b"\x30\x00", b"text", ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)]
)
def test_garbage_and_refusals_are_named(garbage: bytes | ocsp.OCSPResponse, pki: ExamplePki) -> None:
    octets = garbage if isinstance(garbage, bytes) else garbage.public_bytes(Encoding.DER)
    for read in (read_crl, read_ocsp):
        with pytest.raises(InvalidInputError, match="revocation-unreadable"):
            read(octets, certificate=read_certificate(pki.seal.certificate), issuer=read_certificate(pki.issuing.certificate), at=NOW)


def test_reasons_are_numbered_as_in_the_standard() -> None:
    numbers = [reason.value for reason in RevocationReason]
    assert numbers == [0, 1, 2, 3, 4, 5, 6, 8, 9, 10], "RFC 5280, 5.3.1 leaves 7 out"
    assert all(one < two for one, two in pairwise(numbers))
