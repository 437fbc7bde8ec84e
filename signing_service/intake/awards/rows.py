"""Reads the cells of one row of an award list; every trouble is noted with its place."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.tables import AwardTable
from signing_service.intake.cells import read_whole_number
from signing_service.intake.characters import legacy_encoded, printable, printable_name
from signing_service.intake.text import clean, folded, raw_text, with_real_letters
from signing_service.records.awards.decision import Rating, Votes

LONGEST_TEXT: Final = 500
"""Characters; the annex and the certificate have room for about as many."""

_YES: Final = frozenset({"x", "co", "1", "true", "dung"})
_NO: Final = frozenset({"", "khong", "0", "false"})
_PERCENT: Final = re.compile(r"\d{1,3}(\.\d{1,17})?")
_OF_MEMBERS: Final = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
"""Votes and members in one cell: `12/15`."""
_WHOLE: Final = Decimal(100)
_NOISE: Final = Decimal("1e-6")
_RATINGS: Final = MappingProxyType(
    {
        spelling: rating
        for rating, spellings in {
            Rating.EXCELLENT: "hoanthanhxuatsacnhiemvu hoanthanhxuatsac htxsnv htxs xuatsac",
            Rating.GOOD: "hoanthanhtotnhiemvu hoanthanhtot httnv htt tot",
            Rating.COMPLETED: "hoanthanhnhiemvu hoanthanh htnv",
            Rating.NOT_COMPLETED: "khonghoanthanhnhiemvu khonghoanthanh khtnv",
        }.items()
        for spelling in spellings.split()
    }
)


@dataclass(frozen=True, slots=True)
class CouncilSize:
    """How many members the council has, and how many of them voted."""

    members: int
    voters: int


class AwardRow:
    """One row of one list; `sound` turns False with its first error."""

    def __init__(self, table: AwardTable, row: int, findings: AwardFindings) -> None:
        self.table = table
        self.row = row
        self.sound = True
        self._findings = findings
        if row in table.sheet.facts.hidden_rows:
            self.warn("row-hidden", None)
        for column, position in table.columns.items():
            if (row, position) in table.sheet.facts.errors:
                self.refuse("formula-error", column)
            elif (row, position) in table.sheet.facts.without_value:
                self.refuse("formula-without-value", column)

    def refuse(self, code: str, column: Column | None, what: str = "") -> None:
        """Note an error at a cell of this row; at the row, where the list has no such column."""
        self.sound = False
        self._findings.refuse(code, self.table.place(self.row, column), what)

    def warn(self, code: str, column: Column | None, what: str = "") -> None:
        """Note a warning at a cell of this row, or at the row."""
        self._findings.warn(code, self.table.place(self.row, column), what)

    def text(self, column: Column) -> str | None:
        """A printable text on one line, None where the cell is blank."""
        found = self.table.text(self.row, column)
        if not printable(found):
            self.refuse("text-characters", column)
        if len(found) > LONGEST_TEXT:
            self.warn("text-too-long", column)
        return found or None

    def required(self, column: Column) -> str:
        """A printable text that has to be there; empty where it is not."""
        found = self.text(column)
        if found is None:
            self.refuse("value-missing", column, f"“{column.value}”")
        return found or ""

    def name(self, column: Column, *, person: bool) -> str:
        """The recipient's name, exactly as it is written apart from spaces and look-alikes of Đ."""
        found = with_real_letters(self.required(column))
        if found and legacy_encoded(found):
            self.refuse("name-legacy-encoding", column)
        elif found and person and not printable_name(found):
            self.refuse("name-characters", column)
        return found

    def flag(self, column: Column) -> bool:
        """A cell that is marked with x or left blank."""
        found = folded(self.table.text(self.row, column))
        if found not in _YES | _NO:
            self.refuse("flag-unknown", column)
        return found in _YES

    def number(self, column: Column) -> int | None:
        """A whole number from 0, None where the cell is blank or wrong."""
        value = self.table.value(self.row, column)
        if not clean(raw_text(value)):
            return None
        found = None if isinstance(value, bool) else read_whole_number(value)
        if found is None:
            self.refuse("not-a-whole-number", column)
        return found

    def rating(self) -> Rating | None:
        """Kết quả xếp loại, None where the cell is blank or wrong."""
        found = self.table.text(self.row, Column.RATING)
        rating = _RATINGS.get(folded(found))
        if found and rating is None:
            self.refuse("rating-unknown", Column.RATING)
        return rating

    def votes(self, council: CouncilSize | None) -> Votes | None:
        """The council's vote, checked against the council's list and the stated share; None where it is not stated."""
        both = _OF_MEMBERS.fullmatch(self.table.text(self.row, Column.IN_FAVOUR))
        if both and Column.MEMBERS not in self.table.columns:
            in_favour, members = int(both[1]), int(both[2])
        else:
            stated = self.number(Column.IN_FAVOUR), self.number(Column.MEMBERS)
            if stated[0] is None or stated[1] is None:
                return None
            in_favour, members = stated[0], stated[1]
        if in_favour > members:
            self.refuse("votes-more-than-members", Column.IN_FAVOUR)
            return None
        if council is not None and members != council.members:
            self.refuse(
                "council-size-differs", Column.MEMBERS if Column.MEMBERS in self.table.columns else Column.IN_FAVOUR, str(council.members)
            )
        if council is not None and in_favour > council.voters:
            self.refuse("votes-more-than-voters", Column.IN_FAVOUR)
        self._check_percent(in_favour, members)
        return Votes(in_favour, members)

    def _check_percent(self, in_favour: int, members: int) -> None:
        value = self.table.value(self.row, Column.PERCENT)
        text = clean(unicodedata.normalize("NFKC", raw_text(value))).removesuffix("%").strip().replace(",", ".")
        if not text or members == 0:
            return
        if not _PERCENT.fullmatch(text):
            self.refuse("percent-unreadable", Column.PERCENT)
            return
        stated = Decimal(text)
        # A cell with the format of a percentage holds the share itself, 0.8 for 80 %.
        share = isinstance(value, float | int) and stated <= 1 and in_favour
        if not _states(stated * _WHOLE if share else stated, in_favour, members):
            self.refuse("percent-differs", Column.PERCENT, f"{in_favour}/{members} = {percent_text(in_favour, members)}%")


def percent_text(part: int, whole: int) -> str:
    """The share with two decimals and a comma: `86,67`."""
    return str((Decimal(part) * _WHOLE / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def _states(stated: Decimal, part: int, whole: int) -> bool:
    """Whether `stated` is the exact share, rounded half up at as many decimals as somebody wrote."""
    exact = Decimal(part) * _WHOLE / Decimal(whole)
    exponent = stated.normalize().as_tuple().exponent
    unit = Decimal(1).scaleb(max(-9, min(0, exponent if isinstance(exponent, int) else 0)))
    return abs(exact.quantize(unit, ROUND_HALF_UP) - stated) < _NOISE
