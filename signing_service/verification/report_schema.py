"""The contract of a report, `schemas/verification-report.schema.json`, told from the values themselves: they cannot drift apart."""

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from signing_service.ids import Sha256
from signing_service.verification.report import VerificationReport

REPORT_SCHEMA: Final = "verification-report.schema.json"
"""Its file name under `schemas`."""

_SIMPLE: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    NoneType: {"type": "null"},
    Sha256: {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    datetime: {"type": "string", "format": "date-time"},
}


def report_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of one report, as `report_to_json` writes it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "signing-service/verification-report/v1",
        "description": "The verdict on one file in the words of ETSI EN 319 102-1; `verify --json` prints an array of them.",
        **_schema_of(VerificationReport),
    }


def report_schema_text() -> str:
    """The one spelling of the schema."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _schema_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - annotations have no narrower type
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if get_origin(kind) is UnionType:
        return {"anyOf": [_schema_of(member) for member in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0])}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        properties = {name: _schema_of(hints[name]) for name in names}
        return {"type": "object", "additionalProperties": False, "properties": properties, "required": names}
    raise TypeError(kind)
