"""Whether a signature over bytes is right, for the algorithms of certificates, CRLs, OCSP answers and time-stamps."""

from dataclasses import dataclass

from asn1crypto import algos
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """One of the schemes checked here: ecdsa, ed25519, rsassa_pkcs1v15 or rsassa_pss; the digest is None for Ed25519 only."""

    scheme: str
    digest: str | None
    salt_length: int = 0


def read_signature_algorithm(identifier: bytes, *, digest: str | None = None) -> SignatureAlgorithm:
    """Read a DER AlgorithmIdentifier; `digest` fills in where it names none (rsaEncryption in a CMS SignerInfo, RFC 5652, 5.3).

    Raises:
        ValueError: not an AlgorithmIdentifier, or one without a meaning here.
    """
    named = algos.SignedDigestAlgorithm.load(identifier, strict=True)
    scheme: str = named.signature_algo
    if scheme == "ed25519":
        return SignatureAlgorithm(scheme, None)
    salt_length: int = named["parameters"]["salt_length"].native if scheme == "rsassa_pss" else 0
    try:
        named_digest: str = named.hash_algo
    except ValueError:
        if digest is None:
            raise
        named_digest = digest
    return SignatureAlgorithm(scheme, named_digest, salt_length)


def signature_is_good(key: CertificatePublicKeyTypes, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` is right. A scheme or digest (SHA-1 included) outside the known ones is answered with False."""
    try:
        _verify(key, algorithm, signature, message)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _verify(key: CertificatePublicKeyTypes, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey) and algorithm.scheme == "ed25519":
        key.verify(signature, message)
        return
    if algorithm.digest not in _HASHES:
        raise InvalidSignature
    digest = _HASHES[algorithm.digest]
    match key, algorithm.scheme:
        case ec.EllipticCurvePublicKey(), "ecdsa":
            key.verify(signature, message, ec.ECDSA(digest))
        case rsa.RSAPublicKey(), "rsassa_pkcs1v15":
            key.verify(signature, message, padding.PKCS1v15(), digest)
        case rsa.RSAPublicKey(), "rsassa_pss":
            key.verify(signature, message, padding.PSS(padding.MGF1(digest), algorithm.salt_length), digest)
        case _:
            raise InvalidSignature
