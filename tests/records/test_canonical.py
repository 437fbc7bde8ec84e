"""One record, one byte sequence; and the only way back from it is strict."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.records.canonical import canonical_bytes, read_record, record_digest, record_from_json, to_json, transcript_digest
from signing_service.records.jcs import JsonValue, canonical_json
from signing_service.records.transcript import TranscriptRecord
from tests.records.strategies import any_dataclass
from tests.records_factory import example_pupil, example_record, example_transcript

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=6), inner, max_size=4),
    max_leaves=12,
)
_SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(_JSON)
def test_our_canonical_json_is_that_of_the_rfc8785_library(value: JsonValue) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_members_are_sorted_by_utf16_code_units() -> None:
    # U+1F600 is written with surrogates (D83D DE00) and so stands before U+FB33, although its code point is larger (RFC 8785, 3.2.3).
    value: JsonValue = {"\ufb33": 1, "\U0001f600": 2, "\r": 3, "1": 4, "ö": 5, "€": 6, "\x80": 7}
    assert canonical_json(value) == rfc8785.dumps(value)
    assert list(json.loads(canonical_json(value)).values()) == [3, 4, 7, 5, 6, 2, 1]


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_what_other_readers_would_not_keep_exactly_is_refused(value: JsonValue) -> None:
    with pytest.raises(ValueError):
        canonical_json(value)


def test_fractions_are_no_json_of_ours() -> None:
    with pytest.raises(TypeError):
        canonical_json({"mark": 7.5})  # type: ignore[dict-item]  # the point of the test


@_SLOW
@given(any_dataclass(TranscriptRecord))
def test_any_record_survives_the_way_to_bytes_and_back(record: TranscriptRecord) -> None:
    data = canonical_bytes(record)
    assert read_record(data) == record
    assert canonical_bytes(read_record(data)) == data
    assert data == rfc8785.dumps(to_json(record))


def test_marks_are_strings_with_one_decimal_and_no_number_has_a_fraction() -> None:
    data = canonical_bytes(example_record())
    subject: Any = json.loads(data)["transcript"]["subjects"][0]
    assert (subject["year_average"], subject["periods_per_year"]) == ("9.1", 140)
    heavy = example_record(transcript=example_transcript(pupil=example_pupil(weight_kg=Decimal(41), height_cm=Decimal("150.50"))))
    pupil: Any = to_json(heavy)["transcript"]
    assert (pupil["pupil"]["weight_kg"], pupil["pupil"]["height_cm"]) == ("41.0", "150.5")


def test_absent_values_are_left_out_and_moments_are_utc() -> None:
    vietnam = timezone(timedelta(hours=7))
    record = example_record(created_at=datetime(2026, 5, 29, 10, 0, tzinfo=vietnam))
    obj = to_json(record)
    assert obj["created_at"] == "2026-05-29T03:00:00Z"
    assert "supersedes" not in obj
    assert "null" not in canonical_bytes(record).decode()
    assert record_digest(record) == record_digest(example_record())


@pytest.mark.parametrize(
    "record",
    [
        example_record(created_at=datetime(2026, 5, 29)),  # noqa: DTZ001 - a moment without zone is the point
        example_record(created_at=datetime(2026, 5, 29, microsecond=1, tzinfo=UTC)),
        example_record(transcript=example_transcript(pupil=example_pupil(weight_kg=Decimal("41.25")))),
        example_record(transcript=example_transcript(pupil=example_pupil(weight_kg=Decimal("NaN")))),
        example_record(transcript=example_transcript(pupil=example_pupil(weight_kg=Decimal("-1.0")))),
        example_record(transcript=example_transcript(pupil=example_pupil(name="\ud800"))),
    ],
)
def test_what_has_no_canonical_form_is_refused(record: TranscriptRecord) -> None:
    with pytest.raises(InvalidInputError):
        canonical_bytes(record)


def _changed(path: str, value: object) -> object:
    obj: Any = json.loads(canonical_bytes(example_record()))
    *way, last = path.split("/")
    place = obj
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return obj


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("unknown", "x"),
        ("transcript/pupil/unknown", "x"),
        ("transcript/pupil/name", ...),
        ("transcript/pupil/name", 7),
        ("transcript/pupil/name", None),
        ("transcript/pupil/birth_date", "2013-02-30"),
        ("transcript/pupil/birth_date", "20131005"),
        ("transcript/grade", "7"),
        ("transcript/grade", True),
        ("transcript/grade", 2**60),
        ("transcript/level", "99"),
        ("transcript/subjects", {}),
        ("transcript/subjects/0/year_average", "9.10"),
        ("transcript/subjects/0/year_average", 9),
        ("transcript/subjects/0/year_average", "09.1"),
        ("transcript/subjects/0/optional", 0),
        ("transcript/subjects/0/semester_1/marks/midterm", "x"),
        ("created_at", "2026-05-29T03:00:00+00:00"),
        ("created_at", "2026-13-29T03:00:00Z"),
        ("record_id", "00000000-0000-1000-8000-000000000001"),
        ("supersedes", "AB" * 32),
    ],
)
def test_an_unknown_missing_or_wrongly_typed_member_is_refused_without_its_content(path: str, value: object) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        record_from_json(_changed(path, value))
    assert refusal.value.code == "record-member"
    assert "Mẫu" not in refusal.value.vi + refusal.value.en + str(refusal.value)


@pytest.mark.parametrize("data", [b"", b"[", b"{}", b'{"a":1,"a":1}', b'{"a":1.5}', b'{"a":NaN}', b"\xff", b"[" * 100_000])
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError):
        read_record(data)


def test_only_the_canonical_bytes_are_read() -> None:
    data = canonical_bytes(example_record())
    for other in (data + b"\n", data.replace(b'":', b'": ', 1), json.dumps(json.loads(data)).encode()):
        with pytest.raises(InvalidInputError) as refusal:
            read_record(other)
        assert refusal.value.code == "record-not-canonical"


def test_the_digest_of_a_transcript_does_not_depend_on_the_records_identity() -> None:
    one, other = example_record(), example_record(created_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert transcript_digest(one.transcript) == transcript_digest(other.transcript)
    assert record_digest(one) != record_digest(other)
    assert transcript_digest(replace(one.transcript, class_name="7C")) != transcript_digest(one.transcript)
