"""The published schema is the one that the code writes by, and reports keep to it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from jsonschema import Draft202012Validator

from signing_service.ids import sha256_of
from signing_service.shipped import shipped_path
from signing_service.verification.report import (
    Coverage,
    Indication,
    Integrity,
    Level,
    LogReport,
    Modification,
    RecordReport,
    Rerendered,
    Revocation,
    SignatureReport,
    SubIndication,
    TimeSource,
    Trust,
    VerificationReport,
)
from signing_service.verification.report_json import report_to_json
from signing_service.verification.report_schema import report_schema

MOMENT = datetime(2026, 5, 31, 8, 30, tzinfo=UTC)
PUBLISHED = shipped_path("schemas", "verification-report.schema.json").read_text("utf-8")
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED), format_checker=Draft202012Validator.FORMAT_CHECKER)
SIGNATURE = SignatureReport(
    field="GVCN",
    role="homeroom-teacher",
    signer="Nguyễn Thị Ví Dụ",
    signed_at=MOMENT,
    time_source=TimeSource.TIMESTAMP,
    integrity=Integrity.INTACT,
    coverage=Coverage.WHOLE_REVISION,
    modification=Modification.PERMITTED,
    level=Level.B_LTA,
    trust=Trust.TRUSTED,
    revocation=Revocation.GOOD,
    indication=Indication.TOTAL_PASSED,
    sub_indication=None,
    reasons=(),
)
REPORT = VerificationReport(
    file="hoc-ba.pdf",
    file_sha256=sha256_of(b"hoc ba"),
    verified_at=MOMENT,
    indication=Indication.TOTAL_PASSED,
    sub_indication=None,
    modified_after_signing=False,
    signatures=(SIGNATURE,),
    record=RecordReport(
        "transcript", "00000000-0000-4000-8000-000000000001", sha256_of(b"{}"), digest_ok=True, rerendered=Rerendered.EQUAL
    ),
    log=LogReport(included=True, checkpoint_size=45),
)


def test_published_schema_is_the_generated_one() -> None:
    assert json.dumps(report_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n" == PUBLISHED


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(PUBLISHED))


def test_full_report_keeps_to_the_schema() -> None:
    VALIDATOR.validate(report_to_json(REPORT))


def test_bare_report_keeps_to_the_schema() -> None:
    bare = replace(
        REPORT, indication=Indication.TOTAL_FAILED, sub_indication=SubIndication.FORMAT_FAILURE, signatures=(), record=None, log=None
    )
    VALIDATOR.validate(report_to_json(bare))


def test_contract_names_every_member() -> None:
    written = report_to_json(REPORT)
    assert {
        "file",
        "file_sha256",
        "verified_at",
        "indication",
        "sub_indication",
        "current_status",
        "modified_after_signing",
        "signatures",
        "record",
        "log",
    } <= set(written)
    assert written["current_status"] == "not-checked"
    assert written["verified_at"] == "2026-05-31T08:30:00Z"


def test_schema_refuses_what_the_contract_does_not_know() -> None:
    written = report_to_json(REPORT)
    for spoilt in (
        {**written, "indication": "PASSED"},
        {**written, "pupil": "ai đó"},
        {name: value for name, value in written.items() if name != "log"},
        {**written, "file_sha256": "AB"},
    ):
        assert not VALIDATOR.is_valid(spoilt)
