"""When the records of a school year close: from then on a change needs the department.

No national act found names the days; Hồ Chí Minh City's rule (QĐ 1789/QĐ-SGDĐT) closes on 30/06, and on 15/08 for pupils re-assessed in
the summer. They are settings, not constants, because the province decides them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class LockDays:
    """The last days, as (month, day) of the calendar year in which the school year ends, on which a school changes records by itself."""

    regular: tuple[int, int] = (6, 30)
    after_reassessment: tuple[int, int] = (8, 15)

    def last_day(self, school_year: str, *, reassessed: bool) -> date:
        """The last open day of a school year such as `2025-2026`."""
        month, day = self.after_reassessment if reassessed else self.regular
        return date(int(school_year[-4:]), month, day)

    def is_locked(self, school_year: str, *, on: date, reassessed: bool = False) -> bool:
        """Whether the year has closed on that day."""
        return on > self.last_day(school_year, reassessed=reassessed)


def month_day(text: str) -> tuple[int, int]:
    """`MM-DD` as a pair.

    Raises:
        ValueError: no day of every year.
    """
    day = date.fromisoformat(f"2001-{text}")
    return day.month, day.day


DEFAULT_LOCK_DAYS: Final = LockDays()
