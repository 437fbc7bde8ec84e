"""Give a unit its new name from a day on; documents of earlier days keep the name of their day."""

from datetime import date

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import registered_unit, require_approval, require_at, superior_of
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.units import renamed
from signing_service.ids import PersonCode, UnitCode


def rename_unit(actor: Actor, code: UnitCode, name: str, *, since: date, approver: PersonCode, database: Database, clock: Clock) -> None:
    """Rename a unit; the same name again changes nothing.

    Raises:
        InvalidInputError: unknown (`unit-unknown`), or the day lies within an earlier name's (`rename-date`).
        RefusedError: not permitted, or not approved.
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    with database.begin() as unit:
        before = registered_unit(unit, code)
        require_at(unit, actor, Permission.DIRECTORY_MERGE, code, on=today)
        require_approval(unit, approver, by=actor.person, code=superior_of(before), on=today)
        after = renamed(before, name, since=since)
        if after != before:
            unit.staff.add_unit(after)
            unit.staff.note(DirectoryChange("renamed", code, actor.person, approver, now))
