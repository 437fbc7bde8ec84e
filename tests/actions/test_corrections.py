"""What goes wrong in a school year is put right in the open: returned, re-assessed, recalled, replaced; and years close."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from signing_service.access.policy import Actor
from signing_service.actions.decide_recall import decide_recall
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_transcripts import ImportOutcome, import_transcripts
from signing_service.actions.open_locked_year import open_locked_year
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.request_recall import request_recall
from signing_service.actions.return_case import return_case
from signing_service.bootstrap import Service
from signing_service.clock import Clock
from signing_service.custody.pin import Pin
from signing_service.directory.people import CLASS_OFFICES, Appointment, Office
from signing_service.errors import ConflictError, InvalidInputError, RefusedError, SigningServiceError
from signing_service.ids import DocumentId, PersonCode, SchoolCode
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.canonical import read_record
from signing_service.records.transcript import AfterSummer, Level, Promotion, PromotionStatus, Transcript
from signing_service.transparency.leaf import LeafKind
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.lock import LockDays
from signing_service.workflow.recall import Recall, RecallReason, RecallState
from tests.line import CLASS, CLERK, HOMEROOM, PRINCIPAL, SIGNERS, a_pupil, act, actor, documents, run_to_the_end, take_in
from tests.records_factory import example_pupil, example_transcript

DEPARTMENT = SchoolCode("99")
OTHER_SCHOOL = SchoolCode("99000002")
YEAR_OPEN = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
YEAR_CLOSED = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
BEFORE, AFTER = "before the lock", "after the lock"


@dataclass(frozen=True, slots=True)
class StoppedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def somebody(office: Office, *, code: str = "9900000077", elsewhere: bool = False) -> Actor:
    """Somebody who has held the office for years: at the class's school, or at the department, or at the neighbour's."""
    at_department = office in {Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR, Office.AUDITOR, Office.ARCHIVIST}
    unit = OTHER_SCHOOL if elsewhere else DEPARTMENT if at_department else CLASS.school
    held = Appointment(PersonCode(code), unit, office, date(2020, 8, 1))
    if office in CLASS_OFFICES:
        held = replace(held, class_name=CLASS.class_name, school_year=CLASS.school_year)
    if office is Office.SUBJECT_TEACHER:
        held = replace(held, subject="toan")
    return Actor(held.person, (held,))


def code_of(deed: Callable[[], object]) -> str | None:
    """The code of the refusal, or None when it was done."""
    try:
        deed()
    except SigningServiceError as refusal:
        return refusal.code
    return None


def first(service: Service) -> StoredDocument:
    return documents(service)[0]


def get(service: Service, document: DocumentId) -> StoredDocument:
    with service.database.begin() as unit:
        found = unit.documents.get(document)
    assert found is not None
    return found


def returned(service: Service, who: Actor, document: DocumentId, remark: str = "Sai ngày sinh") -> None:
    return_case(who, document, remark=remark, database=service.database, clock=service.clock)


def asked(service: Service, who: Actor, document: DocumentId, clock: Clock | None = None) -> Recall:
    return request_recall(
        who,
        document,
        RecallReason.WRONG_CONTENT,
        explanation="Điểm học kì I vào nhầm lớp",
        database=service.database,
        clock=clock or service.clock,
    )


def decided(service: Service, who: Actor, recall: Recall, *, at: datetime, approve: bool = True) -> Recall:
    return decide_recall(who, recall.recall, approve=approve, remark="QĐ 12/QĐ-SGDĐT", database=service.database, clock=StoppedClock(at))


def take(service: Service, transcript: Transcript, *, at: datetime | None = None, lock_days: LockDays | None = None) -> ImportOutcome:
    return import_transcripts(
        IntakeResult((ImportedTranscript("Ca nam", 8, transcript),), (), ()),
        actor=somebody(Office.CLERK, code=CLERK.code),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock if at is None else StoppedClock(at),
        lock_days=lock_days or LockDays(),
    )


def corrected(number: int = 0) -> Transcript:
    return example_transcript(pupil=a_pupil(number, birth_date=date(2013, 10, 6)))


def carry_on(service: Service) -> None:
    while service.carrier().once().total:
        pass


@pytest.fixture
def rendered(service: Service) -> Service:
    take_in(service, 2)
    service.carrier().once()
    return service


@pytest.fixture
def issued(service: Service) -> Service:
    run_to_the_end(service, 1)
    return service


MAY_RETURN = {Office.CLERK, Office.HOMEROOM_TEACHER, Office.PRINCIPAL, Office.VICE_PRINCIPAL}


@pytest.mark.parametrize("office", list(Office))
def test_a_case_is_returned_by_whoever_may_and_by_nobody_else(rendered: Service, office: Office) -> None:
    document = first(rendered).document
    code = code_of(lambda: returned(rendered, somebody(office), document))
    assert code == (None if office in MAY_RETURN else "not-permitted")
    assert get(rendered, document).state is (CaseState.RETURNED if office in MAY_RETURN else CaseState.COMPLETE)
    assert code_of(lambda: returned(rendered, somebody(office, elsewhere=True), documents(rendered)[-1].document)) == "not-permitted"


def test_a_returned_case_is_drawn_up_anew_and_the_rest_of_the_class_goes_on(rendered: Service) -> None:
    act(rendered, SigningRole.HOMEROOM_TEACHER)
    wrong = first(rendered)
    returned(rendered, actor(rendered, PRINCIPAL), wrong.document, "Sai ngày sinh, xem giấy khai sinh")
    act(rendered, SigningRole.PRINCIPAL)
    assert [document.state for document in documents(rendered)] == [CaseState.PRINCIPAL_SIGNED]

    again = take(rendered, corrected()).added
    carry_on(rendered)
    for role in SIGNERS:
        act(rendered, role)
    carry_on(rendered)
    assert [document.state for document in documents(rendered)] == [CaseState.ARCHIVED] * 2
    assert again[0] in {document.document for document in documents(rendered)}
    # Nothing was ever issued that the new record would supersede.
    assert read_record(rendered.blobs.get(get(rendered, again[0]).record_blob)).supersedes is None
    with rendered.database.begin() as unit:
        (event,) = unit.events.of_document(wrong.document)
    assert (event.event, event.by, event.words) == ("returned", PRINCIPAL.code, "Sai ngày sinh, xem giấy khai sinh")


def test_what_is_sealed_is_not_returned(issued: Service) -> None:
    assert code_of(lambda: returned(issued, actor(issued, PRINCIPAL), first(issued).document)) == "wrong-order"


def test_a_return_says_what_to_correct(rendered: Service) -> None:
    with pytest.raises(InvalidInputError):
        returned(rendered, actor(rendered, PRINCIPAL), first(rendered).document, "  ")


def test_a_case_that_is_being_signed_is_not_returned_under_the_pen(rendered: Service) -> None:
    who = actor(rendered, HOMEROOM)
    consent = give_consent(who, SigningRole.HOMEROOM_TEACHER, CLASS, database=rendered.database, clock=rendered.clock).consent
    seen: list[str | None] = []

    def listener(step: object, document: DocumentId) -> None:
        if step == "intent-stored":
            seen.append(code_of(lambda: returned(rendered, actor(rendered, PRINCIPAL), document)))

    _person, pin = SIGNERS[SigningRole.HOMEROOM_TEACHER]
    receipt = rendered.signer(listener).perform(consent.consent_id, actor=who, resource=CLASS, secret=Pin(pin or ""))
    assert seen == ["being-signed"] * 2
    assert len(receipt.signed) == 2


PENDING = Promotion(PromotionStatus.PENDING_RETEST, "Đánh giá lại", ("learning",), ("toan",))
SUMMER = AfterSummer(
    learning=Level.PASSED,
    conduct=Level.GOOD,
    promotion=Promotion(PromotionStatus.PROMOTED, "Được lên lớp", (), ()),
    reassessed_on=date(2026, 8, 3),
)


def test_the_summers_results_reopen_the_case_and_it_is_signed_in_an_act_of_its_own(service: Service) -> None:
    open_year = example_transcript(promotion=PENDING, title=None)
    (document,) = take(service, open_year).added
    take_in(service, 1)
    carry_on(service)
    offered = give_consent(actor(service, HOMEROOM), SigningRole.HOMEROOM_TEACHER, CLASS, database=service.database, clock=service.clock)
    assert [(left.document, left.reason) for left in offered.left_out] == [(document, "state-is-awaiting-reassessment")]
    for role in SIGNERS:
        act(service, role)
    link = get(service, document).link_token

    outcome = take(service, replace(open_year, after_summer=SUMMER))
    assert outcome.reassessed == (document,)
    carry_on(service)
    for role in SIGNERS:
        assert act(service, role).signed == (document,)
    carry_on(service)
    ended = get(service, document)
    assert (ended.state, ended.link_token) == (CaseState.ARCHIVED, link)
    assert read_record(service.blobs.get(ended.record_blob)).transcript.after_summer is not None


@pytest.mark.parametrize(
    "changed",
    [
        example_transcript(promotion=PENDING, title=None, after_summer=SUMMER, class_name="7C"),
        example_transcript(promotion=PENDING, title=None, after_summer=SUMMER, pupil=example_pupil(birth_date=date(2013, 1, 1))),
        example_transcript(promotion=PENDING, title=None, after_summer=None, grade=8),
    ],
    ids=["another class", "another birth date", "no summer results"],
)
def test_a_re_assessment_changes_nothing_of_the_year(service: Service, changed: Transcript) -> None:
    take(service, example_transcript(promotion=PENDING, title=None))
    before = first(service)
    assert code_of(lambda: take(service, changed)) in {None, "not-permitted"}
    assert first(service) == before


MAY_ASK = {Office.CLERK, Office.HOMEROOM_TEACHER, Office.PRINCIPAL, Office.VICE_PRINCIPAL}
MAY_DECIDE = {
    BEFORE: {Office.PRINCIPAL, Office.VICE_PRINCIPAL},
    AFTER: {Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR},
}
MOMENT = {BEFORE: YEAR_OPEN, AFTER: YEAR_CLOSED}


def test_a_recall_is_asked_for_and_decided_by_whoever_may_and_by_nobody_else(issued: Service) -> None:
    document = first(issued).document
    for office in Office:
        who = somebody(office)
        if office not in MAY_ASK:
            assert code_of(lambda who=who: asked(issued, who, document)) == "not-permitted", office  # type: ignore[misc] # bound now
        assert code_of(lambda o=office: asked(issued, somebody(o, elsewhere=True), document)) == "not-permitted"  # type: ignore[misc] # bound now
    for office in sorted(MAY_ASK):
        recall = asked(issued, somebody(office), document)
        for moment in (BEFORE, AFTER):
            for decider in Office:
                if decider in MAY_DECIDE[moment]:
                    continue
                who = somebody(decider, code="9900000078")
                code = code_of(lambda w=who, r=recall, m=moment: decided(issued, w, r, at=MOMENT[m]))  # type: ignore[misc] # bound now
                assert code == "not-permitted", (moment, decider)
        by = min(MAY_DECIDE[BEFORE if office is Office.CLERK else AFTER])
        at = MOMENT[BEFORE if office is Office.CLERK else AFTER]
        assert decided(issued, somebody(by, code="9900000078"), recall, at=at, approve=False).state is RecallState.REFUSED
    assert get(issued, document).state is CaseState.ARCHIVED


@pytest.mark.parametrize(("moment", "office"), [(moment, office) for moment in MAY_DECIDE for office in sorted(MAY_DECIDE[moment])])
def test_whoever_may_approve_recalls_the_document_at_once(issued: Service, moment: str, office: Office) -> None:
    document = first(issued).document
    recall = asked(issued, actor(issued, HOMEROOM), document)
    assert decided(issued, somebody(office), recall, at=MOMENT[moment]).state is RecallState.APPROVED
    assert get(issued, document).state is CaseState.RECALLED


def test_nobody_decides_what_they_asked_for_themselves(issued: Service) -> None:
    who = actor(issued, PRINCIPAL)
    recall = asked(issued, who, first(issued).document)
    assert code_of(lambda: decided(issued, who, recall, at=YEAR_OPEN)) == "own-request"


def test_a_second_code_of_the_same_person_does_not_decide(issued: Service) -> None:
    recall = asked(issued, actor(issued, HOMEROOM), first(issued).document)
    head = somebody(Office.PRINCIPAL)
    with issued.database.begin() as unit:
        unit.staff.add_person(replace(HOMEROOM, personal_id="099999999999"))
        unit.staff.add_person(replace(HOMEROOM, code=head.person, personal_id="099999999999"))
    assert code_of(lambda: decided(issued, head, recall, at=YEAR_OPEN)) == "own-request"


def test_one_request_stands_at_a_time_and_is_decided_once(issued: Service) -> None:
    document = first(issued).document
    recall = asked(issued, actor(issued, HOMEROOM), document)
    with pytest.raises(ConflictError, match="recall-standing"):
        asked(issued, actor(issued, CLERK), document)
    decided(issued, actor(issued, PRINCIPAL), recall, at=YEAR_OPEN, approve=False)
    with pytest.raises(ConflictError, match="recall-decided"):
        decided(issued, actor(issued, PRINCIPAL), recall, at=YEAR_OPEN)
    asked(issued, actor(issued, CLERK), document)


def test_what_is_not_issued_is_returned_and_not_recalled(rendered: Service) -> None:
    with pytest.raises(RefusedError, match="wrong-order"):
        asked(rendered, actor(rendered, CLERK), first(rendered).document)


def test_a_recalled_document_is_replaced_by_a_record_that_names_it_and_both_are_in_the_log(issued: Service) -> None:
    old = first(issued)
    decided(issued, actor(issued, PRINCIPAL), asked(issued, actor(issued, HOMEROOM), old.document), at=YEAR_OPEN)
    carry_on(issued)
    (new,) = take(issued, corrected()).added
    carry_on(issued)
    assert get(issued, old.document).state is CaseState.RECALLED
    for role in SIGNERS:
        act(issued, role)
    carry_on(issued)

    replacement = get(issued, new)
    assert read_record(issued.blobs.get(replacement.record_blob)).supersedes == old.record_digest
    assert (get(issued, old.document).state, replacement.state) == (CaseState.SUPERSEDED, CaseState.ARCHIVED)
    assert get(issued, old.document).head == old.head
    with issued.database.begin() as unit:
        leaves = [unit.commitments.get(old.document, kind) for kind in LeafKind]
        assert unit.documents.replacement_of(old.document) == replacement
    indices = [leaf.index for leaf in leaves if leaf is not None and leaf.index is not None]
    assert len(set(indices)) == len(LeafKind)
    assert len({leaf.salt for leaf in leaves if leaf is not None}) == len(LeafKind)


def test_a_closed_year_takes_no_new_record_until_the_department_opens_it(service: Service) -> None:
    closed = example_transcript(school_year="2024-2025")
    assert [finding.code for finding in take(service, closed).refused] == ["year-locked"]
    open_locked_year(
        somebody(Office.DEPARTMENT_OFFICER),
        CLASS.school,
        "2024-2025",
        until=service.clock.now().date() + timedelta(days=7),
        reason="Hồ sơ chuyển trường nộp muộn",
        database=service.database,
        clock=service.clock,
    )
    assert len(take(service, closed).added) == 1


def test_the_last_open_day_is_still_open_and_pupils_re_assessed_have_until_august(service: Service) -> None:
    days = LockDays()
    assert not days.is_locked("2024-2025", on=date(2025, 6, 30))
    assert days.is_locked("2024-2025", on=date(2025, 7, 1))
    assert not days.is_locked("2024-2025", on=date(2025, 8, 15), reassessed=True)
    assert days.is_locked("2024-2025", on=date(2025, 8, 16), reassessed=True)
    last_evening = datetime(2025, 6, 30, 16, 59, tzinfo=UTC)
    assert take(service, example_transcript(school_year="2024-2025"), at=last_evening).refused == ()


MAY_OPEN = {Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR, Office.OPERATOR}


def test_a_closed_year_is_opened_by_the_department_and_by_nobody_of_the_school(service: Service) -> None:
    for office in Office:
        code = code_of(
            lambda o=office: open_locked_year(  # type: ignore[misc] # bound now
                somebody(o), CLASS.school, "2024-2025", until=date(2030, 1, 1), reason="x", database=service.database, clock=service.clock
            )
        )
        assert code == (None if office in MAY_OPEN else "not-permitted"), office
