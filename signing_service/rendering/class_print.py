"""The transcripts of a class as one file to print: display copies (bản thể hiện), without fields and without signature value."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.printable import check_drawable
from signing_service.rendering.transcript import printed_page
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_TEMPLATE: Final = "class-print"
_VERSION: Final = 1


def render_class_print(records_with_links: Sequence[tuple[TranscriptRecord, PrintedLink]], *, printed_at: datetime) -> RenderedDocument:
    """Typeset display copies in the given order as one PDF/A-3a and PDF/UA-1 file with a bookmark for each pupil.

    Every page says that it is a display copy and where the signed original is to be checked; each transcript begins on the front of a
    leaf, so that both sides of the paper may be printed.

    Args:
        records_with_links: The transcripts of one class and year with their links, at least one.
        printed_at: Written into the file as its time of creation.

    Raises:
        InvalidInputError: there is nothing to print (`nothing-to-print`), or as `render_transcript` says.
        IntegrityError, UnavailableError: as `typeset` says.
    """
    if not records_with_links:
        raise InvalidInputError("nothing-to-print", vi="Lớp chưa có học bạ nào để in.", en="The class has no transcript to print.")
    pages = [printed_page(record, link, place=place, display_copy=True) for place, (record, link) in enumerate(records_with_links)]
    for place, page in enumerate(pages, start=1):
        page["bookmark"] = f"{place}. {records_with_links[place - 1][0].transcript.pupil.name}"
    first = records_with_links[0][0].transcript
    file = {
        "title": f"Học bạ lớp {first.class_name}, năm học {first.school_year} (bản thể hiện)",
        "description": "Bản thể hiện để in, không có giá trị thay bản ký số",
        "school": first.issuer.school_name,
    }
    check_drawable(list(file.values()))
    pdf = typeset(
        _TEMPLATE,
        {"forms": json.dumps(pages, ensure_ascii=False), "file": json.dumps(file, ensure_ascii=False)},
        moment=printed_at,
        tagged=True,
    )
    return RenderedDocument(
        pdf=pdf,
        sha256=sha256_of(pdf),
        template=f"{_TEMPLATE}/{_VERSION}",
        typst_version=TYPST_VERSION,
        fonts=FONTS,
        field_names=(),
    )
