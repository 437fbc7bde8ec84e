"""A thousand documents while everything dies: two processes killed at random moments, time-stamps and OCSP cut in mid-batch."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from signing_service.access.policy import AwardFile, Batch, ClassOfYear
from signing_service.actions.appoint_class import ClassStaff, appoint_class
from signing_service.actions.cancel_award import decide_cancellation, request_cancellation
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.known_schools import school_of
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.subject_sheets.offer import offer_subject_sheets
from signing_service.bootstrap import Service
from signing_service.clock import SystemClock
from signing_service.custody.pin import Pin
from signing_service.errors import SigningServiceError, UnavailableError
from signing_service.ids import DocumentId
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.awards.decision import AwardDecision
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import Transcript
from signing_service.transparency.leaf import LeafKind
from signing_service.verification.report import Indication, Level
from signing_service.verification.verify import verify
from signing_service.workflow.case import ISSUED, CaseState, awaited_state, route
from tests.award_line import HEAD, OFFICE_CLERK, a_decision, award_act, office_actor, set_up_office, take_decision
from tests.correction_line import extract_from, of_pupil, seal_extracts, take_back, take_corrected
from tests.crash import CLEAN, ended, every_document, explained
from tests.judges import judge_dss
from tests.line import CLASS, CLERK, HOMEROOM, PRINCIPAL, SIGNERS, TRANSCRIPT, a_pupil, actor, opened, settings_in
from tests.records_factory import example_transcript
from tests.sheet_line import SINCE, TEACHER_PIN, TEACHERS, a_transcript, appointed, set_up_with_teachers

pytestmark = pytest.mark.long

CLASSES = tuple(replace(CLASS, class_name=f"7{letter}") for letter in "ABCDEGHIKLMNOPQRSTUV")
WITH_TEACHERS = CLASSES[:4]
PUPILS = 45
RECALLED = {batch: a_pupil(PUPILS * place + 7) for place, batch in enumerate(CLASSES)}
REPLACED = CLASSES[::2]
EXTRACTED = CLASSES[:10]
"""An extract of the pupil who is recalled in the classes of even places, and of another pupil in the others."""
BY_ENDING = {
    (DocumentKind.TRANSCRIPT, CaseState.ARCHIVED): 890,
    (DocumentKind.TRANSCRIPT, CaseState.RECALLED): 10,
    (DocumentKind.TRANSCRIPT, CaseState.SUPERSEDED): 10,
    (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.ARCHIVED): 5,
    (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.RECALLED): 5,
    (DocumentKind.AWARD_DECISION, CaseState.ARCHIVED): 2,
    (DocumentKind.AWARD_CERTIFICATE, CaseState.ARCHIVED): 97,
    (DocumentKind.AWARD_CERTIFICATE, CaseState.RECALLED): 1,
}
KILLS = 60
CUTS = 8
SECONDS = 3000
DSS_SAMPLE, DSS_AT_ONCE = 100, 25
_CUT = {"timestamp-unavailable": "no-time-stamps", "revocation-unavailable": "no-answers"}
_REFUSALS = "refusals"
_MAY_BE_TOLD = {*_CUT, "overtaken", "head-moved", "database-unavailable", "transcript-exists"}


class Cuttable:
    """The service's own authorities, silent while a file says so."""

    def __init__(self, answers: object, folder: Path) -> None:
        self._answers, self._folder = answers, folder

    def token(self, message_imprint_sha256: bytes) -> bytes:
        self._require("timestamp-unavailable")
        return self._answers.token(message_imprint_sha256)  # type: ignore[attr-defined,no-any-return] # the real ones

    def ocsp(self, certificate: bytes) -> bytes:
        self._require("revocation-unavailable")
        return self._answers.ocsp(certificate)  # type: ignore[attr-defined,no-any-return] # the real ones

    def _require(self, code: str) -> None:
        if (self._folder / _CUT[code]).exists():
            raise UnavailableError(code, vi="bị cắt", en="cut")

    def __getattr__(self, name: str) -> object:
        return getattr(self._answers, name)


@contextmanager
def cuttable(folder: Path) -> Iterator[Service]:
    with opened(settings_in(folder)) as service:
        yield replace(service, answers=Cuttable(service.answers, folder))  # type: ignore[arg-type] # stands for the real ones


Part = Callable[[Service], None]


def work(folder: Path) -> None:
    """The worker: for ever, until it is killed."""
    with cuttable(folder) as service:
        while True:
            if not service.carrier().once().total:
                time.sleep(0.3)


def sign(folder: Path) -> None:
    """Everybody who imports, signs, seals and decides: for ever, until they are killed."""
    parts: tuple[Part, ...] = (*(_ClassPart(batch) for batch in CLASSES), *(_AwardPart(place) for place in range(len(decisions()))))
    with cuttable(folder) as service:
        while True:
            for part in parts:
                try:
                    part(service)
                except SigningServiceError as refusal:
                    with (folder / _REFUSALS).open("a") as told:
                        told.write(f"{refusal.code}\n")
            time.sleep(0.3)


def unheard(_step: str, _document: DocumentId) -> None:
    """Whoever is killed from outside tells nobody."""


def transcripts(batch: ClassOfYear) -> tuple[Transcript, ...]:
    first = PUPILS * CLASSES.index(batch)
    pupils = [a_pupil(number) for number in range(first, first + PUPILS)]
    if batch in WITH_TEACHERS:
        return tuple(replace(a_transcript(0), pupil=pupil, class_name=batch.class_name) for pupil in pupils)
    return tuple(example_transcript(pupil=pupil, class_name=batch.class_name) for pupil in pupils)


def decisions() -> tuple[AwardDecision, ...]:
    whole = a_decision(2, 5)
    collective, individual = whole.collectives[0], whole.individuals[1]

    def people(first: int, last: int) -> tuple[object, ...]:
        return tuple(
            replace(individual, number=n, name=f"Y Mẫu Số {n} Niê", code=f"99072{n:05d}")  # type: ignore[arg-type] # a code is a str
            for n in range(first, last + 1)
        )

    collectives = tuple(replace(collective, number=n, name=f"Trường Mẫu Số {n}") for n in range(1, 16))
    return (
        replace(whole, number="9072/QĐ-SGDĐT", collectives=collectives, individuals=people(1, 44)),  # type: ignore[arg-type] # lines
        replace(whole, number="9073/QĐ-SGDĐT", collectives=(), individuals=people(45, 83)),  # type: ignore[arg-type] # lines
    )


@dataclass(frozen=True, slots=True)
class _ClassPart:
    batch: ClassOfYear

    def __call__(self, service: Service) -> None:
        self._import(service)
        if self.batch in WITH_TEACHERS:
            self._sheets(service)
        self._acts(service)
        self._corrections(service)

    def _import(self, service: Service) -> None:
        missing = [one for one in transcripts(self.batch) if of_pupil(service, self.batch, one.pupil.code) is None]
        rows = tuple(ImportedTranscript("Ca nam", 8 + place, one) for place, one in enumerate(missing))
        import_transcripts(
            IntakeResult(rows, (), ()),
            actor=actor(service, CLERK),
            database=service.database,
            blobs=service.blobs,
            clock=service.clock,
        )

    def _sheets(self, service: Service) -> None:
        for person in TEACHERS:
            who = actor(service, person)
            offer = offer_subject_sheets(who, (self.batch,), database=service.database, blobs=service.blobs, clock=service.clock)
            if offer.consent.items:
                service.sheet_signer().perform(offer.consent.consent_id, actor=who, secret=Pin(TEACHER_PIN))

    def _acts(self, service: Service) -> None:
        for role, (person, pin) in SIGNERS.items():
            if _awaits(service, self.batch, role):
                who = actor(service, person)
                consent = give_consent(who, role, self.batch, database=service.database, clock=service.clock).consent
                secret = None if pin is None else Pin(pin)
                service.signer().perform(consent.consent_id, actor=who, resource=self.batch, secret=secret)

    def _corrections(self, service: Service) -> None:
        pupil = RECALLED[self.batch]
        document = of_pupil(service, self.batch, pupil.code)
        assert document is not None
        extracted = self.batch in EXTRACTED
        if extracted:
            of_recalled = self.batch in REPLACED
            source = document if of_recalled else of_pupil(service, self.batch, transcripts(self.batch)[0].pupil.code)
            assert source is not None
            extract_from(service, source, unheard)
            if _awaits(service, self.batch, route(DocumentKind.TRANSCRIPT_EXTRACT)[0]):
                seal_extracts(service, self.batch, unheard)
            if of_recalled and of_pupil(service, self.batch, pupil.code, DocumentKind.TRANSCRIPT_EXTRACT) is None:
                return
        take_back(service, document, unheard)
        if self.batch in REPLACED and document.state is CaseState.RECALLED:
            (before,) = (one for one in transcripts(self.batch) if one.pupil.code == pupil.code)
            take_corrected(service, replace(before, pupil=replace(pupil, name="H'Mẫu Đã Sửa Ƀuôn Yă")), unheard)


@dataclass(frozen=True, slots=True)
class _AwardPart:
    place: int

    def __call__(self, service: Service) -> None:
        file = take_decision(service, decisions()[self.place])
        for role in route(DocumentKind.AWARD_DECISION):
            if _awaits(service, file, role):
                award_act(service, role, file)
        if self.place == 0:
            self._cancel_one(service, file)

    def _cancel_one(self, service: Service, file: AwardFile) -> None:
        clerk, head = office_actor(service, OFFICE_CLERK), office_actor(service, HEAD)
        with service.database.read() as unit:
            standing = unit.documents.of_batch(file)
            open_ = [d for d in standing if (recall := unit.recalls.standing(d.document)) is not None and recall.decided_at is None]
        if len(standing) < 1 + 15 + 44:
            return
        last = standing[-1]
        if not open_ and last.state is CaseState.ARCHIVED:
            request_cancellation(
                clerk, file, last.subject, explanation="Kê khai không đúng", database=service.database, clock=service.clock
            )
        if open_:
            decide_cancellation(head, file, open_[0].subject, approve=True, remark="09/QĐ", database=service.database, clock=service.clock)


def _awaits(service: Service, batch: Batch, role: object) -> bool:
    with service.database.read() as unit:
        standing = unit.documents.of_batch(batch)
    return any(role in route(d.kind) and d.state is awaited_state(role) for d in standing)  # type: ignore[arg-type] # a role


@dataclass(slots=True)
class Running:
    """The two processes, and what was done to them."""

    folder: Path
    draw: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    cuts: Counter[str] = field(default_factory=Counter)
    waited: Counter[str] = field(default_factory=Counter)
    processes: dict[str, ForkServerProcess] = field(default_factory=dict)

    def start(self, name: str) -> None:
        self.processes[name] = CLEAN.Process(target={"worker": work, "signers": sign}[name], args=(self.folder,))
        self.processes[name].start()

    def kill(self, name: str) -> None:
        process = self.processes[name]
        assert process.is_alive(), f"{name} ended by itself: {process.exitcode}"
        process.kill()
        process.join()
        self.kills[name] += 1

    def cut(self, service: Service, code: str) -> None:
        """Let an authority be silent, until somebody waits for it visibly; one of the processes dies in the meantime."""
        silent = self.folder / _CUT[code]
        silent.touch()
        until = time.monotonic() + self.draw.uniform(4, 8)
        seen = 0
        while time.monotonic() < until:
            time.sleep(0.5)
            seen = max(seen, _waiting(service, code))
        victim = self.draw.choice(("worker", "signers"))
        self.kill(victim)
        self.start(victim)
        time.sleep(2)
        silent.unlink()
        self.cuts[code] += 1
        self.waited[code] = max(seen, self.waited[code])


def _waiting(service: Service, code: str) -> int:
    with service.database.read() as unit:
        return sum(count for (_state, waiting), count in unit.documents.count_by_state().items() if waiting == code)


def _is_done(service: Service) -> bool:
    with service.database.read() as unit:
        states = unit.documents.count_by_state()
        unlogged = any(unit.commitments.unlogged(kind, limit=1) for kind in LeafKind)
    if unlogged or any(state not in ISSUED or waiting for state, waiting in states):
        return False
    return ended(every_document(service)) == BY_ENDING


def _set_up(folder: Path) -> None:
    set_up_with_teachers(folder)
    with opened(settings_in(folder)) as service:
        school, staff = school_of(TRANSCRIPT.issuer), ClassStaff(homeroom=HOMEROOM, principal=PRINCIPAL, clerk=CLERK)
        for batch in CLASSES[1:]:
            appoint_class(school, staff, class_name=batch.class_name, school_year=batch.school_year, since=SINCE, database=service.database)
        with service.database.begin() as unit:
            for batch in WITH_TEACHERS[1:]:
                for person, subjects in TEACHERS.items():
                    for subject in subjects:
                        unit.staff.appoint(appointed(person, subject, class_name=batch.class_name))
        set_up_office(service)


def _judged(pdf: bytes, anchors: tuple[bytes, ...]) -> bool:
    report = verify(pdf, name="one.pdf", anchors=anchors, at=SystemClock().now())
    return report.indication is Indication.TOTAL_PASSED and {signature.level for signature in report.signatures} == {Level.B_LTA}


def _disturb(service: Service, running: Running, until: float) -> None:
    """Kill and cut for as long as there is work, at most so often, until everything has ended."""
    while not _is_done(service):
        assert time.monotonic() < until, Counter(ended(every_document(service)))
        time.sleep(running.draw.uniform(1, 6))
        if running.cuts.total() < CUTS and running.draw.random() < 0.25:
            running.cut(service, sorted(_CUT)[running.cuts.total() % 2])
        elif running.kills.total() < KILLS:
            victim = running.draw.choice(("worker", "signers"))
            running.kill(victim)
            running.start(victim)


def test_a_thousand_documents_end_well_while_everything_dies(tmp_path: Path) -> None:
    folder, begun = tmp_path / "data", time.monotonic()
    _set_up(folder)
    running = Running(folder, random.Random(2026))  # noqa: S311 - a reproducible course, not a secret
    for name in ("worker", "signers"):
        running.start(name)
    with opened(settings_in(folder)) as service:
        try:
            _disturb(service, running, begun + SECONDS)
        finally:
            for process in running.processes.values():
                process.kill()
                process.join()
        issued_after = time.monotonic() - begun
        documents = explained(service)
        assert ended(documents) == BY_ENDING
        assert set(running.waited) == set(_CUT)
        assert all(running.waited.values())
        refusals = Counter((folder / _REFUSALS).read_text().split()) if (folder / _REFUSALS).exists() else Counter()
        assert set(refusals) <= _MAY_BE_TOLD
        believed = _believed_by_us(service, documents)
        dss = _believed_by_dss(service, running.draw.sample(documents, DSS_SAMPLE), tmp_path)
    left_over = sum(1 for _ in settings_in(folder).blobs.glob("*/.new-*"))
    print(  # noqa: T201 - the figures are the point
        f"\n{len(documents)} documents, {sum(BY_ENDING.values())} expected; {dict(running.kills)} kills, {dict(running.cuts)} cuts, "
        f"at most {dict(running.waited)} waiting at once; refusals {dict(refusals)}; issued after {issued_after:.0f} s; "
        f"{believed} B-LTA by our verifier, {dss} by EU DSS; {left_over} half-written blobs; {time.monotonic() - begun:.0f} s in all"
    )


def _believed_by_us(service: Service, documents: tuple[StoredDocument, ...]) -> int:
    with CLEAN.Pool(2) as pool:
        pdfs = ((service.blobs.get(document.head), service.anchors) for document in documents)
        verdicts = pool.starmap(_judged, pdfs, chunksize=8)
    assert verdicts == [True] * len(documents)
    return len(verdicts)


def _believed_by_dss(service: Service, documents: list[StoredDocument], folder: Path) -> int:
    trust = folder / "trust.pem"
    trust.write_text(service.trust_list())
    files = [folder / f"{document.document}.pdf" for document in documents]
    for document, file in zip(documents, files, strict=True):
        file.write_bytes(service.blobs.get(document.head))
    for start in range(0, len(files), DSS_AT_ONCE):
        for answer in judge_dss(files[start : start + DSS_AT_ONCE], trust=trust):
            for signature in answer["signatures"]:
                assert (signature["indication"], signature["level"], signature["errors"]) == ("TOTAL_PASSED", "PAdES-BASELINE-LTA", [])
    return len(files)
