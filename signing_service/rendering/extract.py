"""An extract (trích sao) of one transcript becomes its document: a pure function, signed by the organisation that copies."""

import json
from typing import Final

from signing_service.ids import sha256_of
from signing_service.records.jcs import canonical_json
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.attachments import Attachment, Relationship, attached_json
from signing_service.rendering.document import COPY_FIELD, FIELD_SIZES_MM, PrintedLink, RenderedDocument
from signing_service.rendering.extract_form import CopyNote, extract_data, printed_extract
from signing_service.rendering.fields import SignatureField, with_signature_fields
from signing_service.rendering.printable import Printed, check_drawable, check_link, printed_link
from signing_service.rendering.qr import qr_svg
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

EXTRACT_ATTACHMENT: Final = "trich-sao.json"
"""Name of the associated file with the extract's data in canonical JSON."""

_TEMPLATE: Final = "extract"
_VERSION: Final = 1


def render_extract(record: TranscriptRecord, link: PrintedLink, *, note: CopyNote) -> RenderedDocument:
    """Render an extract as an unsigned PDF/A-3a and PDF/UA-1 file with one empty field, `CO_QUAN_SAO`, top right on page 1.

    The field's place follows Nghị định 30/2020/NĐ-CP, Phụ lục I: an electronic copy shows no picture of a seal, only the kind of copy, the
    copying body and the time (`render_copy_mark`).

    Args:
        record: The issued record; personal fields never reach the file.
        link: The extract's own link, not that of the transcript.
        note: Who copies, and when; the file's time of creation.

    Raises:
        InvalidInputError: `undrawable-character`, `unprintable-link`, or the record holds no year (`record-not-primary`,
            `record-not-secondary`).
        IntegrityError, UnavailableError: as `typeset` says.
    """
    check_link(link)
    printed = printed_extract(record, note)
    check_drawable(printed)
    sizes: dict[str, Printed] = {COPY_FIELD: list(FIELD_SIZES_MM[COPY_FIELD])}
    page = printed | printed_link(link) | {"display-copy": False, "sizes": sizes, "qr": qr_svg(link.url)}
    data = Attachment(
        EXTRACT_ATTACHMENT,
        "application/json",
        canonical_json(extract_data(record, note, printed)),
        Relationship.DATA,
        "Dữ liệu của bản trích sao mà tệp này thể hiện",
    )
    typeset_pdf = typeset(
        _TEMPLATE,
        {"page": json.dumps(page, ensure_ascii=False), "attached": attached_json((data,))},
        moment=note.copied_at,
        tagged=True,
    )
    pdf = with_signature_fields(typeset_pdf, (SignatureField(COPY_FIELD, f"Chữ ký số của cơ quan sao {note.body}", locks=(COPY_FIELD,)),))
    return RenderedDocument(
        pdf=pdf,
        sha256=sha256_of(pdf),
        template=f"{_TEMPLATE}/{_VERSION}",
        typst_version=TYPST_VERSION,
        fonts=FONTS,
        field_names=(COPY_FIELD,),
    )
