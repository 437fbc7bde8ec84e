"""The subject sheets in a transcript: are they those that the record names, is the printed row the signed one, and who signed them?"""

import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from asn1crypto import x509 as asn1_x509

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.records.canonical import read_value
from signing_service.records.sheet_reference import SheetReference
from signing_service.records.subject_sheet import SheetAttachment, SheetLine, SignedSheet, SubjectSheet, commitment, read_sheet
from signing_service.records.transcript import Subject, TranscriptRecord
from signing_service.transparency.merkle import leaf_hash, verify_inclusion
from signing_service.trust.certificates import MALFORMED
from signing_service.trust.names import attribute
from signing_service.verification.belief import Belief, Context, Problem, indeterminate, judge_belief
from signing_service.verification.chain import readable
from signing_service.verification.cms import BadCmsError, SignedCms, check_cms
from signing_service.verification.pdf_graph import UNREADABLE
from signing_service.verification.record import CarriedSheets
from signing_service.verification.report import (
    Indication,
    Integrity,
    Revocation,
    SubIndication,
    SubjectSheetReport,
    TimeSource,
    Trust,
)
from signing_service.verification.times import has_foreign_timestamp

_SUB_FILTER: Final = "ETSI.CAdES.detached"
_MOST_SHEETS: Final = 50


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """A verdict for each sheet that the record names, and a stable code when the sheets as a whole do not fit the record."""

    reports: tuple[SubjectSheetReport, ...]
    reason: str | None


def judge_sheets(carried: CarriedSheets, end: int, context: Context) -> SheetFindings:
    """Judge the sheets of a file; they stand within its first `end` bytes, which the first signer covered."""
    references = carried.record.subject_sheets or ()
    if len(references) > _MOST_SHEETS:
        return SheetFindings((), "limit-subject-sheets")
    if carried.attachment is None:
        missing = "subject-sheets-missing" if references else None
        return SheetFindings(tuple(_absent(reference, "sheet-missing") for reference in references), missing)
    try:
        signed = read_value(SheetAttachment, carried.attachment).sheets
    except InvalidInputError:
        return SheetFindings(tuple(_absent(reference, "sheet-missing") for reference in references), "subject-sheets-unreadable")
    if not references:
        return SheetFindings((), "subject-sheets-not-named")
    if len(signed) != len(references) or max(Counter(reference.subject_code for reference in references).values()) > 1:
        return SheetFindings(tuple(_absent(reference, "sheet-missing") for reference in references), "subject-sheets-differ")
    pairs = zip(references, signed, strict=True)
    reports = tuple(_judged_or_not(reference, sheet, carried.record, end, context) for reference, sheet in pairs)
    return SheetFindings(reports, None)


def _absent(reference: SheetReference, reason: str) -> SubjectSheetReport:
    return _report(reference, None, [indeterminate(SubIndication.SIGNED_DATA_NOT_FOUND, reason)], bound=False, integrity=Integrity.BROKEN)


def _judged_or_not(
    reference: SheetReference, signed: SignedSheet, record: TranscriptRecord, end: int, context: Context
) -> SubjectSheetReport:
    try:
        return _judged(reference, signed, record, end, context)
    except UNREADABLE:
        puzzling = indeterminate(SubIndication.POLICY_PROCESSING_ERROR, "signature-not-judgeable")
        return _report(reference, None, [puzzling], bound=False, integrity=Integrity.BROKEN)


def _judged(reference: SheetReference, signed: SignedSheet, record: TranscriptRecord, end: int, context: Context) -> SubjectSheetReport:
    content = signed.sheet.encode("utf-8", "surrogatepass")
    try:
        container = check_cms(base64.b64decode(signed.signature, validate=True), content, sub_filter=_SUB_FILTER)
    except ValueError:
        broken = Problem(Indication.TOTAL_FAILED, SubIndication.FORMAT_FAILURE, "cms-unreadable")
        return _report(reference, None, [broken], bound=False, integrity=Integrity.BROKEN)
    except BadCmsError as bad:
        broken = Problem(Indication.TOTAL_FAILED, bad.sub_indication, bad.reason)
        return _report(reference, None, [broken], bound=False, integrity=Integrity.BROKEN)
    reasons = list(_unbound(reference, signed, content, record, container))
    unbound = [indeterminate(SubIndication.SIG_CONSTRAINTS_FAILURE, reason) for reason in reasons]
    foreign = has_foreign_timestamp(container)
    if foreign is not None:
        unbound.insert(0, Problem(Indication.TOTAL_FAILED, foreign, "timestamp-foreign"))
    signer = next(iter(readable((container.signer,))), None)
    belief = None if signer is None else judge_belief(container, signer, end, context)
    if signer is None:
        unbound.append(indeterminate(SubIndication.NO_SIGNING_CERTIFICATE_FOUND, "signing-certificate-unreadable"))
    return _report(reference, belief, unbound, bound=not reasons, integrity=Integrity.INTACT)


def _unbound(
    reference: SheetReference, signed: SignedSheet, content: bytes, record: TranscriptRecord, container: SignedCms
) -> Iterator[str]:
    """What keeps this signature, this sheet, this reference and this pupil's row from belonging together; stable codes."""
    if sha256_of(content) != reference.sheet:
        yield "sheet-digest-differs"
    try:
        sheet = read_sheet(content)
    except InvalidInputError:
        yield "sheet-unreadable"
        return
    transcript = record.transcript
    described = (sheet.school_code, sheet.class_name, sheet.school_year, sheet.subject_code)
    if described != (transcript.issuer.school_code, transcript.class_name, transcript.school_year, reference.subject_code):
        yield "sheet-of-another-class"
    named = (sheet.signer.name, sheet.signer.capacity, sheet.signer.in_place_of.name if sheet.signer.in_place_of else None)
    if named != (reference.signer, reference.capacity, reference.in_place_of) or container.claimed_time != reference.signed_at:
        yield "sheet-reference-differs"
    rows = [row for row in transcript.subjects if row.code == reference.subject_code]
    if len(rows) != 1 or not _is_signed_row(rows[0], signed, sheet, record):
        yield "sheet-line-differs"
    if not container.names_signer:
        yield "signing-certificate-attribute"
    if not _is_named_signer(sheet, container):
        yield "sheet-signer-differs"


def _is_signed_row(row: Subject, signed: SignedSheet, sheet: SubjectSheet, record: TranscriptRecord) -> bool:
    """Whether the row as it stands in the record is a leaf of the signed tree."""
    leaf = commitment(SheetLine(record.transcript.pupil.code, row, signed.marks), signed.salt)
    return verify_inclusion(
        leaf_hash(bytes.fromhex(leaf)),
        index=signed.place,
        size=sheet.pupils,
        proof=[bytes.fromhex(sibling) for sibling in signed.path],
        root=bytes.fromhex(sheet.root),
    )


def _is_named_signer(sheet: SubjectSheet, container: SignedCms) -> bool:
    """Whether the certificate is that of the person whom the signed bytes name, by name and by staff code."""
    try:
        subject = asn1_x509.Certificate.load(container.signer).subject
        return (attribute(subject, "common_name"), attribute(subject, "serial_number")) == (sheet.signer.name, sheet.signer.person)
    except MALFORMED:
        return False


def _report(
    reference: SheetReference, belief: Belief | None, problems: Sequence[Problem], *, bound: bool, integrity: Integrity
) -> SubjectSheetReport:
    found = [*problems, *([belief.problem] if belief and belief.problem else [])]
    found.sort(key=lambda problem: problem.indication is not Indication.TOTAL_FAILED)
    is_timed = belief is not None and belief.time_source is TimeSource.TIMESTAMP
    return SubjectSheetReport(
        subject=reference.subject_code,
        sheet=reference.sheet,
        signer=reference.signer,
        capacity=reference.capacity,
        in_place_of=reference.in_place_of,
        signed_at=belief.time if belief and is_timed else reference.signed_at,
        time_source=TimeSource.TIMESTAMP if is_timed else TimeSource.CLAIMED,
        bound=bound,
        integrity=integrity,
        trust=belief.trust if belief else Trust.UNKNOWN,
        revocation=belief.revocation if belief else Revocation.UNKNOWN,
        indication=found[0].indication if found else Indication.TOTAL_PASSED,
        sub_indication=found[0].sub_indication if found else None,
        reasons=tuple(dict.fromkeys((*(problem.reason for problem in found), *(belief.reasons if belief else ())))),
    )
