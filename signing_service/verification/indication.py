"""One signature's verdict: past validation as EN 319 102-1, 5.6.2 asks for, over what the file proves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from signing_service.rendering.document import PRINCIPAL_FIELD, SEAL_FIELD, TEACHER_FIELD
from signing_service.trust.algorithms import digest_is_acceptable, key_is_acceptable
from signing_service.trust.certificates import Certificate
from signing_service.trust.revocation import RevocationStatus
from signing_service.verification.chain import build_chain, may_sign_documents, readable
from signing_service.verification.changes import Change, ChangeKind
from signing_service.verification.cms import SignedCms
from signing_service.verification.facts import SignatureFacts
from signing_service.verification.material import Material
from signing_service.verification.pdf_graph import UNREADABLE
from signing_service.verification.report import (
    Coverage,
    Indication,
    Integrity,
    Level,
    Modification,
    Revocation,
    SignatureReport,
    SubIndication,
    TimeSource,
    Trust,
)
from signing_service.verification.revocation import Proven, status_of
from signing_service.verification.times import UNSPOKEN_OF, Proofs, has_foreign_timestamp, material_of, signature_time

_ROLES: Final = {TEACHER_FIELD: "homeroom-teacher", PRINCIPAL_FIELD: "principal", SEAL_FIELD: "school-seal"}
_HARMLESS: Final = frozenset({ChangeKind.EXTENSION, ChangeKind.SIGNATURE, ChangeKind.DOCUMENT_TIMESTAMP})
_AMBER: Final = frozenset({ChangeKind.FORM_FILLED, ChangeKind.ANNOTATION})
_MOST_REASONS: Final = 20
_PADES: Final = "/ETSI.CAdES.detached"
_CLOCKS_MAY_DIFFER: Final = timedelta(minutes=5)
_INDETERMINATE_FAILURES: Final = frozenset({SubIndication.SIG_CONSTRAINTS_FAILURE, SubIndication.NO_SIGNING_CERTIFICATE_FOUND})


@dataclass(frozen=True, slots=True)
class Context:
    """What all signatures of a file are judged with: the anchors, the moment, what the file proves, and its latest validation data."""

    anchors: tuple[Certificate, ...]
    at: datetime
    proofs: Proofs
    latest: Material


@dataclass(frozen=True, slots=True)
class _Problem:
    """Something that keeps a signature from passing."""

    indication: Indication
    sub_indication: SubIndication
    reason: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What trust, time and revocation come to."""

    time: datetime
    time_source: TimeSource
    level: Level
    trust: Trust
    revocation: Revocation
    problem: _Problem | None
    reasons: tuple[str, ...] = ()


def judge_signature(facts: SignatureFacts, context: Context) -> SignatureReport:
    """The verdict on one filled field; a document time-stamp is judged on what it covers and on what came after it."""
    try:
        return _judged(facts, context)
    except UNREADABLE:
        return _concluded(_undecided(facts), [_indeterminate(SubIndication.POLICY_PROCESSING_ERROR, "signature-not-judgeable")], ())


def _undecided(facts: SignatureFacts) -> SignatureReport:
    """What is said of a signature before, or without, looking at whose it is."""
    later, _ = _judge_changes(facts)
    return SignatureReport(
        field=facts.field_name,
        role=_ROLES.get(facts.field_name),
        signer=None,
        signed_at=_claimed(facts),
        time_source=TimeSource.CLAIMED,
        integrity=Integrity.INTACT if facts.failure is None else Integrity.BROKEN,
        coverage=Coverage.PARTIAL if facts.end is None else Coverage.WHOLE_REVISION,
        modification=later,
        level=Level.NONE,
        trust=Trust.UNKNOWN,
        revocation=Revocation.UNKNOWN,
        indication=Indication.INDETERMINATE,
        sub_indication=None,
        reasons=(),
    )


def _judged(facts: SignatureFacts, context: Context) -> SignatureReport:
    _, problem = _judge_changes(facts)
    broken = _arithmetic_problem(facts)
    certificate = None if facts.container is None else _read_signer(facts.container)
    report = replace(
        _undecided(facts),
        signer=None if certificate is None else certificate.common_name or certificate.subject,
        integrity=Integrity.INTACT if broken is None else Integrity.BROKEN,
    )
    if broken is not None:
        return _concluded(report, [broken], ())
    if facts.container is None or certificate is None:
        return _concluded(report, [problem, _form_problem(facts), _document_timestamp_problem(facts, context)], ())
    verdict = _judge_trust(facts, facts.container, certificate, context)
    report = replace(
        report,
        signed_at=verdict.time if verdict.time_source is TimeSource.TIMESTAMP else report.signed_at,
        time_source=verdict.time_source,
        level=verdict.level,
        trust=verdict.trust,
        revocation=verdict.revocation,
    )
    return _concluded(report, [problem, _form_problem(facts), verdict.problem], verdict.reasons)


def _concluded(report: SignatureReport, problems: Sequence[_Problem | None], reasons: tuple[str, ...]) -> SignatureReport:
    found = [problem for problem in problems if problem is not None]
    found.sort(key=lambda problem: problem.indication is not Indication.TOTAL_FAILED)
    codes = tuple(dict.fromkeys((*(problem.reason for problem in found), *reasons)))[:_MOST_REASONS]
    if not found:
        return replace(report, indication=Indication.TOTAL_PASSED, reasons=codes)
    return replace(report, indication=found[0].indication, sub_indication=found[0].sub_indication, reasons=codes)


def _arithmetic_problem(facts: SignatureFacts) -> _Problem | None:
    if facts.failure is not None:
        sub = facts.failure.sub_indication
        indication = Indication.INDETERMINATE if sub in _INDETERMINATE_FAILURES else Indication.TOTAL_FAILED
        return _Problem(indication, sub, facts.failure.reason)
    foreign = None if facts.container is None else has_foreign_timestamp(facts.container)
    if foreign is not None:
        # Whoever moved a time-stamp here has touched the signature; its owner did not make it so.
        return _Problem(Indication.TOTAL_FAILED, foreign, "timestamp-foreign")
    return None


def _form_problem(facts: SignatureFacts) -> _Problem | None:
    """What the signature fits in spite of, but should not have."""
    if not facts.is_filled_up_with_zeros:
        return _indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, "contents-trailing-bytes")
    if facts.container is not None and facts.sub_filter == _PADES and not facts.container.names_signer:
        # Required by ETSI EN 319 142-1, 6.3: without it another certificate with the same key could be slipped under.
        return _indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, "signing-certificate-attribute")
    return None


def _judge_changes(facts: SignatureFacts) -> tuple[Modification, _Problem | None]:
    if facts.end is None:
        return Modification.FORBIDDEN, _indeterminate(SubIndication.FORMAT_FAILURE, "coverage-partial")
    if facts.changes is None:
        return Modification.FORBIDDEN, _indeterminate(SubIndication.FORMAT_FAILURE, "changes-not-judgeable")
    bad = [change for change in facts.changes if change.kind not in _HARMLESS]
    if not bad:
        return Modification.PERMITTED if facts.changes else Modification.NONE, None
    code = ", ".join(_named(change) for change in bad[:3])
    # G5: a form may be there to be filled in, but whoever signed did not see what was filled in afterwards: never called unmodified.
    if all(change.kind in _AMBER for change in bad):
        return Modification.FORBIDDEN, _indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, code)
    return Modification.FORBIDDEN, _Problem(Indication.TOTAL_FAILED, SubIndication.FORMAT_FAILURE, code)


def _named(change: Change) -> str:
    return f"{change.kind.value}: {change.where}"


def _indeterminate(sub: SubIndication, reason: str) -> _Problem:
    return _Problem(Indication.INDETERMINATE, sub, reason)


def _claimed(facts: SignatureFacts) -> datetime | None:
    if facts.token is not None:
        return facts.token.time
    inside = None if facts.container is None else facts.container.claimed_time
    return inside or facts.claimed_time


def _read_signer(container: SignedCms) -> Certificate | None:
    return next(iter(readable((container.signer,))), None)


def _document_timestamp_problem(facts: SignatureFacts, context: Context) -> _Problem | None:
    if not facts.is_timestamp:
        return _indeterminate(SubIndication.NO_SIGNING_CERTIFICATE_FOUND, "signing-certificate-unreadable")
    if any(proof.end == facts.end for proof in context.proofs.proofs):
        return None
    return _indeterminate(SubIndication.NO_POE, "document-timestamp-not-believed")


def _judge_trust(facts: SignatureFacts, container: SignedCms, signer: Certificate, context: Context) -> _Verdict:
    end = facts.end or 0
    bound = context.proofs.of(end, context.at)
    sources = context.proofs.sources(context.latest, material_of(container), end, context.at)
    stamped, reasons = signature_time(container, sources, context.anchors, bound)
    time = bound if stamped is None else stamped
    source = TimeSource.CLAIMED if time == context.at else TimeSource.TIMESTAMP
    # A level says what is there; a time-stamp of an authority that nothing speaks of is there, yet proves no time.
    is_timed = source is TimeSource.TIMESTAMP or UNSPOKEN_OF in reasons
    pool = readable(der for one in sources for der in one.material.certificates)
    path = build_chain(signer, pool, context.anchors)
    if path is None:
        trust = Trust.UNTRUSTED if context.anchors else Trust.UNKNOWN
        level = _level(facts, container, is_timed=is_timed, has_data=False, context=context)
        reason = "no-chain-to-an-anchor" if context.anchors else "no-anchors-given"
        missing = _indeterminate(SubIndication.NO_CERTIFICATE_CHAIN_FOUND, reason)
        return _Verdict(time, source, level, trust, Revocation.UNKNOWN, missing, reasons)
    statuses = _statuses(path, sources, time)
    has_data = all(status is not RevocationStatus.UNKNOWN for status in statuses)
    level = _level(facts, container, is_timed=is_timed, has_data=has_data, context=context)
    problem = _path_problem(path, statuses, time, context, container)
    claimed = container.claimed_time
    if problem is None and claimed is not None and claimed > time + _CLOCKS_MAY_DIFFER:
        problem = _indeterminate(SubIndication.TIMESTAMP_ORDER_FAILURE, "claimed-time-after-proof")
    own = Revocation(statuses[0].value) if statuses else Revocation.UNKNOWN
    return _Verdict(time, source, level, Trust.TRUSTED, own, problem, reasons)


def _statuses(path: tuple[Certificate, ...], sources: Sequence[Proven], moment: datetime) -> list[RevocationStatus]:
    return [status_of(certificate, issuer, sources, moment) for certificate, issuer in pairwise(path)]


def _path_problem(
    path: tuple[Certificate, ...], statuses: Sequence[RevocationStatus], time: datetime, context: Context, container: SignedCms
) -> _Problem | None:
    """Usage, validity, revocation and strength of the path at the time that is proven, or at the moment of judging when none is."""
    is_proven = time != context.at
    if not may_sign_documents(path[0]):
        return _indeterminate(SubIndication.CHAIN_CONSTRAINTS_FAILURE, "key-usage-unfit")
    problem = _validity_problem(path, time) or _revocation_problem(statuses, is_proven=is_proven)
    if problem is not None:
        return problem
    if digest_is_acceptable(container.digest_algorithm, time) and all(key_is_acceptable(one.public_key, time) for one in path):
        return None
    sub = SubIndication.CRYPTO_CONSTRAINTS_FAILURE if is_proven else SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE
    return _indeterminate(sub, "algorithm-weak")


def _validity_problem(path: tuple[Certificate, ...], time: datetime) -> _Problem | None:
    if time < path[0].not_before:
        return _Problem(Indication.TOTAL_FAILED, SubIndication.NOT_YET_VALID, "signed-before-certificate")
    if all(certificate.is_valid_at(time) for certificate in path):
        return None
    return _indeterminate(SubIndication.OUT_OF_BOUNDS_NO_POE, "certificate-not-valid-at-proven-time")


def _revocation_problem(statuses: Sequence[RevocationStatus], *, is_proven: bool) -> _Problem | None:
    if statuses and statuses[0] is RevocationStatus.REVOKED:
        if is_proven:
            return _Problem(Indication.TOTAL_FAILED, SubIndication.REVOKED, "certificate-revoked")
        return _indeterminate(SubIndication.REVOKED_NO_POE, "certificate-revoked-no-proof-of-time")
    if RevocationStatus.REVOKED in statuses:
        return _indeterminate(SubIndication.REVOKED_CA_NO_POE, "authority-revoked")
    if RevocationStatus.UNKNOWN in statuses:
        return _indeterminate(SubIndication.TRY_LATER, "revocation-unknown")
    return None


def _level(facts: SignatureFacts, container: SignedCms, *, is_timed: bool, has_data: bool, context: Context) -> Level:
    """The level whose every ingredient was found to be right (EN 319 142-1, 6.3); each rests on the one before."""
    if facts.sub_filter != _PADES or not container.names_signer:
        return Level.NONE
    if not is_timed:
        return Level.B_B
    if not has_data:
        return Level.B_T
    covering = [proof for proof in context.proofs.proofs if facts.end is not None and proof.end > facts.end]
    return Level.B_LTA if any(proof.material.has_revocation_data for proof in covering) else Level.B_LT
