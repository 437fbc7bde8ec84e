"""The shipped JSON Schema is the one that the code makes, and it accepts exactly what the code writes."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from signing_service.records.canonical import to_json
from signing_service.records.schema import TRANSCRIPT_RECORD_SCHEMA, schema_text, transcript_record_schema
from signing_service.records.transcript import TranscriptRecord
from signing_service.shipped import shipped_path
from tests.records.strategies import any_dataclass
from tests.records_factory import example_record

_VALIDATOR = Draft202012Validator(transcript_record_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_shipped_schema_is_the_one_that_the_code_makes() -> None:
    assert shipped_path("schemas", TRANSCRIPT_RECORD_SCHEMA).read_text("utf-8") == schema_text(transcript_record_schema())


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(transcript_record_schema())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_dataclass(TranscriptRecord))
def test_every_record_is_valid(record: TranscriptRecord) -> None:
    _VALIDATOR.validate(to_json(record))


@pytest.mark.parametrize(
    ("member", "value"),
    [("more", 1), ("record_id", "7"), ("created_at", "2026-05-29T03:00:00+07:00"), ("transcript", None), ("supersedes", "AB" * 32)],
)
def test_what_the_reader_refuses_is_invalid(member: str, value: object) -> None:
    obj: dict[str, Any] = json.loads(json.dumps(to_json(example_record())))
    assert _VALIDATOR.is_valid(obj)
    assert not _VALIDATOR.is_valid(obj | {member: value})
