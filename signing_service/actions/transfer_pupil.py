"""Move a child to another school during the year: each keeps what it asserted, and the receiving one issues the year's transcript."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import registered_unit, require_approval, require_at
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.pupils import PupilEnrolment, PupilId
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ids import PersonCode, SchoolCode


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where a child goes, and from which day on."""

    pupil: PupilId
    to_school: SchoolCode
    pupil_code: str
    """The child's code at the receiving school; often the same."""
    class_name: str
    school_year: str
    since: date


def transfer_pupil(actor: Actor, transfer: Transfer, *, approver: PersonCode, database: Database, clock: Clock) -> PupilEnrolment:
    """End the enrolment at the school that the child leaves and begin the one at the school that receives; once done, it changes nothing.

    Entered and approved at the receiving school: it answers for the year's transcript, whose study history names both.

    Raises:
        InvalidInputError: the school is unknown, or the child is not enrolled elsewhere in that year (`pupil-not-enrolled`), or the day
            does not come after the enrolment there (`transfer-day`).
        RefusedError: not permitted, not approved, or the code belongs to another child there (`pupil-code-taken`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    arrived = PupilEnrolment(
        transfer.pupil, transfer.to_school, transfer.pupil_code, transfer.class_name, transfer.school_year, transfer.since
    )
    with database.begin() as unit:
        registered_unit(unit, transfer.to_school)
        require_at(unit, actor, Permission.DIRECTORY_ENROL, transfer.to_school, on=today)
        require_approval(unit, approver, by=actor.person, code=transfer.to_school, on=today)
        enrolments = unit.pupils.enrolments_of(transfer.pupil)
        if arrived in enrolments:
            return arrived
        if unit.pupils.of_code(transfer.to_school, transfer.pupil_code) not in {None, transfer.pupil}:
            raise RefusedError(
                "pupil-code-taken",
                vi="Mã học sinh này ở trường tiếp nhận là của học sinh khác.",
                en="At the receiving school this pupil code belongs to another child.",
            )
        left = _left(enrolments, transfer)
        unit.pupils.replace(left, replace(left, until=transfer.since - timedelta(days=1)))
        unit.pupils.enrol(arrived)
        unit.staff.note(DirectoryChange("transferred", transfer.pupil, actor.person, approver, now))
    return arrived


def _left(enrolments: tuple[PupilEnrolment, ...], transfer: Transfer) -> PupilEnrolment:
    open_ones = [e for e in enrolments if e.school_year == transfer.school_year and e.school != transfer.to_school and e.until is None]
    if not open_ones:
        raise InvalidInputError(
            "pupil-not-enrolled",
            vi="Học sinh không đang học ở trường nào khác trong năm học này; nhập hồ sơ của trường đó trước.",
            en="The child is enrolled at no other school in this school year; import that school's records first.",
        )
    if transfer.since <= open_ones[-1].since:
        raise InvalidInputError(
            "transfer-day",
            vi="Ngày chuyển trường phải sau ngày nhập học ở trường cũ.",
            en="A transfer comes after the day of enrolment at the other school; check the day.",
        )
    return open_ones[-1]
