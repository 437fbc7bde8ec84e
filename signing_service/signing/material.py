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
        shelf.require_authorities(certificate_of(authority), now)


class _Shelf:
    """The material, parsed and found by name."""

    def __init__(self, material: ValidationMaterial) -> None:
        self._ocsps = material.ocsps
        self._by_subject = {certificate.subject.public_bytes(): certificate for certificate in map(certificate_of, material.certificates)}
        self._crls = {crl.issuer.public_bytes(): crl for crl in map(_crl_of, material.crls)}

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

    def require_authorities(self, certificate: x509.Certificate, now: datetime) -> None:
        """Walk up to the root; every authority on the way has to stand."""
        while certificate.issuer != certificate.subject:
            certificate = self._issuer(certificate)
            if certificate.issuer != certificate.subject:
                self.require_crl(certificate, now)

    def require_crl(self, certificate: x509.Certificate, now: datetime) -> None:
        issuer = self._issuer(certificate)
        crl = self._crls.get(issuer.subject.public_bytes())
        if (
            crl is None
            or crl.next_update_utc is None
            or not certificate.not_valid_before_utc <= crl.last_update_utc
            or not now <= crl.next_update_utc
            or not crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type] # our authorities have EC keys
        ):
            raise _incomplete("CRL", certificate)
        if crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
            raise RefusedError(
                "certificate-revoked",
                vi="Chứng thư của cơ quan cấp hoặc của dấu thời gian đã bị thu hồi; không hoàn tất.",
                en="A certificate of an authority or of the time-stamp authority is revoked; the document is not finished.",
            )

    def _issuer(self, certificate: x509.Certificate) -> x509.Certificate:
        issuer = self._by_subject.get(certificate.issuer.public_bytes())
        try:
            if issuer is None:
                raise _incomplete("certificate", certificate)
            certificate.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            raise _incomplete("certificate", certificate) from None
        return issuer


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
