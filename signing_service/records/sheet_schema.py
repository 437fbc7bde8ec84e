"""JSON Schema 2020-12 of subject sheets, made from the dataclasses, so that the two cannot drift apart."""

from typing import Final

from signing_service.records.jcs import JsonValue
from signing_service.records.schema import record_schema
from signing_service.records.subject_sheet import SheetAttachment, SubjectSheet

SUBJECT_SHEET_SCHEMA: Final = "subject-sheet.schema.json"
SHEET_ATTACHMENT_SCHEMA: Final = "subject-sheet-attachment.schema.json"

_CANONICAL: Final = "Canonical form: RFC 8785; a member without a value is left out."


def subject_sheet_schema() -> dict[str, JsonValue]:
    """The schema of the canonical JSON of a `SubjectSheet`: the bytes that a subject teacher signs."""
    return record_schema(SubjectSheet, SUBJECT_SHEET_SCHEMA, title="Phiếu điểm môn học / Subject sheet", description=_CANONICAL)


def sheet_attachment_schema() -> dict[str, JsonValue]:
    """The schema of `phieu-diem-mon.json`: the sheets in one pupil's file, and what ties the pupil's rows to them."""
    title = "Phiếu điểm môn học trong học bạ / Subject sheets of one transcript"
    return record_schema(SheetAttachment, SHEET_ATTACHMENT_SCHEMA, title=title, description=_CANONICAL)
