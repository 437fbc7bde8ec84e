"""The small class of `tests/line.py` with two subject teachers who sign: real keys, real database, real files."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from signing_service.access.policy import ClassOfYear
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.known_schools import school_of
from signing_service.actions.steps import StepListener, nobody_listens
from signing_service.actions.subject_sheets.offer import OfferedSheets, offer_subject_sheets
from signing_service.actions.subject_sheets.sign import SheetReceipt
from signing_service.actions.subject_sheets.store import StoredSheet
from signing_service.bootstrap import Service, open_service
from signing_service.custody.pin import Pin
from signing_service.directory.people import Appointment, Office, Person
from signing_service.ids import PersonCode
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.parties import StaffMember
from signing_service.records.transcript import Subject, Transcript
from tests.line import CLASS, CLERK, SIGNERS, TRANSCRIPT, act, actor, set_up
from tests.records_factory import example_pupil, example_transcript

MATHS = Person(PersonCode("9900000021"), "Nguyễn Thị Hoa Mẫu")
LETTERS = Person(PersonCode("9900000022"), "Phạm Thị Mây Mẫu")
SUCCESSOR = Person(PersonCode("9900000023"), "Đinh Văn Tiếp Mẫu")
TEACHERS = {MATHS: ("TOAN", "TIN"), LETTERS: ("NV",)}
SUBJECTS = tuple(code for codes in TEACHERS.values() for code in codes)
TEACHER_PIN = "phấn trắng bảng đen"
SINCE = date(2025, 8, 1)


def appointed(person: Person, subject: str, **changes: object) -> Appointment:
    """A subject teacher of the class; `changes` replace fields."""
    appointment = Appointment(
        person.code,
        CLASS.school,
        Office.SUBJECT_TEACHER,
        SINCE,
        class_name=CLASS.class_name,
        school_year=CLASS.school_year,
        subject=subject,
    )
    return replace(appointment, **changes)  # type: ignore[arg-type] # fields of the appointment


def set_up_with_teachers(folder: Path) -> None:
    """An initialised service whose three signers, two subject teachers and a possible successor have keys."""
    settings = set_up(folder)
    with open_service(settings) as service:
        enrolment, school = service.enrolment(), school_of(TRANSCRIPT.issuer)
        for person in (*TEACHERS, SUCCESSOR):
            with service.database.begin() as unit:
                unit.staff.add_person(person)
                for subject in TEACHERS.get(person, ()):
                    unit.staff.appoint(appointed(person, subject))
            enrolment.person(person, school, Office.SUBJECT_TEACHER, Pin(TEACHER_PIN))


def copied(prepared: Path, folder: Path) -> Path:
    """A data directory of its own."""
    shutil.copytree(prepared, folder)
    return folder


def a_transcript(number: int, **changes: object) -> Transcript:
    """One pupil's year; the teachers who sign have codes, the others only names. `changes` replace fields of the mathematics row."""
    by_subject = {subject: StaffMember(person.name, person.code) for person, subjects in TEACHERS.items() for subject in subjects}
    rows = [_row(subject, by_subject.get(subject.code)) for subject in TRANSCRIPT.subjects]
    rows = [replace(row, **changes) if row.code == "TOAN" else row for row in rows]  # type: ignore[arg-type] # fields of the row
    pupil = example_pupil(code=f"99{number:08d}", name=f"H'Mẫu Số {number} Ƀuôn Yă")
    return example_transcript(pupil=pupil, subjects=tuple(rows))


def _row(subject: Subject, teacher: StaffMember | None) -> Subject:
    return replace(subject, teacher=teacher) if teacher else subject


def take_in(service: Service, *transcripts: Transcript, on_step: StepListener = nobody_listens) -> None:
    """Import rows and do everything that needs no signer."""
    rows = tuple(ImportedTranscript("Ca nam", 8 + place, transcript) for place, transcript in enumerate(transcripts))
    import_transcripts(
        IntakeResult(rows, (), ()),
        actor=actor(service, CLERK),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        on_step=on_step,
    )
    service.carrier(on_step).once()


def offered(service: Service, person: Person, *batches: ClassOfYear) -> OfferedSheets:
    """What a person is asked to agree to in the class."""
    who = actor(service, person)
    return offer_subject_sheets(who, batches or (CLASS,), database=service.database, blobs=service.blobs, clock=service.clock)


def sign_sheets(service: Service, person: Person, pin: str = TEACHER_PIN, on_step: StepListener = nobody_listens) -> SheetReceipt:
    """One teacher agrees to their sheets and signs them."""
    offer = offered(service, person)
    return service.sheet_signer(on_step).perform(offer.consent.consent_id, actor=actor(service, person), secret=Pin(pin))


def sheets(service: Service) -> tuple[StoredSheet, ...]:
    """Every version of every sheet of the class."""
    with service.database.begin() as unit:
        return unit.subject_sheets.of_class(CLASS)


def sign_and_end(service: Service, on_step: StepListener = nobody_listens) -> None:
    """The class's three acts and everything after them."""
    service.carrier(on_step).once()
    for role in SIGNERS:
        act(service, role, on_step)
    service.carrier(on_step).once()


def run_with_teachers(service: Service, pupils: int, on_step: StepListener = nobody_listens) -> None:
    """The whole line, from import to archive, with subject teachers."""
    take_in(service, *(a_transcript(number) for number in range(pupils)), on_step=on_step)
    for person in TEACHERS:
        sign_sheets(service, person, on_step=on_step)
    sign_and_end(service, on_step)
