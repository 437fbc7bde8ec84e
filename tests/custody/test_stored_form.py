from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.custody.hardening import Argon2Parameters, PinHardening
from signing_service.custody.sealed import SealedKey
from signing_service.errors import IntegrityError
from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HARDENINGS = st.builds(
    PinHardening,
    st.builds(Argon2Parameters, st.integers(1, 99), st.integers(1, 9), st.integers(1, 4)),
    st.binary(min_size=16, max_size=16),
)
SEALED_KEYS = st.builds(
    SealedKey,
    key_id=TEXT.map(KeyId),
    owner=TEXT,
    purpose=st.sampled_from(KeyPurpose),
    version=st.integers(1, 99),
    algorithm=st.sampled_from(KeyAlgorithm),
    public_key_der=st.binary(max_size=20),
    created_at=st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 hypothesis adds the zone
    hardening=st.none() | HARDENINGS,
    envelope=st.binary(max_size=20),
)


@given(SEALED_KEYS)
def test_what_is_stored_comes_back(sealed: SealedKey) -> None:
    assert SealedKey.from_bytes(sealed.to_bytes()) == sealed


@given(SEALED_KEYS, SEALED_KEYS)
def test_different_keys_never_share_a_context(one: SealedKey, two: SealedKey) -> None:
    same = replace(one, envelope=b"") == replace(two, envelope=b"")
    assert (one.context() == two.context()) == same


@given(TEXT, TEXT, TEXT, TEXT)
def test_neighbouring_fields_cannot_be_shifted_into_each_other(key_id: str, owner: str, other_id: str, other_owner: str) -> None:
    base = SealedKey(
        key_id=KeyId(key_id),
        owner=owner,
        purpose=KeyPurpose.ORGANISATION_SEAL,
        version=1,
        algorithm=KeyAlgorithm.P_256,
        public_key_der=b"",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        hardening=None,
        envelope=b"",
    )
    other = replace(base, key_id=KeyId(other_id), owner=other_owner)
    assert (base.context() == other.context()) == ((key_id, owner) == (other_id, other_owner))


@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b"null", b'{"format": "signing-service/sealed-key/1"}', b'{"format": 7}']))
def test_anything_else_is_a_named_error(stored: bytes) -> None:
    with pytest.raises(IntegrityError, match="sealed-key-unreadable"):
        SealedKey.from_bytes(stored)
