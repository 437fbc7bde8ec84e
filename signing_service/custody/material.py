"""The secret octets of a key pair: 32 in either algorithm."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from signing_service.custody.sealed import KeyAlgorithm

PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey

_LENGTH = 32


def generate(algorithm: KeyAlgorithm) -> PrivateKey:
    """A fresh key pair."""
    if algorithm is KeyAlgorithm.ED25519:
        return Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP256R1())


def to_octets(private: PrivateKey) -> bytes:
    """The P-256 scalar, big-endian, or the Ed25519 seed."""
    if isinstance(private, Ed25519PrivateKey):
        return private.private_bytes_raw()
    return private.private_numbers().private_value.to_bytes(_LENGTH, "big")


def from_octets(algorithm: KeyAlgorithm, octets: bytes) -> PrivateKey:
    """What `to_octets` took apart.

    Raises:
        ValueError: not the octets of such a key.
    """
    if algorithm is KeyAlgorithm.ED25519:
        return Ed25519PrivateKey.from_private_bytes(octets)
    return ec.derive_private_key(int.from_bytes(octets, "big"), ec.SECP256R1())


def public_der(private: PrivateKey) -> bytes:
    """SubjectPublicKeyInfo of the matching public key."""
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
