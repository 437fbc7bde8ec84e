"""Award decisions: taken in whole or not at all, once, by whoever may; cancelled with reason by the authority that granted them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from signing_service.access.policy import Actor, AwardFile
from signing_service.actions.award_store import line_subject
from signing_service.actions.cancel_award import decide_cancellation, request_cancellation
from signing_service.actions.import_award_decision import AwardImport, import_award_decision
from signing_service.actions.known_authorities import authority_of, known_authorities, office_of
from signing_service.actions.repositories import StoredDocument, UnitOfWork
from signing_service.actions.return_case import return_case
from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.units import OfficeUnit
from signing_service.errors import ConflictError, RefusedError
from signing_service.ids import DocumentId, PersonCode, SchoolCode, UnitCode
from signing_service.intake.awards.reading import read_awards
from signing_service.records.awards.authority import AuthorityKind
from signing_service.records.awards.canonical import award_digest, read_award_certificate, read_award_decision, read_kept_decision
from signing_service.records.awards.catalogue import AwardCatalogue, GoldenBook, catalogue_named
from signing_service.records.awards.decision import AwardDecision, Section
from signing_service.records.kinds import DocumentKind
from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_SIGNATORY, sample_award_workbook
from signing_service.workflow.case import CaseState
from signing_service.workflow.recall import RecallReason, RecallState
from tests.award_factory import COMMUNE, DEPARTMENT, example_decision

_SINCE = date(2025, 7, 1)
_OTHER = UnitCode("99002")
_MAY_IMPORT = frozenset({Office.AWARD_CLERK, Office.CLERK, Office.OPERATOR})
_MAY_SIGN = frozenset(
    {
        Office.DIRECTOR,
        Office.DEPUTY_DIRECTOR,
        Office.COMMUNE_CHAIR,
        Office.DEPUTY_COMMUNE_CHAIR,
        Office.PRINCIPAL,
        Office.VICE_PRINCIPAL,
    }
)
_MAY_CANCEL = frozenset({Office.DIRECTOR, Office.COMMUNE_CHAIR, Office.PRINCIPAL})
_THE_LINE = (
    CaseState.COMPLETE,
    CaseState.AUTHORITY_SIGNED,
    CaseState.SEALED,
    CaseState.FINISHED,
    CaseState.LOGGED,
    CaseState.ARCHIVED,
)


def _holder(office: Office, unit: UnitCode = DEPARTMENT.code, number: int = 1) -> Actor:
    person = PersonCode(f"99088{list(Office).index(office):02}{number:03}")
    return Actor(person, (Appointment(person, SchoolCode(unit), office, _SINCE),))


CLERK = _holder(Office.AWARD_CLERK)
DIRECTOR = _holder(Office.DIRECTOR)


@pytest.fixture
def office(service: Service) -> Service:
    """The service with the department, the commune, and the deputy who signs the example."""
    with service.database.begin() as unit:
        for authority in (DEPARTMENT, COMMUNE, SAMPLE_AUTHORITY):
            unit.staff.add_unit(office_of(authority))
        for code, at, held in (
            (example_decision().signatory.code, DEPARTMENT.code, Office.DEPUTY_DIRECTOR),
            (SAMPLE_SIGNATORY.code, SAMPLE_AUTHORITY.code, Office.COMMUNE_CHAIR),
        ):
            assert code is not None
            unit.staff.add_person(Person(code, "Người Ký Mẫu"))
            unit.staff.appoint(Appointment(code, SchoolCode(at), held, _SINCE))
    return service


def _import(
    service: Service, decision: AwardDecision, actor: Actor = CLERK, catalogues: tuple[AwardCatalogue, ...] | None = None
) -> AwardImport:
    return import_award_decision(
        decision, actor=actor, database=service.database, blobs=service.blobs, clock=service.clock, catalogues=catalogues
    )


def _documents(service: Service, file: AwardFile) -> dict[str, StoredDocument]:
    with service.database.begin() as unit:
        return {document.subject: document for document in unit.documents.of_batch(file)}


def _file(outcome: AwardImport) -> AwardFile:
    return AwardFile(DEPARTMENT.code, outcome.decision)


def _issue(service: Service, file: AwardFile) -> None:
    """Move every document to the end of the line; that the line works is promised elsewhere."""
    for document in _documents(service, file).values():
        state = document.state
        for to_state in _THE_LINE:
            with service.database.begin() as unit:
                unit.documents.move(document.document, from_head=document.head, to_head=document.head, from_state=state, to_state=to_state)
            state = to_state


def _cancel(service: Service, file: AwardFile, subject: str | None = None, asking: Actor = CLERK, deciding: Actor = DIRECTOR) -> None:
    request_cancellation(asking, file, subject, explanation="Kê khai sai.", database=service.database, clock=service.clock)
    decide_cancellation(deciding, file, subject, approve=True, remark="9100/QĐ-SGDĐT", database=service.database, clock=service.clock)


def test_a_decision_becomes_its_own_document_and_one_for_each_recipient(office: Service) -> None:
    outcome = _import(office, example_decision())
    documents = _documents(office, _file(outcome))
    assert list(documents) == ["", "collective/1", "collective/2", *(f"individual/{n}" for n in range(1, 6))]
    assert [d.document for d in documents.values()] == list(outcome.added)
    assert {d.kind for s, d in documents.items() if s} == {DocumentKind.AWARD_CERTIFICATE}
    assert documents[""].kind is DocumentKind.AWARD_DECISION
    assert {d.state for d in documents.values()} == {CaseState.DRAFT}


def test_every_certificate_is_bound_to_the_decision_that_was_stored(office: Service) -> None:
    documents = _documents(office, _file(_import(office, example_decision())))
    decision = read_award_decision(office.blobs.get(documents[""].record_blob))
    for subject, document in documents.items():
        if subject:
            record = read_award_certificate(office.blobs.get(document.record_blob))
            assert record.decision_record == award_digest(decision) == documents[""].record_digest
            assert record.decision_id == decision.decision_id
            assert line_subject(record.certificate.recipient.section, record.certificate.golden_book_number) == subject


def test_the_full_decision_stays_with_the_office_under_its_digest(office: Service) -> None:
    documents = _documents(office, _file(_import(office, example_decision())))
    record = read_award_decision(office.blobs.get(documents[""].record_blob))
    assert record.basis == documents[""].basis
    assert record.decision.individuals[0].votes is None
    kept = read_kept_decision(office.blobs.get(documents[""].basis))
    assert kept.decision == example_decision()
    assert len(kept.salt) == 64


def test_the_same_decision_twice_changes_nothing(office: Service) -> None:
    first = _import(office, example_decision())
    again = _import(office, replace(example_decision()))
    assert (again.decision, again.added) == (first.decision, ())
    assert len(_documents(office, _file(first))) == 8


def test_whoever_is_interrupted_after_storing_imports_again_and_finds_it(office: Service) -> None:
    def die(_step: Step, _document: DocumentId) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_award_decision(
            example_decision(), actor=CLERK, database=office.database, blobs=office.blobs, clock=office.clock, on_step=die
        )
    again = _import(office, example_decision())
    assert again.added == ()
    assert len(_documents(office, _file(again))) == 8


def test_of_two_who_import_at_once_one_stores_and_the_other_is_told(office: Service) -> None:
    class Overtaken:
        """The database of somebody who is overtaken between reading and writing."""

        def read(self) -> AbstractContextManager[UnitOfWork]:
            return office.database.read()

        def begin(self) -> AbstractContextManager[UnitOfWork]:
            _import(office, replace(example_decision()))
            return office.database.begin()

    with pytest.raises(ConflictError, match="award-decision-exists"):
        import_award_decision(example_decision(), actor=CLERK, database=Overtaken(), blobs=office.blobs, clock=office.clock)
    assert len(_documents(office, _file(_import(office, example_decision())))) == 8


def test_the_shipped_sample_is_taken_in_whole(office: Service) -> None:
    intake = read_awards(sample_award_workbook(), authorities=known_authorities(office.database))
    assert intake.decision is not None
    outcome = _import(office, intake.decision.decision, _holder(Office.AWARD_CLERK, SAMPLE_AUTHORITY.code))
    assert len(outcome.added) == 60


@pytest.mark.parametrize("number", ["9071/QĐ-SGDĐT", " 09071/qđ-sgdđt"])
def test_another_content_under_a_standing_number_is_refused(office: Service, number: str) -> None:
    first = _import(office, example_decision())
    other = replace(example_decision(), number=number, subject="Về việc khác")
    with pytest.raises(ConflictError, match="award-decision-exists"):
        _import(office, other)
    assert len(_documents(office, _file(first))) == 8


def test_the_same_number_in_another_year_is_another_decision(office: Service) -> None:
    first = _import(office, example_decision())
    other = _import(office, replace(example_decision(), dated=date(2025, 8, 1)))
    assert other.decision != first.decision
    assert len(other.added) == 8


def test_an_unregistered_office_issues_nothing(office: Service) -> None:
    unknown = replace(example_decision(), authority=replace(DEPARTMENT, code=UnitCode("")))
    with pytest.raises(RefusedError, match="authority-not-registered"):
        _import(office, unknown)


@pytest.mark.parametrize("code", [None, PersonCode("9907200099")])
def test_whoever_is_named_as_signing_must_hold_an_office_that_signs(office: Service, code: PersonCode | None) -> None:
    unsigned = replace(example_decision(), signatory=replace(example_decision().signatory, code=code))
    with pytest.raises(RefusedError, match="signatory-not-appointed"):
        _import(office, unsigned)


def test_a_signatory_appointed_only_after_the_decision_is_refused(office: Service) -> None:
    with pytest.raises(RefusedError, match="signatory-not-appointed"):
        _import(office, replace(example_decision(), dated=date(2025, 6, 30), catalogue="awards-2024-01"))


def test_every_office_that_signs_can_be_named_and_no_other(office: Service) -> None:
    for number, held in enumerate(Office, start=1):
        person = _holder(held).person
        with office.database.begin() as unit:
            unit.staff.appoint(Appointment(person, SchoolCode(DEPARTMENT.code), held, _SINCE))
        decision = replace(_numbered(number), signatory=replace(example_decision().signatory, code=person))
        _only_if(held in _MAY_SIGN, partial(_import, office, decision), "signatory-not-appointed")


def test_who_may_import(office: Service) -> None:
    for number, held in enumerate(Office, start=1):
        _only_if(held in _MAY_IMPORT, partial(_import, office, _numbered(number), _holder(held)))
        _only_if(False, partial(_import, office, _numbered(99), _holder(held, _OTHER)))


def test_who_may_ask_for_a_cancellation(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    for number, held in enumerate(Office, start=1):
        subject = line_subject(Section.INDIVIDUAL, number % 5 + 1)
        for unit, allowed in ((DEPARTMENT.code, held in _MAY_IMPORT), (_OTHER, False)):
            ask = partial(request_cancellation, _holder(held, unit), file, subject, explanation="Sai.")
            _only_if(allowed, partial(ask, database=office.database, clock=office.clock))


def test_who_may_decide_a_cancellation(office: Service) -> None:
    for number, held in enumerate(Office, start=1):
        file = _file(_import(office, replace(_numbered(number), collectives=(), individuals=example_decision().individuals[:1])))
        _issue(office, file)
        _only_if(False, partial(_cancel, office, file, deciding=_holder(held, _OTHER)))
        _only_if(held in _MAY_CANCEL, partial(_cancel, office, file, deciding=_holder(held)))
        states = {document.state for document in _documents(office, file).values()}
        assert states == (set() if held in _MAY_CANCEL else {CaseState.ARCHIVED})


def test_whoever_asked_does_not_decide(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    both = Actor(DIRECTOR.person, (*DIRECTOR.appointments, Appointment(DIRECTOR.person, SchoolCode(DEPARTMENT.code), Office.CLERK, _SINCE)))
    with pytest.raises(RefusedError, match="own-request"):
        _cancel(office, file, asking=both, deciding=both)


def test_cancelling_a_decision_takes_back_every_certificate_with_the_reason(office: Service) -> None:
    outcome = _import(office, example_decision())
    _issue(office, _file(outcome))
    _cancel(office, _file(outcome))
    with office.database.begin() as unit:
        for document in outcome.added:
            found, recall = unit.documents.get(document), unit.recalls.standing(document)
            assert found is not None
            assert recall is not None
            assert found.state is CaseState.RECALLED
            assert (recall.reason, recall.state, recall.remark) == (RecallReason.AWARD_CANCELLED, RecallState.APPROVED, "9100/QĐ-SGDĐT")
            assert recall.explanation == "Kê khai sai."


def test_cancelling_one_award_leaves_the_decision_and_the_others(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    subject = line_subject(Section.INDIVIDUAL, 3)
    before = set(_documents(office, file))
    _cancel(office, file, subject)
    assert before - set(_documents(office, file)) == {subject}


def test_a_refused_cancellation_changes_nothing_and_may_be_asked_for_again(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    request_cancellation(CLERK, file, None, explanation="Sai.", database=office.database, clock=office.clock)
    refused = decide_cancellation(DIRECTOR, file, None, approve=False, remark="Đúng.", database=office.database, clock=office.clock)
    assert {recall.state for recall in refused} == {RecallState.REFUSED}
    assert {document.state for document in _documents(office, file).values()} == {CaseState.ARCHIVED}
    _cancel(office, file)
    assert _documents(office, file) == {}


def test_a_cancellation_cut_short_is_finished_by_asking_again(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    _cancel(office, file, line_subject(Section.COLLECTIVE, 1))
    request_cancellation(CLERK, file, line_subject(Section.COLLECTIVE, 2), explanation="Sai.", database=office.database, clock=office.clock)
    _cancel(office, file)
    assert _documents(office, file) == {}


def test_what_is_not_issued_cannot_be_cancelled(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    with pytest.raises(RefusedError, match="wrong-order"):
        request_cancellation(CLERK, file, None, explanation="Sai.", database=office.database, clock=office.clock)
    with pytest.raises(ConflictError, match="recall-unknown"):
        decide_cancellation(DIRECTOR, file, None, approve=True, remark="", database=office.database, clock=office.clock)
    with pytest.raises(ConflictError, match="award-unknown"):
        request_cancellation(CLERK, file, "individual/99", explanation="Sai.", database=office.database, clock=office.clock)


def test_a_cancelled_decision_is_not_brought_back_by_importing_it_again(office: Service) -> None:
    file = _file(_import(office, example_decision()))
    _issue(office, file)
    _cancel(office, file)
    with pytest.raises(ConflictError, match="award-decision-cancelled"):
        _import(office, example_decision())


def test_a_corrected_decision_supersedes_the_cancelled_one_recipient_by_recipient(office: Service) -> None:
    first = _import(office, example_decision())
    _issue(office, _file(first))
    old = _documents(office, _file(first))
    _cancel(office, _file(first))
    people = example_decision().individuals
    moved = (replace(people[1], number=1), replace(people[0], number=2), replace(people[2], name="Nguyễn Thị Ban Mai Biếc"))
    corrected = replace(example_decision(), individuals=tuple(replace(p, code=None) if p.number == 3 else p for p in moved))
    new = _documents(office, _file(_import(office, corrected)))
    assert new[""].replaces == old[""].document
    assert new["individual/1"].replaces == old["individual/2"].document
    assert new["individual/2"].replaces == old["individual/1"].document
    assert new["individual/3"].replaces is None
    assert read_award_decision(office.blobs.get(new[""].record_blob)).supersedes == old[""].record_digest
    record = read_award_certificate(office.blobs.get(new["individual/1"].record_blob))
    assert record.supersedes == old["individual/2"].record_digest


def test_a_returned_decision_frees_its_number_and_supersedes_nothing(office: Service) -> None:
    first = _import(office, example_decision())
    for document in first.added:
        return_case(DIRECTOR, document, remark="Sai trích yếu.", database=office.database, clock=office.clock)
    again = _import(office, replace(example_decision(), subject="Về việc khen thưởng"))
    assert again.decision != first.decision
    assert {document.replaces for document in _documents(office, _file(again)).values()} == {None}


def test_golden_book_numbers_run_on_through_the_year_where_the_catalogue_says_so(office: Service) -> None:
    running = (replace(catalogue_named("awards-2025-07"), golden_book=GoldenBook.THROUGH_YEAR),)
    _import(office, example_decision(), catalogues=running)
    second = replace(example_decision(), number="9072/QĐ-SGDĐT")
    with pytest.raises(ConflictError, match="golden-book-number-taken"):
        _import(office, second, catalogues=running)
    later = tuple(replace(line, number=line.number + 10) for line in second.individuals)
    assert _import(office, replace(second, collectives=(), individuals=later), catalogues=running).added


def test_golden_book_numbers_begin_anew_in_each_decision_by_default(office: Service) -> None:
    _import(office, example_decision())
    assert _import(office, replace(example_decision(), number="9072/QĐ-SGDĐT")).added


def test_a_refused_import_leaves_nothing_behind(office: Service) -> None:
    running = (replace(catalogue_named("awards-2025-07"), golden_book=GoldenBook.THROUGH_YEAR),)
    _import(office, example_decision(), catalogues=running)
    second = replace(example_decision(), number="9072/QĐ-SGDĐT")
    with pytest.raises(ConflictError, match="golden-book-number-taken"):
        _import(office, second, catalogues=running)
    with office.database.begin() as unit:
        assert unit.awards.standing(DEPARTMENT.code, second.number, 2026) is None


def test_every_registered_unit_is_known_as_an_authority(office: Service) -> None:
    known = {authority.code: authority for authority in known_authorities(office.database)}
    assert known[SAMPLE_AUTHORITY.code] == SAMPLE_AUTHORITY
    assert known[DEPARTMENT.code].superior == "UBND tỉnh Đắk Lắk"
    assert {authority.kind for authority in known.values()} == {AuthorityKind.DEPARTMENT, AuthorityKind.COMMUNE, AuthorityKind.SCHOOL}
    assert isinstance(office_of(COMMUNE), OfficeUnit)
    assert authority_of(office_of(COMMUNE)) == COMMUNE


def _numbered(number: int) -> AwardDecision:
    return replace(example_decision(), number=f"{9200 + number}/QĐ-SGDĐT")


def _only_if(allowed: bool, act: Callable[[], object], refusal: str = "not-permitted") -> None:  # noqa: FBT001 - reads as a sentence
    if allowed:
        act()
    else:
        with pytest.raises(RefusedError, match=refusal):
            act()
