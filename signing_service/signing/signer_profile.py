"""Which of our profiles a signer's certificate is of, and hence how its key signs."""

from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from signing_service.pki.profiles import CertificateProfile, profiles_by_policy
from signing_service.ports import KeyAlgorithm
from signing_service.trust.signatures import SignatureAlgorithm

_RSA_BITS: Final = 3072
_SALT_OCTETS: Final = 32
_MGF1 = {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}}

_CHECKED_AS = MappingProxyType(
    {
        KeyAlgorithm.P_256: SignatureAlgorithm("ecdsa", "sha256"),
        KeyAlgorithm.RSA_3072_PKCS1: SignatureAlgorithm("rsassa_pkcs1v15", "sha256"),
        KeyAlgorithm.RSA_3072_PSS: SignatureAlgorithm("rsassa_pss", "sha256", _SALT_OCTETS),
    }
)
_NAMED_AS: MappingProxyType[KeyAlgorithm, dict[str, Any]] = MappingProxyType(
    {
        KeyAlgorithm.P_256: {"algorithm": "sha256_ecdsa"},
        KeyAlgorithm.RSA_3072_PKCS1: {"algorithm": "sha256_rsa"},
        KeyAlgorithm.RSA_3072_PSS: {
            "algorithm": "rsassa_pss",
            "parameters": {
                "hash_algorithm": {"algorithm": "sha256"},
                "mask_gen_algorithm": _MGF1,
                "salt_length": _SALT_OCTETS,
            },
        },
    }
)


@lru_cache(maxsize=64)
def signer_profile(certificate: bytes) -> CertificateProfile | None:
    """The profile whose policy the certificate (DER) carries; None where it carries none or several of ours."""
    try:
        policies = x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return None
    known = profiles_by_policy()
    found = [known[oid] for policy in policies if (oid := policy.policy_identifier.dotted_string) in known]
    return found[0] if len(found) == 1 else None


def algorithm_of(certificate: bytes) -> KeyAlgorithm:
    """How the key of the certificate (DER) signs; one of none of our profiles is taken for the usual kind, and then fits or not."""
    profile = signer_profile(certificate)
    return KeyAlgorithm.P_256 if profile is None else profile.algorithm


def fits(key: CertificatePublicKeyTypes, algorithm: KeyAlgorithm) -> bool:
    """Whether a public key is of the kind."""
    if algorithm is KeyAlgorithm.P_256:
        return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
    return isinstance(key, RSAPublicKey) and key.key_size == _RSA_BITS


def checked_as(certificate: bytes) -> SignatureAlgorithm:
    """How a signature of the certificate's key is checked."""
    return _CHECKED_AS[algorithm_of(certificate)]


def named_as(certificate: bytes) -> dict[str, Any]:
    """The signatureAlgorithm of a SignerInfo, as asn1crypto takes it (RFC 5754, 3.2 and 3.3; RFC 4056, 3)."""
    return _NAMED_AS[algorithm_of(certificate)]
