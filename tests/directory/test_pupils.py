from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.directory.history import study_history
from signing_service.directory.pupils import KnownPupil, Likeness, PupilEnrolment, PupilId, PupilIdentity, matching_name, recognise
from signing_service.directory.units import OrganisationUnit, renamed
from signing_service.ids import UnitCode
from tests.directory.house import HILL, VALLEY, YEAR, find

CHILD = PupilIdentity("H'Mây Niê Suối", date(2013, 4, 5), "099313000001")
KNOWN = KnownPupil(PupilId("a"), CHILD)


def test_the_same_personal_id_and_birth_date_are_one_child_whatever_the_name() -> None:
    assert recognise(replace(CHILD, name="H'Mây Niê"), [KNOWN]).same == KNOWN.pupil


def test_a_namesake_without_personal_id_is_asked_about_and_never_taken() -> None:
    found = recognise(replace(CHILD, personal_id=None), [KNOWN])
    assert found.same is None
    assert found.possible == ((KNOWN.pupil, Likeness.NAME_AND_BIRTH_DATE),)


def test_the_same_personal_id_with_another_birth_date_is_asked_about() -> None:
    found = recognise(replace(CHILD, birth_date=date(2013, 5, 4)), [KNOWN])
    assert (found.same, found.possible) == (None, ((KNOWN.pupil, Likeness.PERSONAL_ID_WITH_OTHER_BIRTH_DATE),))


def test_namesakes_with_two_personal_ids_are_two_children() -> None:
    assert recognise(replace(CHILD, personal_id="099313000002"), [KNOWN]).possible == ()


@given(st.text(min_size=1, max_size=20), st.dates(), st.none() | st.text("0123456789", min_size=12, max_size=12))
def test_no_child_is_recognised_by_name_and_birth_date(name: str, born: date, personal_id: str | None) -> None:
    entry = KnownPupil(PupilId("b"), PupilIdentity(name, born, None))
    assert recognise(PupilIdentity(name, born, personal_id), [entry]).same is None


@pytest.mark.parametrize("spelling", ["H’MÂY NIÊ SUỐI", "H'Mây  Niê Suối ", "h'may nie suoi", "H'Mây Niê Suối"])
def test_spellings_of_one_name_are_alike(spelling: str) -> None:
    assert matching_name(spelling) == matching_name(CHILD.name)


def test_d_with_a_stroke_is_alike_in_every_spelling() -> None:
    assert matching_name("Đỗ Đồi") == matching_name("ĐỖ ĐỒI") == matching_name("Do Doi") == matching_name("Ðỗ đồi")


def test_the_history_of_a_year_with_a_transfer_names_both_schools() -> None:
    moved = date(2026, 1, 12)
    enrolments = [
        PupilEnrolment(PupilId("a"), VALLEY.code, "99", "7B", YEAR, moved),
        PupilEnrolment(PupilId("a"), HILL.code, "99", "7A", YEAR, date(2025, 9, 5), moved - timedelta(days=1)),
        PupilEnrolment(PupilId("a"), HILL.code, "99", "6A", "2024-2025", date(2024, 9, 5)),
        PupilEnrolment(PupilId("a"), VALLEY.code, "99", "8B", "2026-2027", date(2026, 9, 5)),
    ]
    lines = study_history(enrolments, find, through=YEAR)
    assert [(line.school_year, line.class_name, line.school_name) for line in lines] == [
        ("2024-2025", "6A", HILL.name),
        (YEAR, "7A", HILL.name),
        (YEAR, "7B", VALLEY.name),
    ]


def test_the_history_calls_a_school_by_its_name_of_the_time() -> None:
    new = renamed(HILL, "Trường THCS Mây Mới", since=date(2025, 7, 15))
    units: dict[UnitCode, OrganisationUnit] = {HILL.code: new}
    enrolments = [
        PupilEnrolment(PupilId("a"), HILL.code, "99", "6A", "2024-2025", date(2024, 9, 5)),
        PupilEnrolment(PupilId("a"), HILL.code, "99", "7A", YEAR, date(2025, 9, 5)),
    ]
    assert [line.school_name for line in study_history(enrolments, units.get, through=YEAR)] == [HILL.name, new.name]
