"""Take a staff list in: people and their appointments; what the list says twice is entered once, and nothing entered by hand is undone."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import require_at
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database, UnitOfWork
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.offices import has_office
from signing_service.directory.people import Appointment, Person
from signing_service.ids import PersonCode
from signing_service.intake.findings import Finding
from signing_service.intake.staff.result import ImportedPerson, StaffIntake
from signing_service.intake.text import name_key


@dataclass(frozen=True, slots=True)
class StaffOutcome:
    """What an import did with each row."""

    changed: tuple[PersonCode, ...]
    unchanged: tuple[PersonCode, ...]
    refused: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    """Offices that the directory knows and the list no longer states: for a person to end (`end_appointment`)."""


class _Trouble(Enum):
    """Code, Vietnamese, English."""

    UNIT = (
        "unit-not-registered",
        "Đơn vị này chưa có trong danh bạ; nhập danh sách trường trước rồi nhập lại.",
        "The unit is not registered; import the list of schools first, then this list again.",
    )
    OFFICE = (
        "office-not-of-unit",
        "Đơn vị loại này không có chức vụ ghi ở dòng này; hãy kiểm tra mã đơn vị, chức vụ và vai trò ký.",
        "This kind of unit does not have the office that the row states; check the unit's code, the position and the signing role.",
    )
    OTHER_PERSON = (
        "staff-code-registered",
        "Mã định danh này trong danh bạ là của người có họ tên khác; hãy kiểm tra mã.",
        "In the directory this code belongs to a person of another name; check the code.",
    )
    STILL_HELD = (
        "office-not-listed",
        "Trong danh bạ người này còn giữ một chức vụ tại đơn vị mà danh sách không ghi; hãy kết thúc nếu không còn giữ.",
        "The directory still has an office of this person at the unit that the list does not state; end it if it is over.",
    )

    def at(self, person: ImportedPerson) -> Finding:
        code, vi, en = self.value
        return Finding(person.sheet, person.row, None, code, vi, en)


def import_staff(
    intake: StaffIntake, *, actor: Actor, database: Database, clock: Clock, approver: PersonCode | None = None
) -> StaffOutcome:
    """Enter every good row, all in one transaction; the same list again changes nothing.

    An appointment that is there already is left as it is, save that one still open ends when the list names its last day. `approver` is
    named with each change; None: whoever imports.

    Raises:
        RefusedError: the actor may not import for one of the units; nothing was stored.
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    approved_by = approver or actor.person
    changed: list[PersonCode] = []
    unchanged: list[PersonCode] = []
    refused: list[Finding] = []
    notices: list[Finding] = []
    with database.begin() as unit:
        for code in sorted({person.record.unit_code for person in intake.records}):
            if unit.staff.unit(code) is not None:
                require_at(unit, actor, Permission.DIRECTORY_IMPORT, code, on=today)
        for person in intake.records:
            record = person.record
            trouble = _trouble(unit, person)
            if trouble is not None:
                refused.append(trouble.at(person))
                continue
            if _enter(unit, person, approved_by):
                unit.staff.note(DirectoryChange("imported", record.code, actor.person, approved_by, now))
                changed.append(record.code)
            else:
                unchanged.append(record.code)
            if _holds_more(unit, person, today):
                notices.append(_Trouble.STILL_HELD.at(person))
    return StaffOutcome(tuple(changed), tuple(unchanged), tuple(refused), tuple(notices))


def _trouble(unit: UnitOfWork, person: ImportedPerson) -> _Trouble | None:
    record = person.record
    registered = unit.staff.unit(record.unit_code)
    if registered is None:
        return _Trouble.UNIT
    if not all(has_office(registered.kind, appointment.office) for appointment in person.appointments):
        return _Trouble.OFFICE
    known = unit.staff.person(record.code)
    if known is None or name_key(known.name) == name_key(record.name):
        return None
    same_id = record.personal_id is not None and record.personal_id == known.personal_id
    return None if same_id else _Trouble.OTHER_PERSON


def _enter(unit: UnitOfWork, person: ImportedPerson, approved_by: PersonCode) -> bool:
    """Whether anything had to be entered."""
    record = person.record
    known = unit.staff.person(record.code)
    stated = Person(record.code, record.name, record.personal_id or (known.personal_id if known else None))
    if stated != known:
        unit.staff.add_person(stated)
    entered = [_appoint(unit, replace(appointment, approved_by=approved_by)) for appointment in person.appointments]
    return stated != known or any(entered)


def _appoint(unit: UnitOfWork, stated: Appointment) -> bool:
    held = [a for a in unit.staff.appointments_of(stated.person) if a.reach == stated.reach and _overlap(a, stated)]
    if not held:
        unit.staff.appoint(stated)
        return True
    last = held[-1]
    if last.until is None and stated.until is not None:
        unit.staff.replace(last, replace(last, until=stated.until, approved_by=stated.approved_by))
        return True
    return False


def _overlap(one: Appointment, two: Appointment) -> bool:
    return (one.until is None or two.since <= one.until) and (two.until is None or one.since <= two.until)


def _holds_more(unit: UnitOfWork, person: ImportedPerson, today: date) -> bool:
    reaches = {appointment.reach for appointment in person.appointments}
    return any(
        held.school == person.record.unit_code and held.class_name is None and held.held_on(today) and held.reach not in reaches
        for held in unit.staff.appointments_of(person.record.code)
    )
