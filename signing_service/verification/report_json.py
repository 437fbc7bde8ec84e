"""The report as the contract `schemas/verification-report.schema.json` has it."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from signing_service.verification.report import VerificationReport


def report_to_json(report: VerificationReport) -> dict[str, Any]:
    """The report as JSON values: moments as RFC 3339 in UTC, enumerations by their value, tuples as arrays, None as null."""
    written = _written(report)
    return dict(written)


def _written(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    return value
