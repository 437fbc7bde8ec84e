"""Does an OCSP answer say that a certificate stands, and may the one who says so say it?"""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing_service.errors import RefusedError

_SKEW = timedelta(minutes=5)
"""How far a responder's clock may run ahead of ours."""


def require_good(answer: bytes, *, certificate: x509.Certificate, issuer: x509.Certificate, moment: datetime) -> datetime:
    """Let a certificate pass whose standing is good at `moment`; returns the answer's thisUpdate.

    Raises:
        RefusedError: revoked (`certificate-revoked`), or no believable answer about this certificate (`revocation-unknown`).
    """
    response = _response(answer)
    question = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, response.hash_algorithm).build()
    asked = (question.serial_number, question.issuer_name_hash, question.issuer_key_hash)
    this_update, next_update = response.this_update_utc, response.next_update_utc
    if (
        (response.serial_number, response.issuer_name_hash, response.issuer_key_hash) != asked
        or this_update < certificate.not_valid_before_utc
        or this_update > moment + _SKEW
        or next_update is None
        or next_update < moment
        or not _is_signed(response, issuer, moment)
    ):
        raise unknown()
    if response.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        raise RefusedError("certificate-revoked", vi="Chứng thư của người ký đã bị thu hồi.", en="The signer's certificate is revoked.")
    if response.certificate_status is not ocsp.OCSPCertStatus.GOOD:
        raise unknown()
    return this_update


def unknown() -> RefusedError:
    """The answer to a question about revocation that was not answered."""
    return RefusedError(
        "revocation-unknown",
        vi="Không có trả lời OCSP đáng tin về chứng thư của người ký; chưa ký.",
        en="There is no believable OCSP answer about the signer's certificate; nothing was signed.",
    )


def _response(answer: bytes) -> ocsp.OCSPResponse:
    try:
        response = ocsp.load_der_ocsp_response(answer)
    except ValueError:
        raise unknown() from None
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise unknown()
    return response


def _is_signed(response: ocsp.OCSPResponse, issuer: x509.Certificate, moment: datetime) -> bool:
    """By the issuer itself, or by a responder that the issuer has named for it (RFC 6960, 4.2.2.2)."""
    return any(_signed_by(response, candidate) for candidate in (issuer, *_delegates(response, issuer, moment)))


def _delegates(response: ocsp.OCSPResponse, issuer: x509.Certificate, moment: datetime) -> list[x509.Certificate]:
    return [certificate for certificate in response.certificates if _is_delegate(certificate, issuer, moment)]


def _is_delegate(certificate: x509.Certificate, issuer: x509.Certificate, moment: datetime) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
        usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        # Without it somebody would have to answer for the responder too (RFC 6960, 4.2.2.2.1).
        certificate.extensions.get_extension_for_class(x509.OCSPNoCheck)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usages and certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _signed_by(response: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    key, algorithm = certificate.public_key(), response.signature_hash_algorithm
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(algorithm, hashes.HashAlgorithm):
        return False
    try:
        key.verify(response.signature, response.tbs_response_bytes, ECDSA(algorithm))
    except InvalidSignature:
        return False
    return True
