"""Children across schools and years: who is recognised, what is asked of a person, and what a transfer leaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from signing_service.access.policy import ClassOfYear
from signing_service.actions.list_pupil_documents import documents_of_pupil
from signing_service.actions.record_enrolment import EnrolmentOutcome, record_enrolment
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.tell_pupils_apart import tell_pupils_apart
from signing_service.actions.transfer_pupil import Transfer, transfer_pupil
from signing_service.directory.history import study_history
from signing_service.directory.people import Appointment
from signing_service.directory.pupils import Likeness, PossibleMatch, PupilEnrolment, PupilId
from signing_service.directory.units import School
from signing_service.errors import ConflictError, InvalidInputError, RefusedError
from signing_service.ids import PersonCode, new_document_id, new_link_token, new_record_id, new_short_code, sha256_of
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import Transcript
from signing_service.storage.database import SqlDatabase
from signing_service.workflow.case import CaseState
from tests.directory.house import (
    CLERK,
    CLOCK,
    EVERYBODY,
    HILL,
    OFFICER,
    PRINCIPAL,
    VALLEY,
    VALLEY_CLERK,
    VALLEY_PRINCIPAL,
    YEAR,
    actor,
    stocked,
)
from tests.records_factory import example_pupil, example_transcript

BORN = date(2013, 4, 5)
MOVED = date(2026, 1, 12)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    with stocked(tmp_path) as database:
        yield database


def transcript(school: School = HILL, year: str = YEAR, class_name: str = "7A", **pupil: object) -> Transcript:
    fields: dict[str, object] = {"code": "9980100001", "name": "H'Suối Niê", "birth_date": BORN, "personal_id": None} | pupil
    made = example_transcript(pupil=example_pupil(**fields))
    issuer = replace(made.issuer, school_code=school.code, school_name=school.name)
    return replace(made, issuer=issuer, school_year=year, class_name=class_name, study_history=())


def enrolled(database: SqlDatabase, of: Transcript) -> EnrolmentOutcome:
    with database.begin() as unit:
        return record_enrolment(unit, of)


def enrolments(database: SqlDatabase, pupil: PupilId) -> tuple[PupilEnrolment, ...]:
    with database.begin() as unit:
        return unit.pupils.enrolments_of(pupil)


def known(outcome: EnrolmentOutcome) -> PupilId:
    assert outcome.pupil is not None
    return outcome.pupil


def test_the_same_transcript_twice_enrols_once(database: SqlDatabase) -> None:
    first, second = enrolled(database, transcript()), enrolled(database, transcript())
    assert first == second
    assert [(e.school, e.class_name, e.school_year, e.since) for e in enrolments(database, known(first))] == [
        (HILL.code, "7A", YEAR, date(2025, 9, 5))
    ]


def test_a_schools_code_is_one_child_through_the_years(database: SqlDatabase) -> None:
    before = enrolled(database, transcript(year="2024-2025", class_name="6A"))
    after = enrolled(database, transcript())
    assert before.pupil == after.pupil
    assert [e.school_year for e in enrolments(database, known(after))] == ["2024-2025", YEAR]


def test_a_change_of_class_moves_the_enrolment(database: SqlDatabase) -> None:
    enrolled(database, transcript())
    outcome = enrolled(database, transcript(class_name="7B"))
    assert [e.class_name for e in enrolments(database, known(outcome))] == ["7B"]


def test_the_same_personal_id_and_birth_date_are_one_child_at_two_schools(database: SqlDatabase) -> None:
    here = enrolled(database, transcript(personal_id="099313000001"))
    there = enrolled(database, transcript(VALLEY, "2024-2025", code="9980200009", personal_id="099313000001", name="H'Suối Niê Kdăm"))
    assert (here.pupil, there.possible) == (there.pupil, ())
    assert {(e.school, e.pupil_code) for e in enrolments(database, known(here))} == {
        (HILL.code, "9980100001"),
        (VALLEY.code, "9980200009"),
    }


def test_a_namesake_without_personal_id_is_an_entry_of_its_own_and_a_question(database: SqlDatabase) -> None:
    here = enrolled(database, transcript())
    there = enrolled(database, transcript(VALLEY, code="9980200009"))
    assert there.pupil != here.pupil
    assert there.possible == (PossibleMatch(known(there), known(here), Likeness.NAME_AND_BIRTH_DATE),)
    with database.begin() as unit:
        assert unit.pupils.open_matches() == there.possible


def test_a_code_of_another_child_enters_nothing(database: SqlDatabase) -> None:
    here = enrolled(database, transcript())
    other = enrolled(database, transcript(name="Y Gió Mlô", birth_date=date(2012, 1, 1), year="2024-2025"))
    assert other == EnrolmentOutcome(None)
    assert [e.school_year for e in enrolments(database, known(here))] == [YEAR]


def test_the_code_of_one_twin_in_the_row_of_the_other_enters_nothing(database: SqlDatabase) -> None:
    """All years of a code are handed out as one child's, so the twin's would be among them."""
    first = known(enrolled(database, transcript(personal_id="099999999991")))
    twin = transcript(year="2026-2027", name="H'Khác Niê", personal_id="099999999992")
    assert enrolled(database, twin) == EnrolmentOutcome(None)
    assert [held.school_year for held in enrolments(database, first)] == [YEAR]


def test_a_corrected_name_or_birth_date_is_the_same_child(database: SqlDatabase) -> None:
    here = enrolled(database, transcript())
    for corrected in (transcript(name="H'Suối Niê Êban"), transcript(name="H'Suối Niê Êban", birth_date=date(2013, 5, 4))):
        assert enrolled(database, corrected).pupil == here.pupil


def test_a_personal_id_once_known_is_kept_when_a_later_list_leaves_it_out(database: SqlDatabase) -> None:
    outcome = enrolled(database, transcript(personal_id="099313000001"))
    enrolled(database, transcript(year="2024-2025"))
    with database.begin() as unit:
        entry = unit.pupils.get(known(outcome))
    assert entry is not None
    assert entry.identity.personal_id == "099313000001"


def test_two_entries_that_turn_out_to_share_a_personal_id_are_still_asked_about(database: SqlDatabase) -> None:
    here = enrolled(database, transcript(name="H'Suối", personal_id="099313000001"))
    there = enrolled(database, transcript(VALLEY, code="9980200009", name="H'Suối Niê"))
    again = enrolled(database, transcript(VALLEY, code="9980200009", name="H'Suối Niê", personal_id="099313000001"))
    assert again.pupil == there.pupil != here.pupil
    assert [match.likeness for match in again.possible] == [Likeness.PERSONAL_ID]


def asked(database: SqlDatabase) -> PossibleMatch:
    enrolled(database, transcript())
    (match,) = enrolled(database, transcript(VALLEY, "2024-2025", "6B", code="9980200009")).possible
    return match


def decide(database: SqlDatabase, match: PossibleMatch, *, same: bool, by: Appointment = VALLEY_CLERK) -> None:
    tell_pupils_apart(actor(by), match, same=same, approver=VALLEY_PRINCIPAL.person, database=database, clock=CLOCK)


def test_a_person_may_say_that_two_entries_are_one_child(database: SqlDatabase) -> None:
    match = asked(database)
    decide(database, match, same=True)
    assert [e.school for e in enrolments(database, match.other)] == [VALLEY.code, HILL.code]
    with database.begin() as unit:
        assert unit.pupils.get(match.pupil) is None
        assert unit.pupils.open_matches() == ()
        assert [(c.change, c.approved_by) for c in unit.staff.changes_about(match.other)] == [("joined", VALLEY_PRINCIPAL.person)]
    assert enrolled(database, transcript(VALLEY, "2024-2025", "6B", code="9980200009")).pupil == match.other


def test_a_person_may_say_that_they_are_two_and_is_not_asked_again(database: SqlDatabase) -> None:
    match = asked(database)
    decide(database, match, same=False)
    enrolled(database, transcript(VALLEY, "2024-2025", "6B", code="9980200009"))
    with database.begin() as unit:
        assert unit.pupils.open_matches() == ()
    with pytest.raises(ConflictError):
        decide(database, match, same=True)


def test_questions_about_a_joined_child_go_on_about_the_child_it_was_joined_to(database: SqlDatabase) -> None:
    match = asked(database)
    (_, third) = enrolled(database, transcript(HILL, "2023-2024", "5A", code="9980300003")).possible
    decide(database, match, same=True)
    with database.begin() as unit:
        (left,) = unit.pupils.open_matches()
    assert {left.pupil, left.other} == {third.pupil, match.other}


@pytest.mark.parametrize("by", EVERYBODY)
def test_only_the_clerk_of_the_school_and_its_department_decide(database: SqlDatabase, by: Appointment) -> None:
    match = asked(database)
    approver = VALLEY_PRINCIPAL
    if by in {VALLEY_CLERK, OFFICER}:
        decide(database, match, same=True, by=by)
        return
    with pytest.raises(RefusedError) as refusal:
        tell_pupils_apart(actor(by), match, same=True, approver=approver.person, database=database, clock=CLOCK)
    assert refusal.value.code == "not-permitted"


def move(
    database: SqlDatabase,
    pupil: PupilId,
    by: Appointment = VALLEY_CLERK,
    approver: PersonCode = VALLEY_PRINCIPAL.person,
    *,
    year: str = YEAR,
    since: date = MOVED,
) -> PupilEnrolment:
    transfer = Transfer(pupil, VALLEY.code, "9980200009", "7B", year, since)
    return transfer_pupil(actor(by), transfer, approver=approver, database=database, clock=CLOCK)


def test_a_transfer_ends_one_enrolment_and_begins_the_other(database: SqlDatabase) -> None:
    pupil = known(enrolled(database, transcript()))
    assert move(database, pupil) == move(database, pupil)
    assert [(e.school, e.since, e.until) for e in enrolments(database, pupil)] == [
        (HILL.code, date(2025, 9, 5), date(2026, 1, 11)),
        (VALLEY.code, MOVED, None),
    ]
    with database.begin() as unit:
        lines = study_history(unit.pupils.enrolments_of(pupil), unit.staff.unit, through=YEAR)
        (change,) = unit.staff.changes_about(pupil)
    assert [(line.class_name, line.school_name) for line in lines] == [("7A", HILL.name), ("7B", VALLEY.name)]
    assert (change.change, change.by, change.approved_by) == ("transferred", VALLEY_CLERK.person, VALLEY_PRINCIPAL.person)


def test_the_receiving_schools_transcript_is_the_same_childs(database: SqlDatabase) -> None:
    pupil = known(enrolled(database, transcript()))
    move(database, pupil)
    outcome = enrolled(database, transcript(VALLEY, class_name="7B", code="9980200009"))
    assert (outcome.pupil, outcome.possible) == (pupil, ())
    assert len(enrolments(database, pupil)) == 2


@pytest.mark.parametrize("by", EVERYBODY)
def test_only_the_receiving_school_and_its_department_enter_a_transfer(database: SqlDatabase, by: Appointment) -> None:
    pupil = known(enrolled(database, transcript()))
    if by in {VALLEY_CLERK, OFFICER}:
        move(database, pupil, by)
        return
    with pytest.raises(RefusedError) as refusal:
        move(database, pupil, by)
    assert refusal.value.code == "not-permitted"
    assert len(enrolments(database, pupil)) == 1


@pytest.mark.parametrize("approver", [PRINCIPAL.person, CLERK.person, OFFICER.person, PersonCode("0000")])
def test_a_transfer_is_approved_at_the_receiving_school(database: SqlDatabase, approver: PersonCode) -> None:
    pupil = known(enrolled(database, transcript()))
    with pytest.raises(RefusedError) as refusal:
        move(database, pupil, approver=approver)
    assert refusal.value.code == "approver-not-entitled"


@pytest.mark.parametrize(
    ("year", "since", "code"),
    [("2024-2025", MOVED, "pupil-not-enrolled"), (YEAR, date(2025, 9, 5), "transfer-day")],
)
def test_a_transfer_that_cannot_be_changes_nothing(database: SqlDatabase, year: str, since: date, code: str) -> None:
    pupil = known(enrolled(database, transcript()))
    with pytest.raises(InvalidInputError) as refusal:
        move(database, pupil, year=year, since=since)
    assert refusal.value.code == code
    assert len(enrolments(database, pupil)) == 1


def test_a_transfer_never_takes_another_childs_code(database: SqlDatabase) -> None:
    pupil = known(enrolled(database, transcript()))
    enrolled(database, transcript(VALLEY, code="9980200009", name="Y Gió Mlô", birth_date=date(2012, 1, 1)))
    with pytest.raises(RefusedError) as refusal:
        move(database, pupil)
    assert refusal.value.code == "pupil-code-taken"


def document(school: School, year: str, pupil_code: str) -> StoredDocument:
    digest = sha256_of(f"{school.code}{year}".encode())
    return StoredDocument(
        document=new_document_id(),
        kind=DocumentKind.TRANSCRIPT,
        batch=ClassOfYear(school.code, "7A", year),
        subject=pupil_code,
        record=new_record_id(),
        record_digest=digest,
        record_blob=digest,
        basis=digest,
        link_token=new_link_token(),
        short_code=new_short_code(),
        state=CaseState.ARCHIVED,
        head=digest,
        created_at=CLOCK.moment,
    )


def test_all_years_of_a_child_are_listed_across_schools_and_no_other_childs(database: SqlDatabase) -> None:
    outcome = enrolled(database, transcript(personal_id="099313000001"))
    enrolled(database, transcript(VALLEY, "2024-2025", "6B", code="9980200009", personal_id="099313000001"))
    with database.begin() as unit:
        for school, year, code in (
            (HILL, YEAR, "9980100001"),
            (VALLEY, "2024-2025", "9980200009"),
            (VALLEY, YEAR, "9980100001"),
            (HILL, YEAR, "9980200009"),
        ):
            unit.documents.add(document(school, year, code))
        listed = documents_of_pupil(unit, known(outcome))
    assert [(d.batch.unit, d.subject) for d in listed] == [(VALLEY.code, "9980200009"), (HILL.code, "9980100001")]
