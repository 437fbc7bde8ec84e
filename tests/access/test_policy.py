from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.access.operator import operator
from signing_service.access.policy import Actor, AwardFile, ClassOfYear, Permission, Unit, may, require
from signing_service.directory.people import CLASS_OFFICES, Appointment, Office
from signing_service.errors import RefusedError
from signing_service.ids import DecisionId, PersonCode, SchoolCode

SCHOOL, OTHER = SchoolCode("99000001"), SchoolCode("99000002")
CLASS = ClassOfYear(SCHOOL, "7B", "2025-2026")
TODAY = date(2026, 5, 28)
WHO = PersonCode("9901")

P = Permission
_LEADER = {
    P.AWARD_SIGN,
    P.DIRECTORY_APPROVE,
    P.TRANSCRIPT_APPROVE_RECALL,
    P.TRANSCRIPT_REQUEST_RECALL,
    P.TRANSCRIPT_RETURN,
    P.TRANSCRIPT_SIGN_AS_PRINCIPAL,
    P.TRANSCRIPT_SIGN_SUBJECT_SHEET,
}
_SUPERVISOR = {P.TRANSCRIPT_APPROVE_RECALL_AFTER_LOCK, P.TRANSCRIPT_OPEN_LOCKED_YEAR}
EXPECTED = {
    Office.HOMEROOM_TEACHER: {P.TRANSCRIPT_REQUEST_RECALL, P.TRANSCRIPT_RETURN, P.TRANSCRIPT_SIGN_AS_HOMEROOM},
    Office.SUBJECT_TEACHER: {P.TRANSCRIPT_SIGN_SUBJECT_SHEET},
    Office.PRINCIPAL: _LEADER | {P.AWARD_CANCEL},
    Office.VICE_PRINCIPAL: _LEADER,
    Office.CLERK: {
        P.AWARD_HAND_OUT,
        P.AWARD_IMPORT,
        P.AWARD_SEAL,
        P.DIRECTORY_APPOINT,
        P.DIRECTORY_ENROL,
        P.TRANSCRIPT_EXTRACT,
        P.TRANSCRIPT_HAND_OUT,
        P.TRANSCRIPT_IMPORT,
        P.TRANSCRIPT_REQUEST_RECALL,
        P.TRANSCRIPT_RETURN,
        P.TRANSCRIPT_SEAL,
    },
    Office.DEPARTMENT_OFFICER: _SUPERVISOR | {P.DIRECTORY_APPOINT, P.DIRECTORY_ENROL, P.DIRECTORY_IMPORT, P.DIRECTORY_MERGE},
    Office.DIRECTOR: _SUPERVISOR | {P.AWARD_CANCEL, P.AWARD_SIGN, P.DIRECTORY_APPROVE},
    Office.DEPUTY_DIRECTOR: _SUPERVISOR | {P.AWARD_SIGN, P.DIRECTORY_APPROVE},
    Office.COMMUNE_CHAIR: {P.AWARD_CANCEL, P.AWARD_SIGN, P.DIRECTORY_APPROVE},
    Office.DEPUTY_COMMUNE_CHAIR: {P.AWARD_SIGN, P.DIRECTORY_APPROVE},
    Office.AWARD_CLERK: {P.AWARD_HAND_OUT, P.AWARD_IMPORT},
    Office.ARCHIVIST: set(),
    Office.AUDITOR: set(),
    Office.OPERATOR: {
        P.AWARD_HAND_OUT,
        P.AWARD_IMPORT,
        P.DIRECTORY_IMPORT,
        P.TRANSCRIPT_HAND_OUT,
        P.TRANSCRIPT_IMPORT,
        P.TRANSCRIPT_OPEN_LOCKED_YEAR,
    },
}


def holder(office: Office, **changes: object) -> Actor:
    fields = {"person": WHO, "school": SCHOOL, "office": office, "since": date(2025, 8, 1)}
    if office in CLASS_OFFICES:
        fields |= {"class_name": CLASS.class_name, "school_year": CLASS.school_year}
    if office is Office.SUBJECT_TEACHER:
        fields |= {"subject": "TOAN"}
    fields |= changes
    return Actor(WHO, (Appointment(**fields),))  # type: ignore[arg-type] # the changes are named fields


@pytest.mark.parametrize("office", list(Office))
@pytest.mark.parametrize("permission", list(Permission))
def test_each_office_grants_exactly_what_the_table_says(office: Office, permission: Permission) -> None:
    assert may(holder(office), permission, CLASS, on=TODAY) is (permission in EXPECTED[office])


@pytest.mark.parametrize("office", sorted(CLASS_OFFICES))
@pytest.mark.parametrize("resource", [Unit(SCHOOL), AwardFile(SCHOOL, DecisionId("d"))])
def test_an_office_for_one_class_reaches_nothing_of_the_whole_unit(office: Office, resource: Unit | AwardFile) -> None:
    assert not any(may(holder(office), permission, resource, on=TODAY) for permission in Permission)


@pytest.mark.parametrize("narrowed", [{"class_name": "7B"}, {"school_year": "2025-2026"}])
@pytest.mark.parametrize("resource", [Unit(SCHOOL), AwardFile(SCHOOL, DecisionId("d"))])
def test_a_clerk_narrowed_to_one_class_or_year_reaches_nothing_of_the_whole_unit(
    narrowed: dict[str, object], resource: Unit | AwardFile
) -> None:
    assert not any(may(holder(Office.CLERK, **narrowed), permission, resource, on=TODAY) for permission in Permission)


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
