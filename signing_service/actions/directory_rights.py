"""May this person change this part of the directory, and has somebody entitled approved it?"""

from datetime import date

from signing_service.access.policy import Actor, Permission, Unit, may, require
from signing_service.actions.repositories import UnitOfWork
from signing_service.directory.people import Appointment, Office
from signing_service.directory.reach import appointments_reaching
from signing_service.directory.units import OrganisationUnit, School
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ids import PersonCode, UnitCode

_HEADS = frozenset({Office.PRINCIPAL, Office.VICE_PRINCIPAL})


def reaching(unit: UnitOfWork, actor: Actor, code: UnitCode, *, on: date) -> Actor:
    """The same person with the appointments that count at a unit: there, at its successor, at its department."""
    return Actor(actor.person, appointments_reaching(code, actor.appointments, unit.staff.unit, on=on))


def actor_at(unit: UnitOfWork, person: PersonCode, code: UnitCode, *, on: date) -> Actor:
    """Somebody of the directory with the appointments that count at a unit on that day."""
    return reaching(unit, Actor(person, unit.staff.appointments_of(person)), code, on=on)


def require_at(unit: UnitOfWork, actor: Actor, permission: Permission, code: UnitCode, *, on: date) -> None:
    """Let a change at a unit pass.

    Raises:
        RefusedError: no office that counts at the unit on that day grants it (`not-permitted`).
    """
    require(reaching(unit, actor, code, on=on), permission, Unit(code), on=on)


def require_approval(unit: UnitOfWork, approver: PersonCode, *, by: PersonCode, code: UnitCode, on: date) -> None:
    """Let a change pass that somebody entitled at the unit has approved; whoever enters a change never approves it.

    Raises:
        RefusedError: the approver entered it, under this code or another (`own-approval`), or holds no office that approves at the unit
            (`approver-not-entitled`).
    """
    if is_one_person(unit, approver, by):
        raise RefusedError(
            "own-approval", vi="Người nhập không được tự phê duyệt.", en="Whoever enters a change cannot approve it; name another person."
        )
    if not may(actor_at(unit, approver, code, on=on), Permission.DIRECTORY_APPROVE, Unit(code), on=on):
        raise RefusedError(
            "approver-not-entitled",
            vi=f"Người phê duyệt không giữ chức vụ có quyền phê duyệt tại đơn vị {code}.",
            en=f"The approver holds no office that approves changes at unit {code}.",
        )


def is_one_person(unit: UnitOfWork, one: PersonCode, two: PersonCode) -> bool:
    """Whether two codes are one person's: the same code, or the same personal ID (two schools may have entered a person each)."""
    if one == two:
        return True
    first, second = unit.staff.person(one), unit.staff.person(two)
    return first is not None and second is not None and first.personal_id is not None and first.personal_id == second.personal_id


def approving_unit(unit: UnitOfWork, appointment: Appointment) -> UnitCode:
    """Where an appointment is approved: a head's by the department, everybody else's by the unit itself."""
    if appointment.office in _HEADS:
        return superior_of(registered_unit(unit, appointment.school))
    return appointment.school


def registered_unit(unit: UnitOfWork, code: UnitCode) -> OrganisationUnit:
    """The unit of that code.

    Raises:
        InvalidInputError: the directory does not know it (`unit-unknown`).
    """
    found = unit.staff.unit(code)
    if found is None:
        raise InvalidInputError(
            "unit-unknown", vi=f"Đơn vị {code} chưa có trong danh bạ; đăng ký trước.", en=f"Unit {code} is not registered; register it."
        )
    return found


def superior_of(unit: OrganisationUnit) -> UnitCode:
    """Who approves what concerns a unit as such: a school's department, and any other unit itself."""
    return UnitCode(unit.department_code) if isinstance(unit, School) else unit.code


def require_person(unit: UnitOfWork, code: PersonCode) -> None:
    """Let a registered person pass.

    Raises:
        InvalidInputError: the directory does not know the person (`person-unknown`).
    """
    if unit.staff.person(code) is None:
        raise InvalidInputError(
            "person-unknown", vi=f"Mã cán bộ {code} chưa có trong danh bạ; nhập trước.", en=f"Person {code} is not registered; enter first."
        )
