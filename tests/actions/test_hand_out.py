"""What a family receives: slips, the class on paper, all years of a child, extracts; and who may hand them out."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from signing_service.actions.decide_recall import decide_recall
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.issue_extract import issue_extract
from signing_service.actions.known_schools import school_of
from signing_service.actions.pack_pupil import pack_pupil
from signing_service.actions.print_class import print_class
from signing_service.actions.print_slips import SlipPrinter
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.request_recall import request_recall
from signing_service.bootstrap import Service
from signing_service.directory.people import Office
from signing_service.errors import RefusedError, SigningServiceError
from signing_service.ids import DocumentId
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.kinds import DocumentKind
from signing_service.verification.report import Indication, Level
from signing_service.verification.verify import verify
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.recall import RecallReason
from tests.actions.test_corrections import YEAR_OPEN, StoppedClock, carry_on, somebody
from tests.line import CLASS, CLERK, HOMEROOM, PRINCIPAL, actor, documents, run_to_the_end, take_in
from tests.records_factory import example_transcript

PUPILS = 3
MAY_HAND_OUT = {Office.CLERK, Office.OPERATOR}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def issued(service: Service) -> Service:
    run_to_the_end(service, PUPILS)
    return service


def printer(service: Service) -> SlipPrinter:
    return SlipPrinter(service.database, service.blobs, service.clock, service.identity.base_url)


def extracted(service: Service, document: DocumentId) -> StoredDocument:
    name = issue_extract(
        actor(service, CLERK),
        document,
        number="12/TrS-SM",
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        base_url=service.identity.base_url,
    )
    carry_on(service)
    sealed(service)
    carry_on(service)
    with service.database.read() as unit:
        found = unit.documents.get(name)
    assert found is not None
    return found


def sealed(service: Service) -> None:
    who = actor(service, CLERK)
    offered = give_consent(who, SigningRole.COPYING_SEAL, CLASS, database=service.database, clock=service.clock)
    service.signer().perform(offered.consent.consent_id, actor=who, resource=CLASS, secret=None)


def test_each_pupil_gets_one_slip_whose_access_code_is_told_once(issued: Service) -> None:
    slips = printer(issued).of_class(actor(issued, CLERK), CLASS)
    rows = list(csv.DictReader(io.StringIO(slips.csv.decode("utf-8-sig"))))
    assert len(rows) == PUPILS
    text = text_of(slips.pdf)
    for row in rows:
        assert row["Mã truy cập"] in text
        assert row["Mã tra cứu"] in text
        assert row["Mã truy cập"] not in row["Liên kết"]
    assert len({row["Mã truy cập"] for row in rows}) == PUPILS
    with pytest.raises(RefusedError, match="no-slips"):
        printer(issued).of_class(actor(issued, CLERK), CLASS)
    # Whoever finds the printed object in a log or a trace learns nothing from it.
    assert rows[0]["Mã truy cập"] not in repr(slips)


def test_a_pupil_issued_later_gets_the_slip_then_and_the_others_none(service: Service) -> None:
    run_to_the_end(service, 1)
    printer(service).of_class(actor(service, CLERK), CLASS)
    run_to_the_end(service, 2)
    later = printer(service).of_class(actor(service, CLERK), CLASS)
    assert [left.reason for left in later.left_out] == ["access-code-told"]
    assert text_of(later.pdf).count("H'Mẫu Số 1") == text_of(later.pdf).count("H'Mẫu Số")


def test_a_lost_slip_is_replaced_by_one_with_a_new_code(issued: Service) -> None:
    first = printer(issued).of_class(actor(issued, CLERK), CLASS)
    again = printer(issued).replacement(actor(issued, CLERK), documents(issued)[0].document)
    (row,) = csv.DictReader(io.StringIO(again.csv.decode("utf-8-sig")))
    assert row["Mã truy cập"] not in first.csv.decode("utf-8-sig")


def test_a_class_is_printed_as_display_copies_that_say_so_on_every_page(issued: Service) -> None:
    pdf = print_class(
        actor(issued, CLERK),
        CLASS,
        database=issued.database,
        blobs=issued.blobs,
        clock=issued.clock,
        base_url=issued.identity.base_url,
    )
    reader = PdfReader(io.BytesIO(pdf))
    assert len([entry for entry in reader.outline if not isinstance(entry, list)]) == PUPILS
    pages = [page.extract_text() for page in reader.pages]
    assert all("BẢN THỂ HIỆN" in text.upper() for text in pages if text.strip())
    assert not reader.get_fields()


def _hand_outs(service: Service, document: DocumentId, office: Office) -> dict[str, Callable[[], object]]:
    who = somebody(office)
    base, clock = service.identity.base_url, service.clock
    return {
        "slips": lambda: printer(service).of_class(who, CLASS),
        "replacement": lambda: printer(service).replacement(who, document),
        "print": lambda: print_class(who, CLASS, database=service.database, blobs=service.blobs, clock=clock, base_url=base),
        "packet": lambda: pack_pupil(
            who, document, database=service.database, blobs=service.blobs, clock=clock, base_url=base, trust_list=service.trust_list()
        ),
    }


def test_everything_is_handed_out_by_whoever_may_and_by_nobody_else(issued: Service) -> None:
    document = documents(issued)[0].document
    for office in sorted(Office, key=lambda office: office in MAY_HAND_OUT):
        for name, deed in _hand_outs(issued, document, office).items():
            try:
                deed()
                code = None
            except SigningServiceError as refusal:
                code = refusal.code
            expected = {None, "no-slips"} if office in MAY_HAND_OUT else {"not-permitted"}
            assert code in expected, (office, name)


def test_an_extract_is_sealed_finished_and_believed_and_says_nothing_personal(issued: Service) -> None:
    source = documents(issued)[0]
    extract = extracted(issued, source.document)
    assert (extract.kind, extract.state) == (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.ARCHIVED)
    pdf = issued.blobs.get(extract.head)
    report = verify(pdf, name="x", anchors=issued.anchors, at=issued.clock.now())
    assert report.indication is Indication.TOTAL_PASSED
    assert [(signature.role, signature.level) for signature in report.signatures] == [("copying-seal", Level.B_LTA)]
    text = text_of(pdf)
    assert "TRÍCH SAO" in text
    pupil = example_transcript().pupil
    assert pupil.father is not None
    for private in (pupil.birth_place, pupil.father.name, pupil.hamlet, "099213000000", "05/10/2013"):
        assert str(private) not in text
        assert str(private).encode() not in pdf


@pytest.mark.parametrize("office", list(Office))
def test_an_extract_is_drawn_up_by_the_clerk_and_by_nobody_else(issued: Service, office: Office) -> None:
    code = None
    try:
        issue_extract(
            somebody(office),
            documents(issued)[0].document,
            number=None,
            database=issued.database,
            blobs=issued.blobs,
            clock=issued.clock,
            base_url=issued.identity.base_url,
        )
    except RefusedError as refusal:
        code = refusal.code
    assert code == (None if office is Office.CLERK else "not-permitted")


def test_a_recall_takes_the_extracts_with_it(issued: Service) -> None:
    source = documents(issued)[0]
    extract = extracted(issued, source.document)
    recall = request_recall(
        actor(issued, HOMEROOM),
        source.document,
        RecallReason.WRONG_CONTENT,
        explanation="Sai điểm",
        database=issued.database,
        clock=issued.clock,
    )
    decide_recall(actor(issued, PRINCIPAL), recall.recall, approve=True, remark="", database=issued.database, clock=StoppedClock(YEAR_OPEN))
    with issued.database.read() as unit:
        closed = unit.documents.get(extract.document)
    assert closed is not None
    assert closed.state is CaseState.RECALLED
    with pytest.raises(RefusedError, match="not-an-issued-transcript"):
        extracted(issued, source.document)


OTHER_YEAR = "2024-2025"


def test_all_years_of_a_child_from_every_school_lie_in_one_download(service: Service) -> None:
    """The child came from another school, which had asserted the year before under a code of its own."""
    take_in(service, 1)
    now = documents(service)[0]
    first_school = replace(example_transcript().issuer, school_code=type(CLASS.school)("99000002"), school_name="Trường THCS Đồi Mẫu")
    pupil = replace(example_transcript().pupil, code="9900009999", name="H'Mẫu Số 0 Ƀuôn Yă", personal_id="099213000000")
    earlier = example_transcript(school_year=OTHER_YEAR, issuer=first_school, pupil=pupil, class_name="6A", grade=6)
    with service.database.begin() as unit:
        unit.staff.add_school(school_of(first_school))
    clerk = replace(somebody(Office.CLERK).appointments[0], school=first_school.school_code)
    outcome = import_transcripts(
        IntakeResult((ImportedTranscript("Ca nam", 8, earlier),), (), ()),
        actor=replace(somebody(Office.CLERK), appointments=(clerk,)),
        database=service.database,
        blobs=service.blobs,
        clock=StoppedClock(YEAR_OPEN.replace(year=2025)),
    )
    assert len(outcome.added) == 1
    for document in (now.document, outcome.added[0]):
        archive_as_is(service, document)
    packet = pack_pupil(
        actor(service, CLERK),
        now.document,
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        base_url=service.identity.base_url,
        trust_list=service.trust_list(),
    )
    with zipfile.ZipFile(io.BytesIO(packet)) as archive:
        names = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read("links.csv").decode())))
    assert [name[:9] for name in names if name.endswith(".pdf")] == [OTHER_YEAR, CLASS.school_year]
    assert [row["file"] for row in rows] == [name for name in names if name.endswith(".pdf")]
    assert {"links.csv", "trust.pem"} <= set(names)
    assert not any("Mẫu" in name for name in names)


def archive_as_is(service: Service, document: DocumentId) -> None:
    """As if signed and archived: what is promised here is which files belong together."""
    proof = service.blobs.put(b"{}")
    with service.database.begin() as unit:
        row = unit.documents.get(document)
        assert row is not None
        unit.documents.set_proof(document, evidence=proof, report=proof)
        unit.documents.move(document, from_head=row.head, to_head=row.head, from_state=row.state, to_state=CaseState.ARCHIVED)
