"""May this certificate sign in this capacity at this moment? Asked before anything is prepared."""

from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from signing_service.errors import RefusedError
from signing_service.pki.profiles import certificate_profile
from signing_service.signing.fields import SignatureField
from signing_service.signing.revocation import require_good

_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


@lru_cache(maxsize=64)
def certificate_of(der: bytes) -> x509.Certificate:
    """A parsed certificate; a class of 45 is signed with the same few, so they are parsed once.

    Raises:
        RefusedError: the bytes are none (`certificate-unreadable`).
    """
    try:
        return x509.load_der_x509_certificate(der)
    except ValueError:
        raise RefusedError(
            "certificate-unreadable", vi="Không đọc được chứng thư của người ký.", en="The signer's certificate cannot be read."
        ) from None


def require_eligible(*, field: SignatureField, certificate: bytes, chain: tuple[bytes, ...], ocsp: bytes, moment: datetime) -> None:
    """Let the certificate pass, or say why not.

    Raises:
        RefusedError: for another use (`certificate-key-usage`, `certificate-policy`, `certificate-key-algorithm`), outside its validity
            (`certificate-not-yet-valid`, `certificate-expired`), without an unbroken chain to a root (`certificate-chain`), revoked
            (`certificate-revoked`), or of unknown standing (`revocation-unknown`).
    """
    signer = certificate_of(certificate)
    _require_use(signer, field)
    for link in (signer, *map(certificate_of, chain)):
        _require_valid(link, moment)
    _require_chain(certificate, chain)
    require_good(ocsp, certificate=signer, issuer=certificate_of(chain[0]), moment=moment)


def _require_use(signer: x509.Certificate, field: SignatureField) -> None:
    public_key = signer.public_key()
    if not isinstance(public_key, EllipticCurvePublicKey) or not isinstance(public_key.curve, SECP256R1):
        raise RefusedError("certificate-key-algorithm", vi="Khóa của chứng thư phải là P-256.", en="The certificate's key has to be P-256.")
    if _usages(signer) != {"content_commitment"}:
        raise RefusedError(
            "certificate-key-usage",
            vi="Chứng thư này không dùng để ký văn bản: mục sử dụng khóa phải là contentCommitment và chỉ thế.",
            en="This certificate is not for signing documents: its key usage has to be contentCommitment alone.",
        )
    if certificate_profile(field.certificate_profile).policy not in _policies(signer):
        raise RefusedError(
            "certificate-policy",
            vi=f"Loại chứng thư không dùng cho ô {field} được: người ký dùng chứng thư cá nhân, con dấu dùng chứng thư của con dấu.",
            en=f"This kind of certificate is not for the field {field}: it needs one of the profile {field.certificate_profile}.",
        )


def _usages(signer: x509.Certificate) -> set[str]:
    try:
        usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return set()
    return {name for name in _USAGES if getattr(usage, name)}


def _policies(signer: x509.Certificate) -> set[str]:
    try:
        policies = signer.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return set()
    return {policy.policy_identifier.dotted_string for policy in policies}


def _require_valid(certificate: x509.Certificate, moment: datetime) -> None:
    if moment < certificate.not_valid_before_utc:
        raise RefusedError(
            "certificate-not-yet-valid", vi="Chứng thư của người ký chưa có hiệu lực.", en="The signer's certificate is not valid yet."
        )
    if moment > certificate.not_valid_after_utc:
        raise RefusedError("certificate-expired", vi="Chứng thư của người ký đã hết hạn.", en="The signer's certificate has expired.")


@lru_cache(maxsize=64)
def _require_chain(certificate: bytes, chain: tuple[bytes, ...]) -> None:
    links = [certificate_of(link) for link in (certificate, *chain)]
    try:
        for lower, upper in zip(links, [*links[1:], links[-1]], strict=True):
            lower.verify_directly_issued_by(upper)
        for authority in links[1:]:
            if not authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
                raise _broken_chain()
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        raise _broken_chain() from None
    if not chain:
        raise _broken_chain()


def _broken_chain() -> RefusedError:
    return RefusedError(
        "certificate-chain",
        vi="Chuỗi chứng thư của người ký không nối được tới cơ quan gốc.",
        en="The signer's certificate does not lead to a root by an unbroken chain.",
    )
