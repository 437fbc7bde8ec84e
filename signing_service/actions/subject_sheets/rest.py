"""What a draft rests on: the signed sheets of its subjects, or the reason why it still waits."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace

from signing_service.access.policy import ClassOfYear
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.subject_sheets.lines import SheetTree
from signing_service.actions.subject_sheets.rule import DEFAULT_SHEET_RULE, SheetRule, needs_sheet
from signing_service.actions.subject_sheets.store import SignedContent, StoredSheet
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.people import Appointment
from signing_service.errors import UnavailableError
from signing_service.ids import sha256_of
from signing_service.records.canonical import read_value, value_bytes
from signing_service.records.sheet_reference import SheetReference
from signing_service.records.subject_sheet import (
    KeptLine,
    KeptLines,
    SheetAttachment,
    SignedSheet,
    SubjectSheet,
    marks_digest,
    read_sheet,
)
from signing_service.records.transcript import Subject, Transcript, TranscriptRecord
from signing_service.signing.detached import claimed_time_of


@dataclass(frozen=True, slots=True)
class RestingRecord:
    """A record that names its sheets, and the content of `phieu-diem-mon.json`; None where it rests on none."""

    record: TranscriptRecord
    attachment: bytes | None


@dataclass(frozen=True, slots=True)
class _Opened:
    """One signed version, read once for its whole class."""

    text: str
    content: SubjectSheet
    signature: bytes
    lines: Mapping[str, tuple[int, KeptLine]]
    tree: SheetTree

    @property
    def reference(self) -> SheetReference:
        signer = self.content.signer
        return SheetReference(
            subject_code=self.content.subject_code,
            sheet=sha256_of(self.text.encode()),
            signer=signer.name,
            capacity=signer.capacity,
            signed_at=claimed_time_of(self.signature),
            in_place_of=signer.in_place_of.name if signer.in_place_of else None,
        )

    def signed_line(self, pupil: str) -> SignedSheet:
        place, line = self.lines[pupil]
        return SignedSheet(
            sheet=self.text,
            signature=base64.b64encode(self.signature).decode("ascii"),
            salt=line.line_salt,
            marks=marks_digest(line.subject, line.marks_salt),
            place=place,
            path=self.tree.path(place),
        )


class SheetDesk:
    """Looks up what drafts rest on; made for one pass, it keeps the sheets of the class at hand."""

    def __init__(self, database: Database, blobs: BlobStore, clock: Clock, rule: SheetRule = DEFAULT_SHEET_RULE) -> None:
        self._database = database
        self._blobs = blobs
        self._today = clock.now().astimezone(VIETNAM).date()
        self._rule = rule
        self._batch: ClassOfYear | None = None
        self._appointments: tuple[Appointment, ...] = ()
        self._signed: tuple[tuple[StoredSheet, SignedContent], ...] = ()
        self._opened: dict[str, _Opened] = {}

    def rest(self, draft: StoredDocument, record: TranscriptRecord) -> RestingRecord:
        """The record with the sheets that it rests on.

        Raises:
            UnavailableError: a teacher has not signed yet (`subject-sheets-missing`); the message names the subjects.
            IntegrityError: something stored is damaged.
        """
        if self._rule is SheetRule.NEVER or not isinstance(draft.batch, ClassOfYear):
            return RestingRecord(record, None)
        self._turn_to(draft.batch)
        batch = draft.batch
        full = read_value(Transcript, self._blobs.get(draft.basis))
        needed = [row for row in full.subjects if needs_sheet(self._rule, row, batch, self._appointments, on=self._today)]
        found = [(row, self._sheet_of(draft.subject, row)) for row in needed]
        missing = [row.name for row, sheet in found if sheet is None]
        if missing:
            raise UnavailableError(
                "subject-sheets-missing",
                vi=f"Chờ giáo viên bộ môn ký phiếu điểm: {', '.join(missing)}.",
                en=f"Subject teachers have not signed yet: {', '.join(missing)}.",
            )
        sheets = [sheet for _, sheet in found if sheet is not None]
        if not sheets:
            return RestingRecord(record, None)
        return RestingRecord(
            replace(record, subject_sheets=tuple(sheet.reference for sheet in sheets)),
            value_bytes(SheetAttachment(tuple(sheet.signed_line(draft.subject) for sheet in sheets))),
        )

    def _turn_to(self, batch: ClassOfYear) -> None:
        if batch == self._batch:
            return
        with self._database.read() as unit:
            self._signed = tuple(
                (sheet, sheet.signed) for sheet in reversed(unit.subject_sheets.of_class(batch)) if sheet.signed is not None
            )
            self._appointments = unit.staff.appointments_at(batch.school)
        self._batch, self._opened = batch, {}

    def _sheet_of(self, pupil: str, row: Subject) -> _Opened | None:
        """The newest signed version in which the pupil stands with this very row."""
        for sheet, signed in self._signed:
            if sheet.subject == row.code:
                opened = self._open(sheet, signed)
                _, line = opened.lines.get(pupil, (0, None))
                if line is not None and line.subject == row:
                    return opened
        return None

    def _open(self, sheet: StoredSheet, signed: SignedContent) -> _Opened:
        if sheet.sheet not in self._opened:
            content, kept = self._blobs.get(signed.content), read_value(KeptLines, self._blobs.get(sheet.lines))
            self._opened[sheet.sheet] = _Opened(
                text=content.decode(),
                content=read_sheet(content),
                signature=self._blobs.get(signed.signature),
                lines={line.pupil_code: (place, line) for place, line in enumerate(kept.lines)},
                tree=SheetTree(kept),
            )
        return self._opened[sheet.sheet]
