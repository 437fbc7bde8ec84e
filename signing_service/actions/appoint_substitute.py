"""Let somebody act in the place of a person who is on leave or gone, with the days and the person who approved it."""

from dataclasses import replace
from datetime import date, timedelta

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import approving_unit, require_approval, require_at, require_person
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.people import Appointment
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode

_ONE_DAY = timedelta(days=1)


def appoint_substitute(
    actor: Actor,
    absent: Appointment,
    substitute: PersonCode,
    *,
    since: date,
    until: date | None,
    approver: PersonCode,
    database: Database,
    clock: Clock,
) -> Appointment:
    """Give the office of `absent` to `substitute` from `since` to `until`; the absent person holds it again from the day after.

    `until` None means for good: a successor. Returns the substitute's appointment, the same one when it was made before.

    Raises:
        InvalidInputError: the substitute is unknown or the absent person, or the days do not lie within the office's (`substitute-days`).
        RefusedError: the actor may not appoint there, or the approver may not approve it.
        ConflictError: the absent person's appointment is no longer the one given (`appointment-moved`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    last = until if until is not None else absent.until
    acting = replace(
        absent, person=substitute, since=since, until=last, substitute_for=absent.person, signing_title=None, approved_by=approver
    )
    if substitute == absent.person or not _within(absent, since, until):
        raise InvalidInputError(
            "substitute-days",
            vi="Người thay phải là người khác, và ngày thay phải nằm trong thời gian giữ chức vụ.",
            en="A substitute is somebody else, for days within the office that is held.",
        )
    with database.begin() as unit:
        require_person(unit, substitute)
        require_at(unit, actor, Permission.DIRECTORY_APPOINT, absent.school, on=today)
        require_approval(unit, approver, by=actor.person, code=approving_unit(unit, absent), on=today)
        if acting in unit.staff.appointments_of(substitute):
            return acting
        unit.staff.replace(absent, replace(absent, until=since - _ONE_DAY))
        unit.staff.appoint(acting)
        if until is not None and until != absent.until:
            unit.staff.appoint(replace(absent, since=until + _ONE_DAY, approved_by=approver))
        unit.staff.note(DirectoryChange("substituted", absent.person, actor.person, approver, now))
    return acting


def _within(absent: Appointment, since: date, until: date | None) -> bool:
    if since <= absent.since or (until is not None and until < since):
        return False
    return absent.until is None or (since <= absent.until and (until is None or until <= absent.until))
