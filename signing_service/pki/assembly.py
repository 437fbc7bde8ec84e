"""Signing an already encoded to-be-signed structure with a key that can only be used, not read."""

from asn1crypto import core, parser
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from signing_service.errors import RefusedError
from signing_service.ports import KeyAlgorithm, KeyPurpose, SigningKey

_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
"""AlgorithmIdentifier, parameters absent (RFC 5758, 3.2)."""

_RSA_BITS, _RSA_EXPONENT = 3072, 65537
_UNIVERSAL, _CONSTRUCTED, _SEQUENCE = 0, 1, 16


def require_p256(key: CertificatePublicKeyTypes) -> EllipticCurvePublicKey:
    """The key itself, if it is of the one kind this PKI certifies.

    Raises:
        RefusedError: any other kind of key (`certificate-key-algorithm`).
    """
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    raise RefusedError(
        "certificate-key-algorithm",
        vi="Chỉ cấp chứng thư cho khóa P-256.",
        en="Certificates are issued for P-256 keys only.",
    )


def require_algorithm(key: CertificatePublicKeyTypes, algorithm: KeyAlgorithm) -> EllipticCurvePublicKey | RSAPublicKey:
    """The key itself, if it is of the kind that a profile certifies.

    Raises:
        RefusedError: any other kind of key (`certificate-key-algorithm`).
    """
    if algorithm is KeyAlgorithm.P_256:
        return require_p256(key)
    if isinstance(key, RSAPublicKey) and (key.key_size, key.public_numbers().e) == (_RSA_BITS, _RSA_EXPONENT):
        return key
    raise RefusedError(
        "certificate-key-algorithm",
        vi=f"Mẫu chứng thư này chỉ cấp cho khóa {algorithm}.",
        en=f"This certificate profile is for {algorithm} keys only.",
    )


def sign_structure(tbs: bytes, key: SigningKey, purpose: KeyPurpose) -> bytes:
    """DER of SEQUENCE { tbs, ecdsa-with-SHA256, signature }: a certificate and a CRL have the same shape (RFC 5280, 4.1 and 5.1)."""
    signature: bytes = core.OctetBitString(key.sign(tbs, purpose=purpose)).dump()
    structure: bytes = parser.emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, tbs + _ECDSA_WITH_SHA256 + signature)
    return structure
