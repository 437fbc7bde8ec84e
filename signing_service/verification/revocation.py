"""What the revocation data at hand say of the certificates of a path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from signing_service.errors import SigningServiceError
from signing_service.trust.certificates import Certificate
from signing_service.trust.crl import read_crl
from signing_service.trust.ocsp import read_ocsp
from signing_service.trust.revocation import RevocationAnswer, RevocationStatus
from signing_service.verification.material import Material

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proven:
    """Material together with the moment before which it is proven to have existed (aware)."""

    material: Material
    by: datetime


def status_of(certificate: Certificate, issuer: Certificate, sources: Sequence[Proven], moment: datetime) -> RevocationStatus:
    """The worst that any believable answer says of `certificate` at `moment`; unknown when none speaks of it.

    An answer counts only if it is proven to be older than the end of `issuer`: afterwards its key may be in anybody's hands.
    """
    answers = _answers(certificate, issuer, sources, moment)
    statuses = {answer.status for answer in answers if answer.revocation is not None or not _is_stale(answer, moment)}
    if RevocationStatus.REVOKED in statuses:
        return RevocationStatus.REVOKED
    return RevocationStatus.GOOD if RevocationStatus.GOOD in statuses else RevocationStatus.UNKNOWN


def _is_stale(answer: RevocationAnswer, moment: datetime) -> bool:
    """Without a next update there was always newer to be had (RFC 6960, 4.2.2.1): such an answer speaks for a day."""
    return answer.next_update is None and answer.this_update < moment - _DAY


def _answers(certificate: Certificate, issuer: Certificate, sources: Sequence[Proven], moment: datetime) -> Iterator[RevocationAnswer]:
    usable = sum((source.material for source in sources if source.by <= issuer.not_after), Material())
    for crl in usable.crls:
        yield from _believed(_from_crl(crl, certificate, issuer, moment), sources)
    for response in usable.ocsps:
        answer = _from_ocsp(response, certificate, issuer, moment)
        if answer is not None and (answer.responder is None or _may_answer(answer.responder, issuer, usable, answer.produced_at)):
            yield from _believed(answer, sources)


def _believed(answer: RevocationAnswer | None, sources: Sequence[Proven]) -> Iterator[RevocationAnswer]:
    """Answers out of the future are none."""
    if answer is not None and answer.this_update <= max(source.by for source in sources):
        yield answer


def _from_crl(crl: bytes, certificate: Certificate, issuer: Certificate, moment: datetime) -> RevocationAnswer | None:
    try:
        return read_crl(crl, certificate=certificate, issuer=issuer, at=moment)
    except SigningServiceError:
        return None


def _from_ocsp(response: bytes, certificate: Certificate, issuer: Certificate, moment: datetime) -> RevocationAnswer | None:
    try:
        return read_ocsp(response, certificate=certificate, issuer=issuer, at=moment)
    except SigningServiceError:
        return None


def _may_answer(responder: Certificate, issuer: Certificate, usable: Material, produced_at: datetime) -> bool:
    """A delegated responder without ocsp-no-check must itself stand on a list (RFC 6960, 4.2.2.2.1)."""
    if responder.has_ocsp_no_check:
        return True
    answers = [_from_crl(crl, responder, issuer, produced_at) for crl in usable.crls]
    return any(answer is not None and answer.status is RevocationStatus.GOOD for answer in answers) and not any(
        answer is not None and answer.status is RevocationStatus.REVOKED for answer in answers
    )
