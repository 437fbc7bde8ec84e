"""What makes a signature verifiable in forty years: certificates and revocation answers, complete and young enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from signing_service.errors import RefusedError, UnavailableError
from signing_service.signing.eligibility import certificate_of
from signing_service.signing.revocation import require_good


@dataclass(frozen=True, slots=True)
class ValidationMaterial:
    """Everything that a later verifier needs beside the signatures themselves; all DER.

    Attributes:
        certificates: of signers, time-stamp authority and OCSP responder, and of every authority above them, roots included.
        ocsps: one OCSPResponse for each signer.
        crls: the current CRL of every authority.
    """

    certificates: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]
    crls: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SignedMoment:
    """A signer's certificate (DER) and the time-stamped moment (aware) of the signature it made."""

    signer: bytes
    moment: datetime


def require_complete(material: ValidationMaterial, signed: Iterable[SignedMoment], authorities: Iterable[bytes], *, now: datetime) -> None:
    """Make sure that every certificate in play leads to a root and that its standing is answered for by an answer young enough.

    A signer needs an OCSP answer made after its signature was time-stamped; an authority below the root, and the time-stamp authority, a
    CRL that is not older than the certificate. `authorities` are the certificates (DER) of the time-stamp authority; `now` is the newest
    time-stamp.

    Raises:
        UnavailableError: something is missing, too old, or does not fit (`validation-material-incomplete`): ask again later.
        RefusedError: a certificate is revoked (`certificate-revoked`).
    """
    shelf = _Shelf(material)
    for signature in signed:
        shelf.require_ocsp(certificate_of(signature.signer), signature.moment, now)
        shelf.require_authorities(certificate_of(signature.signer), now)
    for authority in authorities:
        shelf.require_crl(certificate_of(authority), now)


class _Shelf:
    """The material, parsed."""

    def __init__(self, material: ValidationMaterial) -> None:
        self._ocsps = material.ocsps
        self._certificates = tuple(map(certificate_of, material.certificates))
        self._crls = tuple(map(_crl_of, material.crls))

    def require_ocsp(self, signer: x509.Certificate, moment: datetime, now: datetime) -> None:
        issuer = self._issuer(signer)
        for answer in self._ocsps:
            try:
                this_update = require_good(answer, certificate=signer, issuer=issuer, moment=now)
            except RefusedError as refusal:
                if refusal.code == "certificate-revoked":
                    raise
                continue
            # thisUpdate is given in whole seconds, a time-stamp may be finer.
            if this_update >= moment.replace(microsecond=0):
                return
        raise _incomplete("OCSP", signer)

    def require_crl(self, certificate: x509.Certificate, now: datetime) -> None:
        """A CRL for this certificate, and for every authority above it up to the root."""
        while certificate.issuer != certificate.subject:
            issuer = self._issuer(certificate)
            crl = next((crl for crl in self._crls if _speaks_of(crl, certificate, issuer, now)), None)
            if crl is None:
                raise _incomplete("CRL", certificate)
            if crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
                raise RefusedError(
                    "certificate-revoked",
                    vi="Chứng thư của cơ quan cấp hoặc của dấu thời gian đã bị thu hồi; không hoàn tất.",
                    en="A certificate of an authority or of the time-stamp authority is revoked; the document is not finished.",
                )
            certificate = issuer

    def require_authorities(self, signer: x509.Certificate, now: datetime) -> None:
        """The same for everything above a signer, whose own standing OCSP tells."""
        self.require_crl(self._issuer(signer), now)

    def _issuer(self, certificate: x509.Certificate) -> x509.Certificate:
        for candidate in self._certificates:
            if candidate.subject == certificate.issuer and _issued(candidate, certificate):
                return candidate
        raise _incomplete("certificate", certificate)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _speaks_of(crl: x509.CertificateRevocationList, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    return (
        crl.issuer == issuer.subject
        and crl.next_update_utc is not None
        and certificate.not_valid_before_utc <= crl.last_update_utc
        and now <= crl.next_update_utc
        and crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type] # an authority's key is EC, RSA or EdDSA
    )


def _crl_of(der: bytes) -> x509.CertificateRevocationList:
    try:
        return x509.load_der_x509_crl(der)
    except ValueError:
        raise UnavailableError(
            "validation-material-incomplete", vi="Không đọc được danh sách thu hồi (CRL).", en="A CRL cannot be read."
        ) from None


def _incomplete(what: str, certificate: x509.Certificate) -> UnavailableError:
    serial = f"{certificate.serial_number:x}"
    return UnavailableError(
        "validation-material-incomplete",
        vi=f"Chưa đủ dữ liệu xác thực lâu dài: thiếu {what} hợp lệ và đủ mới cho chứng thư số {serial}; hồ sơ chờ.",
        en=f"Long-term validation data is incomplete: no valid and recent {what} for the certificate {serial}; the case waits.",
    )
