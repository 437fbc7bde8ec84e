"""Take a list of schools and offices in, with their renamings and mergers."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from signing_service.access.policy import Actor, Permission, Unit, require
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.merge_units import take_over
from signing_service.actions.repositories import Database, UnitOfWork
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.units import OrganisationUnit, School
from signing_service.ids import PersonCode, UnitCode
from signing_service.intake.findings import Finding
from signing_service.intake.staff.unit_list import ImportedUnit, UnitIntake


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """What an import did with each row."""

    changed: tuple[UnitCode, ...]
    unchanged: tuple[UnitCode, ...]
    refused: tuple[Finding, ...]


class _Trouble(Enum):
    """Code, Vietnamese, English."""

    NAME = (
        "unit-name-changed",
        "Tên khác tên trong danh bạ mà không ghi tên cũ và ngày đổi tên; hãy ghi cả hai.",
        "The name is not the registered one and no renaming is stated; write the former name and the day.",
    )
    KIND = (
        "unit-kind-changed",
        "Mã này trong danh bạ là của đơn vị loại khác; hãy kiểm tra mã.",
        "In the directory this code belongs to another kind of unit; check the code.",
    )

    def at(self, row: ImportedUnit) -> Finding:
        code, vi, en = self.value
        return Finding(row.sheet, row.row, None, code, vi, en)


def import_units(intake: UnitIntake, *, actor: Actor, database: Database, clock: Clock, approver: PersonCode | None = None) -> UnitOutcome:
    """Enter every good row, all in one transaction; the same list again changes nothing. `approver` None: whoever imports.

    Raises:
        RefusedError: the actor may not import for one of the units or its department, or a merger cannot be (`merge_units`); nothing was
            stored.
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    approved_by = approver or actor.person
    changed: list[UnitCode] = []
    unchanged: list[UnitCode] = []
    refused: list[Finding] = []
    with database.begin() as unit:
        taken: list[OrganisationUnit] = []
        for row in intake.records:
            # A school that is not registered yet has nobody of its own: its department decides.
            answers = row.unit.department_code if isinstance(row.unit, School) else row.unit.code
            require(actor, Permission.DIRECTORY_IMPORT, Unit(UnitCode(answers)), on=today)
            known = unit.staff.unit(row.unit.code)
            trouble = _trouble(row.unit, known)
            if trouble is not None:
                refused.append(trouble.at(row))
                continue
            taken.append(row.unit)
            if _enter(unit, row.unit, known):
                changed.append(row.unit.code)
            else:
                unchanged.append(row.unit.code)
        merged = [stated.code for stated in taken if _merge(unit, stated, now)]
        changed, unchanged = [*dict.fromkeys([*changed, *merged])], [code for code in unchanged if code not in merged]
        for code in changed:
            unit.staff.note(DirectoryChange("imported", code, actor.person, approved_by, now))
    return UnitOutcome(tuple(changed), tuple(unchanged), tuple(refused))


def _trouble(stated: OrganisationUnit, known: OrganisationUnit | None) -> _Trouble | None:
    if known is None:
        return None
    if known.kind is not stated.kind:
        return _Trouble.KIND
    renaming = any(former.name == known.name for former in stated.former_names)
    return None if stated.name == known.name or renaming else _Trouble.NAME


def _enter(unit: UnitOfWork, stated: OrganisationUnit, known: OrganisationUnit | None) -> bool:
    """Whether anything had to be entered; what the list leaves open stays as it was, and the merger comes when every unit is there."""
    entered = replace(stated, merged_into=known.merged_into if known else None)
    if known is not None:
        former = {name.until: name for name in (*known.former_names, *stated.former_names)}
        entered = replace(entered, former_names=tuple(former[until] for until in sorted(former)))
    if isinstance(entered, School) and isinstance(known, School):
        entered = replace(
            entered,
            levels=entered.levels or known.levels,
            ownership=entered.ownership or known.ownership,
            district=entered.district or known.district,
        )
    if entered == known:
        return False
    unit.staff.add_unit(entered)
    return True


def _merge(unit: UnitOfWork, stated: OrganisationUnit, now: datetime) -> bool:
    return stated.merged_into is not None and take_over(unit, stated.code, stated.merged_into, now=now)
