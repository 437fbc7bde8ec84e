"""The record inside the file: what a signer with a key could still slip in, and what is no record of ours."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing_service.errors import SigningServiceError
from signing_service.signing.finish import finish
from signing_service.verification.pdf_graph import open_graph, resolve
from signing_service.verification.record import RecordFinding, look_at_record
from signing_service.verification.report import Indication, Rerendered
from signing_service.verification.verify import verify
from tests.pki_factory import example_pki
from tests.records_factory import example_record
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
