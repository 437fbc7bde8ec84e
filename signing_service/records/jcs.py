"""RFC 8785 (JSON Canonicalization Scheme): the one byte sequence of a JSON value that holds no fractional numbers."""

import re
from typing import Final, TypeAlias

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | bool | None"

LARGEST_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493, 2.2)."""

_SHORT_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f]')


def canonical_json(value: JsonValue) -> bytes:
    """The UTF-8 bytes of `value` by RFC 8785: no spaces, members sorted by UTF-16 code units, the shortest escapes.

    Raises:
        ValueError: an integer outside ±(2^53 - 1), or text that is not Unicode (a lone surrogate).
        TypeError: something that is no JSON value of ours, such as a float.
    """
    return _text(value).encode("utf-8")


def _text(value: JsonValue) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise ValueError
            return str(value)
        case str():
            return _quoted(value)
        case list():
            return "[" + ",".join(map(_text, value)) + "]"
        case dict():
            members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
            return "{" + ",".join(f"{_quoted(name)}:{_text(inner)}" for name, inner in members) + "}"
        case _:
            raise TypeError(type(value).__name__)


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"
