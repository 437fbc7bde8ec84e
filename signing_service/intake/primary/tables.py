"""Where the table of a primary sheet stands and what each column holds; its headings may be up to four rows deep."""

import re
from typing import Final

from signing_service.intake.headings import ColumnKey, Field
from signing_service.intake.primary.headings import key_of
from signing_service.intake.tables import Table, find_table, heading_path
from signing_service.intake.text import clean, raw_text
from signing_service.intake.workbook import Sheet
from signing_service.records.primary import Trait

_DEEPEST_HEADING: Final = 4
_NUMBERING: Final = re.compile(r"[(\[]?\s*(?:\d{1,3}|[A-Z])\s*[)\]]?")
_ENTRY: Final = re.compile(r"\d+(?:[.,]\d+)?|[THCĐx]", re.IGNORECASE)


def find_primary_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, or None when no row looks like headings of a class workbook."""
    plain = find_table(sheet)
    if plain is None or Field.CODE not in plain.columns or Field.NAME not in plain.columns:
        return plain
    top = plain.heading_row
    identity = (plain.columns[Field.CODE], plain.columns[Field.NAME])
    last, numbering = _last_heading_row(sheet, top, identity)
    columns: dict[ColumnKey, int] = {}
    doubled = []
    for column in range(1, max(map(len, sheet.rows)) + 1):
        path = heading_path(sheet, top, last, column)
        key = key_of(path, after_traits=any(isinstance(known, Trait) for known in columns)) if path else None
        if key in columns:
            doubled.append((columns[key], column))
        elif key is not None:
            columns[key] = column
    return Table(sheet, top, last + numbering + 1, columns, tuple(doubled))


def _last_heading_row(sheet: Sheet, top: int, identity: tuple[int, int]) -> tuple[int, int]:
    """The last row of headings, and how many rows of numbering (1, 2, 3 ...) follow it."""
    last = top
    for row in range(top + 1, top + _DEEPEST_HEADING + 1):
        texts = [clean(raw_text(value)) for _, value in sheet.filled(row)]
        if len(texts) > 1 and all(map(_NUMBERING.fullmatch, texts)) and sheet.value(row, identity[1]) is not None:
            return last, 1
        if not texts or any(sheet.value(row, column) is not None for column in identity) or all(map(_ENTRY.fullmatch, texts)):
            break
        last = row
    return last, 0
