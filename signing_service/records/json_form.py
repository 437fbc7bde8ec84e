"""How the frozen values of this package look as JSON, and back: strict in both directions.

Members bear the field names. Decimals are strings with exactly one decimal ("8.0"), dates ISO 8601, moments UTC with `Z` and whole
seconds, enumerations their value, tuples arrays. A field that is None is left out; every other member must be there, so a field
added later has to be optional or the older records could not be read any more.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from signing_service.errors import InvalidInputError
from signing_service.ids import RecordId, Sha256
from signing_service.records.jcs import LARGEST_INTEGER, JsonValue

DECIMAL_PATTERN: Final = r"^(0|[1-9][0-9]{0,5})\.[0-9]$"
MOMENT_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
DATE_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TEXT_PATTERNS: Final[Mapping[Any, str]] = {
    Sha256: r"^[0-9a-f]{64}$",
    RecordId: r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
}
"""What the typed identifiers look like; the others are any text."""

_TENTH: Final = Decimal("0.1")
_Value = TypeVar("_Value")


def to_json(value: Any) -> dict[str, JsonValue]:  # noqa: ANN401 - any frozen dataclass of this package
    """The JSON object of a frozen dataclass.

    Raises:
        InvalidInputError: a decimal with more than one decimal place, or a moment without time zone or with fractions of a second.
    """
    return {f.name: _written(inner) for f in fields(value) if (inner := getattr(value, f.name)) is not None}


def from_json(cls: type[_Value], obj: object) -> _Value:
    """The value of type `cls` whose JSON object is `obj`.

    Raises:
        InvalidInputError: an unknown, missing or wrongly typed member (`record-member`); the message names its path, never its content.
    """
    hint: Any = cls
    read: _Value = _reader(hint)(obj, "")
    return read


def members_of(cls: type) -> dict[str, tuple[Any, bool]]:
    """Name to (type without None, whether it must be present) of every member of a dataclass, in order."""
    hints = get_type_hints(cls)
    found = {}
    for f in fields(cls):
        options = alternatives(hints[f.name])
        present = tuple(o for o in options if o is not NoneType)
        found[f.name] = (present[0] if len(present) == 1 else Union[present], len(present) == len(options))  # noqa: UP007 - built at run time
    return found


def alternatives(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type annotation has no narrower type
    """The members of a union, or the type alone."""
    return get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)


def _written(value: Any) -> JsonValue:  # noqa: ANN401, PLR0911 - one line for each kind of value
    match value:
        case Enum():
            return _written(value.value)
        case bool() | int() | str():
            return value
        case Decimal():
            if not value.is_finite() or value.is_signed() or value != value.quantize(_TENTH):
                raise _refused(
                    "figure-precision", "số phải từ 0 trở lên và có nhiều nhất một chữ số thập phân", "a figure has at most one decimal"
                )
            return str(value.quantize(_TENTH))
        case datetime():
            if value.tzinfo is None or value.microsecond:
                raise _refused("moment-precision", "thời điểm phải có múi giờ và tròn giây", "a moment has a time zone and whole seconds")
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return [_written(inner) for inner in value]
        case _ if is_dataclass(value):
            return to_json(value)
        case _:
            raise TypeError(type(value).__name__)


_Reader = Callable[[object, str], Any]


@cache
def _reader(hint: Any) -> _Reader:  # noqa: ANN401 - a type annotation has no narrower type
    if len(alternatives(hint)) > 1:
        return _first_that_fits(tuple(_reader(option) for option in alternatives(hint)))
    if get_origin(hint) is tuple:
        return _array(_reader(get_args(hint)[0]))
    if hasattr(hint, "__supertype__"):
        return _text(TEXT_PATTERNS.get(hint))
    if is_dataclass(hint):
        return _object(hint)
    if issubclass(hint, Enum):
        return _enumeration(hint)
    return {
        str: _text(None),
        int: _integer,
        bool: _boolean,
        Decimal: _converted(DECIMAL_PATTERN, Decimal),
        datetime: _converted(MOMENT_PATTERN, lambda text: datetime.fromisoformat(text.removesuffix("Z") + "+00:00")),
        date: _converted(DATE_PATTERN, date.fromisoformat),
    }[hint]


def _object(cls: Any) -> _Reader:  # noqa: ANN401 - a dataclass that is not known statically
    members = members_of(cls)

    def read(obj: object, path: str) -> Any:  # noqa: ANN401 - the dataclass above
        if not isinstance(obj, dict):
            raise _wrong(path)
        for name in obj:
            if name not in members:
                # The name of an unknown member is foreign text and stays out of the message.
                raise _wrong(f"{path}/?")
        values = {}
        for name, (hint, required) in members.items():
            if name in obj:
                values[name] = _reader(hint)(obj[name], f"{path}/{name}")
            elif required:
                raise _wrong(f"{path}/{name}")
            else:
                values[name] = None
        return cls(**values)

    return read


def _array(inner: _Reader) -> _Reader:
    def read(obj: object, path: str) -> tuple[Any, ...]:
        if not isinstance(obj, list):
            raise _wrong(path)
        return tuple(inner(item, f"{path}/{position}") for position, item in enumerate(obj))

    return read


def _first_that_fits(readers: tuple[_Reader, ...]) -> _Reader:
    def read(obj: object, path: str) -> Any:  # noqa: ANN401 - one of several types
        for reader in readers:
            try:
                return reader(obj, path)
            except InvalidInputError:
                continue
        raise _wrong(path)

    return read


def _text(pattern: str | None) -> _Reader:
    def read(obj: object, path: str) -> str:
        if not isinstance(obj, str) or (pattern and not re.fullmatch(pattern, obj)):
            raise _wrong(path)
        return obj

    return read


def _converted(pattern: str, convert: Callable[[str], object]) -> _Reader:
    def read(obj: object, path: str) -> object:
        if not isinstance(obj, str) or not re.fullmatch(pattern, obj):
            raise _wrong(path)
        try:
            return convert(obj)
        except ValueError:
            raise _wrong(path) from None

    return read


def _enumeration(cls: type[Enum]) -> _Reader:
    by_value = {member.value: member for member in cls}

    def read(obj: object, path: str) -> Enum:
        if not isinstance(obj, str) or obj not in by_value:
            raise _wrong(path)
        return by_value[obj]

    return read


def _integer(obj: object, path: str) -> int:
    if not isinstance(obj, int) or isinstance(obj, bool) or abs(obj) > LARGEST_INTEGER:
        raise _wrong(path)
    return obj


def _boolean(obj: object, path: str) -> bool:
    if not isinstance(obj, bool):
        raise _wrong(path)
    return obj


def _wrong(path: str) -> InvalidInputError:
    place = path or "/"
    return _refused(
        "record-member", f"thành phần {place} thiếu, thừa hoặc sai kiểu", f"member {place} is missing, unknown or of the wrong type"
    )


def _refused(code: str, vi: str, en: str) -> InvalidInputError:
    return InvalidInputError(code, vi=f"Học bạ không đọc được: {vi}.", en=f"The record cannot be used: {en}.")
