"""Appoint a person to an office of a unit, with the person who approved it."""

from dataclasses import replace

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import approving_unit, registered_unit, require_approval, require_at, require_person
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.offices import has_office
from signing_service.directory.people import Appointment
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode


def appoint_person(actor: Actor, appointment: Appointment, *, approver: PersonCode, database: Database, clock: Clock) -> None:
    """Add the appointment; one of the same reach since the same day changes nothing.

    Raises:
        InvalidInputError: unit or person unknown, the days in the wrong order, or an office for one class that names no class or an office
            for the whole unit that names one (`appointment-incomplete`), or one that such a unit does not have (`office-not-of-unit`).
        RefusedError: the actor may not appoint there, or the approver may not approve it.
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    if not appointment.is_complete:
        raise InvalidInputError(
            "appointment-incomplete",
            vi="Bổ nhiệm thiếu hoặc thừa lớp, năm học, môn, hoặc ngày kết thúc trước ngày bắt đầu.",
            en="The appointment names too little or too much (class, year, subject), or ends before it begins.",
        )
    with database.begin() as unit:
        kind = registered_unit(unit, appointment.school).kind
        if not has_office(kind, appointment.office):
            raise InvalidInputError(
                "office-not-of-unit",
                vi=f"{kind.label} không có chức vụ {appointment.office.label}; kiểm tra đơn vị và chức vụ.",
                en=f"A {kind} has no {appointment.office}; check the unit and the office.",
            )
        require_person(unit, appointment.person)
        require_at(unit, actor, Permission.DIRECTORY_APPOINT, appointment.school, on=today)
        require_approval(unit, approver, by=actor.person, code=approving_unit(unit, appointment), on=today)
        held = unit.staff.appointments_of(appointment.person)
        if any(before.reach == appointment.reach and before.since == appointment.since for before in held):
            return
        unit.staff.appoint(replace(appointment, approved_by=approver))
        unit.staff.note(DirectoryChange("appointed", appointment.person, actor.person, approver, now))
