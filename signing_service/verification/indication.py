"""One signature's verdict: past validation as EN 319 102-1, 5.6.2 asks for, over what the file proves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from signing_service.trust.certificates import Certificate
from signing_service.verification.belief import Belief, Context, Problem, indeterminate, judge_belief
from signing_service.verification.chain import readable
from signing_service.verification.changes import Change, ChangeKind
from signing_service.verification.cms import SignedCms
from signing_service.verification.facts import SignatureFacts
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
from signing_service.verification.times import has_foreign_timestamp
from signing_service.workflow.case import SigningRole

_ROLES: Final = {
    "GVCN": SigningRole.HOMEROOM_TEACHER,
    "HT": SigningRole.PRINCIPAL,
    "DAU": SigningRole.SCHOOL_SEAL,
    "NGUOI_KY": SigningRole.AWARD_AUTHORITY,
    "DAU_CO_QUAN": SigningRole.OFFICE_SEAL,
    "CO_QUAN_SAO": SigningRole.COPYING_SEAL,
}
"""The capacity that each field of our forms is signed in."""
_HARMLESS: Final = frozenset({ChangeKind.EXTENSION, ChangeKind.SIGNATURE, ChangeKind.DOCUMENT_TIMESTAMP})
_AMBER: Final = frozenset({ChangeKind.FORM_FILLED, ChangeKind.ANNOTATION})
_MOST_REASONS: Final = 20
_PADES: Final = "/ETSI.CAdES.detached"
_INDETERMINATE_FAILURES: Final = frozenset({SubIndication.SIG_CONSTRAINTS_FAILURE, SubIndication.NO_SIGNING_CERTIFICATE_FOUND})


def judge_signature(facts: SignatureFacts, context: Context) -> SignatureReport:
    """The verdict on one filled field; a document time-stamp is judged on what it covers and on what came after it."""
    try:
        return _judged(facts, context)
    except UNREADABLE:
        return _concluded(_undecided(facts), [indeterminate(SubIndication.POLICY_PROCESSING_ERROR, "signature-not-judgeable")], ())


def _undecided(facts: SignatureFacts) -> SignatureReport:
    """What is said of a signature before, or without, looking at whose it is."""
    later, _ = _judge_changes(facts)
    return SignatureReport(
        field=facts.field_name,
        role=str(_ROLES[facts.field_name]) if facts.field_name in _ROLES else None,
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
    belief = judge_belief(facts.container, certificate, facts.end or 0, context)
    report = replace(
        report,
        signed_at=belief.time if belief.time_source is TimeSource.TIMESTAMP else report.signed_at,
        time_source=belief.time_source,
        level=_level(facts, facts.container, belief, context),
        trust=belief.trust,
        revocation=belief.revocation,
    )
    return _concluded(report, [problem, _form_problem(facts), belief.problem], belief.reasons)


def _concluded(report: SignatureReport, problems: Sequence[Problem | None], reasons: tuple[str, ...]) -> SignatureReport:
    found = [problem for problem in problems if problem is not None]
    found.sort(key=lambda problem: problem.indication is not Indication.TOTAL_FAILED)
    codes = tuple(dict.fromkeys((*(problem.reason for problem in found), *reasons)))[:_MOST_REASONS]
    if not found:
        return replace(report, indication=Indication.TOTAL_PASSED, reasons=codes)
    return replace(report, indication=found[0].indication, sub_indication=found[0].sub_indication, reasons=codes)


def _arithmetic_problem(facts: SignatureFacts) -> Problem | None:
    if facts.failure is not None:
        sub = facts.failure.sub_indication
        indication = Indication.INDETERMINATE if sub in _INDETERMINATE_FAILURES else Indication.TOTAL_FAILED
        return Problem(indication, sub, facts.failure.reason)
    foreign = None if facts.container is None else has_foreign_timestamp(facts.container)
    if foreign is not None:
        # Whoever moved a time-stamp here has touched the signature; its owner did not make it so.
        return Problem(Indication.TOTAL_FAILED, foreign, "timestamp-foreign")
    return None


def _form_problem(facts: SignatureFacts) -> Problem | None:
    """What the signature fits in spite of, but should not have."""
    if not facts.is_filled_up_with_zeros:
        return indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, "contents-trailing-bytes")
    if facts.container is not None and facts.sub_filter == _PADES and not facts.container.names_signer:
        # Required by ETSI EN 319 142-1, 6.3: without it another certificate with the same key could be slipped under.
        return indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, "signing-certificate-attribute")
    return None


def _judge_changes(facts: SignatureFacts) -> tuple[Modification, Problem | None]:
    if facts.end is None:
        return Modification.FORBIDDEN, indeterminate(SubIndication.FORMAT_FAILURE, "coverage-partial")
    if facts.changes is None:
        return Modification.FORBIDDEN, indeterminate(SubIndication.FORMAT_FAILURE, "changes-not-judgeable")
    bad = [change for change in facts.changes if change.kind not in _HARMLESS]
    if not bad:
        return Modification.PERMITTED if facts.changes else Modification.NONE, None
    code = ", ".join(_named(change) for change in bad[:3])
    # G5: a form may be there to be filled in, but whoever signed did not see what was filled in afterwards: never called unmodified.
    if all(change.kind in _AMBER for change in bad):
        return Modification.FORBIDDEN, indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, code)
    return Modification.FORBIDDEN, Problem(Indication.TOTAL_FAILED, SubIndication.FORMAT_FAILURE, code)


def _named(change: Change) -> str:
    return f"{change.kind.value}: {change.where}"


def _claimed(facts: SignatureFacts) -> datetime | None:
    if facts.token is not None:
        return facts.token.time
    inside = None if facts.container is None else facts.container.claimed_time
    return inside or facts.claimed_time


def _read_signer(container: SignedCms) -> Certificate | None:
    return next(iter(readable((container.signer,))), None)


def _document_timestamp_problem(facts: SignatureFacts, context: Context) -> Problem | None:
    if not facts.is_timestamp:
        return indeterminate(SubIndication.NO_SIGNING_CERTIFICATE_FOUND, "signing-certificate-unreadable")
    if any(proof.end == facts.end for proof in context.proofs.proofs):
        return None
    return indeterminate(SubIndication.NO_POE, "document-timestamp-not-believed")


def _level(facts: SignatureFacts, container: SignedCms, belief: Belief, context: Context) -> Level:
    """The level whose every ingredient was found to be right (EN 319 142-1, 6.3); each rests on the one before."""
    if facts.sub_filter != _PADES or not container.names_signer:
        return Level.NONE
    if not belief.is_timed:
        return Level.B_B
    if not belief.has_data:
        return Level.B_T
    covering = [proof for proof in context.proofs.proofs if facts.end is not None and proof.end > facts.end]
    return Level.B_LTA if any(proof.material.has_revocation_data for proof in covering) else Level.B_LT
