"""Say whether two entries are one child; the program only asks."""

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import require_approval, require_at
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.pupils import PossibleMatch
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode


def tell_pupils_apart(actor: Actor, match: PossibleMatch, *, same: bool, approver: PersonCode, database: Database, clock: Clock) -> None:
    """Store the decision about a possible match: with `same`, every enrolment stands under `match.other` from now on.

    Decided at the school of the entry made later, which has the child's papers before it.

    Raises:
        InvalidInputError: nobody asked about this pair (`match-unknown`).
        RefusedError: not permitted, or not approved.
        ConflictError: decided before (`match-decided`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    with database.begin() as unit:
        enrolments = unit.pupils.enrolments_of(match.pupil)
        if not enrolments:
            raise InvalidInputError("match-unknown", vi="Không có cặp hồ sơ này.", en="There is no such pair of entries.")
        school = enrolments[-1].school
        require_at(unit, actor, Permission.DIRECTORY_ENROL, school, on=today)
        require_approval(unit, approver, by=actor.person, code=school, on=today)
        unit.pupils.decide_match(match.pupil, match.other, same=same)
        unit.staff.note(DirectoryChange("joined" if same else "told-apart", match.other, actor.person, approver, now))
