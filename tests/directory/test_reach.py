from dataclasses import replace
from datetime import date, timedelta

import pytest

from signing_service.directory.people import DEPARTMENT_OFFICES, Appointment, Office
from signing_service.directory.reach import appointments_reaching
from signing_service.directory.units import Merger, OrganisationUnit
from signing_service.ids import UnitCode
from tests.directory.house import BEGIN, DEPARTMENT, HILL, PRINCIPAL, TEACHER, TODAY, UNITS, VALLEY, VALLEY_PRINCIPAL, find, held, teaching

MERGED = date(2026, 2, 1)


def after_merger(code: UnitCode) -> OrganisationUnit | None:
    return replace(HILL, merged_into=Merger(VALLEY.code, MERGED)) if code == HILL.code else find(code)


def test_an_office_at_the_unit_itself_reaches_it() -> None:
    assert appointments_reaching(HILL.code, [PRINCIPAL, VALLEY_PRINCIPAL], find, on=TODAY) == (PRINCIPAL,)


def test_the_successors_offices_reach_what_was_merged_into_it_from_that_day() -> None:
    reached = appointments_reaching(HILL.code, [VALLEY_PRINCIPAL], after_merger, on=TODAY)
    assert reached == (replace(VALLEY_PRINCIPAL, school=HILL.code, since=MERGED),)
    assert appointments_reaching(HILL.code, [VALLEY_PRINCIPAL], after_merger, on=MERGED - timedelta(days=1)) == ()


def test_a_teacher_of_the_successor_reaches_no_class_of_the_merged_school() -> None:
    assert appointments_reaching(HILL.code, [teaching("1", VALLEY)], after_merger, on=TODAY) == ()


@pytest.mark.parametrize("office", list(Office))
def test_only_offices_that_look_after_schools_reach_them_from_the_department(office: Office) -> None:
    at_department = held("1", DEPARTMENT, office)
    expected: tuple[Appointment, ...] = (replace(at_department, school=HILL.code),) if office in DEPARTMENT_OFFICES else ()
    assert appointments_reaching(HILL.code, [at_department], find, on=TODAY) == expected


def test_a_department_reaches_no_school_of_another_one() -> None:
    officer = held("1", DEPARTMENT, Office.DEPARTMENT_OFFICER)
    reached = {unit.code for unit in UNITS if appointments_reaching(unit.code, [officer], find, on=TODAY)}
    assert reached == {DEPARTMENT.code, HILL.code, VALLEY.code}


def test_a_unit_that_nobody_knows_is_reached_by_its_own_offices_only() -> None:
    stranger = UnitCode("12345678")
    own = Appointment(TEACHER.person, stranger, Office.CLERK, BEGIN)
    assert appointments_reaching(stranger, [own, PRINCIPAL], find, on=TODAY) == (own,)
