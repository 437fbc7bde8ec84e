"""The secret octets of a key pair: 32 for an elliptic curve, PKCS#8 for RSA."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_der_private_key

from signing_service.ports import KeyAlgorithm

PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey | rsa.RSAPrivateKey

_LENGTH: Final = 32
_RSA_BITS: Final = 3072
_RSA_EXPONENT: Final = 65537
_RSA = frozenset({KeyAlgorithm.RSA_3072_PKCS1, KeyAlgorithm.RSA_3072_PSS})


def generate(algorithm: KeyAlgorithm) -> PrivateKey:
    """A fresh key pair."""
    if algorithm is KeyAlgorithm.ED25519:
        return Ed25519PrivateKey.generate()
    if algorithm in _RSA:
        return rsa.generate_private_key(_RSA_EXPONENT, _RSA_BITS)
    return ec.generate_private_key(ec.SECP256R1())


def to_octets(private: PrivateKey) -> bytes:
    """The P-256 scalar, big-endian; the Ed25519 seed; or the RSA key as DER PrivateKeyInfo (RFC 5958)."""
    if isinstance(private, Ed25519PrivateKey):
        return private.private_bytes_raw()
    if isinstance(private, rsa.RSAPrivateKey):
        return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return private.private_numbers().private_value.to_bytes(_LENGTH, "big")


def from_octets(algorithm: KeyAlgorithm, octets: bytes) -> PrivateKey:
    """What `to_octets` took apart.

    Raises:
        ValueError: not the octets of such a key.
    """
    if algorithm is KeyAlgorithm.ED25519:
        return Ed25519PrivateKey.from_private_bytes(octets)
    if algorithm in _RSA:
        # Both seals authenticate the octets, so the primes need not be proven anew: that would cost 80 ms at every opening.
        private = load_der_private_key(octets, password=None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(private, rsa.RSAPrivateKey) or private.key_size != _RSA_BITS:
            raise ValueError(algorithm)
        return private
    return ec.derive_private_key(int.from_bytes(octets, "big"), ec.SECP256R1())


def public_der(private: PrivateKey) -> bytes:
    """SubjectPublicKeyInfo of the matching public key."""
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
