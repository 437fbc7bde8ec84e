import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from hypothesis import given
from hypothesis import strategies as st

from signing_service.clock import FixedClock
from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.pki.policies import TIMESTAMPING_POLICY
from signing_service.ports import KeyPurpose
from signing_service.timestamping.token import TokenSigner
from signing_service.trust.timestamps import TimestampToken, read_timestamp
from tests.pki_factory import EphemeralKey, ExamplePki, Identity, example_pki

NOW = datetime(2026, 9, 5, 7, 30, 15, tzinfo=UTC)
IMPRINT = hashlib.sha256(b"file").digest()
SHARED = example_pki(FixedClock(NOW))
TOKEN = SHARED.timestamper.token(IMPRINT)
INFO = cms.ContentInfo.load(TOKEN)["content"]["encap_content_info"]["content"].contents

# A damaged certificate may have a negative serial number, of which the library only warns as yet.
WARNS = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")


def signed_by(identity: Identity, info: bytes = INFO, chain: tuple[bytes, ...] = ()) -> bytes:
    key = identity.key
    assert isinstance(key, EphemeralKey)
    disguised = EphemeralKey(KeyPurpose.TIMESTAMPING, key._private)
    return TokenSigner(chain or (identity.certificate,), disguised).token(info, with_certificates=True)


def test_what_a_token_says_is_read() -> None:
    stamp = read_timestamp(TOKEN)
    assert stamp.time == NOW
    assert stamp.accuracy_seconds == 1
    assert (stamp.digest_algorithm, stamp.imprint) == ("sha256", IMPRINT)
    assert stamp.policy == TIMESTAMPING_POLICY
    assert stamp.signer == SHARED.tsa.certificate
    assert set(stamp.certificates) == {SHARED.tsa.certificate, SHARED.issuing.certificate}


def test_a_token_of_somebody_who_is_no_time_stamp_authority_is_broken() -> None:
    for impostor in (SHARED.principal, SHARED.seal, SHARED.ocsp):
        with pytest.raises(IntegrityError, match="timestamp-broken"):
            read_timestamp(signed_by(impostor))


def test_a_token_signed_by_another_key_than_its_certificates_is_broken() -> None:
    other = example_pki(FixedClock(NOW))
    with pytest.raises(IntegrityError, match="timestamp-broken"):
        read_timestamp(signed_by(Identity(other.tsa.key, SHARED.tsa.certificate)))


def test_a_certificate_slipped_under_the_token_is_noticed() -> None:
    """Same issuer, same serial number, same key, but not the certificate the authority signed for (RFC 5816)."""
    original = asn1_x509.Certificate.load(SHARED.tsa.certificate)
    twin = original.copy()
    twin["tbs_certificate"]["subject"] = asn1_x509.Name.build({"common_name": "Dấu thời gian giả"})
    forged = cms.ContentInfo.load(TOKEN)
    forged["content"]["certificates"] = [
        cms.CertificateChoices(name="certificate", value=asn1_x509.Certificate.load(twin.dump(force=True)))
    ]
    with pytest.raises(IntegrityError, match="timestamp-broken"):
        read_timestamp(forged.dump(force=True))


def test_changed_content_is_noticed() -> None:
    forged = cms.ContentInfo.load(TOKEN)
    info = tsp.TSTInfo.load(INFO)
    info["gen_time"] = datetime(2020, 1, 1, tzinfo=UTC)
    forged["content"]["encap_content_info"]["content"] = info
    with pytest.raises(IntegrityError, match="timestamp-broken"):
        read_timestamp(forged.dump(force=True))


def test_a_token_without_its_signers_certificate_is_unreadable(pki: ExamplePki) -> None:
    key = pki.tsa.key
    bare = TokenSigner((pki.tsa.certificate,), key).token(INFO, with_certificates=False)
    with pytest.raises(InvalidInputError, match="timestamp-unreadable"):
        read_timestamp(bare)


@given(st.binary(max_size=100) | st.sampled_from([TOKEN[:-1], TOKEN + b"\x00", INFO]))
def test_garbage_is_a_named_error(garbage: bytes) -> None:
    with pytest.raises(InvalidInputError, match="timestamp-unreadable"):
        read_timestamp(garbage)


@WARNS
@given(st.integers(0, len(TOKEN) - 1), st.integers(0, 255))
def test_a_damaged_token_never_says_anything_else(position: int, octet: int) -> None:
    damaged = TOKEN[:position] + bytes([octet]) + TOKEN[position + 1 :]
    try:
        told = read_timestamp(damaged)
    except (InvalidInputError, IntegrityError):
        return
    assert statement(told) == statement(read_timestamp(TOKEN))


def statement(stamp: TimestampToken) -> tuple[object, ...]:
    """What the signature protects: certificates besides the signer's travel along unsigned."""
    return (stamp.time, stamp.digest_algorithm, stamp.imprint, stamp.nonce, stamp.policy, stamp.serial, stamp.signer)
