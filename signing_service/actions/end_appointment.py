"""End an appointment on a day; what was signed under it stays."""

from dataclasses import replace
from datetime import date

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import approving_unit, require_approval, require_at
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.people import Appointment
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode


def end_appointment(
    actor: Actor, appointment: Appointment, *, last_day: date, approver: PersonCode, database: Database, clock: Clock
) -> None:
    """Let the appointment end after `last_day`; done before, it changes nothing.

    Raises:
        InvalidInputError: `last_day` lies before its first day (`appointment-days`).
        RefusedError: the actor may not appoint there, or the approver may not approve it.
        ConflictError: there is no such appointment any more (`appointment-moved`).
    """
    if last_day < appointment.since:
        raise InvalidInputError(
            "appointment-days", vi="Ngày kết thúc trước ngày bắt đầu.", en="An appointment cannot end before it begins; check the day."
        )
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    with database.begin() as unit:
        require_at(unit, actor, Permission.DIRECTORY_APPOINT, appointment.school, on=today)
        require_approval(unit, approver, by=actor.person, code=approving_unit(unit, appointment), on=today)
        ended = replace(appointment, until=last_day)
        if ended in unit.staff.appointments_of(appointment.person):
            return
        unit.staff.replace(appointment, ended)
        unit.staff.note(DirectoryChange("ended", appointment.person, actor.person, approver, now))
