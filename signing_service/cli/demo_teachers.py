"""The subject teachers of the demo: appointed as the workbook assigns them, each with a key of their own, they sign their sheets first."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from signing_service.access.policy import Actor, ClassOfYear
from signing_service.actions.import_transcripts import class_of
from signing_service.actions.known_schools import school_of
from signing_service.actions.subject_sheets.offer import offer_subject_sheets, taught_classes
from signing_service.bootstrap import Service
from signing_service.clock import VIETNAM
from signing_service.custody.pin import Pin
from signing_service.directory.people import Appointment, Office, Person
from signing_service.ids import PersonCode
from signing_service.records.transcript import Transcript


def enrol_subject_teachers(
    service: Service, transcripts: Sequence[Transcript], held: Mapping[Person, Pin], *, since: date
) -> Mapping[PersonCode, Pin]:
    """Appoint whoever the marks name with a code, and give each a key who holds none; returns the PINs of all."""
    holders = {person.code: pin for person, pin in held.items()}
    assigned = {
        (Person(row.teacher.code, row.teacher.name), row.code, class_of(transcript)): school_of(transcript.issuer)
        for transcript in transcripts
        for row in transcript.subjects
        if row.teacher is not None and row.teacher.code is not None
    }
    pins: dict[PersonCode, Pin] = {}
    for (person, subject, batch), school in assigned.items():
        with service.database.begin() as unit:
            if unit.staff.person(person.code) is None:
                unit.staff.add_person(person)
            unit.staff.appoint(_appointment(person, subject, batch, since))
        if person.code in holders:
            pins[person.code] = holders[person.code]
        elif person.code not in pins:
            pins[person.code] = Pin(secrets.token_urlsafe(12))
            service.enrolment().person(person, school, Office.SUBJECT_TEACHER, pins[person.code])
    return pins


def sign_subject_sheets(service: Service, pins: Mapping[PersonCode, Pin], advance: Callable[[], None]) -> None:
    """Every teacher signs the sheets of all their classes in one act."""
    today = service.clock.now().astimezone(VIETNAM).date()
    for person, pin in pins.items():
        with service.database.read() as unit:
            actor = Actor(person, unit.staff.appointments_of(person))
        batches = taught_classes(actor, on=today)
        offer = offer_subject_sheets(actor, batches, database=service.database, blobs=service.blobs, clock=service.clock)
        service.sheet_signer().perform(offer.consent.consent_id, actor=actor, secret=pin)
        advance()


def _appointment(person: Person, subject: str, batch: ClassOfYear, since: date) -> Appointment:
    return Appointment(
        person.code,
        batch.school,
        Office.SUBJECT_TEACHER,
        since,
        class_name=batch.class_name,
        school_year=batch.school_year,
        subject=subject,
    )
