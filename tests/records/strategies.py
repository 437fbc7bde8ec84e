"""Any value of a record's types, made from the annotations, for property tests."""

import string
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from signing_service.ids import RecordId, Sha256
from signing_service.records.json_form import alternatives, members_of

_LETTERS = st.text(st.characters(codec="utf-8"), max_size=12)


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """A strategy for a type annotation."""
    if len(alternatives(hint)) > 1:
        return st.one_of(*map(any_of, alternatives(hint)))
    if get_origin(hint) is tuple:
        return st.lists(any_of(get_args(hint)[0]), max_size=2).map(tuple)
    if is_dataclass(hint):
        return any_dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: _LETTERS,
        bool: st.booleans(),
        int: st.integers(-(2**53) + 1, 2**53 - 1),
        Decimal: st.integers(0, 999_999).map(lambda tenths: Decimal(tenths).scaleb(-1)),
        datetime: st.datetimes(datetime(1000, 1, 1), datetime(9999, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC)),  # noqa: DTZ001
        date: st.dates(date(1000, 1, 1)),
        Sha256: st.text(string.hexdigits[:16], min_size=64, max_size=64),
        RecordId: st.uuids(version=4).map(str),
        type(None): st.none(),
    }
    return plain.get(hint, _LETTERS)


def any_dataclass(cls: Any) -> st.SearchStrategy[Any]:
    fields = {name: any_of(hint) if needed else st.none() | any_of(hint) for name, (hint, needed) in members_of(cls).items()}
    return st.builds(cls, **fields)
