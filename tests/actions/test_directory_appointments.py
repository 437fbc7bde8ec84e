"""Who may change appointments, who may approve it, and what a substitute leaves behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from signing_service.actions.appoint_person import appoint_person
from signing_service.actions.appoint_substitute import appoint_substitute
from signing_service.actions.directory_rights import actor_at
from signing_service.actions.end_appointment import end_appointment
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.teaching import TaughtSubject, sheet_signers
from signing_service.errors import ConflictError, InvalidInputError, RefusedError, SigningServiceError
from signing_service.ids import PersonCode, UnitCode
from signing_service.storage.database import SqlDatabase
from tests.directory.house import (
    CLERK,
    CLOCK,
    DEPARTMENT,
    DEPARTMENT_CLERK,
    DIRECTOR,
    EVERYBODY,
    FOREIGN_DIRECTOR,
    FOREIGN_OFFICER,
    HILL,
    NEWCOMER,
    OFFICER,
    PRINCIPAL,
    TEACHER,
    TODAY,
    VALLEY_CLERK,
    VALLEY_PRINCIPAL,
    VICE,
    YEAR,
    actor,
    held,
    stocked,
    teaching,
)

NEW = teaching(NEWCOMER.code, subject="NV")
MATH = TaughtSubject(HILL.code, "7A", YEAR, "TOAN")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    with stocked(tmp_path) as database:
        yield database


def appointed(database: SqlDatabase, by: Appointment, approver: Appointment, appointment: Appointment = NEW) -> str:
    """`done`, or the code of the refusal."""
    try:
        appoint_person(actor(by), appointment, approver=approver.person, database=database, clock=CLOCK)
    except SigningServiceError as refusal:
        return refusal.code
    return "done"


def of(database: SqlDatabase, person: PersonCode) -> tuple[Appointment, ...]:
    with database.begin() as unit:
        return unit.staff.appointments_of(person)


@pytest.mark.parametrize("by", EVERYBODY)
def test_the_schools_clerk_and_its_department_change_appointments_and_nobody_else(database: SqlDatabase, by: Appointment) -> None:
    approver = PRINCIPAL if by is not PRINCIPAL else VICE
    allowed = by in {CLERK, OFFICER}
    assert appointed(database, by, approver) == ("done" if allowed else "not-permitted")
    assert bool(of(database, NEWCOMER.code)) is allowed


@pytest.mark.parametrize("approver", EVERYBODY)
def test_the_schools_heads_and_the_director_approve_and_nobody_else(database: SqlDatabase, approver: Appointment) -> None:
    expected = "own-approval" if approver is CLERK else "done" if approver in {PRINCIPAL, VICE, DIRECTOR} else "approver-not-entitled"
    assert appointed(database, CLERK, approver) == expected


def test_a_head_is_approved_by_the_department_only(database: SqlDatabase) -> None:
    head = held(NEWCOMER.code, HILL, Office.PRINCIPAL)
    assert appointed(database, CLERK, VICE, head) == "approver-not-entitled"
    assert appointed(database, CLERK, FOREIGN_DIRECTOR, head) == "approver-not-entitled"
    assert appointed(database, CLERK, DIRECTOR, head) == "done"


@pytest.mark.parametrize(
    "office", [Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR, Office.COMMUNE_CHAIR, Office.OPERATOR]
)
def test_a_school_cannot_make_its_own_department_officer(database: SqlDatabase, office: Office) -> None:
    """With such an office, approved by the principal alone, it could open its own closed years and import its own principal."""
    assert appointed(database, CLERK, PRINCIPAL, held(NEWCOMER.code, HILL, office)) == "office-not-of-unit"
    assert of(database, NEWCOMER.code) == ()


def test_a_second_code_of_the_same_person_does_not_approve(database: SqlDatabase) -> None:
    with database.begin() as unit:
        for appointment in (CLERK, PRINCIPAL):
            unit.staff.add_person(Person(appointment.person, "Người Hai Mã", "099999999999"))
    assert appointed(database, CLERK, PRINCIPAL) == "own-approval"
    assert appointed(database, CLERK, VICE) == "done"


def test_an_approver_who_no_longer_holds_the_office_approves_nothing(database: SqlDatabase) -> None:
    with database.begin() as unit:
        unit.staff.replace(PRINCIPAL, replace(PRINCIPAL, until=TODAY - timedelta(days=1)))
    assert appointed(database, CLERK, PRINCIPAL) == "approver-not-entitled"


def test_every_change_names_who_entered_and_who_approved_it(database: SqlDatabase) -> None:
    assert appointed(database, CLERK, PRINCIPAL) == "done"
    assert [a.approved_by for a in of(database, NEWCOMER.code)] == [PRINCIPAL.person]
    with database.begin() as unit:
        (change,) = unit.staff.changes_about(NEWCOMER.code)
    assert (change.change, change.by, change.approved_by, change.at) == ("appointed", CLERK.person, PRINCIPAL.person, CLOCK.moment)


def test_appointing_twice_changes_nothing(database: SqlDatabase) -> None:
    assert [appointed(database, CLERK, PRINCIPAL), appointed(database, CLERK, VICE)] == ["done", "done"]
    assert len(of(database, NEWCOMER.code)) == 1
    with database.begin() as unit:
        assert len(unit.staff.changes_about(NEWCOMER.code)) == 1


@pytest.mark.parametrize(
    ("appointment", "code"),
    [
        (replace(NEW, subject=None), "appointment-incomplete"),
        (replace(NEW, class_name=None), "appointment-incomplete"),
        (replace(NEW, until=date(2025, 1, 1)), "appointment-incomplete"),
        (held(NEWCOMER.code, HILL, Office.CLERK, class_name="7A"), "appointment-incomplete"),
        (replace(NEW, school=UnitCode("12345678")), "unit-unknown"),
        (replace(NEW, person=PersonCode("0000")), "person-unknown"),
    ],
)
def test_an_appointment_that_says_too_little_is_refused(database: SqlDatabase, appointment: Appointment, code: str) -> None:
    assert appointed(database, CLERK, PRINCIPAL, appointment) == code


def test_an_appointment_ends_on_its_last_day_and_stays_on_record(database: SqlDatabase) -> None:
    last = date(2026, 1, 14)
    for _ in range(2):
        end_appointment(actor(CLERK), TEACHER, last_day=last, approver=PRINCIPAL.person, database=database, clock=CLOCK)
    assert of(database, TEACHER.person) == (replace(TEACHER, until=last),)
    with database.begin() as unit:
        assert [change.change for change in unit.staff.changes_about(TEACHER.person)] == ["ended"]


def test_an_appointment_never_ends_before_it_began(database: SqlDatabase) -> None:
    with pytest.raises(InvalidInputError):
        end_appointment(actor(CLERK), TEACHER, last_day=date(2025, 7, 1), approver=PRINCIPAL.person, database=database, clock=CLOCK)


def substitute(database: SqlDatabase, since: date, until: date | None, by: Appointment = CLERK) -> Appointment:
    return appoint_substitute(
        actor(by), TEACHER, NEWCOMER.code, since=since, until=until, approver=PRINCIPAL.person, database=database, clock=CLOCK
    )


def signers_on(database: SqlDatabase, day: date) -> list[tuple[str, str | None]]:
    with database.begin() as unit:
        known = unit.staff.appointments_at(HILL.code)
    return [(s.person, s.in_place_of) for s in sheet_signers(known, MATH, on=day)]


def test_a_substitute_acts_for_the_days_of_the_leave_and_is_named_so(database: SqlDatabase) -> None:
    for _ in range(2):
        substitute(database, date(2026, 2, 1), date(2026, 4, 30))
    assert signers_on(database, date(2026, 1, 31)) == [(TEACHER.person, None)]
    assert signers_on(database, date(2026, 2, 1)) == [(NEWCOMER.code, TEACHER.person)]
    assert signers_on(database, date(2026, 4, 30)) == [(NEWCOMER.code, TEACHER.person)]
    assert signers_on(database, date(2026, 5, 1)) == [(TEACHER.person, None)]
    with database.begin() as unit:
        assert [change.approved_by for change in unit.staff.changes_about(TEACHER.person)] == [PRINCIPAL.person]


def test_a_successor_stays(database: SqlDatabase) -> None:
    substitute(database, date(2026, 2, 1), None)
    assert signers_on(database, date(2030, 1, 1)) == [(NEWCOMER.code, TEACHER.person)]


@pytest.mark.parametrize(("since", "until"), [(date(2025, 8, 1), None), (date(2026, 2, 2), date(2026, 2, 1))])
def test_the_days_of_a_substitute_lie_within_the_office(database: SqlDatabase, since: date, until: date | None) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        substitute(database, since, until)
    assert refusal.value.code == "substitute-days"


@pytest.mark.parametrize("by", [TEACHER, VALLEY_CLERK, VALLEY_PRINCIPAL, FOREIGN_OFFICER, DEPARTMENT_CLERK])
def test_nobody_from_elsewhere_appoints_a_substitute(database: SqlDatabase, by: Appointment) -> None:
    with pytest.raises(RefusedError) as refusal:
        substitute(database, date(2026, 2, 1), None, by)
    assert refusal.value.code == "not-permitted"
    assert of(database, TEACHER.person) == (TEACHER,)


def test_two_substitutes_at_once_are_a_conflict_and_the_first_one_stays(database: SqlDatabase) -> None:
    substitute(database, date(2026, 2, 1), None)
    with pytest.raises(ConflictError):
        appoint_substitute(
            actor(CLERK),
            TEACHER,
            VICE.person,
            since=date(2026, 3, 1),
            until=None,
            approver=PRINCIPAL.person,
            database=database,
            clock=CLOCK,
        )
    assert signers_on(database, TODAY) == [(NEWCOMER.code, TEACHER.person)]


def test_an_officer_acts_at_a_school_with_the_offices_of_the_department(database: SqlDatabase) -> None:
    with database.begin() as unit:
        reaching = actor_at(unit, OFFICER.person, HILL.code, on=TODAY)
        at_home = actor_at(unit, OFFICER.person, DEPARTMENT.code, on=TODAY)
    assert [(a.office, a.school) for a in reaching.appointments] == [(Office.DEPARTMENT_OFFICER, HILL.code)]
    assert at_home.appointments == (OFFICER,)
