"""Reading a CRL (RFC 5280, 5)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import crl as asn1_crl
from cryptography import x509

from signing_service.trust.certificates import MALFORMED, Certificate
from signing_service.trust.reasons import RevocationReason
from signing_service.trust.revocation import Revocation, RevocationAnswer, revocation_not_authentic, revocation_unreadable, status_at
from signing_service.trust.signatures import read_signature_algorithm, signature_is_good

_REASONS = {flag: RevocationReason[flag.name.upper()] for flag in x509.ReasonFlags}


def read_crl(crl: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationAnswer | None:
    """What a DER CRL says of `certificate`, issued by `issuer`, at the moment `at`; None when it is another authority's list.

    Complete, direct CRLs only: one with a critical extension (delta, partitioned, indirect) is refused rather than half understood.

    Raises:
        InvalidInputError: no CRL, or one of those (`revocation-unreadable`).
        IntegrityError: the issuer did not sign it, or may not (`revocation-signature`).
    """
    said = _said(crl, certificate, issuer)
    if said is None:
        return None
    status = status_at(
        at, this_update=said.this_update, next_update=said.next_update, not_after=certificate.not_after, revocation=said.revocation
    )
    return RevocationAnswer(
        status=status,
        this_update=said.this_update,
        next_update=said.next_update,
        produced_at=said.this_update,
        revocation=said.revocation,
    )


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a list says whenever it is read."""

    this_update: datetime
    next_update: datetime | None
    revocation: Revocation | None


@lru_cache(maxsize=256)
def _said(crl: bytes, certificate: Certificate, issuer: Certificate) -> _Statement | None:
    """The same few lists are asked about every signature of a class."""
    try:
        parsed = x509.load_der_x509_crl(crl)
        if not parsed.issuer.public_bytes() == issuer.subject_der == certificate.issuer_der:
            return None
        is_authentic = _is_authentic(crl, parsed, issuer)
        is_plain = not any(extension.critical for extension in parsed.extensions)
        revocation = _revocation(parsed, certificate.serial)
    except MALFORMED:
        raise revocation_unreadable() from None
    if not is_authentic:
        raise revocation_not_authentic()
    if not is_plain:
        raise revocation_unreadable()
    return _Statement(parsed.last_update_utc, parsed.next_update_utc, revocation)


def _is_authentic(crl: bytes, parsed: x509.CertificateRevocationList, issuer: Certificate) -> bool:
    if issuer.key_usage is not None and "cRLSign" not in issuer.key_usage:
        return False
    algorithm = read_signature_algorithm(asn1_crl.CertificateList.load(crl)["signature_algorithm"].dump())
    return signature_is_good(issuer.public_key, algorithm, parsed.signature, parsed.tbs_certlist_bytes)


def _revocation(parsed: x509.CertificateRevocationList, serial: int) -> Revocation | None:
    """The entry of that serial number.

    Raises:
        ValueError: the entry has a critical extension, which in a direct CRL has no business there.
    """
    entry = parsed.get_revoked_certificate_by_serial_number(serial)
    if entry is None:
        return None
    if any(extension.critical for extension in entry.extensions):
        raise ValueError
    reasons = [extension.value.reason for extension in entry.extensions if isinstance(extension.value, x509.CRLReason)]
    return Revocation(entry.revocation_date_utc, _REASONS[reasons[0]] if reasons else RevocationReason.UNSPECIFIED)
