"""The verdict on one PDF that may come from anybody: bytes, anchors, evidence and a moment become a report, without network or state."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.records.kinds import DocumentKind
from signing_service.transparency.note import VerifierKey
from signing_service.verification.belief import Context
from signing_service.verification.chain import readable
from signing_service.verification.facts import FileFacts, SignatureFacts, gather
from signing_service.verification.form import form_problems
from signing_service.verification.indication import judge_signature
from signing_service.verification.log import LogFinding, look_into_log
from signing_service.verification.material import read_dss
from signing_service.verification.pdf_graph import UNREADABLE
from signing_service.verification.prescan import exceeded_limit, is_pdf
from signing_service.verification.record import RecordFinding, look_at_record
from signing_service.verification.report import (
    Indication,
    Modification,
    SignatureReport,
    SubIndication,
    VerificationReport,
)
from signing_service.verification.subject_sheets import SheetFindings, judge_sheets
from signing_service.verification.times import prove_times

# Its tracebacks of foreign files would be the only content of uploads that ever reaches a log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)

_ALL_PASSED: Final = 0
_ANY_FAILED: Final = 1
_ANY_UNDECIDED: Final = 3
_WORST_FIRST: Final = (Indication.TOTAL_FAILED, Indication.INDETERMINATE, Indication.TOTAL_PASSED)


class NotAPdfError(InvalidInputError):
    """The bytes are no PDF at all."""

    def __init__(self) -> None:
        super().__init__(
            "not-a-pdf",
            vi="Tệp này không phải là PDF: trong 1.024 byte đầu không có dấu %PDF-.",
            en="This file is no PDF: %PDF- does not stand within its first 1,024 bytes.",
        )


def verify(
    pdf: bytes,
    *,
    name: str,
    anchors: Sequence[bytes],
    at: datetime,
    evidence: bytes | None = None,
    log_key: VerifierKey | None = None,
) -> VerificationReport:
    """Judge `pdf` at the moment `at`, trusting the given certificates and the given log alone.

    Args:
        pdf: Bytes of any origin; how large they may be is the caller's limit.
        name: How the report calls the file.
        anchors: DER certificates; without any, trust stays unknown. An unreadable one is passed over.
        at: Aware. Later than today is allowed: the report says what can be proven then with what is in the file now.
        evidence: Bytes of `FILE.evidence`.
        log_key: The log's key that the caller trusts.

    Raises:
        NotAPdfError: `%PDF-` is not within the first 1,024 bytes. Everything else ends in the report.
    """
    if not is_pdf(pdf):
        raise NotAPdfError
    report = VerificationReport(
        file=name,
        file_sha256=sha256_of(pdf),
        verified_at=at,
        indication=Indication.TOTAL_FAILED,
        sub_indication=SubIndication.FORMAT_FAILURE,
        modified_after_signing=False,
        signatures=(),
        record=None,
        log=None,
    )
    logged = look_into_log(evidence, report.file_sha256, log_key)
    report = replace(report, log=logged.report, reasons=() if logged.reason is None else (logged.reason,))
    limit = exceeded_limit(pdf)
    if limit is not None:
        return _unreadable(report, limit.value)
    try:
        return _judged(pdf, report, logged, anchors)
    except UNREADABLE:
        return _unreadable(report, "pdf-unreadable")
    except Exception:  # noqa: BLE001 - a stranger's file must never bring the verifier down, whatever a parser thinks of raising
        return _unreadable(report, "pdf-unreadable-unexpectedly")


def exit_code(reports: Iterable[VerificationReport]) -> int:
    """What `signing-service verify` ends with when every file was a PDF: 1 any failed, then 3 any undecided, else 0."""
    indications = {report.indication for report in reports}
    if Indication.TOTAL_FAILED in indications:
        return _ANY_FAILED
    return _ANY_UNDECIDED if Indication.INDETERMINATE in indications else _ALL_PASSED


def _unreadable(report: VerificationReport, reason: str) -> VerificationReport:
    return replace(report, reasons=(reason, *report.reasons))


@dataclass(frozen=True, slots=True)
class _FileProblem:
    """Something of the file, beside its signatures, that keeps it from passing."""

    indication: Indication
    sub_indication: SubIndication | None
    reason: str


def _judged(pdf: bytes, report: VerificationReport, logged: LogFinding, anchors: Sequence[bytes]) -> VerificationReport:
    facts = gather(pdf)
    trusted, latest = readable(anchors), read_dss(facts.graph)
    proofs = prove_times(facts.signatures, latest, trusted, report.verified_at)
    context = Context(trusted, report.verified_at, proofs, latest)
    everyone = [(one, judge_signature(one, context)) for one in facts.signatures]
    recorded = _recorded(pdf, facts, logged)
    sheets = _sheets(recorded, facts, context)
    shown = _shown(everyone)
    modified = any(one.modification is Modification.FORBIDDEN for one in shown)
    problems = [*_file_problems(facts, recorded), *_form_problems(recorded, everyone), *_sheet_problems(sheets)]
    indication, sub_indication = _worst(shown, problems)
    return replace(
        report,
        indication=indication,
        sub_indication=sub_indication,
        modified_after_signing=modified,
        signatures=shown,
        record=recorded.report,
        subject_sheets=sheets.reports,
        reasons=(*(problem.reason for problem in problems), *proofs.reasons, *report.reasons),
    )


def _shown(everyone: Sequence[tuple[SignatureFacts, SignatureReport]]) -> tuple[SignatureReport, ...]:
    """Every signature; a document time-stamp only when it is wrong or when there is nothing else, as it is evidence and nobody's will."""
    has_signatures = any(not facts.is_timestamp for facts, _ in everyone)
    return tuple(
        report for facts, report in everyone if not (facts.is_timestamp and has_signatures and report.indication is Indication.TOTAL_PASSED)
    )


def _recorded(pdf: bytes, facts: FileFacts, logged: LogFinding) -> RecordFinding:
    try:
        return look_at_record(pdf, facts.first_signed or facts.graph, logged.record_digest, facts.links)
    except UNREADABLE:
        return RecordFinding(None, "record-unreadable")


def _file_problems(facts: FileFacts, recorded: RecordFinding) -> Iterable[_FileProblem]:
    for failure in facts.failures:
        is_open = failure.sub_indication is SubIndication.POLICY_PROCESSING_ERROR
        yield _FileProblem(Indication.INDETERMINATE if is_open else Indication.TOTAL_FAILED, failure.sub_indication, failure.reason)
    if not facts.signatures:
        yield _FileProblem(Indication.INDETERMINATE, None, "no-signature-found")
    if recorded.reason is not None:
        yield _FileProblem(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE, recorded.reason)


def _form_problems(recorded: RecordFinding, everyone: Sequence[tuple[SignatureFacts, SignatureReport]]) -> Iterable[_FileProblem]:
    if recorded.report is None or recorded.record is None or not everyone:
        return
    for reason in dict.fromkeys(form_problems(DocumentKind(recorded.report.kind), recorded.record, everyone)):
        yield _FileProblem(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE, reason)


def _sheets(recorded: RecordFinding, facts: FileFacts, context: Context) -> SheetFindings:
    """The sheets are judged by when the revision existed that brought them: the first signer's."""
    if recorded.sheets is None:
        return SheetFindings((), None)
    first = min((one.end for one in facts.signatures if one.end is not None), default=0)
    return judge_sheets(recorded.sheets, first, context)


def _sheet_problems(sheets: SheetFindings) -> Iterable[_FileProblem]:
    if sheets.reason is not None:
        yield _FileProblem(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE, sheets.reason)
    bad = [one for one in sheets.reports if one.indication is not Indication.TOTAL_PASSED]
    if bad:
        worst = min(bad, key=lambda one: _WORST_FIRST.index(one.indication))
        yield _FileProblem(worst.indication, worst.sub_indication, "subject-sheet-not-believed")


def _worst(shown: Sequence[SignatureReport], problems: Sequence[_FileProblem]) -> tuple[Indication, SubIndication | None]:
    found = [*((one.indication, one.sub_indication) for one in shown), *((one.indication, one.sub_indication) for one in problems)]
    return min(found, key=lambda one: _WORST_FIRST.index(one[0]), default=(Indication.INDETERMINATE, None))
