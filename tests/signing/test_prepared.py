"""What is prepared can be signed once, stored, and embedded as often as a crash asks for; whoever touches it is found out."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing_service.errors import IntegrityError, RefusedError, SigningServiceError, UnavailableError
from signing_service.ids import sha256_of
from signing_service.ports import KeyPurpose
from signing_service.signing.embed import embed
from signing_service.signing.prepare import prepare
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.sign import SignatureValue, sign_prepared
from signing_service.workflow.case import SigningRole
from tests.pki_factory import EphemeralKey, ephemeral_key
from tests.signing.case import ROLES, SigningCase

TEACHER = SigningRole.HOMEROOM_TEACHER


@pytest.fixture
def prepared(case: SigningCase, unsigned: bytes) -> PreparedSignature:
    return prepare(case.request(unsigned, TEACHER))


@pytest.fixture(scope="module")
def stored(case: SigningCase, unsigned: bytes) -> tuple[bytes, SignatureValue, bytes]:
    """A prepared signature as stored, its value, and its time-stamp."""
    prepared = prepare(case.request(unsigned, TEACHER))
    value = sign_prepared(prepared, case.pki.homeroom.key)
    return prepared.to_bytes(), value, case.pki.timestamper.token(value.message_imprint)


@pytest.mark.parametrize("role", ROLES)
def test_the_same_request_prepares_the_same_bytes(case: SigningCase, heads: tuple[bytes, ...], role: SigningRole) -> None:
    request = case.request(heads[ROLES.index(role)], role)
    assert prepare(request).to_bytes() == prepare(request).to_bytes()


def test_it_survives_being_stored(prepared: PreparedSignature) -> None:
    again = PreparedSignature.from_bytes(prepared.to_bytes())
    assert again == prepared
    assert again.to_bytes() == prepared.to_bytes()


def test_a_crash_after_signing_is_finished_from_what_was_stored(stored: tuple[bytes, SignatureValue, bytes], unsigned: bytes) -> None:
    data, value, token = stored
    once = embed(PreparedSignature.from_bytes(data), unsigned, SignatureValue.from_bytes(value.to_bytes()), token)
    assert once.startswith(unsigned)
    assert embed(PreparedSignature.from_bytes(data), unsigned, value, token) == once


def test_it_signs_once(case: SigningCase, prepared: PreparedSignature) -> None:
    sign_prepared(prepared, case.pki.homeroom.key)
    with pytest.raises(RefusedError, match="prepared-used"):
        sign_prepared(prepared, case.pki.homeroom.key)


def test_two_threads_make_one_signature(case: SigningCase, prepared: PreparedSignature) -> None:
    outcomes: list[str] = []

    def sign() -> None:
        try:
            sign_prepared(prepared, case.pki.homeroom.key)
            outcomes.append("signed")
        except RefusedError as refusal:
            outcomes.append(refusal.code)

    threads = [Thread(target=sign) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["prepared-used"] * 7 + ["signed"]


def test_what_lay_in_a_store_is_never_shown_to_a_key(case: SigningCase, prepared: PreparedSignature) -> None:
    with pytest.raises(RefusedError, match="prepared-used"):
        sign_prepared(PreparedSignature.from_bytes(prepared.to_bytes()), case.pki.homeroom.key)


def test_another_key_does_not_sign_it(case: SigningCase, prepared: PreparedSignature) -> None:
    with pytest.raises(RefusedError, match="key-certificate-mismatch"):
        sign_prepared(prepared, case.pki.principal.key)
    with pytest.raises(RefusedError, match="key-certificate-mismatch"):
        sign_prepared(prepared, ephemeral_key(KeyPurpose.PERSON_SIGNATURE))


class ClosedKey(EphemeralKey):
    """The teacher's key after its block has ended."""

    def __init__(self, like: EphemeralKey) -> None:
        super().__init__(like.purpose, like._private)

    def sign(self, message: bytes, *, purpose: KeyPurpose) -> bytes:
        assert message
        raise RefusedError("key-closed", vi=f"Khóa đã đóng ({purpose}).", en="The key is closed.")


class LyingKey(ClosedKey):
    """A token that answers with a signature over something else."""

    def sign(self, message: bytes, *, purpose: KeyPurpose) -> bytes:
        return EphemeralKey.sign(self, message + b"!", purpose=purpose)


def test_a_refusal_of_the_key_does_not_use_it_up(case: SigningCase, prepared: PreparedSignature) -> None:
    key = case.pki.homeroom.key
    assert isinstance(key, EphemeralKey)
    with pytest.raises(RefusedError, match="key-closed"):
        sign_prepared(prepared, ClosedKey(key))
    with pytest.raises(IntegrityError, match="signature-invalid"):
        sign_prepared(prepared, LyingKey(key))
    assert sign_prepared(prepared, key).octets


def test_a_key_born_for_another_purpose_does_not_sign_it(case: SigningCase, prepared: PreparedSignature) -> None:
    key = case.pki.homeroom.key
    assert isinstance(key, EphemeralKey)
    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        sign_prepared(prepared, EphemeralKey(KeyPurpose.ORGANISATION_SEAL, key._private))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_in_the_store_is_found_out(stored: tuple[bytes, SignatureValue, bytes], data: st.DataObject) -> None:
    whole = stored[0]
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError, match="prepared-tampered"):
        PreparedSignature.from_bytes(bytes(changed))


def forged(stored: bytes, **changes: object) -> bytes:
    """What somebody would store who can compute a SHA-256 as well."""
    line, _, body = stored.partition(b"\n")
    forged_body = json.dumps(json.loads(body) | changes).encode()
    name, _, _ = line.partition(b" ")
    return name + b" " + sha256_of(forged_body).encode() + b"\n" + forged_body


def test_parts_that_contradict_each_other_are_found_out_even_with_a_right_checksum(
    stored: tuple[bytes, SignatureValue, bytes], case: SigningCase, unsigned: bytes
) -> None:
    data, value, token = stored
    other = base64.b64encode(case.pki.principal.certificate).decode()
    for changes in ({"certificate": other}, {"digest": base64.b64encode(bytes(32)).decode()}, {"byte_range": [0, 1, 2, 3]}, {"field": "X"}):
        with pytest.raises(IntegrityError, match="prepared-tampered"):
            PreparedSignature.from_bytes(forged(data, **changes))
    appended = bytearray(base64.b64decode(json.loads(data.partition(b"\n")[2])["appended"]))
    appended[10] ^= 1
    readable = PreparedSignature.from_bytes(forged(data, appended=base64.b64encode(appended).decode()))
    with pytest.raises(IntegrityError, match="prepared-tampered"):
        embed(readable, unsigned, value, token)


def test_only_the_file_it_was_prepared_for_takes_the_signature(
    stored: tuple[bytes, SignatureValue, bytes], heads: tuple[bytes, ...]
) -> None:
    data, value, token = stored
    with pytest.raises(IntegrityError, match="base-differs"):
        embed(PreparedSignature.from_bytes(data), heads[1], value, token)


def test_only_its_own_value_and_time_stamp_are_embedded(
    stored: tuple[bytes, SignatureValue, bytes], case: SigningCase, unsigned: bytes
) -> None:
    data, value, token = stored
    prepared = PreparedSignature.from_bytes(data)
    another = prepare(case.request(unsigned, TEACHER, moment=prepared.prepared_at + timedelta(minutes=1)))
    elsewhere = sign_prepared(another, case.pki.homeroom.key)
    for bad_value, bad_token, code in (
        (elsewhere, token, "signature-invalid"),
        (SignatureValue(b""), token, "signature-invalid"),
        (value, case.pki.timestamper.token(elsewhere.message_imprint), "timestamp-mismatch"),
        (value, b"", "timestamp-unreadable"),
    ):
        with pytest.raises(SigningServiceError, match=code):
            embed(prepared, unsigned, bad_value, bad_token)


def test_a_signature_too_large_for_its_room_waits_and_is_not_cut(case: SigningCase, unsigned: bytes) -> None:
    prepared = prepare(replace(case.request(unsigned, TEACHER), cms_capacity=1024))
    value = sign_prepared(prepared, case.pki.homeroom.key)
    with pytest.raises(UnavailableError, match="signature-too-large"):
        embed(prepared, unsigned, value, case.pki.timestamper.token(value.message_imprint))
