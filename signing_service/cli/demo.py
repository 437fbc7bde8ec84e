"""`signing-service demo`: the main job on the shipped samples, from workbook to files that strangers believe.

A class of every school level with its subject teachers, homeroom teacher, principal and seal, and an award decision with a certificate for
each recipient. Nothing on this line is faked.
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from signing_service.access.operator import operator
from signing_service.access.policy import AwardFile, Batch, ClassOfYear
from signing_service.actions.give_consent import give_consent
from signing_service.actions.hand_out import hand_out
from signing_service.actions.import_award_decision import import_award_decision
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.known_authorities import known_authorities
from signing_service.actions.known_schools import known_schools
from signing_service.actions.open_locked_year import open_locked_year
from signing_service.actions.print_class import print_class
from signing_service.actions.print_slips import SlipPrinter
from signing_service.actions.steps import Step
from signing_service.actions.subject_sheets.offer import offer_subject_sheets, taught_classes
from signing_service.bootstrap import Service, initialise, open_service
from signing_service.cli.demo_cast import Cast, award_clerk, award_head, clerk_of
from signing_service.cli.demo_stages import Stages
from signing_service.cli.demo_worker import BackgroundWorker
from signing_service.clock import VIETNAM
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode
from signing_service.intake.awards.reading import read_awards
from signing_service.intake.reading import read_transcripts
from signing_service.sample import SAMPLE_CLASSES, SampleClass
from signing_service.sample.awards import SAMPLE_AUTHORITY, sample_award_workbook
from signing_service.settings import DEFAULT_BASE_URL, DEFAULT_ORGANISATION, Identity, Settings
from signing_service.transparency.evidence import evidence_path
from signing_service.transparency.trust_list import read_log_key
from signing_service.verification.report import Indication, Level
from signing_service.workflow.case import SigningRole

DEFAULT_FOLDER = Path("build") / "demo"
_FOLDERS: Final = ("transcripts", "awards", "slips", "print")
_NOT_BELIEVED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, help="output folder; its earlier demo is replaced (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Run the line; 0 only when every file is TOTAL-PASSED with every signature B-LTA."""
    console = Console()
    settings = Settings().for_the_demo()
    _clear(arguments.out)
    shutil.rmtree(settings.data_directory, ignore_errors=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    begun = time.perf_counter()
    with Progress(*columns, console=console) as progress:
        stages = Stages(progress)
        with stages.stage("khởi tạo · init", 1):
            initialise(settings, Identity(DEFAULT_BASE_URL, DEFAULT_ORGANISATION))
        with open_service(settings, judges=os.cpu_count() or 1) as service:
            believed, count = _Demo(service, Cast(service), stages, arguments.out).run()
    console.print(stages.table(time.perf_counter() - begun))
    console.print(f"Tin cậy · believed: {believed}/{count} TOTAL-PASSED, mọi chữ ký · every signature PAdES B-LTA")
    console.print(f"Mở xem · open: {', '.join(str(arguments.out / name) for name in _FOLDERS)}, {arguments.out / 'links.csv'}")
    console.print("Trang tra cứu · link pages: signing-service serve")
    return 0 if believed == count > 0 else _NOT_BELIEVED


def _clear(folder: Path) -> None:
    """Make the folder and remove what an earlier demo left in it, and nothing else.

    Raises:
        InvalidInputError: files lie there that no demo made (`folder-in-use`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    links = folder / "links.csv"
    made = [folder / name for name in _FOLDERS if (folder / name).exists()]
    rows = links.read_text("utf-8").splitlines()[1:] if links.is_file() else []
    if any(any(place.iterdir()) for place in made) and not (rows and all(f",{DEFAULT_BASE_URL}/v/" in row for row in rows)):
        raise InvalidInputError(
            "folder-in-use",
            vi=f"Thư mục {folder} đã có hồ sơ không phải của lần chạy thử; hãy chọn thư mục khác. Chưa xóa gì.",
            en=f"{folder} holds files that no demo made; choose another folder. Nothing was removed.",
        )
    for place in made:
        shutil.rmtree(place)


@dataclass(frozen=True, slots=True)
class _Demo:
    service: Service
    cast: Cast
    stages: Stages
    folder: Path

    def run(self) -> tuple[int, int]:
        """How many files a stranger believes, and how many there are."""
        with self.stages.stage("nhân sự, khóa, chứng thư · people, keys", len(SAMPLE_CLASSES) + 1) as advance:
            for sample in SAMPLE_CLASSES:
                self.cast.enter_class(sample)
                advance()
            self.cast.enter_office()
        worker = BackgroundWorker(self.service, self.stages.beside("hoàn tất B-LTA, nhật ký, lưu trữ · finish, log, archive"))
        worker.start()
        try:
            batches: list[Batch] = [self._class(sample) for sample in SAMPLE_CLASSES]
            batches.append(self._award())
        finally:
            with self.stages.stage("chờ lưu trữ xong · wait for the archive", 1):
                worker.finish()
        files = self._hand_out(batches)
        with self.stages.stage("kiểm tra · verify", len(files)) as advance:
            return self._believed(files, advance), len(files)

    def _class(self, sample: SampleClass) -> ClassOfYear:
        batch = ClassOfYear(sample.issuer.school_code, sample.class_name, sample.school_year)
        with self.stages.stage("đọc, nhập bảng điểm · read, import", 1):
            self._import(sample, batch)
        self._sign_sheets(batch, tuple({member.code for member in sample.teachers.values() if member.code is not None}))
        with self.service.database.read() as unit:
            count = len(unit.documents.of_batch(batch))
        with self.stages.stage("dựng PDF · render", count) as advance:
            self.service.carrier(_at(Step.RENDERED, advance)).render()
        principal, homeroom = sample.principal.code, sample.homeroom_teacher.code
        for role, person in (
            (SigningRole.HOMEROOM_TEACHER, homeroom),
            (SigningRole.PRINCIPAL, principal),
            (SigningRole.SCHOOL_SEAL, clerk_of(sample).code),
        ):
            self._sign(batch, role, person)
        return batch

    def _import(self, sample: SampleClass, batch: ClassOfYear) -> None:
        """The sample year has closed long ago; whoever runs the server opens it, as for a class that is handed in late."""
        service, today = self.service, self._today()
        open_locked_year(
            operator([batch.school], on=today),
            batch.school,
            batch.school_year,
            until=today,
            reason="Chạy thử",
            database=service.database,
            clock=service.clock,
        )
        intake = read_transcripts(sample.workbook(), schools=known_schools(service.database, on=today), today=today)
        import_transcripts(
            intake,
            actor=self.cast.actor(clerk_of(sample).code),
            database=service.database,
            blobs=service.blobs,
            clock=service.clock,
        )

    def _sign_sheets(self, batch: ClassOfYear, teachers: Sequence[PersonCode]) -> None:
        """Every teacher signs the sheets of the class in one act."""
        service = self.service
        service.carrier().prepare_sheets()
        with self.stages.stage("giáo viên ký phiếu điểm môn · teachers sign sheets", len(teachers)) as advance:
            for person in sorted(teachers):
                actor, pin = self.cast.actor(person), self.cast.pin_of(person)
                batches = [taught for taught in taught_classes(actor, on=self._today()) if taught == batch]
                offer = offer_subject_sheets(actor, batches, database=service.database, blobs=service.blobs, clock=service.clock)
                if pin is not None and offer.consent.items:
                    service.sheet_signer().perform(offer.consent.consent_id, actor=actor, secret=pin)
                advance()

    def _award(self) -> AwardFile:
        service, today = self.service, self._today()
        with self.stages.stage("đọc, nhập quyết định · read, import decision", 1):
            intake = read_awards(sample_award_workbook(), authorities=known_authorities(service.database), today=today)
            if intake.decision is None:
                raise InvalidInputError("sample-damaged", vi="Quyết định mẫu bị hỏng.", en="The sample decision is damaged.")
            taken = import_award_decision(
                intake.decision.decision,
                actor=self.cast.actor(award_clerk().code),
                database=service.database,
                blobs=service.blobs,
                clock=service.clock,
            )
        with self.stages.stage("dựng PDF · render", len(taken.added)) as advance:
            service.carrier(_at(Step.RENDERED, advance)).render()
        file = AwardFile(SAMPLE_AUTHORITY.code, taken.decision)
        self._sign(file, SigningRole.AWARD_AUTHORITY, award_head().code)
        self._sign(file, SigningRole.OFFICE_SEAL, award_clerk().code)
        return file

    def _sign(self, batch: Batch, role: SigningRole, person: PersonCode | None) -> None:
        if person is None:
            raise LookupError(role)
        service, actor = self.service, self.cast.actor(person)
        consent = give_consent(actor, role, batch, database=service.database, clock=service.clock).consent
        with self.stages.stage(f"ký · sign: {role.label}", len(consent.items)) as advance:
            secret = None if role.is_seal else self.cast.pin_of(person)
            service.signer(_at(Step.SIGNED, advance)).perform(consent.consent_id, actor=actor, resource=batch, secret=secret)

    def _hand_out(self, batches: Sequence[Batch]) -> tuple[Path, ...]:
        service, today = self.service, self._today()
        actor = operator({batch.unit for batch in batches}, on=today)
        with self.stages.stage("phát hành, in phiếu · hand out, slips", 1) as advance:
            files = hand_out(
                actor,
                batches,
                self.folder,
                database=service.database,
                blobs=service.blobs,
                clock=service.clock,
                base_url=service.identity.base_url,
                trust_list=service.trust_list(),
            ).files
            printer = SlipPrinter(service.database, service.blobs, service.clock, service.identity.base_url)
            for name in ("slips", "print"):
                (self.folder / name).mkdir(exist_ok=True)
            advance()
            # One class is enough to look at: an access code is made slow to guess, and so slow to make.
            batch = next(batch for batch in batches if isinstance(batch, ClassOfYear))
            slips = printer.of_class(actor, batch)
            (self.folder / "slips" / f"{batch.class_name}.pdf").write_bytes(slips.pdf)
            (self.folder / "slips" / f"{batch.class_name}.csv").write_bytes(slips.csv)
            printed = print_class(
                actor, batch, database=service.database, blobs=service.blobs, clock=service.clock, base_url=service.identity.base_url
            )
            (self.folder / "print" / f"{batch.class_name}.pdf").write_bytes(printed)
        return files

    def _believed(self, files: Sequence[Path], advance: Callable[[], None]) -> int:
        """How many files a stranger with `trust.pem` believes, from the bytes on disk alone."""
        text = (self.folder / "trust.pem").read_text("utf-8")
        anchors = [certificate.public_bytes(Encoding.DER) for certificate in x509.load_pem_x509_certificates(text.encode())]
        crew = self.service.crew
        if crew is None:
            raise LookupError

        def is_believed(file: Path) -> bool:
            report = crew.judge(
                file.read_bytes(),
                name=file.name,
                anchors=anchors,
                at=self.service.clock.now(),
                evidence=evidence_path(file).read_bytes(),
                log_key=read_log_key(text),
            )
            advance()
            return report.indication is Indication.TOTAL_PASSED and all(s.level is Level.B_LTA for s in report.signatures)

        with ThreadPoolExecutor(crew.size) as hands:
            return sum(hands.map(is_believed, files))

    def _today(self) -> date:
        return self.service.clock.now().astimezone(VIETNAM).date()


def _at(step: Step, advance: Callable[[], None]) -> Callable[[Step, object], None]:
    def listen(happened: Step, _document: object) -> None:
        if happened is step:
            advance()

    return listen
