"""The workbook as plain values: sheets, rows, cells, merged headings, and which cells are not what they seem."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

import python_calamine

from signing_service.intake.biff import read_biff
from signing_service.intake.compound import MAGIC
from signing_service.intake.container import not_xlsx, unpacked
from signing_service.intake.limits import WorkbookLimits
from signing_service.intake.sheet_facts import SheetFacts, facts_by_sheet

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns are one-based, as people count them."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    """First row, first column, last row, last column of each merged range."""
    facts: SheetFacts
    file: str = ""
    """The file's name where several were handed in together."""

    @property
    def label(self) -> str:
        """What a person finds the sheet by: its name, behind the file's where there are several."""
        return f"[{self.file}]{self.name}" if self.file else self.name

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def value(self, row: int, column: int) -> CellValue:
        """The cell's value, None when it is empty or lies outside."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        found = cells[column - 1] if 1 <= column <= len(cells) else None
        return None if found == "" else found

    def filled(self, row: int) -> Iterator[tuple[int, CellValue]]:
        """Column and value of every filled cell of a row."""
        for column, value in enumerate(self.rows[row - 1], start=1):
            if value is not None and value != "":
                yield column, value


def open_workbook(data: bytes, limits: WorkbookLimits) -> tuple[Sheet, ...]:
    """The sheets of an `.xlsx` or `.xls` file, in the workbook's order.

    Raises:
        InvalidInputError: not a workbook, encrypted, unsafe, or beyond the limits.
    """
    if data.startswith(MAGIC):
        return tuple(Sheet(old.name, old.rows, old.merged, old.facts) for old in read_biff(data, limits))
    facts = facts_by_sheet(unpacked(data, limits), limits)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_sheet(book.get_sheet_by_name(name), facts[name]) for name in book.sheet_names if name in facts)
    except (python_calamine.CalamineError, ValueError, OSError):
        raise not_xlsx() from None


def _sheet(source: python_calamine.CalamineSheet, facts: SheetFacts) -> Sheet:
    ranges = source.merged_cell_ranges or []
    return Sheet(
        name=source.name,
        rows=tuple(tuple(row) for row in source.to_python(skip_empty_area=False)),
        merged=tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges),
        facts=facts,
    )


def column_letters(column: int) -> str:
    """1 is `A`, 27 `AA`."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
