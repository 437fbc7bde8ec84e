"""Merge a unit into its successor: its people's offices end, its seal is withdrawn, and the successor's offices reach its records."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from signing_service.access.policy import Actor, Permission
from signing_service.actions.directory_rights import registered_unit, require_approval, require_at, superior_of
from signing_service.actions.directory_store import DirectoryChange
from signing_service.actions.enrol_signer import seal_owner
from signing_service.actions.repositories import Database, UnitOfWork
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.units import Merger, require_may_merge
from signing_service.errors import RefusedError
from signing_service.ids import PersonCode, UnitCode
from signing_service.trust.reasons import RevocationReason


def merge_units(actor: Actor, code: UnitCode, merger: Merger, *, approver: PersonCode, database: Database, clock: Clock) -> None:
    """Record that `code` was merged; the same merger again changes nothing.

    A merger is recorded when it has taken effect, so that nobody signs for a unit that is gone and nobody loses an office too early.

    Raises:
        InvalidInputError: one of the units is unknown (`unit-unknown`).
        RefusedError: not permitted or not approved, not in effect yet (`merger-ahead`), in a circle (`merger-circle`), or merged into
            another unit before (`merged-before`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    with database.begin() as unit:
        superior = superior_of(registered_unit(unit, code))
        require_at(unit, actor, Permission.DIRECTORY_MERGE, code, on=today)
        require_approval(unit, approver, by=actor.person, code=superior, on=today)
        if take_over(unit, code, merger, now=now):
            unit.staff.note(DirectoryChange("merged", code, actor.person, approver, now))


def take_over(unit: UnitOfWork, code: UnitCode, merger: Merger, *, now: datetime) -> bool:
    """Record the merger of a unit inside a transaction, once rights and approval are settled; False when it was recorded before.

    Raises:
        InvalidInputError: a unit is unknown (`unit-unknown`).
        RefusedError: not in effect yet, in a circle, or merged into another unit before.
    """
    gone = registered_unit(unit, code)
    registered_unit(unit, merger.into)
    if gone.merged_into == merger:
        return False
    if gone.merged_into is not None:
        raise RefusedError(
            "merged-before",
            vi=f"Đơn vị {code} đã sáp nhập vào đơn vị {gone.merged_into.into}.",
            en=f"Unit {code} was merged into unit {gone.merged_into.into} before.",
        )
    if merger.since > now.astimezone(VIETNAM).date():
        raise RefusedError(
            "merger-ahead",
            vi=f"Việc sáp nhập đơn vị {code} chưa có hiệu lực; ghi nhận khi đến ngày.",
            en=f"The merger of unit {code} is not in effect yet; record it when it is.",
        )
    require_may_merge(code, merger, unit.staff.unit)
    unit.staff.add_unit(replace(gone, merged_into=merger))
    _end_offices(unit, code, merger.since)
    _withdraw_seal(unit, code, now)
    return True


def _end_offices(unit: UnitOfWork, code: UnitCode, since: date) -> None:
    last_day = since - timedelta(days=1)
    for held in unit.staff.appointments_at(code):
        if held.until is None or held.until > last_day:
            unit.staff.replace(held, replace(held, until=max(held.since, last_day)))


def _withdraw_seal(unit: UnitOfWork, code: UnitCode, now: datetime) -> None:
    """What the seal signed stays valid: each signature has its time-stamp from before."""
    seal = unit.certificates.of_owner(seal_owner(code))
    if seal is not None and seal.revoked_at is None:
        unit.certificates.revoke(seal.serial, at=now, reason=RevocationReason.CESSATION_OF_OPERATION.name)
