"""Where the table of an award list stands and what each column holds, found by heading text: order and spelling may differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from signing_service.intake.awards.columns import Column, column_of
from signing_service.intake.collecting import Place
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import CellValue, Sheet

_SEARCHED_ROWS: Final = 40
_DEEPEST_HEADING: Final = 3
_NAMES: Final = frozenset({Column.PERSON, Column.COLLECTIVE, Column.NAME})
_FEWEST_COLUMNS: Final = 3
_FOOTERS: Final = ("danhsachnay", "nguoilapbieu", "giamdoc", "ktgiamdoc", "chutich", "tmuybannhandan", "hieutruong", "kthieutruong")
_TOTALS: Final = ("tongcong", "tongso", "cong")


@dataclass(frozen=True, slots=True)
class AwardTable:
    """The table of one sheet."""

    sheet: Sheet
    heading_row: int
    first_row: int
    columns: Mapping[Column, int]
    doubled: tuple[int, ...]
    """Columns whose heading means the same as one further left, which is read."""

    def value(self, row: int, column: Column) -> CellValue:
        """The cell of a row under a heading, None where there is no such column."""
        position = self.columns.get(column)
        return None if position is None else self.sheet.value(row, position)

    def text(self, row: int, column: Column) -> str:
        """The same as one clean line."""
        return clean(raw_text(self.value(row, column)))

    def place(self, row: int = 0, column: Column | None = None) -> Place:
        """A cell, a row, or the sheet."""
        return Place(self.sheet.name, row, None if column is None else self.columns.get(column))

    @property
    def name_column(self) -> Column:
        """The column that names the recipient."""
        return next(column for column in self.columns if column in _NAMES)

    def above(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of every filled cell above the headings."""
        for row in range(1, self.heading_row):
            for column, value in self.sheet.filled(row):
                yield row, column, clean(raw_text(value))

    @property
    def _numbering(self) -> frozenset[int | None]:
        return frozenset(map(self.columns.get, (Column.NUMBER, Column.GOLDEN_BOOK)))

    def data_rows(self) -> Iterator[int]:
        """Rows below the headings that somebody filled in, up to the closing lines."""
        for row in range(self.first_row, self.sheet.height + 1):
            filled = [(column, folded(raw_text(value))) for column, value in self.sheet.filled(row)]
            named = bool(self.text(row, Column.TITLE))
            if not named and filled and filled[0][1].startswith(_FOOTERS):
                return
            beyond_number = [text for column, text in filled if column not in self._numbering]
            if beyond_number and not (not named and beyond_number[0].startswith(_TOTALS)):
                yield row


def find_table(sheet: Sheet) -> AwardTable | None:
    """The table of a sheet, or None when no row looks like the headings of a list of recipients, members or nominations."""
    for row in range(1, min(sheet.height, _SEARCHED_ROWS) + 1):
        found = {column_of((clean(raw_text(value)),)) for _, value in sheet.filled(row)} - {None}
        if found & _NAMES and len(found) >= _FEWEST_COLUMNS:
            return _table(sheet, row)
    return None


def _table(sheet: Sheet, top: int) -> AwardTable:
    bottom = _last_heading_row(sheet, top)
    columns: dict[Column, int] = {}
    doubled = []
    for position in range(1, max(map(len, sheet.rows)) + 1):
        texts = (_heading(sheet, row, position) for row in range(top, bottom + 1))
        column = column_of(tuple(dict.fromkeys(filter(None, texts))))
        if column is None:
            continue
        if column in columns:
            doubled.append(position)
        else:
            columns[column] = position
    return AwardTable(sheet, top, bottom + 1, columns, tuple(doubled))


def _last_heading_row(sheet: Sheet, top: int) -> int:
    """The headings go on while rows hold nothing but headings; a row of column numbers below them counts as one."""
    last = top
    for row in range(top + 1, min(top + _DEEPEST_HEADING, sheet.height + 1)):
        texts = [clean(raw_text(value)) for _, value in sheet.filled(row)]
        numbered = texts == [str(number) for number in range(1, len(texts) + 1)] and len(texts) > _FEWEST_COLUMNS
        if not texts or not (numbered or all(column_of((text,)) for text in texts)):
            break
        last = row
    return last


def _heading(sheet: Sheet, row: int, column: int) -> str:
    own = clean(raw_text(sheet.value(row, column)))
    if own:
        return own
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row <= row <= last_row and first_column <= column <= last_column:
            return clean(raw_text(sheet.value(first_row, first_column)))
    return ""
