"""A small class on the real line: real keys, real database, real files; only the marks are invented."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from signing_service.access.operator import operator
from signing_service.access.policy import Actor, ClassOfYear
from signing_service.actions.appoint_class import ClassStaff, appoint_class
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_transcripts import class_of, import_transcripts
from signing_service.actions.known_schools import school_of
from signing_service.actions.open_locked_year import open_locked_year
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.sign_class import Receipt
from signing_service.actions.steps import StepListener, nobody_listens
from signing_service.bootstrap import Service, initialise, open_service
from signing_service.clock import VIETNAM, SystemClock
from signing_service.custody.pin import Pin
from signing_service.directory.people import Office, Person
from signing_service.ids import PersonCode
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.parties import Pupil
from signing_service.settings import Identity, Settings
from signing_service.workflow.case import SigningRole
from tests.postgres import create_database
from tests.records_factory import example_pupil, example_transcript

BASE_URL = "http://127.0.0.1:8000"
IDENTITY = Identity(BASE_URL, "Sở Giáo dục và Đào tạo Mẫu")
HOMEROOM_PIN = "gà trống gáy 4 giờ"
PRINCIPAL_PIN = "cà phê không đường"
CLERK = Person(PersonCode("9900000013"), "Văn Thư Mẫu")
TRANSCRIPT = example_transcript()
HOMEROOM = Person(PersonCode("9900000011"), TRANSCRIPT.homeroom_teacher.name)
PRINCIPAL = Person(PersonCode("9900000012"), TRANSCRIPT.principal.name)
CLASS: ClassOfYear = class_of(TRANSCRIPT)
SIGNERS: dict[SigningRole, tuple[Person, str | None]] = {
    SigningRole.HOMEROOM_TEACHER: (HOMEROOM, HOMEROOM_PIN),
    SigningRole.PRINCIPAL: (PRINCIPAL, PRINCIPAL_PIN),
    SigningRole.SCHOOL_SEAL: (CLERK, None),
}


@dataclass(frozen=True, slots=True)
class LaterClock:
    """The machine's clock, moved on: leases run out without anybody waiting."""

    by: timedelta

    def now(self) -> datetime:
        return SystemClock().now() + self.by


_DATABASE_URL = "database-url"
_SOCKET = "socket"


def settings_in(folder: Path) -> Settings:
    """Settings that keep everything in `folder`, and rows in the PostgreSQL database that it names, if it names one."""
    named = folder / _DATABASE_URL
    return Settings(data_directory=folder, database_url=named.read_text() if named.exists() else None)


def on_postgresql(folder: Path, socket: Path, *, like: str | None = None) -> None:
    """Let the house in `folder` keep its rows in a database of its own on the server behind `socket`."""
    folder.mkdir(exist_ok=True)
    name = f"house-{uuid.uuid4()}"
    (folder / _DATABASE_URL).write_text(create_database(socket, name, like=like))
    (folder / _SOCKET).write_text(f"{socket}\n{name}")


def copy_house(house: Path, to: Path) -> None:
    """A house of its own with everything that stands in another, rows included."""
    shutil.copytree(house, to)
    if (house / _SOCKET).exists():
        socket, name = (house / _SOCKET).read_text().splitlines()
        on_postgresql(to, Path(socket), like=name)


def a_pupil(number: int, **changes: Any) -> Pupil:
    """One of the class; `changes` replace fields."""
    fields = {"code": f"99{number:08d}", "name": f"H'Mẫu Số {number} Ƀuôn Yă", "personal_id": f"099213{number:06d}"}
    return example_pupil(**fields | changes)


def a_class(pupils: int) -> IntakeResult:
    """What intake makes of a good workbook with so many pupils."""
    rows = (ImportedTranscript("Ca nam", 8 + i, example_transcript(pupil=a_pupil(i))) for i in range(pupils))
    return IntakeResult(tuple(rows), (), ())


def set_up(folder: Path) -> Settings:
    """An initialised service whose three signers have keys."""
    settings = settings_in(folder)
    initialise(settings, IDENTITY)
    with open_service(settings) as service:
        enrolment, school = service.enrolment(), school_of(TRANSCRIPT.issuer)
        appoint_class(
            school,
            ClassStaff(homeroom=HOMEROOM, principal=PRINCIPAL, clerk=CLERK),
            class_name=CLASS.class_name,
            school_year=CLASS.school_year,
            since=date(2025, 8, 1),
            database=service.database,
        )
        enrolment.person(HOMEROOM, school, Office.HOMEROOM_TEACHER, Pin(HOMEROOM_PIN))
        enrolment.person(PRINCIPAL, school, Office.PRINCIPAL, Pin(PRINCIPAL_PIN))
        enrolment.seal(school)
        open_the_year(service)
    return settings


def open_the_year(service: Service) -> None:
    """The line runs on the machine's clock, long after the year of its class has closed."""
    open_locked_year(
        operator([CLASS.school], on=service.clock.now().astimezone(VIETNAM).date()),
        CLASS.school,
        CLASS.school_year,
        until=date(2099, 12, 31),
        reason="Chạy thử",
        database=service.database,
        clock=service.clock,
    )


def actor(service: Service, person: Person) -> Actor:
    """Somebody with the appointments that the directory holds."""
    with service.database.begin() as unit:
        return Actor(person.code, unit.staff.appointments_of(person.code))


def take_in(service: Service, pupils: int, on_step: StepListener = nobody_listens) -> None:
    """Import a class."""
    import_transcripts(
        a_class(pupils),
        actor=actor(service, CLERK),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        on_step=on_step,
    )


def act(service: Service, role: SigningRole, on_step: StepListener = nobody_listens) -> Receipt:
    """One signer agrees to the class and signs it."""
    person, pin = SIGNERS[role]
    who = actor(service, person)
    offered = give_consent(who, role, CLASS, database=service.database, clock=service.clock)
    return service.signer(on_step).perform(offered.consent.consent_id, actor=who, resource=CLASS, secret=None if pin is None else Pin(pin))


def run_to_the_end(service: Service, pupils: int, on_step: StepListener = nobody_listens) -> None:
    """The whole line, from import to archive."""
    take_in(service, pupils, on_step)
    service.carrier(on_step).once()
    for role in SIGNERS:
        act(service, role, on_step)
    service.carrier(on_step).once()


def documents(service: Service) -> tuple[StoredDocument, ...]:
    """The class as it stands."""
    with service.database.begin() as unit:
        return unit.documents.of_batch(CLASS)


@contextmanager
def opened(settings: Settings, later: timedelta = timedelta(0)) -> Iterator[Service]:
    """The service, at a later time if wanted."""
    with open_service(settings, clock=LaterClock(later)) as service:
        yield service
