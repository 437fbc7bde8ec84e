from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.access.operator import operator
from signing_service.access.policy import Actor, ClassOfYear, Permission, may, require
from signing_service.directory.people import Appointment, Office
from signing_service.errors import RefusedError
from signing_service.ids import PersonCode, SchoolCode

SCHOOL, OTHER = SchoolCode("99000001"), SchoolCode("99000002")
CLASS = ClassOfYear(SCHOOL, "7B", "2025-2026")
TODAY = date(2026, 5, 28)
WHO = PersonCode("9901")

EXPECTED = {
    Office.CLERK: {
        Permission.DIRECTORY_APPOINT,
        Permission.DIRECTORY_ENROL,
        Permission.TRANSCRIPT_EXTRACT,
        Permission.TRANSCRIPT_HAND_OUT,
        Permission.TRANSCRIPT_IMPORT,
        Permission.TRANSCRIPT_REQUEST_RECALL,
        Permission.TRANSCRIPT_RETURN,
        Permission.TRANSCRIPT_SEAL,
    },
    Office.OPERATOR: {
        Permission.AWARD_HAND_OUT,
        Permission.AWARD_IMPORT,
        Permission.DIRECTORY_IMPORT,
        Permission.TRANSCRIPT_HAND_OUT,
        Permission.TRANSCRIPT_IMPORT,
        Permission.TRANSCRIPT_OPEN_LOCKED_YEAR,
    },
    Office.HOMEROOM_TEACHER: {
        Permission.TRANSCRIPT_REQUEST_RECALL,
        Permission.TRANSCRIPT_RETURN,
        Permission.TRANSCRIPT_SIGN_AS_HOMEROOM,
    },
    Office.PRINCIPAL: {
        Permission.DIRECTORY_APPROVE,
        Permission.TRANSCRIPT_APPROVE_RECALL,
        Permission.TRANSCRIPT_REQUEST_RECALL,
        Permission.TRANSCRIPT_RETURN,
        Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL,
    },
    Office.VICE_PRINCIPAL: {
        Permission.DIRECTORY_APPROVE,
        Permission.TRANSCRIPT_APPROVE_RECALL,
        Permission.TRANSCRIPT_REQUEST_RECALL,
        Permission.TRANSCRIPT_RETURN,
        Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL,
    },
    Office.DEPARTMENT_OFFICER: {
        Permission.DIRECTORY_APPOINT,
        Permission.DIRECTORY_ENROL,
        Permission.DIRECTORY_IMPORT,
        Permission.DIRECTORY_MERGE,
        Permission.TRANSCRIPT_APPROVE_RECALL_AFTER_LOCK,
        Permission.TRANSCRIPT_OPEN_LOCKED_YEAR,
    },
    Office.DIRECTOR: {Permission.DIRECTORY_APPROVE},
    Office.DEPUTY_DIRECTOR: {Permission.DIRECTORY_APPROVE},
    Office.COMMUNE_CHAIR: {Permission.DIRECTORY_APPROVE},
    Office.DEPUTY_COMMUNE_CHAIR: {Permission.DIRECTORY_APPROVE},
}


def holder(office: Office, **changes: object) -> Actor:
    fields = {"person": WHO, "school": SCHOOL, "office": office, "since": date(2025, 8, 1)}
    if office is Office.HOMEROOM_TEACHER:
        fields |= {"class_name": CLASS.class_name, "school_year": CLASS.school_year}
    fields |= changes
    return Actor(WHO, (Appointment(**fields),))  # type: ignore[arg-type] # the changes are named fields


@pytest.mark.parametrize("office", list(Office))
@pytest.mark.parametrize("permission", list(Permission))
def test_each_office_grants_exactly_what_the_table_says(office: Office, permission: Permission) -> None:
    assert may(holder(office), permission, CLASS, on=TODAY) is (permission in EXPECTED.get(office, set()))


def test_nobody_without_an_office_may_do_anything() -> None:
    assert not any(may(Actor(WHO, ()), permission, CLASS, on=TODAY) for permission in Permission)


@pytest.mark.parametrize(
    "changes",
    [
        {"school": OTHER},
        {"until": date(2026, 5, 27)},
        {"since": date(2026, 5, 29)},
        {"class_name": "7A"},
        {"school_year": "2024-2025"},
        {"person": PersonCode("9902")},
        {"class_name": None},
        {"school_year": None},
    ],
)
def test_another_school_day_class_year_or_person_is_refused(changes: dict[str, object]) -> None:
    actor = holder(Office.HOMEROOM_TEACHER, **changes)
    with pytest.raises(RefusedError) as refusal:
        require(actor, Permission.TRANSCRIPT_SIGN_AS_HOMEROOM, CLASS, on=TODAY)
    assert refusal.value.code == "not-permitted"


def test_the_last_day_of_an_office_still_counts() -> None:
    assert may(holder(Office.PRINCIPAL, until=TODAY), Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL, CLASS, on=TODAY)


@given(st.sampled_from([permission for permission in Permission if permission not in EXPECTED[Office.OPERATOR]]), st.booleans())
def test_whoever_runs_the_server_signs_for_nobody_and_seals_nothing(permission: Permission, known: bool) -> None:  # noqa: FBT001 - Hypothesis passes by name
    actor = operator([SCHOOL] if known else [OTHER], on=TODAY)
    assert not may(actor, permission, CLASS, on=TODAY)
