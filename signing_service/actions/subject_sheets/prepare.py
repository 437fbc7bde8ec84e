"""Make the sheets of every class that has drafts (step 2 of the issuance cycle); needs no signer and changes nothing when run twice.

A correction, or a pupil who joins, makes the next version of the subjects concerned and of no other. Whoever stands on a signed version
with the very same row stays there, so the rest of the class goes on.
"""

import uuid
from collections.abc import Mapping, Sequence
from itertools import chain

from signing_service.access.policy import ClassOfYear
from signing_service.actions.queue import documents_in
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.actions.subject_sheets.lines import Row, content_digest, drawn
from signing_service.actions.subject_sheets.rule import DEFAULT_SHEET_RULE, SheetRule, needs_sheet
from signing_service.actions.subject_sheets.store import StoredSheet
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.ids import DocumentId
from signing_service.records.canonical import read_value, value_bytes
from signing_service.records.kinds import DocumentKind
from signing_service.records.subject_sheet import KeptLines, SheetId
from signing_service.records.transcript import Subject, Transcript
from signing_service.workflow.case import CaseState


def prepare_subject_sheets(
    *, database: Database, blobs: BlobStore, clock: Clock, rule: SheetRule = DEFAULT_SHEET_RULE, on_step: StepListener = nobody_listens
) -> int:
    """Bring the sheets of every class with drafts up to date; returns how many versions were made.

    A class whose stored records are damaged is passed over: its drafts wait and say so when they are rendered.
    """
    if rule is SheetRule.NEVER:
        return 0
    drafts = chain.from_iterable(documents_in(database, CaseState.DRAFT))
    made = 0
    for batch in dict.fromkeys(draft.batch for draft in drafts if draft.kind is DocumentKind.TRANSCRIPT):
        if not isinstance(batch, ClassOfYear):
            continue
        try:
            made += _prepare_class(batch, database=database, blobs=blobs, clock=clock, rule=rule, on_step=on_step)
        except SigningServiceError:
            continue
    return made


def _prepare_class(
    batch: ClassOfYear, *, database: Database, blobs: BlobStore, clock: Clock, rule: SheetRule, on_step: StepListener
) -> int:
    today = clock.now().astimezone(VIETNAM).date()
    with database.read() as unit:
        documents = tuple(one for one in unit.documents.of_batch(batch) if one.kind is DocumentKind.TRANSCRIPT)
        versions = unit.subject_sheets.of_class(batch)
        appointments = unit.staff.appointments_at(batch.school)
    rows = _rows_by_subject(documents, blobs)
    drafts = {one.subject for one in documents if one.state is CaseState.DRAFT}
    made = 0
    for subject, lines in rows.items():
        waiting = [(pupil, row) for pupil, row in lines if pupil in drafts]
        if not any(needs_sheet(rule, row, batch, appointments, on=today) for _, row in waiting):
            continue
        before = [version for version in versions if version.subject == subject]
        if _stands(before, lines, waiting, blobs):
            continue
        sheet = StoredSheet(
            sheet=SheetId(DocumentId(str(uuid.uuid4()))),
            batch=batch,
            subject=subject,
            version=len(before) + 1,
            lines=blobs.put(value_bytes(drawn(lines))),
            content=content_digest(lines),
            created_at=clock.now(),
        )
        if _added(sheet, database):
            on_step(Step.SHEET_STORED, sheet.sheet)
            made += 1
    return made


def _rows_by_subject(documents: Sequence[StoredDocument], blobs: BlobStore) -> Mapping[str, list[Row]]:
    """The full rows of the class, subject by subject, pupils in the order of the class."""
    rows: dict[str, list[Row]] = {}
    for document in documents:
        for subject in read_value(Transcript, blobs.get(document.basis)).subjects:
            rows.setdefault(subject.code, []).append((document.subject, subject))
    return rows


def _stands(before: Sequence[StoredSheet], lines: Sequence[Row], waiting: Sequence[Row], blobs: BlobStore) -> bool:
    """Whether the versions there are serve everybody who still waits."""
    signed: list[Mapping[str, Subject]] = [
        {line.pupil_code: line.subject for line in read_value(KeptLines, blobs.get(version.lines)).lines}
        for version in before
        if version.signed is not None
    ]
    if all(any(version.get(pupil) == row for version in signed) for pupil, row in waiting):
        return True
    newest = before[-1] if before else None
    return newest is not None and newest.signed is None and newest.content == content_digest(lines)


def _added(sheet: StoredSheet, database: Database) -> bool:
    """Whether this version was stored; False when another process made it first."""
    try:
        with database.begin() as unit:
            unit.subject_sheets.add(sheet)
    except ConflictError:
        return False
    return True
