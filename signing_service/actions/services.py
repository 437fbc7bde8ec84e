"""What the use cases ask of the rest of the world, each protocol sized to what is called."""

from contextlib import AbstractContextManager
from typing import Protocol

from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose, PublicKey, SigningKey
from signing_service.verification.report import VerificationReport


class SigningSecret(Protocol):
    """What a person proves presence with (a PIN); it hides itself when printed."""


class KeyCabinet(Protocol):
    """Opens private keys for the length of one `with` block."""

    def open(self, owner: str, secret: SigningSecret | None, *, key: KeyId | None = None) -> AbstractContextManager[SigningKey]:
        """The owner's key `key`, as its certificate names it; None: the newest.

        A new key is made before its certificate, so the newest key and the newest certificate need not belong together.

        Raises:
            RefusedError: no key (`key-unknown`), wrong PIN (`wrong-pin`) or locked (`key-locked`).
        """
        ...


class KeyMaker(KeyCabinet, Protocol):
    """Makes private keys as well."""

    def create(
        self, owner: str, purpose: KeyPurpose, secret: SigningSecret | None, algorithm: KeyAlgorithm = KeyAlgorithm.P_256
    ) -> tuple[KeyId, PublicKey]:
        """Make and store a sealed key; it becomes the owner's current one.

        Raises:
            InvalidInputError: a person's key without a PIN of at least eight characters.
        """
        ...

    def exists(self, owner: str) -> bool:
        """Whether the owner has a key."""
        ...


class Timestamper(Protocol):
    """A time-stamp authority (RFC 3161)."""

    def token(self, message_imprint_sha256: bytes) -> bytes:
        """A DER time-stamp token over a SHA-256 imprint.

        Raises:
            UnavailableError: the authority does not answer (`timestamp-unavailable`).
        """
        ...


class RevocationAnswers(Protocol):
    """Fresh answers about certificates: OCSP for people and seals, CRLs for authorities."""

    def ocsp(self, certificate: bytes) -> bytes:
        """A DER OCSP response about a certificate, made now.

        Raises:
            UnavailableError: the responder does not answer (`revocation-unavailable`).
        """
        ...

    def crls(self) -> tuple[bytes, ...]:
        """The current DER CRLs of every authority.

        Raises:
            UnavailableError: a CRL cannot be had (`revocation-unavailable`).
        """
        ...

    def chain(self) -> tuple[bytes, ...]:
        """DER certificates of the authorities that signers and the time-stamp authority chain to, issuer first, root last."""
        ...

    def supporting_certificates(self) -> tuple[bytes, ...]:
        """Every further certificate a validator needs: of the time-stamp authority and of the OCSP responder."""
        ...


class Verifier(Protocol):
    """Judges a file from its bytes alone."""

    def __call__(self, pdf: bytes, *, name: str, evidence: bytes | None) -> VerificationReport:
        """The report of `pdf` now."""
        ...
