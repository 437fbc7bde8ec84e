"""One row of a list of schools and offices: the unit it describes."""

import re
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from signing_service.directory.units import FormerName, Merger, OfficeUnit, OrganisationUnit, Ownership, School, UnitKind
from signing_service.ids import UnitCode
from signing_service.intake.staff.cells import RowCells
from signing_service.intake.staff.columns import UnitColumn
from signing_service.intake.text import folded
from signing_service.records.transcript import EducationLevel

_CODE: Final = re.compile(r"\d{2,12}")
_SEPARATORS: Final = re.compile(r"[,;&+/]|\bvà\b", re.IGNORECASE)
_KIND_OF_PLACE: Final = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+", re.IGNORECASE)
_LEVELS: Final = MappingProxyType(
    {
        **dict.fromkeys(("th", "tieuhoc", "cap1"), EducationLevel.PRIMARY),
        **dict.fromkeys(("thcs", "trunghoccoso", "cap2"), EducationLevel.LOWER_SECONDARY),
        **dict.fromkeys(("thpt", "trunghocphothong", "cap3"), EducationLevel.UPPER_SECONDARY),
    }
)
_OWNERSHIPS: Final = MappingProxyType(
    {
        **dict.fromkeys(("conglap", "cong"), Ownership.PUBLIC),
        **dict.fromkeys(("tuthuc", "tu", "ngoaiconglap", "danlap"), Ownership.PRIVATE),
    }
)
_KINDS: Final = (
    ("sogiaoduc", UnitKind.DEPARTMENT),
    ("sogddt", UnitKind.DEPARTMENT),
    ("uybannhandan", UnitKind.COMMUNE),
    ("ubnd", UnitKind.COMMUNE),
    ("xa", UnitKind.COMMUNE),
    ("phuong", UnitKind.COMMUNE),
    ("dackhu", UnitKind.COMMUNE),
    ("truong", UnitKind.SCHOOL),
)
"""Beginnings of what stands in the column of the kind, or of the name where that is blank; the first that fits counts."""


def read_unit(cells: RowCells, *, today: date) -> OrganisationUnit | None:
    """The unit of a row, None when something needed is missing or wrong; every cell is read all the same.

    The department of a school may be its code only; `unit_list.py` finds the name.
    """
    code, name, kind = _code(cells), cells.required(UnitColumn.NAME), _kind(cells)
    province, commune = cells.required(UnitColumn.PROVINCE), cells.text(UnitColumn.COMMUNE)
    if kind is UnitKind.SCHOOL and commune is None:
        cells.refuse("value-missing", UnitColumn.COMMUNE, what=UnitColumn.COMMUNE.value)
    former, merger = _former_names(cells, today), _merger(cells, today)
    levels, ownership, district = _levels(cells), _ownership(cells), _district(cells)
    if code is None or name is None or kind is None or province is None:
        return None
    place = cells.text(UnitColumn.PLACE) or _KIND_OF_PLACE.sub("", commune or province)
    if kind is not UnitKind.SCHOOL:
        return OfficeUnit(code, kind, name, province, place, commune, former, merger)
    return School(
        code=code,
        name=name,
        commune=commune or "",
        province=province,
        place_of_issue=place,
        department_code=cells.text(UnitColumn.DEPARTMENT_CODE) or "",
        department_name=cells.text(UnitColumn.DEPARTMENT) or "",
        levels=levels,
        ownership=ownership,
        district=district,
        former_names=former,
        merged_into=merger,
    )


def _code(cells: RowCells) -> UnitCode | None:
    text = cells.table.text(cells.row, UnitColumn.CODE)
    if _CODE.fullmatch(text):
        return UnitCode(text)
    cells.refuse("unit-code-invalid" if text else "unit-code-missing", UnitColumn.CODE)
    return None


def _kind(cells: RowCells) -> UnitKind | None:
    stated = folded(cells.text(UnitColumn.KIND) or "")
    if stated == "so":
        return UnitKind.DEPARTMENT
    word = stated or folded(cells.table.text(cells.row, UnitColumn.NAME))
    kind = next((kind for start, kind in _KINDS if word.startswith(start)), None)
    if kind is None and stated:
        cells.refuse("unit-kind-unknown", UnitColumn.KIND)
        return None
    return kind or UnitKind.SCHOOL


def _levels(cells: RowCells) -> tuple[EducationLevel, ...]:
    words = [folded(word) for word in _SEPARATORS.split(cells.text(UnitColumn.LEVELS) or "") if word.strip()]
    if any(word not in _LEVELS for word in words):
        cells.refuse("level-unknown", UnitColumn.LEVELS)
    return tuple(sorted({_LEVELS[word] for word in words if word in _LEVELS}))


def _ownership(cells: RowCells) -> Ownership | None:
    text = cells.text(UnitColumn.OWNERSHIP)
    ownership = _OWNERSHIPS.get(folded(text or ""))
    if text is not None and ownership is None:
        cells.warn("ownership-unknown", UnitColumn.OWNERSHIP)
    return ownership


def _district(cells: RowCells) -> str | None:
    district = cells.text(UnitColumn.DISTRICT)
    if district is not None:
        cells.warn("district-ended", UnitColumn.DISTRICT)
    return district


def _former_names(cells: RowCells, today: date) -> tuple[FormerName, ...]:
    name, since = cells.text(UnitColumn.FORMER_NAME), _past_day(cells, UnitColumn.RENAMED_SINCE, today)
    if name is None and since is None:
        return ()
    if name is None or since is None:
        cells.refuse("rename-incomplete", UnitColumn.FORMER_NAME if name is None else UnitColumn.RENAMED_SINCE)
        return ()
    return (FormerName(name, since - timedelta(days=1)),)


def _merger(cells: RowCells, today: date) -> Merger | None:
    into, since = cells.text(UnitColumn.MERGED_INTO), _past_day(cells, UnitColumn.MERGED_SINCE, today)
    if into is None and since is None:
        return None
    if into is None or since is None:
        cells.refuse("merger-incomplete", UnitColumn.MERGED_INTO if into is None else UnitColumn.MERGED_SINCE)
        return None
    return Merger(UnitCode(into), since)


def _past_day(cells: RowCells, column: UnitColumn, today: date) -> date | None:
    day = cells.day(column)
    if day is not None and day > today:
        cells.refuse("day-ahead", column)
    return day
