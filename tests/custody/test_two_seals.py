"""What each thief gets (decision 4): nothing, unless he has the database, the server secret and the PIN."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from signing_service.clock import SystemClock
from signing_service.custody.cabinet import Custody
from signing_service.custody.file_secret import FileServerSecret
from signing_service.custody.hardening import Argon2Parameters
from signing_service.custody.material import generate, public_der, to_octets
from signing_service.custody.opened import OpenedKey
from signing_service.custody.pin import Pin
from signing_service.custody.sealed import SealedKey
from signing_service.errors import IntegrityError, RefusedError, UnavailableError
from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose
from signing_service.trust.signatures import SignatureAlgorithm, signature_is_good
from tests.custody.ledger import MemoryLedger

PIN = "mật khẩu thử"
PERSON, SEAL = KeyPurpose.PERSON_SIGNATURE, KeyPurpose.ORGANISATION_SEAL


def person_key(custody: Custody) -> SealedKey:
    return custody.create("GV-0001", PERSON, pin=Pin(PIN))


def open_and_close(custody: Custody, sealed: SealedKey, pin: str | None = PIN) -> None:
    with custody.open(sealed, pin=None if pin is None else Pin(pin)):
        pass


def test_a_key_signs_what_its_public_key_verifies(custody: Custody) -> None:
    sealed = person_key(custody)
    with custody.open(sealed, pin=Pin(PIN)) as key:
        signature = key.sign(b"message", purpose=PERSON)
    public = load_der_public_key(sealed.public_key_der)
    assert isinstance(public, EllipticCurvePublicKey)
    public.verify(signature, b"message", ECDSA(hashes.SHA256()))


@pytest.mark.parametrize(
    ("algorithm", "scheme"),
    [(KeyAlgorithm.RSA_3072_PKCS1, "rsassa_pkcs1v15"), (KeyAlgorithm.RSA_3072_PSS, "rsassa_pss")],
)
def test_an_rsa_key_comes_out_of_its_seals_and_signs_in_the_padding_it_was_born_for(
    custody: Custody, algorithm: KeyAlgorithm, scheme: str
) -> None:
    sealed = custody.create("TH-0001", SEAL, pin=None, algorithm=algorithm)
    with custody.open(SealedKey.from_bytes(sealed.to_bytes()), pin=None) as key:
        signature = key.sign(b"message", purpose=SEAL)
        assert isinstance(key.public_key, RSAPublicKey)
        assert key.public_key.key_size == 3072
        for other in ("rsassa_pkcs1v15", "rsassa_pss"):
            good = signature_is_good(key.public_key, SignatureAlgorithm(other, "sha256", 32), signature, b"message")
            assert good is (other == scheme)


def test_the_log_key_is_ed25519(custody: Custody) -> None:
    sealed = custody.create("log", KeyPurpose.TRANSPARENCY_LOG, pin=None, algorithm=KeyAlgorithm.ED25519)
    with custody.open(sealed, pin=None) as key:
        signature = key.sign(b"message", purpose=KeyPurpose.TRANSPARENCY_LOG)
    public = load_der_public_key(sealed.public_key_der)
    assert isinstance(public, Ed25519PublicKey)
    public.verify(signature, b"message")


def test_the_same_pin_typed_on_another_keyboard_opens(custody: Custody) -> None:
    sealed = custody.create("GV-0001", PERSON, pin=Pin("mật khẩu thử"))
    open_and_close(custody, sealed, "mật khẩu thử")


@pytest.mark.parametrize("pin", [PIN, None])
def test_database_and_store_without_the_server_secret_open_nothing(custody: Custody, tmp_path: Path, pin: str | None) -> None:
    sealed = custody.create("TH-0001", SEAL, pin=None if pin is None else Pin(pin))
    thief = Custody(FileServerSecret.create(tmp_path / "thief"), MemoryLedger(), SystemClock())
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(thief, sealed, pin)


def test_the_server_secret_without_the_pin_opens_nothing(custody: Custody, secret: FileServerSecret) -> None:
    sealed = person_key(custody)
    with pytest.raises(RefusedError, match="pin-required"):
        open_and_close(custody, sealed, None)
    inner = secret.unseal(sealed.envelope, sealed.context())
    with custody.open(sealed, pin=Pin(PIN)) as key:
        assert isinstance(key, OpenedKey)
        assert key._private is not None
        octets = to_octets(key._private)
    assert octets not in inner
    assert octets not in sealed.to_bytes()
    with pytest.raises(RefusedError, match="wrong-pin"):
        open_and_close(custody, sealed, "87654321")


def test_a_person_cannot_have_a_key_without_a_pin(custody: Custody) -> None:
    with pytest.raises(RefusedError, match="pin-required"):
        custody.create("GV-0001", PERSON, pin=None)


CHANGES: dict[str, Callable[[SealedKey], object]] = {
    "key_id": lambda _: KeyId("another"),
    "owner": lambda _: "GV-0002",
    "purpose": lambda _: SEAL,
    "version": lambda sealed: sealed.version + 1,
    "algorithm": lambda _: KeyAlgorithm.ED25519,
    "created_at": lambda sealed: sealed.created_at - timedelta(days=1),
    "public_key_der": lambda sealed: sealed.public_key_der[:-1] + bytes([sealed.public_key_der[-1] ^ 1]),
    "hardening": lambda sealed: sealed.hardening and replace(sealed.hardening, salt=bytes(16)),
    "envelope": lambda sealed: sealed.envelope[:-1] + bytes([sealed.envelope[-1] ^ 1]),
}


def _changed(sealed: SealedKey, field: str) -> SealedKey:
    change: dict[str, Any] = {field: CHANGES[field](sealed)}
    return replace(sealed, **change)


@pytest.mark.parametrize("field", CHANGES)
def test_a_tampered_key_opens_nothing_even_with_the_pin(custody: Custody, field: str) -> None:
    sealed = person_key(custody)
    tampered = _changed(sealed, field)
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(custody, tampered)
    open_and_close(custody, sealed)


@pytest.mark.parametrize("field", sorted(set(CHANGES) - {"envelope"}))
def test_who_holds_the_server_secret_still_cannot_give_a_key_to_another(custody: Custody, secret: FileServerSecret, field: str) -> None:
    sealed = person_key(custody)
    inner = secret.unseal(sealed.envelope, sealed.context())
    tampered = _changed(sealed, field)
    resealed = tampered.with_envelope(secret.seal(inner, tampered.context()))
    with pytest.raises(RefusedError, match="wrong-pin"):
        open_and_close(custody, resealed)


def test_a_stolen_row_cannot_drop_the_pin(custody: Custody) -> None:
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(custody, replace(person_key(custody), hardening=None), None)


def test_who_holds_the_server_secret_cannot_plant_a_persons_key_without_a_pin(custody: Custody, secret: FileServerSecret) -> None:
    planted = replace(custody.create("TH-0001", SEAL, pin=None), owner="GV-0001", purpose=PERSON)
    octets = to_octets(generate(KeyAlgorithm.P_256))
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(custody, planted.with_envelope(secret.seal(octets, planted.context())), None)
    own = generate(KeyAlgorithm.P_256)
    whole = replace(planted, public_key_der=public_der(own))
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(custody, whole.with_envelope(secret.seal(to_octets(own), whole.context())), None)


def test_a_forged_cost_is_found_before_memory_is_spent_on_it(custody: Custody) -> None:
    sealed = person_key(custody)
    assert sealed.hardening is not None
    greedy = replace(sealed.hardening, parameters=Argon2Parameters(memory_kib=2**31, iterations=1))
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        open_and_close(custody, replace(sealed, hardening=greedy))


def test_two_keys_share_nothing_visible(custody: Custody) -> None:
    one, two = person_key(custody), person_key(custody)
    assert one.hardening is not None
    assert two.hardening is not None
    assert one.hardening.salt != two.hardening.salt
    assert one.key_id != two.key_id
    with pytest.raises(IntegrityError):
        open_and_close(custody, one.with_envelope(two.envelope))


def test_the_secret_rotates_without_anybodys_pin(custody: Custody, secret: FileServerSecret) -> None:
    sealed = person_key(custody)
    secret.rotate()
    renewed = custody.rewrap(sealed)
    assert replace(renewed, envelope=b"") == replace(sealed, envelope=b"")
    open_and_close(custody, sealed)
    secret.retire()
    open_and_close(custody, renewed)
    with pytest.raises(UnavailableError, match="server-secret-version"):
        open_and_close(custody, sealed)


def test_the_default_cost_is_what_security_promises() -> None:
    assert Argon2Parameters() == Argon2Parameters(memory_kib=64 * 1024, iterations=3, lanes=1)
