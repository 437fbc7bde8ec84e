"""The record inside the file: what a signer with a key could still slip in, and what is no record of ours."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing_service.errors import SigningServiceError
from signing_service.records.awards.canonical import award_bytes
from signing_service.records.canonical import canonical_bytes
from signing_service.records.kinds import DocumentKind
from signing_service.rendering.award_certificate import render_award_certificate
from signing_service.rendering.award_decision import render_award_decision
from signing_service.rendering.extract import render_extract
from signing_service.rendering.extract_form import CopyNote
from signing_service.signing.finish import finish
from signing_service.verification.pdf_graph import open_graph, resolve
from signing_service.verification.record import RecordFinding, look_at_record
from signing_service.verification.report import Indication, Rerendered
from signing_service.verification.verify import verify
from tests.award_factory import example_certificate_record, example_decision_record
from tests.pki_factory import example_pki
from tests.records_factory import example_record
from tests.rendering.documents import LINK
from tests.signing.case import ROLES, SigningCase, rendered


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return rendered()


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko gives it no types
    return out.getvalue()


def with_other_page(pdf: bytes) -> bytes:
    """What somebody with access adds before the first signature: all three signatures will cover it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.NameObject("/Rotate")] = generic.NumberObject(180)  # type: ignore[no-untyped-call]  # as above
    writer.update_container(page)
    return written(writer)


def test_the_record_is_read_and_gives_the_same_pages(unsigned: bytes) -> None:
    found = look_at_record(unsigned, open_graph(unsigned), None)
    assert found.reason is None
    assert found.report is not None
    assert (found.report.record_id, found.report.digest_ok) == (example_record().record_id, True)
    assert found.report.rerendered is Rerendered.EQUAL


def test_what_was_slipped_in_before_the_first_signature_is_found(unsigned: bytes) -> None:
    case = SigningCase(example_pki())
    head = with_other_page(unsigned)
    try:
        for role in ROLES:
            head = case.signed(head, role)
        head = finish(head, case.material(), case.pki.timestamper)
    except SigningServiceError:
        pytest.fail("signing refuses such a head now: then this test needs another way to make one")
    report = verify(head, name="a", anchors=(case.pki.root.certificate,), at=datetime.now(UTC))
    assert report.record is not None
    assert report.record.rerendered is Rerendered.DIFFERENT
    assert report.indication is Indication.INDETERMINATE


def test_a_record_that_is_not_canonical_is_not_ours(unsigned: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(unsigned))
    for specification in map(resolve, writer.root["/AF"]):
        stream = specification["/EF"]["/F"]
        if specification["/UF"] == "hoc-ba.json":
            specification["/EF"][generic.NameObject("/F")] = writer.add_object(generic.StreamObject(stream_data=stream.data + b" "))
            writer.update_container(specification["/EF"])
    changed = written(writer)
    found = look_at_record(changed, open_graph(changed), None)
    assert found.reason == "record-not-canonical"
    assert found.report is not None
    assert not found.report.digest_ok


def test_a_file_without_a_record_has_none(unsigned: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(unsigned))
    del writer.root["/AF"]
    writer.update_root()  # type: ignore[no-untyped-call]  # as above
    bare = written(writer)
    assert look_at_record(bare, open_graph(bare), None) == RecordFinding(None, None)


def a_decision() -> bytes:
    record = example_decision_record()
    return render_award_decision(record, LINK, record_json=award_bytes(record)).pdf


def a_certificate() -> bytes:
    record = example_certificate_record()
    return render_award_certificate(record, LINK, record_json=award_bytes(record)).pdf


def an_extract() -> bytes:
    note = CopyNote(body="Trường TH&THCS Suối Mẫu", place="Ea Mẫu", copied_at=datetime(2026, 7, 1, 3, 0, tzinfo=UTC))
    return render_extract(example_record(), LINK, note=note).pdf


@pytest.mark.parametrize(
    ("make", "kind", "rerendered"),
    [
        (a_decision, DocumentKind.AWARD_DECISION, Rerendered.EQUAL),
        (a_certificate, DocumentKind.AWARD_CERTIFICATE, Rerendered.EQUAL),
        (an_extract, DocumentKind.TRANSCRIPT_EXTRACT, Rerendered.NOT_TRIED),
    ],
    ids=["decision", "certificate", "extract"],
)
def test_every_kind_of_record_is_found_by_its_name(make: Callable[[], bytes], kind: DocumentKind, rerendered: Rerendered) -> None:
    pdf = make()
    found = look_at_record(pdf, open_graph(pdf), None)
    assert found.reason is None
    assert found.report is not None
    assert (found.report.kind, found.report.digest_ok, found.report.rerendered) == (kind, True, rerendered)
    assert found.sheets is None


def test_the_page_of_a_decision_is_compared_too() -> None:
    changed = with_other_page(a_decision())
    found = look_at_record(changed, open_graph(changed), None)
    assert found.reason == "record-differs-from-pages"


def test_two_records_in_one_file_contradict_each_other() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(a_certificate()))
    (specification, _) = map(resolve, writer.root["/AF"])
    transcript = generic.StreamObject(stream_data=canonical_bytes(example_record()))
    second = generic.DictionaryObject(specification)  # type: ignore[no-untyped-call]  # as above
    second[generic.NameObject("/UF")] = generic.pdf_string("hoc-ba.json")
    files = generic.DictionaryObject({generic.NameObject("/F"): writer.add_object(transcript)})  # type: ignore[no-untyped-call]  # as above
    second[generic.NameObject("/EF")] = files
    writer.root["/AF"].append(writer.add_object(second))
    writer.update_container(writer.root["/AF"])
    changed = written(writer)
    assert look_at_record(changed, open_graph(changed), None).reason == "record-not-alone"
