from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.directory.people import CLASS_OFFICES, Office
from signing_service.directory.titles import signing_title
from signing_service.ids import PersonCode
from tests.directory.house import BEGIN, HILL, PRINCIPAL, TODAY, VALLEY, VICE, YEAR, held, teaching


@pytest.mark.parametrize("office", list(Office))
def test_every_office_has_a_vietnamese_label(office: Office) -> None:
    assert office.label[0].isupper()
    assert len({other.label for other in Office}) == len(Office)


@given(st.dates(), st.dates(), st.dates())
def test_an_office_is_held_from_its_first_day_to_its_last(since: date, until: date, day: date) -> None:
    assert held("1", HILL, Office.PRINCIPAL, since=since, until=until).held_on(day) is (since <= day <= until)
    assert held("1", HILL, Office.PRINCIPAL, since=since).held_on(day) is (since <= day)


def test_a_subject_teacher_reaches_one_subject_of_one_class() -> None:
    math = teaching("1")
    where = {"school": HILL.code, "class_name": "7A", "school_year": YEAR, "on": TODAY}
    assert math.covers(**where, subject="TOAN")  # type: ignore[arg-type] # the keywords are the method's
    assert not math.covers(**where, subject="NV")  # type: ignore[arg-type] # as above
    assert not math.covers(**where | {"class_name": "7B"}, subject="TOAN")  # type: ignore[arg-type] # as above


@pytest.mark.parametrize("office", sorted(CLASS_OFFICES))
def test_an_office_for_one_class_that_names_none_reaches_none(office: Office) -> None:
    nowhere = held("1", HILL, office)
    assert not nowhere.covers(school=HILL.code, class_name="7A", school_year=YEAR, on=TODAY)
    assert not nowhere.is_complete


def test_a_subject_teacher_of_no_subject_reaches_none() -> None:
    nothing = held("1", HILL, Office.SUBJECT_TEACHER, class_name="7A", school_year=YEAR)
    assert not nothing.covers(school=HILL.code, class_name="7A", school_year=YEAR, on=TODAY)
    assert not nothing.is_complete


def test_an_office_for_the_whole_unit_names_no_class() -> None:
    assert PRINCIPAL.is_complete
    assert not held("1", HILL, Office.PRINCIPAL, class_name="7A", school_year=YEAR).is_complete
    assert not held("1", HILL, Office.PRINCIPAL, until=BEGIN - timedelta(days=1)).is_complete


def test_a_vice_principal_signs_in_the_principals_stead() -> None:
    title = signing_title([PRINCIPAL, VICE], person=VICE.person, unit=HILL.code, on=TODAY)
    assert title == "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG"


def test_the_highest_office_of_the_day_gives_the_title() -> None:
    rising = [held("1", HILL, Office.VICE_PRINCIPAL), held("1", HILL, Office.PRINCIPAL, since=date(2026, 1, 1)), teaching("1")]
    assert signing_title(rising, person=PersonCode("1"), unit=HILL.code, on=date(2026, 1, 1)) == "HIỆU TRƯỞNG"
    assert signing_title(rising, person=PersonCode("1"), unit=HILL.code, on=date(2025, 12, 31)) == "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG"


def test_a_title_of_its_own_stands_before_the_usual_one() -> None:
    acting = held("1", HILL, Office.PRINCIPAL, signing_title="Q. HIỆU TRƯỞNG")
    assert signing_title([acting], person=PersonCode("1"), unit=HILL.code, on=TODAY) == "Q. HIỆU TRƯỞNG"


def test_one_person_signs_differently_at_two_schools() -> None:
    both = [held("1", HILL, Office.PRINCIPAL), held("1", VALLEY, Office.VICE_PRINCIPAL)]
    assert [signing_title(both, person=PersonCode("1"), unit=unit.code, on=TODAY) for unit in (HILL, VALLEY)] == [
        "HIỆU TRƯỞNG",
        "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG",
    ]


def test_a_clerk_signs_nothing() -> None:
    assert signing_title([held("1", HILL, Office.CLERK)], person=PersonCode("1"), unit=HILL.code, on=TODAY) is None
