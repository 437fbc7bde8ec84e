"""The JSON Schema of the report, read off the frozen values that it is written from."""

from dataclasses import is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from signing_service.ids import Sha256
from signing_service.verification.report import VerificationReport

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    Sha256: {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
}


def report_schema() -> dict[str, Any]:
    """The schema as in `schemas/verification-report.schema.json`; every member is required, none may be added."""
    return {"$schema": _DIALECT, "title": "signing-service/verification-report/v1", **_schema_of(VerificationReport)}


def _schema_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type of any kind
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0])}
    if isinstance(kind, UnionType):
        return {"anyOf": [_schema_of(one) for one in get_args(kind)]}
    if is_dataclass(kind):
        members = {name: _schema_of(hint) for name, hint in get_type_hints(kind).items()}
        return {
            "type": "object",
            "description": kind.__doc__,
            "properties": members,
            "required": list(members),
            "additionalProperties": False,
        }
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"description": kind.__doc__, "enum": [member.value for member in kind]}
    raise TypeError(kind)
