"""Making private keys, sealing them twice, and opening them for the length of one `with` block."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from signing_service.clock import Clock
from signing_service.custody.attempts import MOST_ATTEMPTS, AttemptLedger
from signing_service.custody.hardening import Argon2Parameters, PinHardening
from signing_service.custody.material import PrivateKey, from_octets, generate, public_der, to_octets
from signing_service.custody.opened import OpenedKey
from signing_service.custody.pin import Pin
from signing_service.custody.sealed import SealedKey
from signing_service.custody.server_secret import ServerSecret, seal_broken
from signing_service.errors import RefusedError
from signing_service.ids import new_key_id
from signing_service.ports import KeyAlgorithm, KeyPurpose, SigningKey

_NONCE_LENGTH = 12


class Custody:
    """Every private key of the service passes through here and nowhere else. Thread-safe where its ledger and secret are."""

    def __init__(self, secret: ServerSecret, attempts: AttemptLedger, clock: Clock, *, hardening: Argon2Parameters | None = None) -> None:
        """Take the server secret, the durable counter, the clock, and the cost of a PIN guess for keys made from now on."""
        self._secret = secret
        self._attempts = attempts
        self._clock = clock
        self._hardening = hardening or Argon2Parameters()

    def create(
        self,
        owner: str,
        purpose: KeyPurpose,
        *,
        pin: Pin | None,
        algorithm: KeyAlgorithm = KeyAlgorithm.P_256,
        version: int = 1,
    ) -> SealedKey:
        """A fresh key of `owner` for `purpose`, already sealed; `version` counts the owner's keys for it.

        Raises:
            RefusedError: a person's key without a PIN (`pin-required`).
        """
        if pin is None and purpose is KeyPurpose.PERSON_SIGNATURE:
            raise _pin_required()
        private = generate(algorithm)
        unsealed = SealedKey(
            key_id=new_key_id(),
            owner=owner,
            purpose=purpose,
            version=version,
            algorithm=algorithm,
            public_key_der=public_der(private),
            created_at=self._clock.now().replace(microsecond=0),
            hardening=None if pin is None else PinHardening.fresh(self._hardening),
            envelope=b"",
        )
        context = unsealed.context()
        octets = to_octets(private)
        if pin is not None and unsealed.hardening is not None:
            nonce = secrets.token_bytes(_NONCE_LENGTH)
            octets = nonce + AESGCM(unsealed.hardening.key(pin)).encrypt(nonce, octets, context)
        return unsealed.with_envelope(self._secret.seal(octets, context))

    @contextmanager
    def open(self, sealed: SealedKey, *, pin: Pin | None) -> Iterator[SigningKey]:
        """The key, ready to sign until the block ends.

        Where a PIN is needed, the attempt is counted and committed before anything is tried, so that no crash gives a guess for free.

        Raises:
            RefusedError: `pin-required`, `pin-not-used` (the key has none), `wrong-pin` with the tries that remain, or `key-locked`.
            IntegrityError: the seal or what it is bound to was changed (`key-seal-broken`).
            UnavailableError: the server secret of that version is not here (`server-secret-version`).
        """
        if sealed.purpose is KeyPurpose.PERSON_SIGNATURE and sealed.hardening is None:
            raise seal_broken()
        private = self._without_pin(sealed) if pin is None else self._with_pin(sealed, pin)
        opened = OpenedKey(sealed.key_id, sealed.purpose, sealed.algorithm, private)
        try:
            yield opened
        finally:
            opened.close()

    def rewrap(self, sealed: SealedKey) -> SealedKey:
        """The same key under the server secret's current version; nobody's PIN is needed.

        Raises:
            IntegrityError: the seal was changed (`key-seal-broken`).
            UnavailableError: the version that sealed it is not here (`server-secret-version`).
        """
        context = sealed.context()
        return sealed.with_envelope(self._secret.seal(self._secret.unseal(sealed.envelope, context), context))

    def _without_pin(self, sealed: SealedKey) -> PrivateKey:
        if sealed.hardening is not None:
            raise _pin_required()
        return _checked(sealed, self._secret.unseal(sealed.envelope, sealed.context()))

    def _with_pin(self, sealed: SealedKey, pin: Pin) -> PrivateKey:
        if sealed.hardening is None:
            raise RefusedError(
                "pin-not-used",
                vi="Khóa này không có mã PIN.",
                en="This key has no PIN.",
            )
        attempts = self._attempts.begin(sealed.key_id)
        if attempts > MOST_ATTEMPTS:
            raise _locked()
        # The outer seal comes first: it authenticates the argon2id cost before that much memory is spent on it.
        inner = self._secret.unseal(sealed.envelope, sealed.context())
        try:
            octets = AESGCM(sealed.hardening.key(pin)).decrypt(inner[:_NONCE_LENGTH], inner[_NONCE_LENGTH:], sealed.context())
        except InvalidTag:
            raise _wrong_pin(MOST_ATTEMPTS - attempts) from None
        private = _checked(sealed, octets)
        self._attempts.succeeded(sealed.key_id)
        return private


def _checked(sealed: SealedKey, octets: bytes) -> PrivateKey:
    try:
        private = from_octets(sealed.algorithm, octets)
    except ValueError:
        raise seal_broken() from None
    if public_der(private) != sealed.public_key_der:
        raise seal_broken()
    return private


def _pin_required() -> RefusedError:
    return RefusedError(
        "pin-required",
        vi="Khóa này chỉ được tạo và mở bằng mã PIN của chủ khóa.",
        en="This key is made and opened only with its owner's PIN.",
    )


def _wrong_pin(remaining: int) -> RefusedError:
    return RefusedError(
        "wrong-pin",
        vi=f"Mã PIN không đúng; còn {remaining} lần thử trước khi khóa bị chặn.",
        en=f"Wrong PIN; {remaining} tries remain before the key is locked.",
    )


def _locked() -> RefusedError:
    return RefusedError(
        "key-locked",
        vi="Khóa đã bị chặn sau nhiều lần sai mã PIN; chủ khóa cần được cấp khóa và chứng thư mới.",
        en="The key is locked after too many wrong PINs; its owner needs a new key and certificate.",
    )
