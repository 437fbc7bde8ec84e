"""When is a number of an `.xls` workbook a date? Its cell's format says so ([MS-XLS] 2.4.126, 2.5.165)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_BUILT_IN: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS: Final = frozenset("dmyhs")
_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a date cell has no time zone
_ZERO_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - a date cell has no time zone
_LAST_DAY: Final = 2_958_465
"""31/12/9999."""
_FIRST_TRUE_DAY: Final = 61
"""01/03/1900: the calendar of spreadsheets has a 29/02/1900 that never was."""


@dataclass(frozen=True, slots=True)
class DateFormats:
    """The formats of a workbook; a cell names a style, the style a format."""

    formats: Mapping[int, str]
    styles: tuple[int, ...]
    since_1904: bool

    def is_date(self, style: int) -> bool:
        """Whether the style shows numbers as dates or times."""
        number = self.styles[style] if style < len(self.styles) else 0
        pattern = self.formats.get(number)
        if pattern is None:
            return number in _BUILT_IN
        plain = _LITERAL.sub("", pattern).split(";")[0].casefold()
        return "general" not in plain and not _DATE_LETTERS.isdisjoint(plain)


def moment(number: float, *, since_1904: bool) -> date | datetime | None:
    """The day, or the moment of a day, that a serial number stands for; None where it stands for none."""
    first = 0 if since_1904 else _FIRST_TRUE_DAY
    if not first <= number <= _LAST_DAY:
        return None
    try:
        found = (_ZERO_1904 if since_1904 else _ZERO) + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return None
    return found if found.time() != datetime.min.time() else found.date()
