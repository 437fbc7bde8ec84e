"""What the rest of the house may ask of a private key: one protocol for people, seals, authorities and the log."""

from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing_service.ids import KeyId

PublicKey = EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey


class KeyAlgorithm(StrEnum):
    """The kinds of key that the service makes; the value stands in `keys/profiles`. An RSA key is bound to one padding for life."""

    P_256 = "P-256"
    ED25519 = "Ed25519"
    RSA_3072_PKCS1 = "RSA-3072-PKCS1"
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)."""
    RSA_3072_PSS = "RSA-3072-PSS"
    """RSASSA-PSS with SHA-256, MGF1 over SHA-256 and a salt of 32 octets (RFC 8017, 8.1; RFC 4056)."""


class KeyPurpose(StrEnum):
    """The single use a key is born for; it refuses every other."""

    PERSON_SIGNATURE = "person-signature"
    ORGANISATION_SEAL = "organisation-seal"
    ROOT_CA = "root-ca"
    ISSUING_CA = "issuing-ca"
    OCSP_RESPONDER = "ocsp-responder"
    TIMESTAMPING = "timestamping"
    TRANSPARENCY_LOG = "transparency-log"


class SigningKey(Protocol):
    """A private key that can be used but not read.

    Implementations are thread-safe. P-256 keys answer ECDSA with SHA-256 as a DER `Ecdsa-Sig-Value`, Ed25519 keys 64 raw bytes, RSA-3072
    keys 384 bytes in the padding of their `KeyAlgorithm`.
    """

    @property
    def key_id(self) -> KeyId:
        """Stable identifier of the key pair."""
        ...

    @property
    def purpose(self) -> KeyPurpose:
        """The only purpose `sign` accepts."""
        ...

    @property
    def public_key(self) -> PublicKey:
        """The matching public key."""
        ...

    def sign(self, message: bytes, *, purpose: KeyPurpose) -> bytes:
        """Sign the whole `message` (it is hashed inside).

        Raises:
            RefusedError: `purpose` is not this key's purpose (`key-purpose-mismatch`), or the key is closed (`key-closed`).
        """
        ...
