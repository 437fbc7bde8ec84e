"""From the issued class to whoever asks: by link, short code, file and access code, through the real front door and real children."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from signing_service.actions.access_codes import AccessCode, issue_access_codes
from signing_service.actions.decide_recall import decide_recall
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.judge_upload import NOT_THE_ISSUED_FILE
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.request_recall import request_recall
from signing_service.asgi import Doors, create_app
from signing_service.bootstrap import Service
from signing_service.cli.serve import doors_of
from signing_service.clock import FixedClock
from signing_service.ids import DocumentId
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.canonical import canonical_bytes, read_record
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.transcript import render_transcript
from signing_service.verification.isolated import IsolatedVerifier
from signing_service.workflow.recall import RecallReason
from tests.line import (
    BASE_URL,
    CLERK,
    HOMEROOM,
    PRINCIPAL,
    SIGNERS,
    a_pupil,
    act,
    actor,
    documents,
    opened,
    run_to_the_end,
    set_up,
)
from tests.records_factory import example_transcript
from tests.web.fake_doors import visible_text

YEAR_OPEN = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
FILES = "/api/v1/verifications"


@dataclass(frozen=True, slots=True)
class Site:
    """A class of three behind its front door: one stands, one is recalled, one is recalled and superseded."""

    service: Service
    client: TestClient
    standing: StoredDocument
    recalled: StoredDocument
    superseded: StoredDocument
    successor: StoredDocument
    code: AccessCode

    def report(self, pdf: bytes, evidence: bytes | None = None) -> dict[str, object]:
        files = {"file": ("x.pdf", pdf)} | ({} if evidence is None else {"evidence": ("x", evidence)})
        report: dict[str, object] = self.client.post(FILES, files=files).json()
        return report

    def page(self, pdf: bytes) -> str:
        return self.client.post("/kiem-tra", files={"file": ("x.pdf", pdf)}).text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = set_up(tmp_path_factory.mktemp("everyone") / "data")
    with IsolatedVerifier() as verifier, opened(settings) as service:
        run_to_the_end(service, 3)
        standing, recalled, superseded = documents(service)
        code = issue_access_codes([standing], database=service.database, clock=service.clock)[standing.document]
        for document in (recalled, superseded):
            _recall(service, document.document)
        (new,) = import_transcripts(
            IntakeResult((ImportedTranscript("Ca nam", 8, example_transcript(pupil=a_pupil(2, birth_date=date(2013, 10, 6)))),), (), ()),
            actor=actor(service, CLERK),
            database=service.database,
            blobs=service.blobs,
            clock=service.clock,
        ).added
        _carry_on(service)
        for role in SIGNERS:
            act(service, role)
        _carry_on(service)
        with service.database.read() as unit:
            successor = unit.documents.get(new)
        assert successor is not None
        with TestClient(create_app(_generous(service, verifier))) as client:
            yield Site(service, client, standing, recalled, superseded, successor, code)


def _generous(service: Service, verifier: IsolatedVerifier) -> Doors:
    """The real doors, with a clock for the pace that moves a minute between two looks."""
    moment = service.clock.now()

    def later() -> datetime:
        nonlocal moment
        moment += timedelta(minutes=1)
        return moment

    return replace(doors_of(service, verifier), now=later)


def _recall(service: Service, document: DocumentId) -> None:
    database, clock = service.database, service.clock
    asked = request_recall(
        actor(service, HOMEROOM), document, RecallReason.WRONG_CONTENT, explanation="Sai điểm", database=database, clock=clock
    )
    # Before the year closes; later the department would have to approve.
    decide_recall(actor(service, PRINCIPAL), asked.recall, approve=True, remark="QĐ 12", database=database, clock=FixedClock(YEAR_OPEN))


def _carry_on(service: Service) -> None:
    while service.carrier().once().total:
        pass


def test_the_issued_file_is_genuine_and_current_with_and_without_its_evidence(site: Site) -> None:
    pdf = site.service.blobs.get(site.standing.head)
    assert site.standing.evidence is not None
    for evidence in (None, site.service.blobs.get(site.standing.evidence)):
        report = site.report(pdf, evidence)
        assert (report["indication"], report["current_status"]) == ("TOTAL-PASSED", "valid")
        assert report["record"]["rerendered"] == "equal"  # type: ignore[index] # a report of the contract has a record here
        assert (report["log"] is None) is (evidence is None)
    assert "Tệp này là bản gốc, đang có giá trị" in site.page(pdf)


def test_a_recalled_and_a_superseded_file_are_genuine_and_say_so(site: Site) -> None:
    for document, status in ((site.recalled, "revoked"), (site.superseded, "superseded")):
        report = site.report(site.service.blobs.get(document.head))
        assert (report["indication"], report["current_status"]) == ("TOTAL-PASSED", status)
    assert f'href="/v/{site.successor.link_token}"' in site.page(site.service.blobs.get(site.superseded.head))


def test_the_link_says_recalled_with_reason_superseded_with_the_way_on_and_the_new_one_stands(site: Site) -> None:
    recalled = visible_text(site.client.get(f"/v/{site.recalled.link_token}").text)
    assert "Đã thu hồi Revoked" in recalled
    assert "Nội dung có sai sót" in recalled
    assert "Sai điểm" not in recalled, "the words of the request stay inside"
    superseded = site.client.get(f"/v/{site.superseded.link_token}").text
    assert "Đã thay thế" in superseded
    assert f'href="/v/{site.successor.link_token}"' in superseded
    assert "Hợp lệ Valid" in visible_text(site.client.get(f"/v/{site.successor.link_token}").text)


def test_the_short_code_on_the_paper_leads_to_its_link(site: Site) -> None:
    answer = site.client.post("/ma-tra-cuu", data={"code": site.standing.short_code.lower()}, follow_redirects=False)
    assert answer.headers["location"] == f"/v/{site.standing.link_token}"


def test_the_access_code_opens_the_marks_of_its_own_link_only(site: Site) -> None:
    link = f"/v/{site.standing.link_token}"
    opened_page = site.client.post(link, data={"code": site.code})
    assert "Điểm trong hồ sơ" in opened_page.text
    assert site.client.post(link, data={"code": site.code, "want": "pdf"}).content == site.service.blobs.get(site.standing.head)
    for other in (site.recalled, site.superseded, site.successor):
        assert site.client.post(f"/v/{other.link_token}", data={"code": site.code}).status_code == 403


def _forgeries(site: Site) -> dict[str, bytes]:
    """Files that carry the genuine link of the standing record, and other marks or other bytes."""
    document, genuine = site.standing, site.service.blobs.get(site.standing.head)
    record = read_record(site.service.blobs.get(document.record_blob))
    better = replace(
        record,
        transcript=replace(
            record.transcript,
            subjects=tuple(
                replace(subject, year_average=None if subject.year_average is None else Decimal("10.0"))
                for subject in record.transcript.subjects
            ),
        ),
    )
    link = f"{BASE_URL}/v/{document.link_token}"
    middle = genuine.index(b"/ByteRange") - 200
    return {
        "better marks typeset anew": render_transcript(
            better, PrintedLink(link, document.short_code), record_json=canonical_bytes(better)
        ).pdf,
        "better marks under the genuine record": render_transcript(
            better, PrintedLink(link, document.short_code), record_json=canonical_bytes(record)
        ).pdf,
        "one byte of the genuine file": genuine[:middle] + bytes([genuine[middle] ^ 1]) + genuine[middle + 1 :],
        "something written behind the genuine file": genuine + b"\n1 0 obj\n<< /Type /Annot >>\nendobj\n",
        "a picture of the paper": b"%PDF-1.4\n1 0 obj\n<< /Type /Action /URI (" + link.encode() + b") >>\nendobj\ntrailer\n<<>>\n%%EOF\n",
        "the file cut before its last signature": genuine[: genuine.rindex(b"startxref")],
    }


def test_a_genuine_qr_on_altered_marks_is_not_the_issued_file_and_leads_to_the_true_marks(site: Site) -> None:
    true_marks = {
        f"{subject.year_average:.1f}".replace(".", ",")
        for subject in read_record(site.service.blobs.get(site.standing.record_blob)).transcript.subjects
        if subject.year_average is not None
    }
    for name, forged in _forgeries(site).items():
        report = site.report(forged)
        assert NOT_THE_ISSUED_FILE in report["reasons"], name  # type: ignore[operator] # a report of the contract has reasons
        assert report["current_status"] == "not-checked", name
        html = site.page(forged)
        assert "Đây không phải là tệp đã phát hành" in html, name
        assert "đang có giá trị" not in html.replace("Bản đang có giá trị", ""), name
        onward = re.search(r'class="onward" href="([^"]+)"', html)
        assert onward is not None, name
        assert onward[1] == f"/v/{site.standing.link_token}", name
        # The QR's page itself says that it speaks of the record, and the access code shows what was truly signed.
        page = site.client.get(onward[1]).text
        assert "nói về hồ sơ đang lưu, không nói về tờ giấy trên tay bạn" in visible_text(page)
        marks = site.client.post(onward[1], data={"code": site.code}).text
        assert true_marks <= set(re.findall(r"<td>([^<]+)</td>", marks)), name
        assert "10,0" not in marks, name


def test_a_file_of_somebody_else_is_neither_ours_nor_called_false(site: Site) -> None:
    report = site.report(b"%PDF-1.4\nnothing of ours\n%%EOF\n")
    assert report["current_status"] == "not-checked"
    assert NOT_THE_ISSUED_FILE not in report["reasons"]  # type: ignore[operator] # a report of the contract has reasons


def test_the_api_says_of_a_link_what_the_page_says(site: Site) -> None:
    for document, status in ((site.standing, "valid"), (site.recalled, "revoked"), (site.superseded, "superseded")):
        members = site.client.get(f"{FILES}/{document.link_token}").json()
        assert (members["current_status"], members["file_sha256"]) == (status, document.head)
    assert members["successor"] == site.successor.link_token


def test_an_upload_leaves_nothing_in_the_data_directory(site: Site) -> None:
    def kept() -> set[str]:
        return {str(path) for path in site.service.settings.blobs.rglob("*")}

    before = kept()
    for forged in _forgeries(site).values():
        site.report(forged)
    assert kept() == before
