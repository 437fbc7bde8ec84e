"""A sheet says nothing about a child that its salts do not open, and its canonical bytes are one."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode, SchoolCode, Sha256
from signing_service.records.canonical import canonical_bytes, read_record, value_bytes
from signing_service.records.issued import issued_subject
from signing_service.records.schema import schema_text
from signing_service.records.sheet_reference import SheetCapacity, SheetReference
from signing_service.records.sheet_schema import (
    SHEET_ATTACHMENT_SCHEMA,
    SUBJECT_SHEET_SCHEMA,
    sheet_attachment_schema,
    subject_sheet_schema,
)
from signing_service.records.subject_sheet import (
    SheetAttachment,
    SheetLine,
    SheetSignatory,
    SignedSheet,
    SubjectSheet,
    commitment,
    marks_digest,
    read_sheet,
    sheet_bytes,
)
from signing_service.shipped import shipped_path
from tests.records_factory import example_record, example_transcript

DIGEST = Sha256("ab" * 32)
ROW = example_transcript().subjects[0]
SALTS = st.binary(min_size=32, max_size=32).map(lambda octets: Sha256(octets.hex()))


def sheet() -> SubjectSheet:
    return SubjectSheet(
        school_code=SchoolCode("99000001"),
        school_name="Trường TH&THCS Suối Mẫu",
        class_name="7A",
        school_year="2025-2026",
        subject_code="TOAN",
        subject_name="Toán",
        signer=SheetSignatory(PersonCode("9900000021"), "Nguyễn Thị Hoa Mẫu", SheetCapacity.SUBJECT_TEACHER),
        version=1,
        made_at=datetime(2026, 5, 20, 3, 0, tzinfo=UTC),
        pupils=45,
        root=DIGEST,
    )


def line() -> SheetLine:
    return SheetLine("9900000001", issued_subject(ROW), DIGEST)


def test_the_shipped_schemas_are_those_that_the_code_makes() -> None:
    for name, schema in ((SUBJECT_SHEET_SCHEMA, subject_sheet_schema()), (SHEET_ATTACHMENT_SCHEMA, sheet_attachment_schema())):
        Draft202012Validator.check_schema(schema)
        assert shipped_path("schemas", name).read_text("utf-8") == schema_text(schema)


def test_a_sheet_and_its_attachment_keep_their_schemas() -> None:
    text = sheet_bytes(sheet()).decode()
    attachment = SheetAttachment((SignedSheet(text, "AAAA", DIGEST, DIGEST, 0, (DIGEST,)),))
    Draft202012Validator(subject_sheet_schema()).validate(json.loads(text))
    Draft202012Validator(sheet_attachment_schema()).validate(json.loads(value_bytes(attachment)))


def test_what_was_signed_is_read_back_and_nothing_else_is_a_sheet() -> None:
    octets = sheet_bytes(sheet())
    assert read_sheet(octets) == sheet()
    for changed in (octets + b" ", octets.replace(b'"7A"', b'"7A" '), octets.replace(b'"version":1', b'"version":1.0'), b"{}"):
        with pytest.raises(InvalidInputError):
            read_sheet(changed)


def test_a_record_that_names_sheets_is_read_back_and_one_that_names_none_looks_as_before() -> None:
    reference = SheetReference(
        "TOAN", DIGEST, "Nguyễn Thị Hoa Mẫu", SheetCapacity.SUCCESSOR, datetime(2026, 5, 20, 3, 0, tzinfo=UTC), "Ai Đó Mẫu"
    )
    record = example_record(subject_sheets=(reference,))
    assert read_record(canonical_bytes(record)) == record
    assert b"subject_sheets" not in canonical_bytes(example_record())


def test_the_commitment_can_be_recomputed_by_the_words_of_its_description() -> None:
    salt = Sha256("0f" * 32)
    content = b"signing-service/subject-sheet/line/v1\n" + bytes.fromhex(salt) + value_bytes(line())
    assert commitment(line(), salt) == hashlib.sha256(content).hexdigest()


@given(SALTS, SALTS)
def test_another_salt_makes_another_digest_of_the_same_marks(one: Sha256, other: Sha256) -> None:
    assert (commitment(line(), one) == commitment(line(), other)) is (one == other)
    assert (marks_digest(ROW, one) == marks_digest(ROW, other)) is (one == other)


@given(SALTS)
def test_the_digest_of_the_marks_is_never_a_commitment(salt: Sha256) -> None:
    assert marks_digest(ROW, salt) != commitment(line(), salt)
    assert marks_digest(ROW, salt) != marks_digest(issued_subject(ROW), salt)
