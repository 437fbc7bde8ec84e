"""May this certificate sign this at this moment? Asked before anything is prepared."""

from datetime import datetime
from functools import lru_cache
from typing import Protocol

from signing_service.errors import RefusedError
from signing_service.pki.profiles import certificate_profile
from signing_service.signing.revocation import ocsp_answer, require_good
from signing_service.signing.signer_profile import algorithm_of, fits, signer_profile
from signing_service.trust.certificates import Certificate, read_certificate

certificate_of = lru_cache(maxsize=64)(read_certificate)
"""A parsed certificate; a class of 45 is signed with the same few, so they are parsed once."""


class CertificateUse(Protocol):
    """What a certificate is wanted for: a field of a form, or a sheet; its text names it to people."""

    @property
    def certificate_profile(self) -> str:
        """The profile of `keys/profiles` that the certificate must carry the policy of."""
        ...


def require_eligible(*, field: CertificateUse, certificate: bytes, chain: tuple[bytes, ...], ocsp: bytes, moment: datetime) -> None:
    """Let the certificate pass, or say why not.

    Raises:
        RefusedError: for another use (`certificate-key-usage`, `certificate-policy`, `certificate-key-algorithm`), outside its validity or
            that of an authority above it (`certificate-not-yet-valid`, `certificate-expired`), without an unbroken chain to a root
            (`certificate-chain`), revoked (`certificate-revoked`), or of unknown standing (`revocation-unknown`).
        InvalidInputError: one of them is no certificate (`certificate-unreadable`).
    """
    _require_use(certificate, field)
    for link in (certificate, *chain):
        _require_valid(certificate_of(link), moment)
    _require_chain((certificate, *chain))
    signer, issuer = certificate_of(certificate), certificate_of(chain[0])
    require_good(ocsp_answer(ocsp, certificate=signer, issuer=issuer, at=moment))


def _require_use(certificate: bytes, field: CertificateUse) -> None:
    signer = certificate_of(certificate)
    algorithm = algorithm_of(certificate)
    if not fits(signer.public_key, algorithm):
        raise RefusedError(
            "certificate-key-algorithm", vi=f"Khóa của chứng thư phải là {algorithm}.", en=f"The certificate's key has to be {algorithm}."
        )
    if signer.key_usage != frozenset({"contentCommitment"}):
        raise RefusedError(
            "certificate-key-usage",
            vi="Chứng thư này không dùng để ký văn bản: mục sử dụng khóa phải là contentCommitment và chỉ thế.",
            en="This certificate is not for signing documents: its key usage has to be contentCommitment alone.",
        )
    profile = signer_profile(certificate)
    if profile is None or profile.key_purpose is not certificate_profile(field.certificate_profile).key_purpose:
        raise RefusedError(
            "certificate-policy",
            vi=f"Loại chứng thư không dùng cho ô {field} được: người ký dùng chứng thư cá nhân, con dấu dùng chứng thư của con dấu.",
            en=f"This kind of certificate is not for the field {field}: it needs one of the profile {field.certificate_profile}.",
        )


def _require_valid(certificate: Certificate, moment: datetime) -> None:
    if moment < certificate.not_before:
        raise RefusedError(
            "certificate-not-yet-valid", vi="Chứng thư của người ký chưa có hiệu lực.", en="The signer's certificate is not valid yet."
        )
    if moment > certificate.not_after:
        raise RefusedError("certificate-expired", vi="Chứng thư của người ký đã hết hạn.", en="The signer's certificate has expired.")


@lru_cache(maxsize=64)
def _require_chain(links: tuple[bytes, ...]) -> None:
    """Each link issued by the next, the last by itself; signatures over the same chain are checked once."""
    signer, *authorities = map(certificate_of, links)
    issuers = [*authorities, *authorities[-1:]]
    is_unbroken = all(lower.is_signed_by(upper) for lower, upper in zip((signer, *authorities), issuers, strict=False))
    if not authorities or not is_unbroken or not all(authority.is_authority for authority in authorities):
        raise RefusedError(
            "certificate-chain",
            vi="Chuỗi chứng thư của người ký không nối được tới cơ quan gốc.",
            en="The signer's certificate does not lead to a root by an unbroken chain.",
        )
