"""Which sheet of an award workbook is which, told by its headings and by what stands above them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.tables import AwardTable, find_table
from signing_service.intake.collecting import Place
from signing_service.intake.text import folded
from signing_service.intake.workbook import Sheet

_REFUSED: Final = ("khongdat", "khongdudieukien", "khongduocduyet", "khongdutieuchuan", "khongduocxet")
_PERSONS: Final = frozenset({Column.PERSON, Column.SALUTATION, Column.RATING, Column.POSITION})


class Kind(StrEnum):
    """The lists of an award workbook; the value is what a message calls them."""

    COLLECTIVES = "danh sách tập thể"
    INDIVIDUALS = "danh sách cá nhân"
    COUNCIL = "danh sách Hội đồng"
    REFUSED = "đề nghị không đạt"


@dataclass(frozen=True, slots=True)
class AwardSheets:
    """The recognised lists, and the sheets without a list, among which the decision itself stands."""

    tables: Mapping[Kind, AwardTable]
    others: tuple[Sheet, ...]


def award_sheets(sheets: tuple[Sheet, ...], findings: AwardFindings) -> AwardSheets:
    """The sheets by kind; what is doubled goes to the findings."""
    tables: dict[Kind, AwardTable] = {}
    others = []
    for sheet in sheets:
        table = find_table(sheet)
        kind = None if table is None else _kind(table)
        if table is None or kind is None:
            others.append(sheet)
        elif kind in tables:
            findings.refuse("sheet-doubled", Place(sheet.name), kind.value)
        else:
            tables[kind] = table
            for position in table.doubled:
                findings.warn("heading-doubled", Place(sheet.name, table.heading_row, position))
    return AwardSheets(tables, tuple(others))


def _kind(table: AwardTable) -> Kind | None:
    columns = table.columns.keys()
    if not columns & {Column.TITLE, Column.ACHIEVEMENT}:
        return Kind.COUNCIL if columns & {Column.PRESENT, Column.ROLE, Column.IN_WRITING} else None
    words = [folded(table.sheet.name), *(folded(text) for _, _, text in table.above())]
    if any(refused in word for refused in _REFUSED for word in words):
        return Kind.REFUSED
    if Column.COLLECTIVE in columns and Column.PERSON not in columns:
        return Kind.COLLECTIVES
    if columns & _PERSONS:
        return Kind.INDIVIDUALS
    return Kind.COLLECTIVES if any("tapthe" in word for word in words) else Kind.INDIVIDUALS
