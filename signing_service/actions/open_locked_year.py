"""The department opens a closed school year for one school, until a day, with its reason."""

from datetime import date

from signing_service.access.policy import Actor, Permission, Unit, may, require
from signing_service.actions.case_store import YearOpening
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import InvalidInputError
from signing_service.ids import SchoolCode


def open_locked_year(
    actor: Actor, school: SchoolCode, school_year: str, *, until: date, reason: str, database: Database, clock: Clock
) -> YearOpening:
    """Let the school add and change records of the year up to and including `until`.

    The permission is asked of the department that the school belongs to; whoever runs the server has it for the school itself.

    Raises:
        InvalidInputError: the school is not registered (`school-not-registered`), or no reason is given (`reason-missing`).
        RefusedError: the actor may not (`not-permitted`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    if not reason.strip():
        raise InvalidInputError(
            "reason-missing", vi="Phải nêu lý do mở khóa năm học.", en="The reason for opening the school year has to be given."
        )
    with database.begin() as unit:
        registered = unit.staff.school(school)
        if registered is None:
            raise InvalidInputError(
                "school-not-registered", vi="Trường chưa có trong danh bạ.", en="The school is not in the register; register it first."
            )
        own, department = Unit(school), Unit(SchoolCode(registered.department_code))
        if not may(actor, Permission.TRANSCRIPT_OPEN_LOCKED_YEAR, own, on=today):
            require(actor, Permission.TRANSCRIPT_OPEN_LOCKED_YEAR, department, on=today)
        opening = YearOpening(school, school_year, until, reason.strip(), actor.person, now)
        unit.openings.add(opening)
    return opening
