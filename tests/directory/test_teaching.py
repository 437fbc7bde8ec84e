from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from signing_service.directory.teaching import TaughtSubject, sheet_signers, subject_teachers
from tests.directory.house import BEGIN, HILL, PRINCIPAL, TEACHER, TODAY, VALLEY_PRINCIPAL, VICE, YEAR, teaching

MATH = TaughtSubject(HILL.code, "7A", YEAR, "TOAN")
LEFT = date(2026, 1, 15)
GONE = replace(TEACHER, until=LEFT - timedelta(days=1))
SUCCESSOR = teaching("9905", since=LEFT, substitute_for=TEACHER.person)


def test_the_teacher_of_the_day_signs() -> None:
    signers = sheet_signers([TEACHER, PRINCIPAL, teaching("9906", subject="NV")], MATH, on=TODAY)
    assert [(signer.person, signer.in_place_of) for signer in signers] == [(TEACHER.person, None)]


def test_a_successor_signs_and_is_named_as_one() -> None:
    known = [GONE, SUCCESSOR, PRINCIPAL]
    assert [s.person for s in sheet_signers(known, MATH, on=LEFT - timedelta(days=1))] == [TEACHER.person]
    assert [(s.person, s.in_place_of) for s in sheet_signers(known, MATH, on=LEFT)] == [("9905", TEACHER.person)]


def test_without_a_successor_the_principal_signs_for_the_one_who_left() -> None:
    signers = sheet_signers([GONE, VICE, PRINCIPAL, VALLEY_PRINCIPAL], MATH, on=LEFT)
    assert [(s.person, s.in_place_of) for s in signers] == [(PRINCIPAL.person, TEACHER.person), (VICE.person, TEACHER.person)]


def test_the_last_of_several_who_left_is_named() -> None:
    earlier = teaching("9907", until=date(2025, 10, 31))
    signers = sheet_signers([GONE, earlier, PRINCIPAL], MATH, on=TODAY)
    assert {s.in_place_of for s in signers} == {TEACHER.person}


def test_where_nobody_is_known_nobody_may_sign() -> None:
    assert sheet_signers([VALLEY_PRINCIPAL], MATH, on=TODAY) == ()


def test_two_who_share_a_subject_may_both_sign() -> None:
    assert [a.person for a in subject_teachers([teaching("2"), teaching("1")], MATH, on=TODAY)] == ["1", "2"]


@given(st.dates(min_value=BEGIN, max_value=date(2026, 8, 1)))
def test_on_every_day_of_the_year_somebody_may_sign(day: date) -> None:
    assert sheet_signers([GONE, SUCCESSOR, PRINCIPAL], MATH, on=day)
    assert sheet_signers([GONE, PRINCIPAL], MATH, on=day)
