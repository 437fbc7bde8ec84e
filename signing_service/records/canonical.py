"""The canonical bytes of a record (RFC 8785): what is digested, embedded in the PDF, logged by digest and compared for ever."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256, sha256_of
from signing_service.records.jcs import JsonValue, canonical_json
from signing_service.records.json_form import from_json, to_json
from signing_service.records.transcript import Transcript, TranscriptRecord

__all__ = [
    "canonical_bytes",
    "read_record",
    "read_value",
    "record_digest",
    "record_from_json",
    "to_json",
    "transcript_bytes",
    "transcript_digest",
    "value_bytes",
]

_Value = TypeVar("_Value")


def canonical_bytes(record: TranscriptRecord) -> bytes:
    """The UTF-8 RFC 8785 bytes of `record`.

    Raises:
        InvalidInputError: a figure with more than one decimal, a moment without zone, or text that is not Unicode.
    """
    return _bytes(to_json(record))


def record_digest(record: TranscriptRecord) -> Sha256:
    """SHA-256 of the canonical bytes: the name of the record."""
    return sha256_of(canonical_bytes(record))


def transcript_bytes(transcript: Transcript) -> bytes:
    """The UTF-8 RFC 8785 bytes of what the school asserts, without the record's own identity.

    Raises:
        InvalidInputError: as `canonical_bytes`.
    """
    return _bytes(to_json(transcript))


def transcript_digest(transcript: Transcript) -> Sha256:
    """SHA-256 of the canonical bytes of what the school asserts, without the record's own identity: equal for the same import twice."""
    return sha256_of(transcript_bytes(transcript))


def record_from_json(obj: object) -> TranscriptRecord:
    """The record of a parsed JSON object.

    Raises:
        InvalidInputError: an unknown, missing or wrongly typed member (`record-member`).
    """
    return from_json(TranscriptRecord, obj)


def read_record(data: bytes) -> TranscriptRecord:
    """The record whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: as `read_value`.
    """
    return read_value(TranscriptRecord, data)


def value_bytes(value: Any) -> bytes:  # noqa: ANN401 - any frozen dataclass of this package
    """The UTF-8 RFC 8785 bytes of any frozen value of this package.

    Raises:
        InvalidInputError: as `canonical_bytes`.
    """
    return _bytes(to_json(value))


def read_value(cls: type[_Value], data: bytes) -> _Value:
    """The value of type `cls` whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: no JSON (`record-json`), wrong members (`record-member`), or any other byte sequence than the canonical one
            (`record-not-canonical`).
    """
    try:
        parsed = json.loads(data, object_pairs_hook=_without_duplicates, parse_float=_no_fractions, parse_constant=_no_fractions)
    except (ValueError, RecursionError):
        raise InvalidInputError("record-json", vi="Học bạ không phải là JSON hợp lệ.", en="The record is not valid JSON.") from None
    value = from_json(cls, parsed)
    if value_bytes(value) != data:
        raise InvalidInputError(
            "record-not-canonical", vi="Học bạ không ở dạng chuẩn RFC 8785.", en="The record is not in the canonical form of RFC 8785."
        )
    return value


def _bytes(obj: JsonValue) -> bytes:
    try:
        return canonical_json(obj)
    except ValueError:
        raise InvalidInputError(
            "record-text",
            vi="Học bạ có ký tự không phải Unicode hoặc số quá lớn.",
            en="The record holds text that is not Unicode or too large a number.",
        ) from None


def _without_duplicates(members: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(members)
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no_fractions(text: str) -> None:
    raise ValueError(text)
