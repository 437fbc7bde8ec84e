"""Strict JSON objects: one table of members serves both the reader and the published JSON Schema, so the two cannot drift apart."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from signing_service.errors import InvalidInputError

JsonValue = str | int | bool | float | list["JsonValue"] | dict[str, "JsonValue"] | None
JsonObject = dict[str, JsonValue]

# JSON's escapes can spell half a character, which has no UTF-8 form and could not be written again.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A string that matches `pattern` as a whole, of at most `longest` characters."""

    pattern: str
    longest: int
    description: str

    def accepts(self, value: JsonValue) -> bool:
        """Whether `value` may stand here."""
        return (
            isinstance(value, str)
            and len(value) <= self.longest
            and re.fullmatch(self.pattern, value) is not None
            and _SURROGATE.search(value) is None
        )

    def schema(self) -> JsonObject:
        """The same rule as JSON Schema."""
        return {
            "type": "string",
            "pattern": f"^(?:{self.pattern})$",
            "maxLength": self.longest,
            "description": self.description,
        }


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int
    most: int
    description: str

    def accepts(self, value: JsonValue) -> bool:
        """Whether `value` may stand here; true and 1.0 are not whole numbers."""
        return type(value) is int and self.least <= value <= self.most

    def schema(self) -> JsonObject:
        """The same rule as JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "description": self.description}


@dataclass(frozen=True, slots=True)
class Texts:
    """At most `most` strings of one form."""

    each: Text
    most: int
    description: str

    def accepts(self, value: JsonValue) -> bool:
        """Whether `value` may stand here."""
        return isinstance(value, list) and len(value) <= self.most and all(self.each.accepts(item) for item in value)

    def schema(self) -> JsonObject:
        """The same rule as JSON Schema."""
        return {"type": "array", "items": self.each.schema(), "maxItems": self.most, "description": self.description}


@dataclass(frozen=True, slots=True)
class Members:
    """An object with exactly these members."""

    members: Mapping[str, "Text | Whole | Texts | Members"]
    description: str

    def accepts(self, value: JsonValue) -> bool:
        """Whether `value` may stand here."""
        return (
            isinstance(value, dict)
            and value.keys() == self.members.keys()
            and all(rule.accepts(value[name]) for name, rule in self.members.items())
        )

    def schema(self) -> JsonObject:
        """The same rule as JSON Schema."""
        return {
            "type": "object",
            "properties": {name: rule.schema() for name, rule in self.members.items()},
            "required": list(self.members),
            "additionalProperties": False,
            "description": self.description,
        }


def strict_json(data: bytes, *, most_bytes: int) -> JsonValue:
    """Read JSON that has one meaning: UTF-8, no member twice, no NaN, bounded.

    Raises:
        InvalidInputError: anything else (`json-malformed`).
    """
    if len(data) > most_bytes:
        raise _malformed()
    try:
        value: JsonValue = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _malformed() from None
    return value


def _once(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def _malformed() -> InvalidInputError:
    return InvalidInputError("json-malformed", vi="Tệp không phải JSON hợp lệ.", en="Not well-formed JSON.")
