"""Does an answer say that a certificate stands at a moment, and is it one that EU DSS will still take in decades?"""

from datetime import datetime

from signing_service.errors import IntegrityError, InvalidInputError, RefusedError
from signing_service.trust.certificates import Certificate
from signing_service.trust.crl import read_crl
from signing_service.trust.ocsp import read_ocsp
from signing_service.trust.revocation import RevocationAnswer, RevocationStatus


def ocsp_answer(response: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationAnswer | None:
    """What a usable OCSP response says of `certificate` at the moment; None when it is not usable or does not speak of it.

    A delegated responder has to carry id-pkix-ocsp-nocheck: else somebody would have to answer for the responder too (RFC 6960, 4.2.2.2.1).
    """
    try:
        answer = read_ocsp(response, certificate=certificate, issuer=issuer, at=at)
    except (InvalidInputError, IntegrityError):
        return None
    if answer is None or (answer.responder is not None and not answer.responder.has_ocsp_no_check):
        return None
    return _usable(answer, certificate)


def crl_answer(crl: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationAnswer | None:
    """What a usable CRL says of `certificate` at the moment; None when it is not usable or another authority's."""
    try:
        answer = read_crl(crl, certificate=certificate, issuer=issuer, at=at)
    except (InvalidInputError, IntegrityError):
        return None
    return None if answer is None else _usable(answer, certificate)


def require_good(answer: RevocationAnswer | None) -> None:
    """Let a certificate pass whose standing is good.

    Raises:
        RefusedError: it is revoked (`certificate-revoked`), or nothing believable is known of it (`revocation-unknown`).
    """
    if answer is None or answer.status is RevocationStatus.UNKNOWN:
        raise RefusedError(
            "revocation-unknown",
            vi="Không có trả lời đáng tin về việc chứng thư còn hiệu lực hay đã bị thu hồi; không ký.",
            en="Nothing believable is known of whether the certificate is revoked; it is not used.",
        )
    if answer.status is RevocationStatus.REVOKED:
        raise RefusedError("certificate-revoked", vi="Chứng thư đã bị thu hồi.", en="The certificate is revoked.")


def _usable(answer: RevocationAnswer, certificate: Certificate) -> RevocationAnswer | None:
    """Only an answer that says when it ends, and that was made during the life of the certificate it speaks of."""
    return answer if answer.next_update is not None and answer.this_update >= certificate.not_before else None
