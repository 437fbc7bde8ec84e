"""JSON Schema 2020-12 of the record, made from the dataclasses, so that the two cannot drift apart."""

import json
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, get_args, get_origin

from signing_service.records.jcs import LARGEST_INTEGER, JsonValue
from signing_service.records.json_form import DATE_PATTERN, DECIMAL_PATTERN, MOMENT_PATTERN, TEXT_PATTERNS, alternatives, members_of
from signing_service.records.transcript import TranscriptRecord

TRANSCRIPT_RECORD_SCHEMA: Final = "transcript-record.schema.json"
"""File name below the folder `schemas`."""


def transcript_record_schema() -> dict[str, JsonValue]:
    """The schema of the canonical JSON of a `TranscriptRecord`."""
    return record_schema(
        TranscriptRecord,
        TRANSCRIPT_RECORD_SCHEMA,
        title="Học bạ một năm học / Transcript record of one school year",
        description="Canonical form: RFC 8785. Marks are strings with one decimal; a member without a value is left out.",
    )


def record_schema(cls: type, file: str, *, title: str, description: str) -> dict[str, JsonValue]:
    """The schema of the canonical JSON of a frozen dataclass of this package, for the file name `file`."""
    definitions: dict[str, JsonValue] = {}
    root = _object(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:signing-service:schema:{file.removesuffix('.schema.json')}",
        "title": title,
        "description": description,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text(schema: dict[str, JsonValue]) -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _object(cls: Any, definitions: dict[str, JsonValue]) -> dict[str, JsonValue]:  # noqa: ANN401 - a dataclass that is not known statically
    members = members_of(cls)
    required: list[JsonValue] = [name for name, (_, needed) in members.items() if needed]
    found: dict[str, JsonValue] = {
        "type": "object",
        "description": (cls.__doc__ or "").strip(),
        "properties": {name: _schema(hint, definitions) for name, (hint, _) in members.items()},
        "additionalProperties": False,
    }
    return found | {"required": required} if required else found


def _schema(hint: Any, definitions: dict[str, JsonValue]) -> dict[str, JsonValue]:  # noqa: ANN401 - a type annotation has no narrower type
    if len(alternatives(hint)) > 1:
        return {"anyOf": [_schema(option, definitions) for option in alternatives(hint)]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0], definitions)}
    if hasattr(hint, "__supertype__"):
        pattern = TEXT_PATTERNS.get(hint)
        return {"type": "string", "pattern": pattern} if pattern else {"type": "string"}
    if is_dataclass(hint) or issubclass(hint, Enum):
        name = hint.__name__
        if name not in definitions:
            definitions[name] = {}  # stops the recursion, should a type ever hold itself
            definitions[name] = _object(hint, definitions) if is_dataclass(hint) else _enumeration(hint)
        return {"$ref": f"#/$defs/{name}"}
    plain: dict[Any, dict[str, JsonValue]] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER},
        Decimal: {"type": "string", "pattern": DECIMAL_PATTERN},
        datetime: {"type": "string", "format": "date-time", "pattern": MOMENT_PATTERN},
        date: {"type": "string", "format": "date", "pattern": DATE_PATTERN},
    }
    return plain[hint]


def _enumeration(cls: type[Enum]) -> dict[str, JsonValue]:
    return {"type": "string", "description": (cls.__doc__ or "").strip(), "enum": [member.value for member in cls]}
