"""Reads a report that a confined child wrote, and believes nothing but what the contract allows."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256
from signing_service.verification.report import VerificationReport

_LONGEST_TEXT: Final = 2_000
_MOST_ITEMS: Final = 500
_DIGEST_DIGITS: Final = 64

_Value = TypeVar("_Value")


class MalformedReportError(InvalidInputError):
    """Not a report of the contract (`report-malformed`)."""

    def __init__(self) -> None:
        super().__init__(
            "report-malformed", vi="Kết quả kiểm tra không đúng định dạng.", en="The verifier's answer is no report of the contract."
        )


def report_from_json(obj: object) -> VerificationReport:
    """The report that `report_to_json` wrote.

    Raises:
        MalformedReportError: a member is missing, unknown, of another type, or longer than any honest one.
    """
    return _read(VerificationReport, obj)


def _read(kind: type[_Value], obj: object) -> _Value:
    value = _value(kind, obj)
    if not isinstance(value, kind):
        raise MalformedReportError
    return value


def _value(kind: Any, obj: object) -> object:  # noqa: ANN401 - annotations have no narrower type
    if get_origin(kind) is UnionType:
        members = get_args(kind)
        return None if obj is None and NoneType in members else _value(next(one for one in members if one is not NoneType), obj)
    if get_origin(kind) is tuple:
        if not isinstance(obj, list) or len(obj) > _MOST_ITEMS:
            raise MalformedReportError
        return tuple(_value(get_args(kind)[0], item) for item in obj)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, obj)
    return _simple(kind, obj)


def _dataclass(kind: type, obj: object) -> object:
    names = {field.name for field in fields(kind)}
    if not isinstance(obj, dict) or set(obj) != names:
        raise MalformedReportError
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], obj[name]) for name in names})


def _simple(kind: Any, obj: object) -> object:  # noqa: ANN401 - annotations have no narrower type
    if kind is bool and isinstance(obj, bool):
        return obj
    if kind is int and isinstance(obj, int) and not isinstance(obj, bool) and obj >= 0:
        return obj
    if not isinstance(obj, str) or len(obj) > _LONGEST_TEXT:
        raise MalformedReportError
    if kind is str:
        return obj
    if kind is Sha256 and len(obj) == _DIGEST_DIGITS and set(obj) <= set("0123456789abcdef"):
        return obj
    try:
        if kind is datetime:
            return _moment(obj)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(obj)
    except ValueError:
        raise MalformedReportError from None
    raise MalformedReportError


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
