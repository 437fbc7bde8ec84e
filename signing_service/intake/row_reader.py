"""Reads the cells of one pupil's row on one sheet; every trouble is noted with its place and refuses the row if it must."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from signing_service.intake.cells import Reading, read_comment, read_count, read_date, read_level, read_mark
from signing_service.intake.characters import printable
from signing_service.intake.collecting import Findings
from signing_service.intake.headings import ColumnKey
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.text import clean, clean_lines, raw_text
from signing_service.intake.workbook import CellValue
from signing_service.records.transcript import CommentLevel, Level

_Read = TypeVar("_Read")

LONGEST_TEXT: Final = 500
"""Characters; the form's largest box holds about as many."""
_BETWEEN: Final = re.compile(r"\s*[;|]\s*|\s+")
_FORMULA_STARTS: Final = ("=", "+", "@", "-")


class RowReader:
    """One row of one pupil."""

    def __init__(self, sheet: ClassSheet, row: int, pupil: str, findings: Findings) -> None:
        self.sheet = sheet
        self.row = row
        self.pupil = pupil
        self._findings = findings

    def mark(self, key: ColumnKey, missing: str | None) -> Decimal | None:
        """A mark that somebody entered; `missing` is the code of the error when it is blank, None where it may be."""
        return self._entered(key, read_mark, missing)

    def comment(self, key: ColumnKey, missing: str | None) -> CommentLevel | None:
        """A comment level that somebody entered."""
        return self._entered(key, read_comment, missing)

    def marks(self, key: ColumnKey, missing: str | None, *, alone: bool) -> tuple[Decimal, ...]:
        """The marks of one cell: one, or, in a column that is `alone`, several behind each other as in `8 7,5 9`."""
        return self._several(key, read_mark, missing, alone=alone)

    def comments(self, key: ColumnKey, missing: str | None, *, alone: bool) -> tuple[CommentLevel, ...]:
        """The comment levels of one cell, like `marks`: `Đ Đ`."""
        return self._several(key, read_comment, missing, alone=alone)

    def stated_average(self, key: ColumnKey) -> Decimal | None:
        """An average as the sheet states it; a formula is what one expects there."""
        return self._read(key, read_mark)

    def stated_comment(self, key: ColumnKey) -> CommentLevel | None:
        """A subject's level as the sheet states it."""
        return self._read(key, read_comment)

    def level(self, key: ColumnKey, invalid: str, missing: str | None = None) -> Level | None:
        """One of the four levels."""
        reading = self._read(key, lambda value: read_level(value, invalid))
        if reading is None and missing and self.blank(key):
            self.refuse(missing, key)
        return reading

    def count(self, key: ColumnKey) -> int | None:
        """A number of sessions, 0 when blank, None when it is wrong."""
        return self._read(key, read_count)

    def day(self, key: ColumnKey) -> date | None:
        """A date, None when blank or wrong."""
        return self._read(key, read_date)

    def remark(self, key: ColumnKey) -> str | None:
        """A free text, line breaks kept; characters that cannot be printed refuse the row."""
        text = clean_lines(raw_text(self.value(key)))
        if not printable(text):
            self.refuse("text-characters", key)
        if len(text) > LONGEST_TEXT:
            self.warn("text-too-long", key)
        if text.startswith(_FORMULA_STARTS):
            self.warn("text-looks-like-formula", key)
        return text or None

    def value(self, key: ColumnKey) -> CellValue:
        """The raw cell."""
        return self.sheet.table.value(self.row, key)

    def has(self, key: ColumnKey) -> bool:
        """Whether the sheet has such a column."""
        return key in self.sheet.table.columns

    def blank(self, key: ColumnKey) -> bool:
        """Whether nothing stands in the cell."""
        return self.has(key) and clean_lines(raw_text(self.value(key))) == "" and not self._spoiled(key)

    def refuse(self, code: str, key: ColumnKey | None, *, what: str = "") -> None:
        """Note an error at a cell of this row, or at the row."""
        self._findings.refuse(code, self.sheet.place(self.row, self._column(key)), pupil=self.pupil, what=what)

    def warn(self, code: str, key: ColumnKey | None) -> None:
        """Note a warning at a cell of this row, or at the row."""
        self._findings.warn(code, self.sheet.place(self.row, self._column(key)))

    def _entered(self, key: ColumnKey, read: Callable[[CellValue], Reading[_Read]], missing: str | None) -> _Read | None:
        found = self._read(key, read)
        if found is None and missing and self.blank(key):
            self.refuse(missing, key)
        if found is not None and self._position(key) in self.sheet.table.sheet.facts.formulas:
            self.warn("formula-in-mark", key)
        return found

    def _several(
        self, key: ColumnKey, read: Callable[[CellValue], Reading[_Read]], missing: str | None, *, alone: bool
    ) -> tuple[_Read, ...]:
        value = self.value(key)
        pieces = _BETWEEN.split(clean(value)) if isinstance(value, str) and alone else []
        if len(pieces) < 2 or self._spoiled(key) or read(value).value is not None:  # noqa: PLR2004 - one piece is one value
            found = self._entered(key, read, missing)
            return () if found is None else (found,)
        readings = [read(piece) for piece in pieces]
        for trouble, severity in dict.fromkeys((reading.trouble, reading.severity) for reading in readings):
            if trouble:
                self._findings.add(severity, trouble, self.sheet.place(self.row, self._column(key)), pupil=self.pupil)
        return tuple(reading.value for reading in readings if reading.value is not None)

    def _read(self, key: ColumnKey, read: Callable[[CellValue], Reading[_Read]]) -> _Read | None:
        if not self.has(key):
            return None
        if spoiled := self._spoiled(key):
            self.refuse(spoiled, key)
            return None
        reading = read(self.value(key))
        if reading.trouble:
            self._findings.add(reading.severity, reading.trouble, self.sheet.place(self.row, self._column(key)), pupil=self.pupil)
        return reading.value

    def _spoiled(self, key: ColumnKey) -> str | None:
        facts = self.sheet.table.sheet.facts
        if self._position(key) in facts.errors:
            return "formula-error"
        return "formula-without-value" if self._position(key) in facts.without_value else None

    def _position(self, key: ColumnKey) -> tuple[int, int]:
        return (self.row, self.sheet.table.columns[key])

    def _column(self, key: ColumnKey | None) -> int | None:
        return None if key is None else self.sheet.table.columns.get(key)


def reader_with(readers: Sequence[RowReader], key: ColumnKey) -> RowReader:
    """The first reader whose sheet has the column, or the first one: a pupil's row may be spread over several sheets."""
    return next((reader for reader in readers if reader.has(key)), readers[0])
