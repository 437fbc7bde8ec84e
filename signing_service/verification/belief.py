"""Whether a signature is to be believed: chain, time and revocation by what the file proves (EN 319 102-1, 5.6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from signing_service.trust.algorithms import digest_is_acceptable, key_is_acceptable
from signing_service.trust.certificates import Certificate
from signing_service.trust.revocation import RevocationStatus
from signing_service.verification.chain import build_chain, may_sign_documents, readable
from signing_service.verification.cms import SignedCms
from signing_service.verification.material import Material
from signing_service.verification.report import Indication, Revocation, SubIndication, TimeSource, Trust
from signing_service.verification.revocation import Proven, status_of
from signing_service.verification.times import UNSPOKEN_OF, Proofs, material_of, signature_time

_CLOCKS_MAY_DIFFER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Context:
    """What all signatures of a file are judged with: the anchors, the moment, what the file proves, and its latest validation data."""

    anchors: tuple[Certificate, ...]
    at: datetime
    proofs: Proofs
    latest: Material


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a signature from passing."""

    indication: Indication
    sub_indication: SubIndication
    reason: str


@dataclass(frozen=True, slots=True)
class Belief:
    """What trust, time and revocation come to."""

    time: datetime
    time_source: TimeSource
    is_timed: bool
    """A time-stamp is there; one of an authority that nothing speaks of is there too, yet proves no time."""
    has_data: bool
    """Every certificate of the chain is spoken of by revocation data."""
    trust: Trust
    revocation: Revocation
    problem: Problem | None
    reasons: tuple[str, ...] = ()


def judge_belief(container: SignedCms, signer: Certificate, end: int, context: Context) -> Belief:
    """Judge a signature whose arithmetic is right, and which stands within the first `end` bytes of the file."""
    bound = context.proofs.of(end, context.at)
    sources = context.proofs.sources(context.latest, material_of(container), end, context.at)
    stamped, reasons = signature_time(container, sources, context.anchors, bound)
    time = bound if stamped is None else stamped
    source = TimeSource.CLAIMED if time == context.at else TimeSource.TIMESTAMP
    is_timed = source is TimeSource.TIMESTAMP or UNSPOKEN_OF in reasons
    pool = readable(der for one in sources for der in one.material.certificates)
    path = build_chain(signer, pool, context.anchors)
    if path is None:
        trust = Trust.UNTRUSTED if context.anchors else Trust.UNKNOWN
        reason = "no-chain-to-an-anchor" if context.anchors else "no-anchors-given"
        missing = indeterminate(SubIndication.NO_CERTIFICATE_CHAIN_FOUND, reason)
        return Belief(time, source, is_timed, False, trust, Revocation.UNKNOWN, missing, reasons)
    statuses = _statuses(path, sources, time)
    has_data = all(status is not RevocationStatus.UNKNOWN for status in statuses)
    problem = _path_problem(path, statuses, time, context, container)
    claimed = container.claimed_time
    if problem is None and claimed is not None and claimed > time + _CLOCKS_MAY_DIFFER:
        problem = indeterminate(SubIndication.TIMESTAMP_ORDER_FAILURE, "claimed-time-after-proof")
    own = Revocation(statuses[0].value) if statuses else Revocation.UNKNOWN
    return Belief(time, source, is_timed, has_data, Trust.TRUSTED, own, problem, reasons)


def indeterminate(sub: SubIndication, reason: str) -> Problem:
    """A problem that leaves the question open."""
    return Problem(Indication.INDETERMINATE, sub, reason)


def _statuses(path: tuple[Certificate, ...], sources: Sequence[Proven], moment: datetime) -> list[RevocationStatus]:
    return [status_of(certificate, issuer, sources, moment) for certificate, issuer in pairwise(path)]


def _path_problem(
    path: tuple[Certificate, ...], statuses: Sequence[RevocationStatus], time: datetime, context: Context, container: SignedCms
) -> Problem | None:
    """Usage, validity, revocation and strength of the path at the time that is proven, or at the moment of judging when none is."""
    is_proven = time != context.at
    if not may_sign_documents(path[0]):
        return indeterminate(SubIndication.CHAIN_CONSTRAINTS_FAILURE, "key-usage-unfit")
    problem = _validity_problem(path, time) or _revocation_problem(statuses, is_proven=is_proven)
    if problem is not None:
        return problem
    if digest_is_acceptable(container.digest_algorithm, time) and all(key_is_acceptable(one.public_key, time) for one in path):
        return None
    sub = SubIndication.CRYPTO_CONSTRAINTS_FAILURE if is_proven else SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE
    return indeterminate(sub, "algorithm-weak")


def _validity_problem(path: tuple[Certificate, ...], time: datetime) -> Problem | None:
    if time < path[0].not_before:
        return Problem(Indication.TOTAL_FAILED, SubIndication.NOT_YET_VALID, "signed-before-certificate")
    if all(certificate.is_valid_at(time) for certificate in path):
        return None
    return indeterminate(SubIndication.OUT_OF_BOUNDS_NO_POE, "certificate-not-valid-at-proven-time")


def _revocation_problem(statuses: Sequence[RevocationStatus], *, is_proven: bool) -> Problem | None:
    if statuses and statuses[0] is RevocationStatus.REVOKED:
        if is_proven:
            return Problem(Indication.TOTAL_FAILED, SubIndication.REVOKED, "certificate-revoked")
        return indeterminate(SubIndication.REVOKED_NO_POE, "certificate-revoked-no-proof-of-time")
    if RevocationStatus.REVOKED in statuses:
        return indeterminate(SubIndication.REVOKED_CA_NO_POE, "authority-revoked")
    if RevocationStatus.UNKNOWN in statuses:
        return indeterminate(SubIndication.TRY_LATER, "revocation-unknown")
    return None
