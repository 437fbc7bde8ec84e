"""What a CRL or an OCSP response says about one certificate at one moment, once its own signature is found right."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.trust.certificates import Certificate
from signing_service.trust.reasons import RevocationReason


class RevocationStatus(Enum):
    """The three answers there are."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a certificate is revoked: since when, and why."""

    at: datetime
    reason: RevocationReason


@dataclass(frozen=True, slots=True)
class RevocationAnswer:
    """An answer with a right signature of the certificate's issuer or of a responder it delegated to.

    Times are aware, UTC. `next_update` is None where the answer sets no end. `revocation` is there whenever the answer tells of one,
    even of one after the moment that was asked about. `responder` is the delegated OCSP responder, if any; unless it
    `has_ocsp_no_check`, its own revocation is still an open question (RFC 6960, 4.2.2.2.1).
    """

    status: RevocationStatus
    this_update: datetime
    next_update: datetime | None
    produced_at: datetime
    revocation: Revocation | None
    responder: Certificate | None = None


def status_at(
    moment: datetime,
    *,
    this_update: datetime,
    next_update: datetime | None,
    not_after: datetime,
    revocation: Revocation | None,
) -> RevocationStatus:
    """Judge by an answer issued at `this_update` about a certificate that ends at `not_after`.

    An answer younger than the moment speaks of it as well: what is good now was good then. An answer whose `next_update` lies before the
    moment is too old to speak of it. After the certificate's end an authority may forget it, so silence means nothing (RFC 5280, 3.3).
    """
    if revocation is not None:
        return RevocationStatus.REVOKED if revocation.at <= moment else RevocationStatus.GOOD
    is_too_old = next_update is not None and next_update < moment
    if is_too_old or this_update > not_after:
        return RevocationStatus.UNKNOWN
    return RevocationStatus.GOOD


def revocation_unreadable() -> InvalidInputError:
    """The answer to bytes that are no CRL or no OCSP response."""
    return InvalidInputError(
        "revocation-unreadable",
        vi="Không đọc được dữ liệu thu hồi (CRL hoặc OCSP).",
        en="The revocation data (CRL or OCSP) cannot be read.",
    )


def revocation_not_authentic() -> IntegrityError:
    """The answer to revocation data that its issuer, or a delegated responder, did not sign."""
    return IntegrityError(
        "revocation-signature",
        vi="Dữ liệu thu hồi không mang chữ ký đúng của cơ quan cấp chứng thư hoặc của máy trả lời được ủy quyền.",
        en="The revocation data carries no right signature of the certificate's issuer or of a delegated responder.",
    )
