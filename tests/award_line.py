"""A small award decision on the real line: an office with its head, its clerk and its seal."""

from dataclasses import replace
from datetime import date

from signing_service.access.policy import Actor, AwardFile
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_award_decision import import_award_decision
from signing_service.actions.known_authorities import office_of
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.sign_class import Receipt
from signing_service.actions.steps import StepListener, nobody_listens
from signing_service.bootstrap import Service
from signing_service.custody.pin import Pin
from signing_service.directory.people import Appointment, Office, Person
from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.awards.decision import AwardDecision
from signing_service.workflow.case import SigningRole
from tests.award_factory import DEPARTMENT, DIRECTOR, example_decision

SINCE = date(2025, 7, 1)
HEAD_PIN = "núi cao sông dài"
UNIT = SchoolCode(DEPARTMENT.code)
assert DIRECTOR.code is not None
HEAD = Person(DIRECTOR.code, DIRECTOR.name)
OFFICE_CLERK = Person(PersonCode("9907200091"), "Văn Thư Cơ Quan Mẫu")


def a_decision(collectives: int = 1, individuals: int = 1) -> AwardDecision:
    """The example, signed by the head and cut to so many recipients."""
    whole = example_decision()
    return replace(whole, signatory=DIRECTOR, collectives=whole.collectives[:collectives], individuals=whole.individuals[:individuals])


def set_up_office(service: Service) -> None:
    """The office, its head with a key, its clerk, and its seal."""
    office = office_of(DEPARTMENT)
    with service.database.begin() as unit:
        unit.staff.add_unit(office)
        for person, held in ((HEAD, Office.DIRECTOR), (OFFICE_CLERK, Office.CLERK)):
            unit.staff.add_person(person)
            unit.staff.appoint(Appointment(person.code, UNIT, held, SINCE))
    service.enrolment().person(HEAD, office, Office.DIRECTOR, Pin(HEAD_PIN))
    service.enrolment().seal(office)


def office_actor(service: Service, person: Person) -> Actor:
    """Somebody of the office with the appointments that the directory holds."""
    with service.database.read() as unit:
        return Actor(person.code, unit.staff.appointments_of(person.code))


def take_decision(service: Service, decision: AwardDecision, on_step: StepListener = nobody_listens) -> AwardFile:
    """Import the decision; the same one twice changes nothing."""
    taken = import_award_decision(
        decision,
        actor=office_actor(service, OFFICE_CLERK),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        on_step=on_step,
    )
    return AwardFile(DEPARTMENT.code, taken.decision)


def award_act(service: Service, role: SigningRole, file: AwardFile, on_step: StepListener = nobody_listens) -> Receipt:
    """The head signs, or the clerk seals, everything of the file in one act."""
    person, pin = (HEAD, Pin(HEAD_PIN)) if role is SigningRole.AWARD_AUTHORITY else (OFFICE_CLERK, None)
    who = office_actor(service, person)
    consent = give_consent(who, role, file, database=service.database, clock=service.clock).consent
    return service.signer(on_step).perform(consent.consent_id, actor=who, resource=file, secret=pin)


def issue_award(service: Service, decision: AwardDecision, on_step: StepListener = nobody_listens) -> AwardFile:
    """The whole line, from import to archive."""
    file = take_decision(service, decision, on_step)
    service.carrier(on_step).once()
    for role in (SigningRole.AWARD_AUTHORITY, SigningRole.OFFICE_SEAL):
        award_act(service, role, file, on_step)
    service.carrier(on_step).once()
    return file


def award_documents(service: Service, file: AwardFile) -> tuple[StoredDocument, ...]:
    """The decision and its certificates as they stand."""
    with service.database.read() as unit:
        return unit.documents.of_batch(file)
