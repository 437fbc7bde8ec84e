"""What makes a signature verifiable in forty years: certificates and revocation answers, complete and young enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from signing_service.errors import UnavailableError
from signing_service.signing.eligibility import certificate_of
from signing_service.signing.revocation import crl_answer, ocsp_answer, require_good
from signing_service.trust.certificates import Certificate
from signing_service.trust.revocation import RevocationStatus


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


def require_complete(
    material: ValidationMaterial,
    signed: Iterable[SignedMoment],
    authorities: Iterable[bytes],
    *,
    now: datetime,
    listed: Iterable[SignedMoment] = (),
) -> None:
    """Make sure that every certificate in play leads to a root and that its standing is answered for by an answer young enough.

    A signer needs an OCSP answer made after its signature was time-stamped and good at that moment; an authority below the root, and the
    time-stamp authority, a CRL good at `now`, the newest time-stamp. `authorities` are the certificates (DER) of the time-stamp authority.
    For the signers of detached signatures, `listed`, the CRL speaks that is there anyway: a dozen OCSP answers would only repeat it.

    Raises:
        UnavailableError: something is missing, too old, or does not fit (`validation-material-incomplete`): ask again later.
        RefusedError: a certificate was revoked before it was used (`certificate-revoked`).
        InvalidInputError: one of the certificates is none (`certificate-unreadable`).
    """
    shelf = _Shelf(material)
    for signature in signed:
        signer = certificate_of(signature.signer)
        shelf.require_ocsp(signer, signature.moment)
        shelf.require_crls(shelf.issuer_of(signer), now)
    for signature in listed:
        signer = certificate_of(signature.signer)
        shelf.require_listed(signer, signature.moment)
        shelf.require_crls(shelf.issuer_of(signer), now)
    for authority in authorities:
        shelf.require_crls(certificate_of(authority), now)


class _Shelf:
    """The material, with its certificates parsed."""

    def __init__(self, material: ValidationMaterial) -> None:
        self._certificates = tuple(map(certificate_of, material.certificates))
        self._ocsps = material.ocsps
        self._crls = material.crls

    def issuer_of(self, certificate: Certificate) -> Certificate:
        issuer = next((candidate for candidate in self._certificates if certificate.is_signed_by(candidate)), None)
        if issuer is None:
            raise _incomplete("issuer", certificate)
        return issuer

    def require_ocsp(self, signer: Certificate, moment: datetime) -> None:
        issuer = self.issuer_of(signer)
        answers = (ocsp_answer(response, certificate=signer, issuer=issuer, at=moment) for response in self._ocsps)
        # thisUpdate is given in whole seconds, a time-stamp may be finer.
        answer = next((answer for answer in answers if answer and answer.this_update >= moment.replace(microsecond=0)), None)
        if answer is None:
            raise _incomplete("OCSP", signer)
        require_good(answer)

    def require_listed(self, signer: Certificate, moment: datetime) -> None:
        """By a list made after the signature: revoked later does not matter."""
        issuer = self.issuer_of(signer)
        answers = (crl_answer(crl, certificate=signer, issuer=issuer, at=moment) for crl in self._crls)
        answer = next((answer for answer in answers if answer and answer.this_update >= moment.replace(microsecond=0)), None)
        if answer is None:
            raise _incomplete("CRL", signer)
        require_good(answer)

    def require_crls(self, certificate: Certificate, now: datetime) -> None:
        """For this certificate, and for every authority above it up to the root."""
        while certificate.subject_der != certificate.issuer_der:
            issuer = self.issuer_of(certificate)
            answers = (crl_answer(crl, certificate=certificate, issuer=issuer, at=now) for crl in self._crls)
            answer = next((answer for answer in answers if answer and answer.status is not RevocationStatus.UNKNOWN), None)
            if answer is None:
                raise _incomplete("CRL", certificate)
            require_good(answer)
            certificate = issuer


def _incomplete(what: str, certificate: Certificate) -> UnavailableError:
    number = f"{certificate.serial:x}"
    return UnavailableError(
        "validation-material-incomplete",
        vi=f"Chưa đủ dữ liệu xác thực lâu dài: thiếu {what} hợp lệ và đủ mới cho chứng thư số {number}; hồ sơ chờ.",
        en=f"Long-term validation data is incomplete: no valid and recent {what} for the certificate {number}; the case waits.",
    )
