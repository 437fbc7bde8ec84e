import copy
import pickle

import pytest

from signing_service.custody.cabinet import Custody
from signing_service.custody.opened import OpenedKey
from signing_service.custody.pin import LONGEST_PIN, SHORTEST_PIN, Pin
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ports import KeyPurpose, SigningKey

SEAL = KeyPurpose.ORGANISATION_SEAL


@pytest.fixture
def escaped(custody: Custody) -> SigningKey:
    with custody.open(custody.create("TH-0001", SEAL, pin=None), pin=None) as key:
        return key


def test_a_closed_key_signs_no_more(escaped: SigningKey) -> None:
    with pytest.raises(RefusedError, match="key-closed"):
        escaped.sign(b"message", purpose=SEAL)


def test_a_key_closes_when_the_block_fails(custody: Custody) -> None:
    kept: list[SigningKey] = []
    sealed = custody.create("TH-0001", SEAL, pin=None)

    def fail() -> None:
        with custody.open(sealed, pin=None) as key:
            kept.append(key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(RefusedError, match="key-closed"):
        kept[0].sign(b"message", purpose=SEAL)


@pytest.mark.parametrize("other", [purpose for purpose in KeyPurpose if purpose is not SEAL])
def test_a_key_refuses_every_other_purpose(custody: Custody, other: KeyPurpose) -> None:
    with (
        custody.open(custody.create("TH-0001", SEAL, pin=None), pin=None) as key,
        pytest.raises(RefusedError, match="key-purpose-mismatch"),
    ):
        key.sign(b"message", purpose=other)


def test_an_opened_key_cannot_be_carried_away(custody: Custody) -> None:
    with custody.open(custody.create("TH-0001", SEAL, pin=None), pin=None) as key:
        for carry in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(RefusedError, match="secret-not-copyable"):
                carry(key)
        assert isinstance(key, OpenedKey)
        assert not hasattr(key, "__dict__")
        assert repr(key) == f"OpenedKey({key.key_id}, {SEAL})"


def test_a_pin_cannot_be_printed_or_carried_away() -> None:
    pin = Pin("bi-mat-cua-toi")
    assert "bi-mat" not in f"{pin!r} {pin!s} {pin}"
    assert not hasattr(pin, "__dict__")
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(RefusedError, match="secret-not-copyable"):
            carry(pin)


@pytest.mark.parametrize("text", ["", "1234567", "1" * (LONGEST_PIN + 1)])
def test_a_pin_has_eight_characters_or_more(text: str) -> None:
    with pytest.raises(InvalidInputError, match="pin-length") as refusal:
        Pin(text)
    assert not text or text not in str(refusal.value)
    assert str(SHORTEST_PIN) in refusal.value.vi
