"""Mergers and renamings: who may, who approves, and what a merged unit leaves to its successor."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from signing_service.access.policy import ClassOfYear, Permission, may
from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.directory_rights import actor_at
from signing_service.actions.enrol_signer import seal_owner
from signing_service.actions.merge_units import merge_units
from signing_service.actions.rename_unit import rename_unit
from signing_service.directory.people import Appointment
from signing_service.directory.units import Merger, name_on, unit_now
from signing_service.errors import RefusedError, SigningServiceError
from signing_service.storage.database import SqlDatabase
from tests.directory.house import (
    CLOCK,
    DIRECTOR,
    EVERYBODY,
    FOREIGN,
    HILL,
    OFFICER,
    PRINCIPAL,
    TODAY,
    VALLEY,
    VALLEY_PRINCIPAL,
    YEAR,
    actor,
    stocked,
)

MERGED = date(2026, 2, 1)
MERGER = Merger(VALLEY.code, MERGED)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    with stocked(tmp_path) as database:
        yield database


def merge(database: SqlDatabase, by: Appointment = OFFICER, approver: Appointment = DIRECTOR, merger: Merger = MERGER) -> None:
    merge_units(actor(by), HILL.code, merger, approver=approver.person, database=database, clock=CLOCK)


def rename(database: SqlDatabase, by: Appointment = OFFICER, approver: Appointment = DIRECTOR) -> None:
    rename_unit(actor(by), HILL.code, "Trường THCS Mây Mới", since=MERGED, approver=approver.person, database=database, clock=CLOCK)


Change = Callable[[SqlDatabase, Appointment, Appointment], None]


@pytest.mark.parametrize("change", [merge, rename])
@pytest.mark.parametrize("by", EVERYBODY)
def test_only_the_department_changes_a_unit(database: SqlDatabase, change: Change, by: Appointment) -> None:
    if by is OFFICER:
        change(database, by, DIRECTOR)
        return
    with pytest.raises(RefusedError) as refusal:
        change(database, by, DIRECTOR)
    assert refusal.value.code == "not-permitted"


@pytest.mark.parametrize("change", [merge, rename])
@pytest.mark.parametrize("approver", [a for a in EVERYBODY if a is not DIRECTOR])
def test_only_the_director_approves_a_change_of_a_unit(database: SqlDatabase, change: Change, approver: Appointment) -> None:
    with pytest.raises(RefusedError) as refusal:
        change(database, OFFICER, approver)
    assert refusal.value.code in {"approver-not-entitled", "own-approval"}


def test_a_merged_units_offices_end_the_day_before(database: SqlDatabase) -> None:
    merge(database)
    with database.begin() as unit:
        assert {a.until for a in unit.staff.appointments_at(HILL.code)} == {MERGED - timedelta(days=1)}
        assert {a.until for a in unit.staff.appointments_at(VALLEY.code)} == {None}
        assert unit_now(HILL.code, unit.staff.unit, on=TODAY) == VALLEY.code


def test_the_successors_principal_answers_for_the_merged_schools_records(database: SqlDatabase) -> None:
    old_class = ClassOfYear(HILL.code, "7A", YEAR)
    merge(database)
    with database.begin() as unit:
        successor = actor_at(unit, VALLEY_PRINCIPAL.person, HILL.code, on=TODAY)
        former = actor_at(unit, PRINCIPAL.person, HILL.code, on=TODAY)
    assert may(successor, Permission.TRANSCRIPT_APPROVE_RECALL, old_class, on=TODAY)
    assert not may(former, Permission.TRANSCRIPT_APPROVE_RECALL, old_class, on=TODAY)


def test_the_merged_units_seal_is_withdrawn(database: SqlDatabase) -> None:
    with database.begin() as unit:
        unit.certificates.add(StoredCertificate(7, b"a certificate", "seal", seal_owner(HILL.code), None, CLOCK.moment))
        unit.certificates.add(StoredCertificate(8, b"another", "seal", seal_owner(VALLEY.code), None, CLOCK.moment))
    merge(database)
    with database.begin() as unit:
        (withdrawn,) = unit.certificates.revoked()
    assert (withdrawn.serial, withdrawn.revocation_reason) == (7, "CESSATION_OF_OPERATION")


def test_merging_twice_changes_nothing_and_elsewhere_is_refused(database: SqlDatabase) -> None:
    merge(database)
    merge(database)
    with database.begin() as unit:
        assert [(c.change, c.by, c.approved_by) for c in unit.staff.changes_about(HILL.code)] == [
            ("merged", OFFICER.person, DIRECTOR.person)
        ]
    with pytest.raises(RefusedError) as refusal:
        merge(database, merger=Merger(FOREIGN.code, MERGED))
    assert refusal.value.code == "merged-before"


@pytest.mark.parametrize(
    ("merger", "code"),
    [
        (Merger(HILL.code, MERGED), "merger-circle"),
        (Merger(VALLEY.code, TODAY + timedelta(days=1)), "merger-ahead"),
    ],
)
def test_a_merger_that_cannot_be_changes_nothing(database: SqlDatabase, merger: Merger, code: str) -> None:
    with pytest.raises(SigningServiceError) as refusal:
        merge(database, merger=merger)
    assert refusal.value.code == code
    with database.begin() as unit:
        assert unit.staff.unit(HILL.code) == HILL
        assert {a.until for a in unit.staff.appointments_at(HILL.code)} == {None}


def test_a_renamed_unit_keeps_its_former_name_for_its_days(database: SqlDatabase) -> None:
    rename(database)
    rename(database)
    with database.begin() as unit:
        school = unit.staff.school(HILL.code)
        assert [change.change for change in unit.staff.changes_about(HILL.code)] == ["renamed"]
    assert school is not None
    assert [name_on(school, day) for day in (date(2026, 1, 31), MERGED)] == [HILL.name, "Trường THCS Mây Mới"]
