"""What one cell says: a mark, a comment, a level, a count, a date. Each reading is a value, or the code of what is wrong with the cell."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from signing_service.intake.findings import Severity
from signing_service.intake.text import clean, folded, raw_text, with_real_letters
from signing_service.intake.workbook import CellValue
from signing_service.records.rules.averages import rounded_mark
from signing_service.records.transcript import CommentLevel, Level, PromotionStatus, Title

_Read = TypeVar("_Read")

_HIGHEST: Final = Decimal(10)
_LARGEST_MEASURE: Final = Decimal(300)
_FLOAT_NOISE: Final = Decimal("1e-9")
_NUMBER: Final = re.compile(r"-?\d{1,4}(\.\d{1,17})?")
_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")
_SERIAL_DATES: Final = range(20_000, 60_000)
_SERIAL_ZERO: Final = date(1899, 12, 30)
_CENTURY: Final = 2000
_FIRST_FULL_YEAR: Final = 100
_COMMENTS: Final = MappingProxyType(
    {"đ": CommentLevel.PASSED, "đạt": CommentLevel.PASSED, "cđ": CommentLevel.NOT_PASSED, "chưa đạt": CommentLevel.NOT_PASSED}
)
_LEVELS: Final = MappingProxyType(
    {
        "tốt": Level.GOOD,
        "t": Level.GOOD,
        "khá": Level.FAIR,
        "k": Level.FAIR,
        "đạt": Level.PASSED,
        "đ": Level.PASSED,
        "chưa đạt": Level.NOT_PASSED,
        "cđ": Level.NOT_PASSED,
    }
)
_TITLES: Final = MappingProxyType(
    {
        "hocsinhxuatsac": Title.EXCELLENT,
        "xuatsac": Title.EXCELLENT,
        "hsxs": Title.EXCELLENT,
        "hocsinhgioi": Title.VERY_GOOD,
        "gioi": Title.VERY_GOOD,
        "hsg": Title.VERY_GOOD,
    }
)
_PROMOTIONS: Final = MappingProxyType(
    {
        "lenlop": PromotionStatus.PROMOTED,
        "duoclenlop": PromotionStatus.PROMOTED,
        "olailop": PromotionStatus.NOT_PROMOTED,
        "luuban": PromotionStatus.NOT_PROMOTED,
        "khongduoclenlop": PromotionStatus.NOT_PROMOTED,
        "danhgialai": PromotionStatus.PENDING_RETEST,
        "renluyenhe": PromotionStatus.PENDING_SUMMER_CONDUCT,
        "renluyentronghe": PromotionStatus.PENDING_SUMMER_CONDUCT,
        "danhgialairenluyenhe": PromotionStatus.PENDING_BOTH,
        "danhgialairenluyentronghe": PromotionStatus.PENDING_BOTH,
        "danhgialaivarenluyentronghe": PromotionStatus.PENDING_BOTH,
    }
)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_Read]):
    """A cell's value, None where it is blank or wrong, with the trouble if there is any."""

    value: _Read | None
    trouble: str | None = None
    severity: Severity = Severity.ERROR


def is_blank(value: CellValue) -> bool:
    """Whether nothing visible stands in the cell."""
    return clean(raw_text(value)) == ""


def read_mark(value: CellValue) -> Reading[Decimal]:
    """A mark from 0 to 10: a number, or text with a comma or a dot. More than one decimal is rounded half up, aloud."""
    if isinstance(value, (bool, timedelta)):
        return Reading(None, "mark-not-a-number")
    if isinstance(value, date):
        return Reading(None, "mark-is-date")
    text = clean(unicodedata.normalize("NFKC", raw_text(value))).replace(",", ".")
    if not text:
        return Reading(None)
    if not _NUMBER.fullmatch(text):
        return Reading(None, "mark-not-a-number" if not isinstance(value, float) else "mark-out-of-range")
    mark = Decimal(text)
    if not 0 <= mark <= _HIGHEST:
        return Reading(None, "mark-out-of-range")
    rounded = rounded_mark(mark)
    # Sums made by a spreadsheet carry binary noise far behind the decimals that anybody typed.
    trouble = "mark-two-decimals" if abs(rounded - mark) > _FLOAT_NOISE else None
    return Reading(rounded, trouble, Severity.WARNING)


def read_comment(value: CellValue) -> Reading[CommentLevel]:
    """Đ or CĐ in their spellings."""
    text = with_real_letters(clean(raw_text(value))).casefold()
    if not text:
        return Reading(None)
    level = _COMMENTS.get(text)
    return Reading(level, None if level else "comment-value-invalid")


def read_level(value: CellValue, invalid: str) -> Reading[Level]:
    """Tốt, Khá, Đạt or Chưa đạt; `invalid` is the code for anything else."""
    text = with_real_letters(clean(raw_text(value))).casefold()
    if not text:
        return Reading(None)
    level = _LEVELS.get(text)
    return Reading(level, None if level else invalid)


def read_count(value: CellValue) -> Reading[int]:
    """A number of sessions; blank is 0."""
    text = clean(unicodedata.normalize("NFKC", raw_text(value)))
    if not text:
        return Reading(0)
    if not re.fullmatch(r"\d{1,3}", text):
        return Reading(None, "absence-not-a-number")
    return Reading(int(text))


def read_title(value: CellValue) -> Title | None:
    """The title that a cell names; None where it names none that exists."""
    return _TITLES.get(folded(raw_text(value)))


def read_promotion(value: CellValue) -> PromotionStatus | None:
    """The status that a note states; None where it states none."""
    return _PROMOTIONS.get(folded(raw_text(value)))


def read_date(value: CellValue) -> Reading[date]:
    """A date: a date cell, dd/mm/yyyy in its spellings, or a bare serial number; never month first."""
    if isinstance(value, date):
        return Reading(value.date() if isinstance(value, datetime) else value)
    text = clean(unicodedata.normalize("NFKC", raw_text(value)))
    if text.isdecimal() and int(text) in _SERIAL_DATES:
        return Reading(_SERIAL_ZERO + timedelta(days=int(text)), "date-as-serial-number", Severity.WARNING)
    if match := _ISO_DATE.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DATE.fullmatch(text):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    return Reading(None, "date-impossible" if text else None)


def read_whole_number(value: CellValue) -> int | None:
    """A whole number from 0, None for anything else."""
    try:
        number = Decimal(clean(unicodedata.normalize("NFKC", raw_text(value))))
    except InvalidOperation:
        return None
    return int(number) if number.is_finite() and number >= 0 and number == number.to_integral_value() else None


def read_measure(value: CellValue) -> Decimal | None:
    """A height in cm or a weight in kg with at most one decimal, None for anything else."""
    text = clean(unicodedata.normalize("NFKC", raw_text(value))).replace(",", ".")
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        return None
    measure = rounded_mark(Decimal(text))
    return measure if 0 < measure < _LARGEST_MEASURE else None


def _date(year: int, month: int, day: int) -> Reading[date]:
    short = year < _FIRST_FULL_YEAR
    try:
        found = date(_CENTURY + year if short else year, month, day)
    except ValueError:
        return Reading(None, "date-impossible")
    return Reading(found, "date-two-digit-year", Severity.WARNING) if short else Reading(found)
