"""Reading an OCSP response (RFC 6960)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import ocsp

from signing_service.trust.certificates import MALFORMED, Certificate, read_certificate
from signing_service.trust.reasons import RevocationReason
from signing_service.trust.revocation import (
    Revocation,
    RevocationAnswer,
    RevocationStatus,
    revocation_not_authentic,
    revocation_unreadable,
    status_at,
)
from signing_service.trust.signatures import read_signature_algorithm, signature_is_good

_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"

_REASON_NAMES = {reason.name.lower(): reason for reason in RevocationReason}

_DIGESTS = {"sha1", "sha256", "sha384", "sha512"}

_MOST_CERTIFICATES = 10


def read_ocsp(response: bytes, *, certificate: Certificate, issuer: Certificate, at: datetime) -> RevocationAnswer | None:
    """What a DER OCSPResponse says of `certificate`, issued by `issuer`, at the moment `at`; None when it does not speak of it.

    Raises:
        InvalidInputError: no OCSP response, or one that reports an error (`revocation-unreadable`).
        IntegrityError: neither the issuer nor a responder it delegated to signed it (`revocation-signature`).
    """
    said = _said(response, certificate, issuer)
    if said is None:
        return None
    status = said.status or status_at(
        at, this_update=said.this_update, next_update=said.next_update, not_after=certificate.not_after, revocation=said.revocation
    )
    return RevocationAnswer(
        status=status,
        this_update=said.this_update,
        next_update=said.next_update,
        produced_at=said.produced_at,
        revocation=said.revocation,
        responder=said.responder,
    )


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a response says whenever it is read; `status` only where no moment matters."""

    status: RevocationStatus | None
    this_update: datetime
    next_update: datetime | None
    produced_at: datetime
    revocation: Revocation | None
    responder: Certificate | None


@lru_cache(maxsize=256)
def _said(response: bytes, certificate: Certificate, issuer: Certificate) -> _Statement | None:
    """The same few responses are asked about every signature of a class."""
    try:
        parsed = ocsp.OCSPResponse.load(response, strict=True)
        if parsed["response_status"].native != "successful":
            raise revocation_unreadable()
        basic = parsed.basic_ocsp_response
        single = next((one for one in basic["tbs_response_data"]["responses"] if _speaks_of(one["cert_id"], certificate, issuer)), None)
        if single is None:
            return None
        signer = _signer(basic, issuer)
        produced_at: datetime = basic["tbs_response_data"]["produced_at"].native
        status = single["cert_status"]
        revocation = _revocation(status) if status.name == "revoked" else None
        this_update: datetime = single["this_update"].native
        next_update: datetime | None = single["next_update"].native
    except MALFORMED:
        raise revocation_unreadable() from None
    if signer is None or not signer.is_valid_at(produced_at):
        raise revocation_not_authentic()
    return _Statement(
        status=RevocationStatus.UNKNOWN if status.name == "unknown" else None,
        this_update=this_update,
        next_update=next_update,
        produced_at=produced_at,
        revocation=revocation,
        responder=signer if signer != issuer else None,
    )


def _speaks_of(question: Any, certificate: Certificate, issuer: Certificate) -> bool:  # noqa: ANN401 asn1crypto has no types
    name = question["hash_algorithm"]["algorithm"].native
    if question["serial_number"].native != certificate.serial or certificate.issuer_der != issuer.subject_der or name not in _DIGESTS:
        return False
    expected = (_digest(name, issuer.subject_der), _digest(name, issuer.key_octets))
    return (question["issuer_name_hash"].native, question["issuer_key_hash"].native) == expected


def _signer(basic: Any, issuer: Certificate) -> Certificate | None:  # noqa: ANN401 asn1crypto has no types
    """Who signed, if the signature is right and the signer may answer for `issuer` (RFC 6960, 4.2.2.2)."""
    algorithm = read_signature_algorithm(basic["signature_algorithm"].dump())
    delegates = [read_certificate(certificate.dump()) for certificate in list(basic["certs"])[:_MOST_CERTIFICATES]]
    for candidate in (issuer, *delegates):
        is_entitled = candidate == issuer or (_OCSP_SIGNING in (candidate.extended_key_usage or ()) and candidate.is_signed_by(issuer))
        if (
            is_entitled
            and _is_named(basic["tbs_response_data"]["responder_id"], candidate)
            and signature_is_good(candidate.public_key, algorithm, basic["signature"].native, basic["tbs_response_data"].dump())
        ):
            return candidate
    return None


def _is_named(responder_id: Any, candidate: Certificate) -> bool:  # noqa: ANN401 asn1crypto has no types
    if responder_id.name == "by_name":
        return bool(responder_id.chosen.untag().dump() == candidate.subject_der)
    return bool(responder_id.chosen.native == _digest("sha1", candidate.key_octets))


def _revocation(status: Any) -> Revocation:  # noqa: ANN401 asn1crypto has no types
    reason = status.chosen["revocation_reason"].native
    return Revocation(status.chosen["revocation_time"].native, _REASON_NAMES[reason] if reason else RevocationReason.UNSPECIFIED)


def _digest(name: str, octets: bytes) -> bytes:
    # SHA-1 only names issuers here (RFC 6960, 4.1.1); nothing rests on its strength.
    return hashlib.new(name, octets, usedforsecurity=False).digest()
