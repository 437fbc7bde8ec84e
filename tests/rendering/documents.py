"""The example document that these tests look at, and the ways they look into it."""

import io
from functools import lru_cache

import pypdf

from signing_service.ids import ShortCode
from signing_service.records.canonical import canonical_bytes
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.transcript import render_transcript
from tests.records_factory import example_record

LINK = PrintedLink(url="https://hocba.example/v/0123456789abcdefghjkmnpqrstvwxyz", short_code=ShortCode("7KQ2-M9XD-4TBW"))
RECORD_JSON = canonical_bytes(example_record())


@lru_cache(maxsize=1)
def example_document() -> RenderedDocument:
    return render_transcript(example_record(), LINK, record_json=RECORD_JSON)


def text_of(pdf: bytes) -> str:
    """All text in reading order, one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
