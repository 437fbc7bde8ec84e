"""Subject teachers sign first: the class waits for all of them, a correction asks those concerned, and who signs for another is named."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest
from pypdf import PdfReader

from signing_service.actions.enrol_signer import person_owner
from signing_service.actions.known_schools import school_of
from signing_service.actions.return_case import return_case
from signing_service.actions.steps import Step
from signing_service.actions.subject_sheets.complete import complete_subject_sheets
from signing_service.actions.subject_sheets.offer import taught_classes
from signing_service.bootstrap import Service
from signing_service.custody.pin import Pin
from signing_service.directory.people import Office, Person
from signing_service.errors import SigningServiceError, UnavailableError
from signing_service.ids import DocumentId
from signing_service.records.canonical import read_record
from signing_service.records.sheet_reference import SheetCapacity, SheetReference
from signing_service.records.subject_sheet import read_sheet
from signing_service.verification.report import Indication, VerificationReport
from signing_service.workflow.case import CaseState, SigningRole
from tests.line import (
    CLASS,
    CLERK,
    HOMEROOM,
    HOMEROOM_PIN,
    PRINCIPAL,
    PRINCIPAL_PIN,
    TRANSCRIPT,
    act,
    actor,
    documents,
    opened,
    settings_in,
)
from tests.sheet_line import (
    LETTERS,
    MATHS,
    SUBJECTS,
    SUCCESSOR,
    TEACHER_PIN,
    a_transcript,
    appointed,
    copied,
    offered,
    set_up_with_teachers,
    sheets,
    sign_and_end,
    sign_sheets,
    take_in,
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "data"
    set_up_with_teachers(folder)
    return folder


@pytest.fixture
def service(prepared: Path, tmp_path: Path) -> Iterator[Service]:
    with opened(settings_in(copied(prepared, tmp_path / "data"))) as service:
        yield service


def states(service: Service) -> list[CaseState]:
    return [document.state for document in documents(service)]


def refusal(service: Service, person: Person, pin: str = TEACHER_PIN) -> str:
    with pytest.raises(SigningServiceError) as refused:
        sign_sheets(service, person, pin)
    return refused.value.code


def references(service: Service, pupil: int = 0) -> dict[str, SheetReference]:
    record = read_record(service.blobs.get(documents(service)[pupil].record_blob))
    return {reference.subject_code: reference for reference in record.subject_sheets or ()}


def report(service: Service, pupil: int = 0) -> VerificationReport:
    pdf = service.blobs.get(documents(service)[pupil].head)
    return service.judge(pdf, name="a", evidence=None)


def leave(service: Service, person: Person, subject: str) -> None:
    before = appointed(person, subject)
    yesterday = service.clock.now().date() - timedelta(days=1)
    with service.database.begin() as unit:
        unit.staff.replace(before, replace(before, until=yesterday))


def test_the_class_waits_for_every_teacher_and_says_for_whom(service: Service) -> None:
    take_in(service, a_transcript(0), a_transcript(1))
    assert {sheet.subject for sheet in sheets(service)} == set(SUBJECTS)
    sign_sheets(service, LETTERS)
    service.carrier().once()
    assert states(service) == [CaseState.DRAFT] * 2
    assert {document.waiting_for for document in documents(service)} == {"subject-sheets-missing"}
    assert act(service, SigningRole.HOMEROOM_TEACHER).signed == ()
    receipt = sign_sheets(service, MATHS)
    assert len(receipt.signed) == 2
    service.carrier().once()
    assert states(service) == [CaseState.COMPLETE] * 2
    assert len(act(service, SigningRole.HOMEROOM_TEACHER).signed) == 2


def test_the_record_names_who_signed_and_a_stranger_can_check_it(service: Service) -> None:
    take_in(service, a_transcript(0), a_transcript(1))
    sign_sheets(service, LETTERS)
    sign_sheets(service, MATHS)
    sign_and_end(service)
    assert states(service) == [CaseState.ARCHIVED] * 2
    named = references(service)
    assert list(named) == [row.code for row in a_transcript(0).subjects if row.code in SUBJECTS]
    assert (named["NV"].signer, named["NV"].capacity, named["NV"].in_place_of) == (LETTERS.name, SheetCapacity.SUBJECT_TEACHER, None)
    judged = report(service)
    assert judged.indication is Indication.TOTAL_PASSED
    assert [(one.subject, one.indication, one.bound) for one in judged.subject_sheets] == [
        (code, Indication.TOTAL_PASSED, True) for code in named
    ]


def test_a_file_holds_no_other_child_no_single_mark_and_no_salt_of_the_marks(service: Service) -> None:
    take_in(service, a_transcript(0), a_transcript(1))
    for teacher in (LETTERS, MATHS):
        sign_sheets(service, teacher)
    service.carrier().once()
    first = documents(service)[0]
    kept = [json.loads(service.blobs.get(sheet.lines)) for sheet in sheets(service)]
    attached = attached_sheets(service.blobs.get(first.head))
    for lines in kept:
        own, other = lines["lines"]
        assert own["line_salt"].encode() in attached
        for secret in (own["marks_salt"], other["line_salt"], other["marks_salt"], other["pupil_code"], "midterm"):
            assert secret.encode() not in attached


def attached_sheets(pdf: bytes) -> bytes:
    (content,) = PdfReader(BytesIO(pdf)).attachments["phieu-diem-mon.json"]
    return content


def test_one_act_signs_the_sheets_of_every_subject_of_a_teacher(service: Service) -> None:
    take_in(service, a_transcript(0))
    assert taught_classes(actor(service, MATHS), on=date(2026, 5, 20)) == (CLASS,)
    offer = offered(service, MATHS)
    assert [one.content.subject_code for one in offer.sheets] == ["TOAN", "TIN"]
    assert len(sign_sheets(service, MATHS).signed) == 2
    assert offered(service, MATHS).sheets == ()
    assert {one.reason for one in offered(service, MATHS).left_out} == {"sheet-signed"}


def test_nothing_is_signed_with_a_wrong_pin_or_by_anybody_else(service: Service) -> None:
    take_in(service, a_transcript(0))
    assert refusal(service, MATHS, "sai mã PIN rồi") == "wrong-pin"
    assert refusal(service, CLERK) == "not-permitted"
    assert refusal(service, HOMEROOM, HOMEROOM_PIN) == "not-permitted"
    assert offered(service, PRINCIPAL).sheets == ()
    assert offered(service, LETTERS).sheets[0].content.subject_code == "NV"
    assert all(sheet.signed is None for sheet in sheets(service))


def test_a_consent_is_the_persons_own_and_good_once(service: Service) -> None:
    take_in(service, a_transcript(0))
    consent = offered(service, MATHS).consent.consent_id
    with pytest.raises(SigningServiceError, match="consent-of-another"):
        service.sheet_signer().perform(consent, actor=actor(service, LETTERS), secret=Pin(TEACHER_PIN))
    service.sheet_signer().perform(consent, actor=actor(service, MATHS), secret=Pin(TEACHER_PIN))
    with pytest.raises(SigningServiceError, match="consent-used"):
        service.sheet_signer().perform(consent, actor=actor(service, MATHS), secret=Pin(TEACHER_PIN))


def test_preparing_again_changes_nothing(service: Service) -> None:
    take_in(service, a_transcript(0), a_transcript(1))
    before = sheets(service)
    take_in(service, a_transcript(0), a_transcript(1))
    assert sheets(service) == before


def test_a_sheet_that_was_overtaken_is_not_signed(service: Service) -> None:
    take_in(service, a_transcript(0))
    consent = offered(service, MATHS).consent.consent_id
    take_in(service, a_transcript(1))
    receipt = service.sheet_signer().perform(consent, actor=actor(service, MATHS), secret=Pin(TEACHER_PIN))
    assert receipt.signed == ()
    assert {one.reason for one in receipt.left_out} == {"sheet-superseded"}


def test_a_correction_asks_the_teacher_concerned_and_nobody_else(service: Service) -> None:
    take_in(service, a_transcript(0), a_transcript(1))
    for teacher in (LETTERS, MATHS):
        sign_sheets(service, teacher)
    service.carrier().once()
    wrong, other = documents(service)
    return_case(actor(service, HOMEROOM), wrong.document, remark="Sai điểm Toán", database=service.database, clock=service.clock)
    take_in(service, a_transcript(0, year_average=Decimal("9.0")))
    versions = [(sheet.subject, sheet.version) for sheet in sheets(service)]
    assert sorted(versions) == [("NV", 1), ("TIN", 1), ("TOAN", 1), ("TOAN", 2)]
    assert {document.document: document.state for document in documents(service)}[other.document] is CaseState.COMPLETE
    assert offered(service, LETTERS).sheets == ()
    sign_sheets(service, MATHS)
    sign_and_end(service)
    assert states(service) == [CaseState.ARCHIVED] * 2
    assert {report(service, pupil).indication for pupil in range(2)} == {Indication.TOTAL_PASSED}
    digests = [references(service, pupil)["TOAN"].sheet for pupil in range(2)]
    assert digests[0] != digests[1]
    assert len({references(service, pupil)["NV"].sheet for pupil in range(2)}) == 1


def test_a_pupil_who_joins_late_does_not_hold_up_the_others(service: Service) -> None:
    take_in(service, a_transcript(0))
    for teacher in (LETTERS, MATHS):
        sign_sheets(service, teacher)
    take_in(service, a_transcript(1))
    assert states(service) == [CaseState.COMPLETE, CaseState.DRAFT]


def test_the_successor_of_a_teacher_who_left_signs_and_is_named_so(service: Service) -> None:
    take_in(service, a_transcript(0))
    leave(service, LETTERS, "NV")
    with service.database.begin() as unit:
        unit.staff.appoint(appointed(SUCCESSOR, "NV", since=service.clock.now().date()))
    assert not may_ask(service, LETTERS)
    sign_sheets(service, SUCCESSOR)
    sign_sheets(service, MATHS)
    sign_and_end(service)
    named = references(service)["NV"]
    assert (named.signer, named.capacity, named.in_place_of) == (SUCCESSOR.name, SheetCapacity.SUCCESSOR, LETTERS.name)
    assert report(service).indication is Indication.TOTAL_PASSED


def may_ask(service: Service, person: Person) -> bool:
    try:
        offered(service, person)
    except SigningServiceError:
        return False
    return True


def test_without_a_successor_the_principal_signs_and_is_named_so(service: Service) -> None:
    take_in(service, a_transcript(0))
    leave(service, LETTERS, "NV")
    assert not may_ask(service, LETTERS)
    assert [one.content.subject_code for one in offered(service, PRINCIPAL).sheets] == ["NV"]
    sign_sheets(service, PRINCIPAL, PRINCIPAL_PIN)
    sign_sheets(service, MATHS)
    sign_and_end(service)
    named = references(service)["NV"]
    assert (named.signer, named.capacity, named.in_place_of) == (PRINCIPAL.name, SheetCapacity.PRINCIPAL, LETTERS.name)
    assert report(service).indication is Indication.TOTAL_PASSED


def test_who_left_after_agreeing_signs_no_more(service: Service) -> None:
    take_in(service, a_transcript(0))
    consent = offered(service, LETTERS).consent.consent_id
    leave(service, LETTERS, "NV")
    receipt = service.sheet_signer().perform(consent, actor=actor(service, LETTERS), secret=Pin(TEACHER_PIN))
    assert [one.reason for one in receipt.left_out] == ["not-permitted"]


class NoTimestamps:
    def token(self, message_imprint_sha256: bytes) -> NoReturn:
        raise UnavailableError("timestamp-unavailable", vi=f"không có {len(message_imprint_sha256)}", en="none")


def test_what_is_signed_without_a_time_stamp_waits_and_is_completed_without_the_teacher(service: Service) -> None:
    take_in(service, a_transcript(0))
    consent = offered(service, LETTERS).consent.consent_id
    cut_off = replace(service.sheet_signer(), timestamper=NoTimestamps())
    receipt = cut_off.perform(consent, actor=actor(service, LETTERS), secret=Pin(TEACHER_PIN))
    assert [one.reason for one in receipt.left_out] == ["timestamp-unavailable"]
    assert [one.reason for one in offered(service, LETTERS).left_out] == ["being-signed"]
    assert complete_subject_sheets(database=service.database, blobs=service.blobs, timestamper=NoTimestamps()) == 0
    assert complete_subject_sheets(database=service.database, blobs=service.blobs, timestamper=service.answers) == 1
    (signed,) = [sheet for sheet in sheets(service) if sheet.signed is not None]
    assert signed.signed is not None
    assert read_sheet(service.blobs.get(signed.signed.content)).subject_code == "NV"


def test_a_worker_that_completes_the_sheet_first_takes_nothing_from_the_teacher(service: Service) -> None:
    take_in(service, a_transcript(0))

    def worker(step: Step, _sheet: DocumentId) -> None:
        if step is Step.SHEET_VALUE_STORED:
            complete_subject_sheets(database=service.database, blobs=service.blobs, timestamper=service.answers)

    assert len(sign_sheets(service, MATHS, on_step=worker).signed) == 2
    assert sum(sheet.signed is not None for sheet in sheets(service)) == 2


def test_a_school_may_do_without(service: Service) -> None:
    without = replace(service, settings=service.settings.model_copy(update={"subject_sheets": "never"}))
    take_in(without, a_transcript(0))
    assert sheets(without) == ()
    assert states(without) == [CaseState.COMPLETE]
    assert references(without) == {}


def test_where_every_subject_is_signed_the_head_signs_for_those_without_a_known_teacher(service: Service) -> None:
    strict = replace(service, settings=service.settings.model_copy(update={"subject_sheets": "always"}))
    take_in(strict, a_transcript(0))
    assert {sheet.subject for sheet in sheets(strict)} == {row.code for row in a_transcript(0).subjects}
    for teacher in (LETTERS, MATHS):
        sign_sheets(strict, teacher)
    sign_sheets(strict, PRINCIPAL, PRINCIPAL_PIN)
    strict.carrier().once()
    assert references(strict)["GDCD"].capacity is SheetCapacity.PRINCIPAL
    assert references(strict)["GDCD"].in_place_of == "Y Mẫu Ƀkrông"


def test_a_revoked_certificate_signs_nothing_but_spoils_nothing_that_it_signed_before(service: Service) -> None:
    take_in(service, a_transcript(0))
    sign_sheets(service, LETTERS)
    revoke(service, LETTERS, service.clock.now() + timedelta(seconds=1))
    revoke(service, MATHS, datetime(2026, 1, 1, tzinfo=UTC))
    assert {one.reason for one in sign_sheets(service, MATHS).left_out} == {"certificate-revoked"}
    enrol_again(service, MATHS)
    sign_sheets(service, MATHS)
    sign_and_end(service)
    assert states(service) == [CaseState.ARCHIVED]
    assert report(service).indication is Indication.TOTAL_PASSED


def revoke(service: Service, person: Person, at: datetime) -> None:
    with service.database.begin() as unit:
        certificate = unit.certificates.of_owner(person_owner(person.code))
        assert certificate is not None
        unit.certificates.revoke(certificate.serial, at=at, reason="CESSATION_OF_OPERATION")


def enrol_again(service: Service, person: Person) -> None:
    service.enrolment().person(person, school_of(TRANSCRIPT.issuer), Office.SUBJECT_TEACHER, Pin(TEACHER_PIN))
