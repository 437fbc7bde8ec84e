"""`signing-service demo`: the main job on the shipped sample class, from workbook to files that strangers believe.

Nothing on this line is faked. The only thing a demo does for its people is to think of their PINs; they are random, live in this process
and are forgotten with it.
"""

import argparse
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from signing_service.access.operator import operator
from signing_service.access.policy import Actor, ClassOfYear
from signing_service.actions.appoint_class import ClassStaff, appoint_class
from signing_service.actions.give_consent import give_consent
from signing_service.actions.hand_out import hand_out
from signing_service.actions.import_transcripts import class_of, import_transcripts
from signing_service.actions.known_schools import known_schools, school_of
from signing_service.actions.open_locked_year import open_locked_year
from signing_service.bootstrap import Service, initialise, open_service
from signing_service.cli.demo_teachers import enrol_subject_teachers, sign_subject_sheets
from signing_service.clock import VIETNAM
from signing_service.custody.pin import Pin
from signing_service.directory.people import Office, Person
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode
from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.records.parties import StaffMember
from signing_service.sample import SAMPLE_HOMEROOM_TEACHER, SAMPLE_ISSUER, SAMPLE_PRINCIPAL, sample_class_workbook
from signing_service.settings import DEFAULT_BASE_URL, DEFAULT_ORGANISATION, Identity, Settings
from signing_service.transparency.evidence import evidence_path
from signing_service.transparency.trust_list import read_log_key
from signing_service.verification.report import Indication, Level
from signing_service.verification.verify import verify
from signing_service.workflow.case import SigningRole

DEFAULT_FOLDER = Path("build") / "demo"
_NOT_BELIEVED = 1
_SAMPLE_CLASS, _SAMPLE_YEAR = "7B", "2025-2026"
_SINCE = date(2025, 8, 1)
_CLERK = Person(PersonCode("9907100099"), "Văn Thư Ví Dụ")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, help="output folder; its earlier demo is replaced (%(default)s)")


@dataclass(slots=True)
class _Stages:
    """The stages with their counts and seconds, and the bar that shows the one at work."""

    progress: Progress
    rows: list[tuple[str, int, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[], None]]:
        """Time a stage; the yielded function moves its bar on by one."""
        task = self.progress.add_task(name, total=total)
        begun = time.perf_counter()
        yield lambda: self.progress.advance(task)
        self.progress.update(task, completed=total)
        self.rows.append((name, total, time.perf_counter() - begun))


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who acts in the demo, with the PINs that only they know."""

    staff: ClassStaff
    homeroom_pin: Pin
    principal_pin: Pin


def run(arguments: argparse.Namespace) -> int:
    """Run the line; 0 only when every file is TOTAL-PASSED with every signature B-LTA."""
    console = Console()
    settings = Settings().for_the_demo()
    _clear(arguments.out)
    shutil.rmtree(settings.data_directory, ignore_errors=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        stages = _Stages(progress)
        believed = _line(settings, arguments.out, stages)
    console.print(_table(stages))
    count = stages.rows[-1][1]
    console.print(f"Tin cậy · believed: {believed}/{count} TOTAL-PASSED, mọi chữ ký · every signature PAdES B-LTA")
    console.print(f"Mở xem · open: {arguments.out / 'transcripts'}  ·  {arguments.out / 'links.csv'}")
    console.print("Trang tra cứu · link pages: signing-service serve")
    return 0 if believed == count > 0 else _NOT_BELIEVED


def _clear(folder: Path) -> None:
    """Make the folder and remove what an earlier demo left in it, and nothing else.

    Raises:
        InvalidInputError: transcripts lie there that no demo made (`folder-in-use`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    transcripts, links = folder / "transcripts", folder / "links.csv"
    if not transcripts.exists():
        return
    rows = links.read_text("utf-8").splitlines()[1:] if links.is_file() else []
    if any(transcripts.iterdir()) and not (rows and all(f",{DEFAULT_BASE_URL}/v/" in row for row in rows)):
        raise InvalidInputError(
            "folder-in-use",
            vi=f"Thư mục {folder} đã có học bạ không phải của lần chạy thử; hãy chọn thư mục khác. Chưa xóa gì.",
            en=f"{folder} holds transcripts that no demo made; choose another folder. Nothing was removed.",
        )
    shutil.rmtree(transcripts)


def _line(settings: Settings, folder: Path, stages: _Stages) -> int:
    with stages.stage("khởi tạo · init", 1):
        initialise(settings, Identity(DEFAULT_BASE_URL, DEFAULT_ORGANISATION))
    with open_service(settings) as service:
        with stages.stage("cấp khóa, chứng thư · enrol", 3):
            cast = _enrol(service)
        with stages.stage("đọc bảng điểm · read workbook", 1):
            today = service.clock.now().astimezone(VIETNAM).date()
            intake = read_transcripts(sample_class_workbook(), schools=known_schools(service.database, on=today), today=today)
        count, resource = len(intake.records), class_of(intake.records[0].transcript)
        with stages.stage("nhập · import", count) as advance:
            _open_year(service, resource)
            _import(service, intake, cast, advance)
        held = {cast.staff.homeroom: cast.homeroom_pin, cast.staff.principal: cast.principal_pin}
        with stages.stage("giáo viên bộ môn · subject teachers", 1):
            teachers = enrol_subject_teachers(service, [row.transcript for row in intake.records], held, since=_SINCE)
            service.carrier().prepare_sheets()
        with stages.stage("ký phiếu điểm · sign subject sheets", len(teachers)) as advance:
            sign_subject_sheets(service, teachers, advance)
        with stages.stage("dựng PDF · render", count) as advance:
            service.carrier(lambda _step, _document: advance()).render()
        _sign(service, SigningRole.HOMEROOM_TEACHER, (cast.staff.homeroom, cast.homeroom_pin), resource, stages)
        _sign(service, SigningRole.PRINCIPAL, (cast.staff.principal, cast.principal_pin), resource, stages)
        _sign(service, SigningRole.SCHOOL_SEAL, (cast.staff.clerk, None), resource, stages)
        with stages.stage("hoàn tất B-LTA · finish", count) as advance:
            service.carrier(_every("finished", advance)).finish()
        with stages.stage("ghi nhật ký · log", count) as advance:
            service.carrier(_every("logged", advance)).log_frozen()
        with stages.stage("lưu trữ · archive", count) as advance:
            service.carrier(_every("archived", advance)).archive()
        with stages.stage("phát hành · hand out", count):
            files = hand_out(
                _actor(service, cast.staff.clerk),
                (resource,),
                folder,
                database=service.database,
                blobs=service.blobs,
                clock=service.clock,
                base_url=service.identity.base_url,
                trust_list=service.trust_list(),
            ).files
        with stages.stage("kiểm tra · verify", count) as advance:
            return _verified(files, folder / "trust.pem", service, advance)


def _every(step_name: str, advance: Callable[[], None]) -> Callable[[object, object], None]:
    def listen(step: object, _document: object) -> None:
        if step == step_name:
            advance()

    return listen


def _enrol(service: Service) -> _Cast:
    school = school_of(SAMPLE_ISSUER)
    staff = ClassStaff(homeroom=_person(SAMPLE_HOMEROOM_TEACHER), principal=_person(SAMPLE_PRINCIPAL), clerk=_CLERK)
    appoint_class(school, staff, class_name=_SAMPLE_CLASS, school_year=_SAMPLE_YEAR, since=_SINCE, database=service.database)
    cast = _Cast(staff, homeroom_pin=Pin(secrets.token_urlsafe(12)), principal_pin=Pin(secrets.token_urlsafe(12)))
    enrolment = service.enrolment()
    enrolment.person(staff.homeroom, school, Office.HOMEROOM_TEACHER, cast.homeroom_pin)
    enrolment.person(staff.principal, school, Office.PRINCIPAL, cast.principal_pin)
    enrolment.seal(school)
    return cast


def _person(member: StaffMember) -> Person:
    if member.code is None:
        raise LookupError(member.name)
    return Person(member.code, member.name, member.personal_id)


def _actor(service: Service, person: Person) -> Actor:
    with service.database.begin() as unit:
        return Actor(person.code, unit.staff.appointments_of(person.code))


def _open_year(service: Service, batch: ClassOfYear) -> None:
    """The sample year has closed long ago; whoever runs the server opens it, as for a class that is handed in late."""
    today = service.clock.now().astimezone(VIETNAM).date()
    actor = operator([batch.school], on=today)
    open_locked_year(actor, batch.school, batch.school_year, until=today, reason="Chạy thử", database=service.database, clock=service.clock)


def _import(service: Service, intake: IntakeResult, cast: _Cast, advance: Callable[[], None]) -> None:
    import_transcripts(
        intake,
        actor=_actor(service, cast.staff.clerk),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        on_step=lambda _step, _document: advance(),
    )


def _sign(service: Service, role: SigningRole, signer: tuple[Person, Pin | None], resource: ClassOfYear, stages: _Stages) -> None:
    person, pin = signer
    actor = _actor(service, person)
    offered = give_consent(actor, role, resource, database=service.database, clock=service.clock)
    with stages.stage(f"ký · sign: {role.label}", len(offered.consent.items)) as advance:
        service.signer(_every("signed", advance)).perform(offered.consent.consent_id, actor=actor, resource=resource, secret=pin)


def _verified(files: tuple[Path, ...], trust: Path, service: Service, advance: Callable[[], None]) -> int:
    """How many files a stranger with `trust.pem` believes, from the bytes on disk alone."""
    text = trust.read_text("utf-8")
    anchors = [certificate.public_bytes(Encoding.DER) for certificate in x509.load_pem_x509_certificates(text.encode())]
    believed = 0
    for file in files:
        report = verify(
            file.read_bytes(),
            name=file.name,
            anchors=anchors,
            at=service.clock.now(),
            evidence=evidence_path(file).read_bytes(),
            log_key=read_log_key(text),
        )
        believed += report.indication is Indication.TOTAL_PASSED and all(signature.level is Level.B_LTA for signature in report.signatures)
        advance()
    return believed


def _table(stages: _Stages) -> Table:
    table = Table(title="Học bạ lớp mẫu · sample class")
    table.add_column("Bước · stage")
    table.add_column("Số lượng · count", justify="right")
    table.add_column("Giây · seconds", justify="right")
    for name, count, seconds in stages.rows:
        table.add_row(name, str(count), f"{seconds:.2f}")
    table.add_row("tổng · total", "", f"{sum(row[2] for row in stages.rows):.2f}")
    return table
