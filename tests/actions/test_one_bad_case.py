"""A case that cannot go on waits with its reason and holds up no other; whoever moves first is never contradicted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from signing_service.access.policy import ClassOfYear
from signing_service.actions.appoint_class import ClassStaff, appoint_class
from signing_service.actions.give_consent import give_consent
from signing_service.actions.hand_out import hand_out
from signing_service.actions.held_files import ArchivedFiles
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.known_schools import school_of
from signing_service.actions.sign_class import LEASE
from signing_service.actions.steps import Step
from signing_service.archive.fixity import check_fixity
from signing_service.bootstrap import Service
from signing_service.custody.pin import Pin
from signing_service.errors import IntegrityError, RefusedError
from signing_service.ids import DocumentId, SchoolCode
from signing_service.intake.result import IntakeResult
from signing_service.signing.fields import SignatureField
from signing_service.signing.state import signature_state
from signing_service.workflow.case import CaseState, SigningRole
from tests.line import (
    CLASS,
    CLERK,
    HOMEROOM,
    HOMEROOM_PIN,
    PRINCIPAL,
    SIGNERS,
    TRANSCRIPT,
    LaterClock,
    a_class,
    act,
    actor,
    documents,
    run_to_the_end,
    take_in,
)

TEACHER = SigningRole.HOMEROOM_TEACHER
OTHER_SCHOOL = replace(school_of(TRANSCRIPT.issuer), code=SchoolCode("99000077"), name="THCS Mẫu Khác")


def standing(service: Service) -> list[tuple[CaseState, str | None]]:
    return [(document.state, document.waiting_for) for document in documents(service)]


def lose(service: Service, name: str) -> None:
    (service.settings.blobs / name[:2] / name[2:]).unlink()


def rendered(service: Service, pupils: int) -> Service:
    take_in(service, pupils)
    service.carrier().once()
    return service


def test_a_record_that_cannot_be_drawn_waits_and_holds_up_no_other(service: Service) -> None:
    rows = a_class(3).records
    drawn = replace(rows[0].transcript, pupil=replace(rows[0].transcript.pupil, name="Nguyễn Mẫu \N{SNOWMAN}"))
    intake = IntakeResult((replace(rows[0], transcript=drawn), *rows[1:]), (), ())
    import_transcripts(intake, actor=actor(service, CLERK), database=service.database, blobs=service.blobs, clock=service.clock)
    assert service.carrier().once().rendered == 2
    assert standing(service) == [(CaseState.DRAFT, "undrawable-character"), (CaseState.COMPLETE, None), (CaseState.COMPLETE, None)]


def test_more_waiting_cases_than_a_batch_holds_block_nothing_behind_them(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signing_service.actions.queue._BATCH", 1)
    take_in(service, 3)
    for document in documents(service)[:2]:
        lose(service, document.record_blob)
    assert service.carrier().once().rendered == 1
    assert standing(service) == [(CaseState.DRAFT, "blob-missing"), (CaseState.DRAFT, "blob-missing"), (CaseState.COMPLETE, None)]


def test_a_signature_whose_file_is_lost_waits_and_holds_up_no_other(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signing_service.actions.queue._BATCH", 1)
    rendered(service, 2)
    monkeypatch.setattr("signing_service.actions.sign_class.embed_signature", lambda *_, **__: None)
    act(service, TEACHER)
    lost = min(documents(service), key=lambda document: document.document)
    lose(service, lost.head)
    assert service.carrier().once().embedded == 1
    assert sorted(standing(service)) == [(CaseState.COMPLETE, "blob-missing"), (CaseState.TEACHER_SIGNED, None)]


def test_a_log_that_contradicts_itself_lets_the_cases_wait_and_the_archive_go_on(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def contradicts(*_: object) -> NoReturn:
        raise IntegrityError("log-contradiction", vi="mâu thuẫn", en="contradiction")

    rendered(service, 1)
    for role in SIGNERS:
        act(service, role)
    monkeypatch.setattr("signing_service.transparency.log.TransparencyLog.append", contradicts)
    assert service.carrier().once().logged == 0
    assert standing(service) == [(CaseState.FINISHED, "log-contradiction")]


def at_first(step: Step, do: Callable[[DocumentId], object]) -> Callable[[Step, DocumentId], None]:
    happened: list[Step] = []

    def listen(reached: Step, document: DocumentId) -> None:
        if reached is step and not happened:
            happened.append(step)
            do(document)

    return listen


def test_a_signature_that_a_worker_embeds_first_is_reported_as_signed(service: Service) -> None:
    rendered(service, 2)
    receipt = act(service, TEACHER, at_first(Step.VALUE_STORED, lambda _: service.carrier().embed()))
    assert receipt.left_out == ()
    assert set(receipt.signed) == {document.document for document in documents(service)}


def filled(service: Service) -> list[tuple[SignatureField, ...]]:
    return [signature_state(service.blobs.get(document.head)).filled for document in documents(service)]


def die(_: DocumentId) -> NoReturn:
    raise KeyboardInterrupt


def test_a_signer_who_slept_past_the_lease_does_not_spoil_the_intent_of_the_next(service: Service) -> None:
    rendered(service, 1)
    later = replace(service, clock=LaterClock(LEASE + timedelta(seconds=5)))

    def another_begins_and_dies(_: DocumentId) -> None:
        with pytest.raises(KeyboardInterrupt):
            act(later, TEACHER, at_first(Step.INTENT_STORED, die))

    receipt = act(service, TEACHER, at_first(Step.INTENT_STORED, another_begins_and_dies))
    assert [left.reason for left in receipt.left_out] == ["intent-gone"]
    assert service.carrier().once().total == 0
    assert filled(service) == [()]
    act(replace(service, clock=LaterClock(2 * LEASE + timedelta(seconds=10))), TEACHER)
    assert filled(service) == [(SignatureField.GVCN,)]


def test_a_file_signed_by_another_while_ours_was_prepared_gets_no_second_intent(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(service, 1)
    keep, used = service.blobs.put, list[bool]()

    def keep_after_the_other(data: bytes) -> object:
        if not used:
            used.append(True)
            act(service, TEACHER)
        return keep(data)

    monkeypatch.setattr(service.blobs, "put", keep_after_the_other)
    receipt = act(service, TEACHER)
    assert [left.reason for left in receipt.left_out] == ["head-moved"]
    with service.database.begin() as unit:
        assert unit.intents.with_value(limit=1) == ()
    assert filled(service) == [(SignatureField.GVCN,)]


def test_a_consent_for_one_class_is_not_redeemed_with_an_office_in_another(service: Service) -> None:
    rendered(service, 1)
    staff = ClassStaff(homeroom=HOMEROOM, principal=PRINCIPAL, clerk=CLERK)
    appoint_class(
        OTHER_SCHOOL,
        staff,
        class_name="9C",
        school_year=CLASS.school_year,
        since=documents(service)[0].created_at.date(),
        database=service.database,
    )
    service.enrolment().seal(OTHER_SCHOOL)
    other = ClassOfYear(OTHER_SCHOOL.code, "9C", CLASS.school_year)
    for role, person, pin in ((TEACHER, HOMEROOM, Pin(HOMEROOM_PIN)), (SigningRole.SCHOOL_SEAL, CLERK, None)):
        if role is SigningRole.SCHOOL_SEAL:
            act(service, TEACHER)
            act(service, SigningRole.PRINCIPAL)
        who, before = actor(service, person), standing(service)
        consent = give_consent(who, role, CLASS, database=service.database, clock=service.clock).consent
        with pytest.raises(RefusedError) as refused:
            service.signer().perform(consent.consent_id, actor=who, resource=other, secret=pin)
        assert refused.value.code == "consent-of-another-class"
        assert standing(service) == before


def test_a_list_changed_in_the_database_after_it_was_agreed_to_signs_nothing(service: Service) -> None:
    rendered(service, 2)
    who = actor(service, HOMEROOM)
    agreed = give_consent(who, TEACHER, CLASS, database=service.database, clock=service.clock).consent
    with service.database.begin() as unit:
        shorter = replace(agreed, consent_id=agreed.consent_id[::-1], items=agreed.items[:1])  # type: ignore[arg-type] # a str
        unit.consents.add(shorter)
    with pytest.raises(IntegrityError) as refused:
        service.signer().perform(shorter.consent_id, actor=who, resource=CLASS, secret=Pin(HOMEROOM_PIN))
    assert refused.value.code == "consent-tampered"
    assert {state for state, _ in standing(service)} == {CaseState.COMPLETE}


def test_a_damaged_file_is_held_back_by_name_and_the_rest_of_the_class_is_handed_out(service: Service, tmp_path: Path) -> None:
    run_to_the_end(service, 3)
    lose(service, documents(service)[1].head)
    handed = hand_out(
        actor(service, CLERK),
        (CLASS,),
        tmp_path,
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        base_url=service.identity.base_url,
        trust_list=service.trust_list(),
    )
    assert [(left.document, left.reason) for left in handed.left_out] == [(documents(service)[1].document, "blob-missing")]
    assert [file.name[:6] for file in handed.files] == ["7A-01-", "7A-03-"]
    assert len((tmp_path / "links.csv").read_text("utf-8").splitlines()) == 1 + len(handed.files)
    assert (tmp_path / "trust.pem").exists()


def test_the_archive_misses_the_schools_own_marks_as_much_as_the_file(service: Service) -> None:
    take_in(service, 1)
    lose(service, documents(service)[0].basis)
    report = check_fixity(ArchivedFiles(service.database, service.blobs))
    assert [fault.file.name for fault in report.faults] == [f"{documents(service)[0].document}/basis"]
