"""Two pupils of a class, their signed sheets, and the parts of a file that carries them: every part replaceable."""

import base64
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from signing_service.actions.subject_sheets.lines import SheetTree, drawn, printed
from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.canonical import value_bytes
from signing_service.records.issued import issued
from signing_service.records.sheet_reference import SheetCapacity, SheetReference
from signing_service.records.subject_sheet import (
    KeptLines,
    SheetAttachment,
    SheetSignatory,
    SignedSheet,
    SubjectSheet,
    read_sheet,
    sheet_bytes,
    sheet_digest,
)
from signing_service.records.transcript import Transcript, TranscriptRecord
from signing_service.signing.detached import claimed_time_of, detached_cms, prepare_detached
from signing_service.signing.sign import sign_prepared
from tests.pki_factory import ExamplePki, Identity
from tests.records_factory import example_pupil, example_record, example_transcript
from tests.signing.case import HOMEROOM_TEACHER, PRINCIPAL

SUBJECTS = ("TOAN", "NV")
_SIGNERS: dict[str, Any] = {"homeroom_teacher": HOMEROOM_TEACHER, "principal": PRINCIPAL}
PUPILS = (example_transcript(**_SIGNERS), example_transcript(pupil=example_pupil(code="9900000002", name="H'Mẫu Thứ Hai"), **_SIGNERS))
TEACHER = SheetSignatory(PersonCode("GV-0001"), "Nguyễn Thị Ví Dụ", SheetCapacity.SUBJECT_TEACHER)
"""Whose certificate `pki.homeroom` is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One signed sheet with the lines behind it."""

    content: SubjectSheet
    signature: bytes
    kept: KeptLines

    @property
    def reference(self) -> SheetReference:
        signer = self.content.signer
        return SheetReference(
            self.content.subject_code,
            sheet_digest(self.content),
            signer.name,
            signer.capacity,
            claimed_time_of(self.signature),
            signer.in_place_of.name if signer.in_place_of else None,
        )

    def of_pupil(self, place: int = 0) -> SignedSheet:
        line = self.kept.lines[place]
        return SignedSheet(
            sheet=sheet_bytes(self.content).decode(),
            signature=base64.b64encode(self.signature).decode(),
            salt=line.line_salt,
            marks=printed(line).marks,
            place=place,
            path=SheetTree(self.kept).path(place),
        )


def signed_by(pki: ExamplePki, signer: Identity, content: bytes) -> bytes:
    """The CMS that the signing room makes."""
    prepared = prepare_detached(
        content,
        certificate=signer.certificate,
        chain=pki.chain,
        ocsp=pki.responder.response_for(signer.certificate),
        moment=datetime.now(UTC),
    )
    value = sign_prepared(prepared, signer.key)
    return detached_cms(prepared, value, pki.timestamper.token(value.message_imprint))


def sheet_for(
    pki: ExamplePki, subject: str, identity: Identity | None = None, pupils: tuple[Transcript, ...] = PUPILS, **changes: Any
) -> Sheet:
    """The class's sheet of one subject; `changes` replace fields of what is signed."""
    rows = [(one.pupil.code, row) for one in pupils for row in one.subjects if row.code == subject]
    kept = drawn(rows)
    first = pupils[0]
    content = SubjectSheet(
        school_code=SchoolCode(first.issuer.school_code),
        school_name=first.issuer.school_name,
        class_name=first.class_name,
        school_year=first.school_year,
        subject_code=subject,
        subject_name=rows[0][1].name,
        signer=TEACHER,
        version=1,
        made_at=datetime(2026, 5, 20, 3, 0, tzinfo=UTC),
        pupils=len(rows),
        root=SheetTree(kept).root,
    )
    content = replace(content, **changes)
    return Sheet(content, signed_by(pki, identity or pki.homeroom, sheet_bytes(content)), kept)


def record_on(*sheets: Sheet, **changes: Any) -> TranscriptRecord:
    """The first pupil's record as it is issued; `changes` replace fields of the record."""
    record = example_record(transcript=issued(PUPILS[0]), subject_sheets=tuple(sheet.reference for sheet in sheets))
    return replace(record, **changes)


def attachment_of(*sheets: SignedSheet) -> bytes:
    """The associated file."""
    return value_bytes(SheetAttachment(sheets))


def resigned(pki: ExamplePki, sheet: SignedSheet, signer: Identity) -> SignedSheet:
    """The same bytes, signed by somebody else."""
    read_sheet(sheet.sheet.encode())
    return replace(sheet, signature=base64.b64encode(signed_by(pki, signer, sheet.sheet.encode())).decode())
