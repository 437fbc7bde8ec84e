"""Schools and offices: what a unit was called on a day, and which unit answers for it now.

Since 01/07/2025 a province is divided into communes and wards only (two-tier administration); a district is kept for what was issued
before.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from signing_service.errors import IntegrityError, InvalidInputError, RefusedError
from signing_service.ids import SchoolCode, UnitCode
from signing_service.records.transcript import EducationLevel

DISTRICTS_ENDED: Final = date(2025, 7, 1)
"""The first day without districts (Law 72/2025/QH15)."""


class UnitKind(StrEnum):
    """What a unit is. The value is stable; the label is what people read."""

    SCHOOL = "school"
    COMMUNE = "commune"
    DEPARTMENT = "department"

    @property
    def label(self) -> str:
        """The Vietnamese name of the kind."""
        return _LABELS[self]


_LABELS = {
    UnitKind.SCHOOL: "Trường",
    UnitKind.COMMUNE: "Ủy ban nhân dân xã, phường",
    UnitKind.DEPARTMENT: "Sở Giáo dục và Đào tạo",
}


class Ownership(StrEnum):
    """Whose a school is: a public school's seal certificate comes from the government's authority, a private one's from any licensed."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name borne up to and including `until`."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Merger:
    """The unit that took over, and its first day."""

    into: UnitCode
    since: date


@dataclass(frozen=True, slots=True)
class School:
    """A school as a legal unit; its code is the sector database's. `name` is borne now, `former_names` stand from the oldest on."""

    code: SchoolCode
    name: str
    commune: str
    province: str
    place_of_issue: str
    """How documents of the school begin their date line, such as `Ea Sương`."""
    department_code: str
    department_name: str
    levels: tuple[EducationLevel, ...] = ()
    """Empty where nobody stated them."""
    ownership: Ownership | None = None
    district: str | None = None
    """Named only by what was issued before `DISTRICTS_ENDED`."""
    former_names: tuple[FormerName, ...] = ()
    merged_into: Merger | None = None

    @property
    def kind(self) -> UnitKind:
        """Always a school."""
        return UnitKind.SCHOOL

    def district_on(self, day: date) -> str | None:
        """The district that a document of that day may name; None since there are none."""
        return self.district if day < DISTRICTS_ENDED else None


@dataclass(frozen=True, slots=True)
class OfficeUnit:
    """A department or a commune's people's committee; it stands in one space of codes with the schools."""

    code: UnitCode
    kind: UnitKind
    name: str
    province: str
    place_of_issue: str
    commune: str | None = None
    former_names: tuple[FormerName, ...] = ()
    merged_into: Merger | None = None


OrganisationUnit: TypeAlias = School | OfficeUnit
_Unit = TypeVar("_Unit", bound=School | OfficeUnit)

FindUnit: TypeAlias = Callable[[UnitCode], OrganisationUnit | None]
"""Looks a unit up by its code."""


def name_on(unit: OrganisationUnit, day: date) -> str:
    """What the unit was called on that day."""
    return next((former.name for former in unit.former_names if day <= former.until), unit.name)


def renamed(unit: _Unit, name: str, *, since: date) -> _Unit:
    """The unit under its new name from that day on; the same name again changes nothing.

    Raises:
        InvalidInputError: an earlier name was borne on that day or later (`rename-date`).
    """
    if name == unit.name:
        return unit
    last = since - timedelta(days=1)
    if unit.former_names and last <= unit.former_names[-1].until:
        raise InvalidInputError(
            "rename-date",
            vi=f"Tên cũ của đơn vị {unit.code} còn dùng đến ngày đổi tên; kiểm tra ngày.",
            en=f"Unit {unit.code} bore an earlier name on the day of the renaming; check the date.",
        )
    return replace(unit, name=name, former_names=(*unit.former_names, FormerName(unit.name, last)))


def successors(code: UnitCode, find: FindUnit, *, on: date) -> tuple[Merger, ...]:
    """The mergers that had taken effect on that day, from the unit's own onwards.

    Raises:
        IntegrityError: the mergers run in a circle (`merger-circle`).
    """
    chain: list[Merger] = []
    passed = {code}
    unit = find(code)
    while unit is not None and unit.merged_into is not None and unit.merged_into.since <= on:
        if unit.merged_into.into in passed:
            raise IntegrityError("merger-circle", vi="Các lần sáp nhập đơn vị tạo thành vòng.", en="The units' mergers run in a circle.")
        passed.add(unit.merged_into.into)
        chain.append(unit.merged_into)
        unit = find(unit.merged_into.into)
    return tuple(chain)


def unit_now(code: UnitCode, find: FindUnit, *, on: date) -> UnitCode:
    """The unit that answers for `code` on that day: itself, or the last one that it was merged into."""
    chain = successors(code, find, on=on)
    return chain[-1].into if chain else code


def require_may_merge(code: UnitCode, merger: Merger, find: FindUnit) -> None:
    """Let a merger pass.

    Raises:
        RefusedError: a unit cannot be merged into itself or into one that was merged into it (`merger-circle`).
    """
    if code == merger.into or code in {step.into for step in successors(merger.into, find, on=date.max)}:
        raise RefusedError(
            "merger-circle",
            vi=f"Đơn vị {code} không thể sáp nhập vào chính nó hoặc vào đơn vị đã sáp nhập vào nó.",
            en=f"Unit {code} cannot be merged into itself or into a unit that was merged into it.",
        )
