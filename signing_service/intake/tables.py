"""Where a sheet's table stands and what each column holds, found by heading text: order, position and spelling may differ."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from signing_service.intake.headings import (
    FIELDS,
    ChoiceColumn,
    ColumnKey,
    Field,
    Part,
    SemesterColumn,
    SubjectColumn,
    field_of,
    is_choice,
    part_of,
    semester_of,
    subject_and_part,
    subject_code,
)
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import CellValue, Sheet

_SEARCHED_ROWS: Final = 40
_DEEPEST_HEADING: Final = 4
_LONGEST_COUNT: Final = 2
_YEARS: Final = ("canam", "cn")
_FOOTERS: Final = ("danhsachnay", "giaovienchunhiem", "hieutruong", "nguoilapbang")
_DATED: Final = re.compile(r"ngay\d{0,2}thang\d{0,2}nam20\d\d")
"""Place and date above the signatures."""
_SUMMARIES: Final = ("trungbinhlop", "tongsohocsinh", "tongcong", "tongso", "trungbinh")


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one sheet."""

    sheet: Sheet
    heading_row: int
    first_row: int
    columns: Mapping[ColumnKey, int]
    doubled: tuple[tuple[int, int], ...]
    """Pairs of columns whose headings mean the same; the first one is read."""

    def value(self, row: int, key: ColumnKey) -> CellValue:
        """The cell of a row under a heading, None where there is no such column."""
        column = self.columns.get(key)
        return None if column is None else self.sheet.value(row, column)

    def text(self, row: int, key: ColumnKey) -> str:
        """The same as one clean line."""
        return clean(raw_text(self.value(row, key)))

    def subjects(self) -> tuple[str, ...]:
        """Codes of the subjects in the table, from left to right."""
        found = sorted((column, key.code) for key, column in self.columns.items() if isinstance(key, SubjectColumn))
        return tuple(dict.fromkeys(code for _, code in found))

    def regular_columns(self, subject: str) -> tuple[SubjectColumn, ...]:
        """The columns of a subject's regular assessments, in order."""
        keys = [k for k in self.columns if isinstance(k, SubjectColumn) and k.code == subject and k.part is Part.REGULAR]
        return tuple(sorted(keys, key=lambda key: key.number))

    def choice_columns(self) -> tuple[ChoiceColumn, ...]:
        """The columns that name chosen subjects, from left to right."""
        keys = [k for k in self.columns if isinstance(k, ChoiceColumn)]
        return tuple(sorted(keys, key=lambda key: key.number))

    def data_rows(self) -> Iterator[int]:
        """Rows below the headings that somebody filled in, up to the signatures; class averages and counts are passed over."""
        key = Field.CODE if Field.CODE in self.columns else Field.SUBJECT
        for row in range(self.first_row, self.sheet.height + 1):
            if self._is_footer(row):
                return
            filled = {column for column, _ in self.sheet.filled(row)} - {self.columns.get(Field.ORDER)}
            summary = folded(self.text(row, Field.NAME)) or folded(self.text(row, key))
            if filled and not summary.startswith(_SUMMARIES):
                yield row

    def _is_footer(self, row: int) -> bool:
        texts = [folded(raw_text(value)) for _, value in self.sheet.filled(row)]
        return any(text.startswith(_FOOTERS) or _DATED.search(text) for text in texts[:2])


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, or None when no row looks like headings of a class workbook.

    Of several such rows the one with the most known headings counts: templates bring a hidden row of their own names above or below.
    """
    best, most = None, 0
    for row in range(1, min(sheet.height, _SEARCHED_ROWS) + 1):
        found = {field_of((raw_text(value),)) for _, value in sheet.filled(row)} - {None}
        heads = {Field.CODE, Field.NAME} <= found or {Field.SUBJECT, Field.TEACHER} <= found
        if heads and (len(found) > most or (best in sheet.facts.hidden_rows and row not in sheet.facts.hidden_rows)):
            best, most = row, len(found)
    return None if best is None else _table(sheet, best)


def _table(sheet: Sheet, top: int) -> Table:
    bottom = _last_heading_row(sheet, top)
    columns: dict[ColumnKey, int] = {}
    doubled = []
    counted: Counter[tuple[str, int]] = Counter()
    for column in range(1, max(map(len, sheet.rows)) + 1):
        path = heading_path(sheet, top, bottom, column)
        key = ChoiceColumn(column) if path and is_choice(path[0]) else _key(path, counted)
        if key is None:
            continue
        if key in columns:
            doubled.append((columns[key], column))
        else:
            columns[key] = column
    first = bottom + 1
    while first in sheet.facts.hidden_rows and not any(raw_text(value).isdigit() for _, value in sheet.filled(first)):
        # A hidden row of a template's own column names.
        first += 1
    return Table(sheet, top, first, columns, tuple(doubled))


def _last_heading_row(sheet: Sheet, top: int) -> int:
    """The headings go on while rows hold nothing but sub-headings."""
    last = top
    for row in range(top + 1, top + _DEEPEST_HEADING):
        texts = [clean(raw_text(value)) for _, value in sheet.filled(row)]
        if not texts or not all(map(_is_sub_heading, texts)):
            break
        last = row
    return last


def _is_sub_heading(text: str) -> bool:
    key = folded(text)
    if key.isdecimal():
        return len(key) <= _LONGEST_COUNT
    return (
        part_of(text) is not None or subject_code(text) is not None or semester_of(text) > 0 or key in _YEARS or f"buoinghi{key}" in FIELDS
    )


def heading_path(sheet: Sheet, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The headings of a column from top to bottom, a heading over several columns counted for each of them."""
    texts = [_heading(sheet, row, column, bottom) for row in range(top, bottom + 1)]
    return tuple(dict.fromkeys(filter(None, texts)))


def _heading(sheet: Sheet, row: int, column: int, bottom: int) -> str:
    own = clean(raw_text(sheet.value(row, column)))
    if own:
        return own
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row <= row <= last_row and first_column <= column <= last_column:
            return clean(raw_text(sheet.value(first_row, first_column)))
    below = any(sheet.value(lower, column) is not None for lower in range(row + 1, bottom + 1))
    if below and not _in_merge(sheet, row, column - 1):
        # A heading over several columns whose cells were never merged.
        return _heading(sheet, row, column - 1, bottom) if column > 1 else ""
    return ""


def _in_merge(sheet: Sheet, row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in sheet.merged)


def _key(path: tuple[str, ...], counted: Counter[tuple[str, int]]) -> ColumnKey | None:
    if not path:
        return None
    semester = max(map(semester_of, path))
    key = _subject_column(path, counted, semester)
    return SemesterColumn(semester, key) if semester and key is not None else key


def _subject_column(path: tuple[str, ...], counted: Counter[tuple[str, int]], semester: int) -> Field | SubjectColumn | None:
    code = next(filter(None, map(subject_code, path)), None)
    part = next(filter(None, map(part_of, path)), None)
    if code is None:
        if (known := field_of(path)) is not None:
            return known
        # The subject and the part in one heading, or a sheet of one subject, whose title names it.
        code, part = next(filter(None, map(subject_and_part, path)), ("", part))
    if part is None and not code:
        return None
    if part is not Part.REGULAR:
        return SubjectColumn(code, part or Part.RESULT)
    counted[code, semester] += 1
    return SubjectColumn(code, part, counted[code, semester])
