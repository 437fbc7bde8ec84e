"""Whatever somebody uploads, there is an answer, soon, and never a yes."""

import resource
import time
from collections.abc import Iterator

import pytest

from signing_service.errors import SigningServiceError
from signing_service.verification.report import Indication
from signing_service.verification.verify import verify
from tests.verification.conftest import Issued
from tests.verification.hostile import HOSTILE

SECONDS = 20
MEMORY = 3 * 1024**3


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    """A bomb must not take the machine along."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


NOT_PDF = {
    "empty": b"",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "zip": b"PK\x03\x04" + bytes(2000),
    "html": b"<!doctype html><title>hoc ba</title>" + b"x" * 2000,
    "header-too-late": b" " * 1024 + b"%PDF-1.7\n",
}


@pytest.mark.parametrize("kind", NOT_PDF)
def test_what_is_no_pdf_is_refused_by_name(issued: Issued, kind: str) -> None:
    with pytest.raises(SigningServiceError) as refused:
        verify(NOT_PDF[kind], name="tep", anchors=issued.anchors, at=issued.at)
    assert refused.value.code == "not-a-pdf"


BARE = {
    "header-only": b"%PDF-1.7\n",
    "header-and-nothing": b"%PDF-1.7\n" + bytes(5000),
    "header-and-noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "startxref-nowhere": b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF\n",
    "startxref-at-itself": b"%PDF-1.7\nstartxref\n9\n%%EOF\n",
    "trailer-without-root": b"%PDF-1.7\nxref\n0 0\ntrailer\n<< /Size 0 >>\nstartxref\n9\n%%EOF\n",
}


@pytest.mark.parametrize("kind", BARE)
def test_damaged_file_gets_a_report(issued: Issued, kind: str) -> None:
    report = verify(BARE[kind], name="tep", anchors=issued.anchors, at=issued.at)
    assert report.indication is not Indication.TOTAL_PASSED
    assert report.signatures == ()


SHOWN_AS_SIGNED = {"updates-after-signing-90", "store-of-one-certificate-often", "store-of-many-certificates", "comments-within"}
"""A burden, but every viewer shows what was signed."""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_file_gets_an_answer_in_time(issued: Issued, kind: str) -> None:
    pdf = HOSTILE[kind](issued.pdf)
    start = time.monotonic()
    report = verify(pdf, name="hoc-ba.pdf", anchors=issued.anchors, at=issued.at)
    assert time.monotonic() - start < SECONDS
    assert report.indication is not Indication.TOTAL_PASSED or kind in SHOWN_AS_SIGNED
