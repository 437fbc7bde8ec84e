"""Whoever may not sign signs nothing; two who sign at once lose nothing; what cannot be had now is waited for."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from signing_service.actions.enrol_signer import person_owner
from signing_service.actions.give_consent import give_consent
from signing_service.actions.known_schools import school_of
from signing_service.actions.repositories import StoredDocument
from signing_service.bootstrap import Service, initialise
from signing_service.custody.pin import Pin
from signing_service.directory.people import Appointment, Office, Person
from signing_service.errors import RefusedError, SigningServiceError, UnavailableError
from signing_service.ids import PersonCode
from signing_service.signing.fields import SignatureField
from signing_service.signing.state import signature_state
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.consent import ConsentId
from tests.line import (
    CLASS,
    CLERK,
    HOMEROOM,
    HOMEROOM_PIN,
    IDENTITY,
    PRINCIPAL,
    PRINCIPAL_PIN,
    SIGNERS,
    TRANSCRIPT,
    LaterClock,
    act,
    actor,
    documents,
    opened,
    settings_in,
    take_in,
)

PUPILS = 2


@pytest.fixture
def rendered(service: Service) -> Service:
    take_in(service, PUPILS)
    service.carrier().once()
    return service


class NoTimestamps:
    def token(self, message_imprint_sha256: bytes) -> NoReturn:
        raise UnavailableError("timestamp-unavailable", vi=f"không có {len(message_imprint_sha256)}", en="none")


def heads(service: Service) -> list[tuple[CaseState, str]]:
    return [(document.state, document.head) for document in documents(service)]


def refusal(service: Service, role: SigningRole, person: object, pin: str | None, consent: ConsentId | None = None) -> str:
    who = actor(service, person)  # type: ignore[arg-type] # a Person
    with pytest.raises(SigningServiceError) as refused:
        _perform(service, role, who, pin, consent)
    return refused.value.code


def _perform(service: Service, role: SigningRole, who: object, pin: str | None, consent: ConsentId | None) -> None:
    if consent is None:
        consent = give_consent(who, role, CLASS, database=service.database, clock=service.clock).consent.consent_id  # type: ignore[arg-type] # an Actor
    service.signer().perform(consent, actor=who, resource=CLASS, secret=None if pin is None else Pin(pin))  # type: ignore[arg-type] # an Actor


@pytest.mark.parametrize(
    ("role", "person"),
    [(role, person) for role in SIGNERS for person, _pin in SIGNERS.values() if person != SIGNERS[role][0]],
)
def test_nobody_signs_in_a_role_that_is_not_theirs(rendered: Service, role: SigningRole, person: object) -> None:
    before = heads(rendered)
    assert refusal(rendered, role, person, HOMEROOM_PIN) == "not-permitted"
    assert heads(rendered) == before


def test_the_principal_and_the_seal_wait_for_their_turn(rendered: Service) -> None:
    before = heads(rendered)
    for role in (SigningRole.PRINCIPAL, SigningRole.SCHOOL_SEAL):
        receipt = act(rendered, role)
        assert receipt.signed == ()
    assert heads(rendered) == before


def test_a_wrong_pin_signs_nothing_and_five_lock_the_key(rendered: Service) -> None:
    before = heads(rendered)
    codes = [refusal(rendered, SigningRole.HOMEROOM_TEACHER, HOMEROOM, "không phải mã này") for _ in range(6)]
    assert codes == ["wrong-pin"] * 5 + ["key-locked"]
    assert refusal(rendered, SigningRole.HOMEROOM_TEACHER, HOMEROOM, HOMEROOM_PIN) == "key-locked"
    assert heads(rendered) == before


def test_a_consent_is_used_once_and_by_its_giver_only(rendered: Service) -> None:
    consent = give_consent(
        actor(rendered, HOMEROOM), SigningRole.HOMEROOM_TEACHER, CLASS, database=rendered.database, clock=rendered.clock
    ).consent.consent_id
    assert refusal(rendered, SigningRole.HOMEROOM_TEACHER, PRINCIPAL, HOMEROOM_PIN, consent) == "consent-of-another"
    _perform(rendered, SigningRole.HOMEROOM_TEACHER, actor(rendered, HOMEROOM), HOMEROOM_PIN, consent)
    assert refusal(rendered, SigningRole.HOMEROOM_TEACHER, HOMEROOM, HOMEROOM_PIN, consent) == "consent-used"


def test_a_revoked_signer_signs_nothing(rendered: Service) -> None:
    with rendered.database.begin() as unit:
        certificate = unit.certificates.of_owner(person_owner(HOMEROOM.code))
        assert certificate is not None
        unit.certificates.revoke(certificate.serial, at=datetime.now(UTC), reason="KEY_COMPROMISE")
    before = heads(rendered)
    receipt = act(rendered, SigningRole.HOMEROOM_TEACHER)
    assert {left.reason for left in receipt.left_out} == {"certificate-revoked"}
    assert (receipt.signed, heads(rendered)) == ((), before)


def test_an_expired_signer_signs_nothing(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        take_in(service, PUPILS)
        service.carrier().once()
    later = timedelta(days=3 * 365 + 1)
    initialise(settings_in(folder), IDENTITY, clock=LaterClock(later))
    with opened(settings_in(folder), later=later) as service:
        before = heads(service)
        receipt = act(service, SigningRole.HOMEROOM_TEACHER)
        assert {left.reason for left in receipt.left_out} == {"certificate-expired"}
        assert heads(service) == before


def test_nobody_signs_where_somebody_else_is_named_whatever_office_they_hold(rendered: Service) -> None:
    act(rendered, SigningRole.HOMEROOM_TEACHER)
    deputy, pin = Person(PersonCode("9900000019"), "Phó Hiệu Trưởng Mẫu"), Pin("bút đỏ nằm ngang")
    with rendered.database.begin() as unit:
        unit.staff.add_person(deputy)
        unit.staff.appoint(Appointment(deputy.code, CLASS.school, Office.VICE_PRINCIPAL, date(2025, 8, 1)))
    rendered.enrolment().person(deputy, school_of(TRANSCRIPT.issuer), Office.VICE_PRINCIPAL, pin)
    who = actor(rendered, deputy)
    consent = give_consent(who, SigningRole.PRINCIPAL, CLASS, database=rendered.database, clock=rendered.clock).consent
    receipt = rendered.signer().perform(consent.consent_id, actor=who, resource=CLASS, secret=pin)
    assert receipt.signed == ()
    assert {left.reason for left in receipt.left_out} == {"signer-not-named"}


def test_a_principal_and_a_seal_with_rsa_keys_sign_on_the_same_line(rendered: Service) -> None:
    school = school_of(TRANSCRIPT.issuer)
    rendered.enrolment().person(PRINCIPAL, school, Office.PRINCIPAL, Pin(PRINCIPAL_PIN), profile="person-rsa-3072-pss")
    rendered.enrolment().seal(school, profile="seal-rsa-3072")
    for role in SIGNERS:
        act(rendered, role)
    rendered.carrier().once()
    assert [document.state for document in documents(rendered)] == [CaseState.ARCHIVED] * PUPILS


def test_a_file_that_moved_after_the_list_was_opened_is_left_out_by_name(rendered: Service) -> None:
    who = actor(rendered, HOMEROOM)
    offered = give_consent(who, SigningRole.HOMEROOM_TEACHER, CLASS, database=rendered.database, clock=rendered.clock)
    moved = documents(rendered)[0]
    with rendered.database.begin() as unit:
        unit.documents.move(
            moved.document, from_head=moved.head, to_head=documents(rendered)[1].head, from_state=moved.state, to_state=moved.state
        )
    receipt = rendered.signer().perform(offered.consent.consent_id, actor=who, resource=CLASS, secret=Pin(HOMEROOM_PIN))
    assert [(left.document, left.reason) for left in receipt.left_out] == [(moved.document, "head-moved")]
    assert len(receipt.signed) == PUPILS - 1


def test_two_signers_at_once_lose_nothing(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        take_in(service, 4)
        service.carrier().once()
    signed: list[str] = []

    def sign() -> None:
        with opened(settings_in(folder)) as own:
            signed.extend(act(own, SigningRole.HOMEROOM_TEACHER).signed)

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened(settings_in(folder)) as service:
        ended = documents(service)
        assert [document.state for document in ended] == [CaseState.TEACHER_SIGNED] * 4
        assert sorted(signed) == sorted(document.document for document in ended)
        for document in ended:
            assert signature_state(service.blobs.get(document.head)).filled == (SignatureField.GVCN,)


def waiting(found: tuple[StoredDocument, ...]) -> set[str | None]:
    return {document.waiting_for for document in found}


def test_without_time_stamps_a_class_waits_visibly_and_then_ends_without_the_signer(rendered: Service) -> None:
    who = actor(rendered, HOMEROOM)
    consent = give_consent(who, SigningRole.HOMEROOM_TEACHER, CLASS, database=rendered.database, clock=rendered.clock).consent
    cut = replace(rendered.signer(), timestamper=NoTimestamps())
    receipt = cut.perform(consent.consent_id, actor=who, resource=CLASS, secret=Pin(HOMEROOM_PIN))
    assert {left.reason for left in receipt.left_out} == {"timestamp-unavailable"}
    assert waiting(documents(rendered)) == {"timestamp-unavailable"}
    rendered.carrier().once()
    assert [(document.state, document.waiting_for) for document in documents(rendered)] == [(CaseState.TEACHER_SIGNED, None)] * PUPILS


def test_without_revocation_answers_nothing_is_signed(rendered: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_self: object, _certificate: bytes) -> NoReturn:
        raise UnavailableError("revocation-unavailable", vi="không trả lời", en="silent")

    monkeypatch.setattr("signing_service.actions.answer_for_certificates.CertificateAnswers.ocsp", silent)
    before = heads(rendered)
    assert refusal(rendered, SigningRole.HOMEROOM_TEACHER, HOMEROOM, HOMEROOM_PIN) == "revocation-unavailable"
    assert heads(rendered) == before


def test_a_sealed_case_without_time_stamps_waits_and_is_never_weaker(rendered: Service) -> None:
    for role in SIGNERS:
        act(rendered, role)
    sealed = heads(rendered)
    assert replace(rendered.carrier(), timestamper=NoTimestamps()).once().finished == 0
    assert (heads(rendered), waiting(documents(rendered))) == (sealed, {"timestamp-unavailable"})
    rendered.carrier().once()
    assert {document.state for document in documents(rendered)} == {CaseState.ARCHIVED}


def test_importing_the_same_class_twice_changes_nothing(rendered: Service) -> None:
    before = documents(rendered)
    take_in(rendered, PUPILS)
    assert documents(rendered) == before


def test_an_operator_without_an_office_cannot_even_offer_a_list(rendered: Service) -> None:
    stranger = replace(CLERK, code=PersonCode("9900000099"))
    with pytest.raises(RefusedError) as refused:
        give_consent(actor(rendered, stranger), SigningRole.SCHOOL_SEAL, CLASS, database=rendered.database, clock=rendered.clock)
    assert refused.value.code == "not-permitted"
