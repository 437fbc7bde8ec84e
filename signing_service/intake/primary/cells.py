"""What one cell of a primary sheet says: a level, a whole mark, a tick, a result, a title, a decision."""

import re
import unicodedata
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from signing_service.intake.cells import Reading
from signing_service.intake.text import clean, folded, raw_text, with_real_letters
from signing_service.intake.workbook import CellValue
from signing_service.records.primary import PrimaryResult, PrimarySubjectLevel, TraitLevel
from signing_service.records.transcript import Title

_WHOLE: Final = re.compile(r"-?\d{1,4}(?:\.0+)?")
_NUMBER: Final = re.compile(r"-?\d{1,4}\.\d{1,17}")
_HIGHEST: Final = 10

_SUBJECT_LEVELS: Final = MappingProxyType(
    {
        "t": PrimarySubjectLevel.COMPLETED_WELL,
        "htt": PrimarySubjectLevel.COMPLETED_WELL,
        "hoanthanhtot": PrimarySubjectLevel.COMPLETED_WELL,
        "h": PrimarySubjectLevel.COMPLETED,
        "ht": PrimarySubjectLevel.COMPLETED,
        "hoanthanh": PrimarySubjectLevel.COMPLETED,
        "c": PrimarySubjectLevel.NOT_COMPLETED,
        "cht": PrimarySubjectLevel.NOT_COMPLETED,
        "chuahoanthanh": PrimarySubjectLevel.NOT_COMPLETED,
    }
)
_TRAIT_LEVELS: Final = MappingProxyType(
    {
        "t": TraitLevel.GOOD,
        "tốt": TraitLevel.GOOD,
        "đ": TraitLevel.PASSED,
        "đạt": TraitLevel.PASSED,
        "c": TraitLevel.NEEDS_EFFORT,
        "ccg": TraitLevel.NEEDS_EFFORT,
        "cần cố gắng": TraitLevel.NEEDS_EFFORT,
    }
)
_RESULTS: Final = MappingProxyType(
    {
        "hoanthanhxuatsac": PrimaryResult.EXCELLENT,
        "htxs": PrimaryResult.EXCELLENT,
        "hoanthanhtot": PrimaryResult.GOOD,
        "htt": PrimaryResult.GOOD,
        "hoanthanh": PrimaryResult.COMPLETED,
        "ht": PrimaryResult.COMPLETED,
        "chuahoanthanh": PrimaryResult.NOT_COMPLETED,
        "cht": PrimaryResult.NOT_COMPLETED,
    }
)
_TITLES: Final = MappingProxyType(
    {
        spelling: title
        for title, spellings in {
            Title.EXCELLENT: "hocsinhxuatsac xuatsac hsxs hocsinhhoanthanhxuatsac",
            Title.MODEL: "hocsinhtieubieu tieubieu hstb hstieubieu hocsinhtieubieuhoanthanhtottronghoctapvarenluyen "
            "hstieubieuhoanthanhtottronghoctapvarenluyen hocsinhtieubieuhoanthanhtot tieubieuhoanthanhtottronghoctapvarenluyen",
            Title.VERY_GOOD: "hocsinhgioi hsg gioi",
        }.items()
        for spelling in spellings.split()
    }
)
_NO_TITLE: Final = frozenset({"", "khong", "khongkhen"})
_TICKS: Final = frozenset({"x", "v", "co", "1", "true", "dat", "hoanthanh", "ht", "duoc", "lenlop", "duoclenlop", "dongy"})
_TICK_SIGNS: Final = frozenset("✓✔☑√")
_NO_TICKS: Final = frozenset({"khong", "0", "false", "chua", "chuahoanthanh", "cht", "k", "olailop", "luuban", "khongdongy"})
_DECISIONS: Final = MappingProxyType(
    {
        spelling: promotes
        for promotes, spellings in {
            True: "lenlop duoclenlop cholenlop dongycholenlop dongy duoc",
            False: "olailop luuban chualenlop chuaduoclenlop khonglenlop khongduoclenlop olai",
        }.items()
        for spelling in spellings.split()
    }
)


def read_subject_level(value: CellValue) -> Reading[PrimarySubjectLevel]:
    """T, H or C in their spellings."""
    spelling = folded(raw_text(value))
    if not spelling:
        return Reading(None)
    level = _SUBJECT_LEVELS.get(spelling)
    return Reading(level, None if level else "subject-level-invalid")


def read_trait_level(value: CellValue) -> Reading[TraitLevel]:
    """T, Đ or C in their spellings."""
    text = with_real_letters(clean(raw_text(value))).casefold()
    if not text:
        return Reading(None)
    level = _TRAIT_LEVELS.get(text)
    return Reading(level, None if level else "trait-level-invalid")


def read_test_mark(value: CellValue) -> Reading[int]:
    """A whole mark from 0 to 10 (TT 27/2020, Điều 7.1b: no fractions)."""
    if isinstance(value, (bool, timedelta)):
        return Reading(None, "mark-not-a-number")
    if isinstance(value, date):
        return Reading(None, "mark-is-date")
    text = clean(unicodedata.normalize("NFKC", raw_text(value))).replace(",", ".")
    if not text:
        return Reading(None)
    if _NUMBER.fullmatch(text) and not _WHOLE.fullmatch(text):
        return Reading(None, "test-mark-not-whole")
    if not _WHOLE.fullmatch(text):
        return Reading(None, "mark-not-a-number")
    mark = int(text.partition(".")[0])
    return Reading(mark) if 0 <= mark <= _HIGHEST else Reading(None, "mark-out-of-range")


def read_tick(value: CellValue) -> Reading[bool]:
    """A tick in its spellings; blank is no tick."""
    text = clean(raw_text(value))
    spelling = folded(text)
    if spelling in _TICKS or (text and set(text) <= _TICK_SIGNS):
        return Reading(value=True)
    return Reading(value=False, trouble=None) if not text or spelling in _NO_TICKS else Reading(None, "tick-invalid")


def read_primary_result(value: CellValue) -> Reading[PrimaryResult]:
    """One of the four results of the year."""
    spelling = folded(raw_text(value))
    if not spelling:
        return Reading(None)
    result = _RESULTS.get(spelling)
    return Reading(result, None if result else "primary-result-invalid")


def names_no_title(value: CellValue) -> bool:
    """Whether the cell says that there is no award."""
    return folded(raw_text(value)) in _NO_TITLE


def read_primary_title(value: CellValue) -> Title | None:
    """The title that a cell names; None where it names none."""
    return _TITLES.get(folded(raw_text(value)))


def read_decision(value: CellValue) -> Reading[bool]:
    """Whether the principal lets the pupil move up; None where the cell is blank."""
    spelling = folded(raw_text(value))
    if not spelling:
        return Reading(None)
    promotes = _DECISIONS.get(spelling)
    return Reading(promotes, None if promotes is not None else "decision-invalid")
