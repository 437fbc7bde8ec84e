"""Where a list stands on its sheet and what each column holds, found by heading text: order, position and spelling may differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from signing_service.intake.collecting import Place
from signing_service.intake.staff.columns import ListColumn
from signing_service.intake.staff.findings import ListFindings
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import CellValue, Sheet

_SEARCHED_ROWS: Final = 40
_FOOTERS: Final = ("danhsachnay", "nguoilapbieu", "nguoilapbang", "hieutruong", "giamdoc", "tongcong", "tongso", "cong")
_SCHOOL_YEAR: Final = re.compile(r"năm học\s*:?\s*(20\d\d)\s*[-–—]\s*(20\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListTable:
    """The table of one sheet."""

    sheet: Sheet
    heading_row: int
    first_row: int
    columns: Mapping[ListColumn, int]
    doubled: tuple[int, ...]
    """Columns whose heading means the same as one further left, which is read."""

    def value(self, row: int, column: ListColumn) -> CellValue:
        """The cell of a row under a heading, None where there is no such column."""
        position = self.columns.get(column)
        return None if position is None else self.sheet.value(row, position)

    def text(self, row: int, column: ListColumn) -> str:
        """The same as one clean line."""
        return clean(raw_text(self.value(row, column)))

    def place(self, row: int = 0, column: ListColumn | None = None) -> Place:
        """A cell, a row, or the sheet."""
        return Place(self.sheet.name, row, None if column is None else self.columns.get(column))

    def rows(self, code: ListColumn, name: ListColumn) -> Iterator[int]:
        """Rows below the headings that somebody filled in, up to the first that begins a footer."""
        for row in range(self.first_row, self.sheet.height + 1):
            texts = [folded(raw_text(value)) for _, value in self.sheet.filled(row)]
            if not texts:
                continue
            if not self.text(row, code) and not self.text(row, name):
                if texts[0].startswith(_FOOTERS):
                    return
                continue
            if texts[0].startswith(("danhsachnay", "tongcong", "tongso")):
                return
            yield row

    def school_year(self) -> str | None:
        """The school year that the rows above the headings name, such as `2025-2026`."""
        for row in range(1, self.heading_row):
            for _, value in self.sheet.filled(row):
                if match := _SCHOOL_YEAR.search(clean(raw_text(value))):
                    return f"{match[1]}-{match[2]}"
        return None


def find_lists(
    sheets: Sequence[Sheet], spellings: Mapping[str, ListColumn], needed: frozenset[ListColumn], findings: ListFindings
) -> tuple[ListTable, ...]:
    """The tables of every sheet that holds such a list; other filled sheets are warned of, and a workbook without any list is refused."""
    found = []
    for sheet in sheets:
        table = find_list(sheet, spellings, needed)
        if table is not None:
            found.append(table)
            for column in table.doubled:
                findings.warn("heading-doubled", Place(sheet.name, table.heading_row, column))
        elif any(True for row in range(1, sheet.height + 1) for _ in sheet.filled(row)):
            findings.warn("sheet-not-recognised", Place(sheet.name))
    if not found:
        findings.refuse("list-missing", Place(""), ", ".join(f"“{column.value}”" for column in sorted(needed)))
    return tuple(found)


def find_list(sheet: Sheet, spellings: Mapping[str, ListColumn], needed: frozenset[ListColumn]) -> ListTable | None:
    """The table of a sheet whose headings hold every column of `needed`, in one row or in two; None where there is none."""
    for row in range(1, min(sheet.height, _SEARCHED_ROWS) + 1):
        one = _headings(sheet, (row,), spellings)
        if needed <= one.keys():
            # A second row of headings stands below merged ones and fills none of the columns already known.
            two = _headings(sheet, (row, row + 1), spellings) if row < sheet.height else {}
            deep = len(two) > len(one) and all(sheet.value(row + 1, column) is None for column in (one[key] for key in needed))
            bottom = row + 1 if deep else row
            columns = two if deep else one
            return ListTable(sheet, row, bottom + 1, columns, _doubled(sheet, bottom, spellings, columns))
    return None


def _headings(sheet: Sheet, rows: tuple[int, ...], spellings: Mapping[str, ListColumn]) -> dict[ListColumn, int]:
    found: dict[ListColumn, int] = {}
    for row in reversed(rows):
        for column, value in sheet.filled(row):
            key = _column(value, spellings)
            if key is not None:
                found.setdefault(key, column)
    return found


def _doubled(sheet: Sheet, row: int, spellings: Mapping[str, ListColumn], columns: Mapping[ListColumn, int]) -> tuple[int, ...]:
    keys = ((column, _column(value, spellings)) for column, value in sheet.filled(row))
    return tuple(column for column, key in keys if key is not None and columns[key] != column)


def _column(value: CellValue, spellings: Mapping[str, ListColumn]) -> ListColumn | None:
    return spellings.get(folded(raw_text(value))) if isinstance(value, str) else None
