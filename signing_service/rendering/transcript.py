"""A transcript record becomes its document: a pure function, same input, same bytes."""

import json
from collections.abc import Sequence
from typing import Final

from signing_service.ids import sha256_of
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.attachments import Attachment, Relationship, attached_json
from signing_service.rendering.document import (
    FIELD_NAMES,
    FIELD_SIZES_MM,
    PRINCIPAL_FIELD,
    SEAL_FIELD,
    TEACHER_FIELD,
    PrintedLink,
    RenderedDocument,
)
from signing_service.rendering.fields import SignatureField, with_signature_fields
from signing_service.rendering.printable import Printed, check_drawable, check_link, printed_link
from signing_service.rendering.qr import qr_svg
from signing_service.rendering.render_inputs import RECORD_ATTACHMENT, RENDER_ATTACHMENT, AttachmentInputs, RenderInputs
from signing_service.rendering.transcript_forms import template_of, transcript_form
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_TEMPLATE: Final = "transcript"
_JSON: Final = "application/json"


def render_transcript(
    record: TranscriptRecord, link: PrintedLink, *, record_json: bytes, attachments: Sequence[Attachment] = ()
) -> RenderedDocument:
    """Render the record with its link as an unsigned PDF/A-3a and PDF/UA-1 file with empty signature fields.

    Args:
        record: What the page shows; the form that it names decides how.
        link: Printed and encoded as a QR code.
        record_json: The canonical bytes of the same record, attached as `hoc-ba.json`.
        attachments: Further associated files, such as the pupil's subject sheets. Typst lists all files by name.

    Raises:
        InvalidInputError: a printed text has a character the font cannot draw (`undrawable-character`), the form has no template
            (`form-without-template`), the record does not fit its form (`record-not-primary`, `record-not-secondary`), or the link is no
            short ASCII web address (`unprintable-link`).
        IntegrityError, UnavailableError: as `typeset` says.
    """
    template = template_of(record.transcript.form)
    page = printed_page(record, link, place=0, display_copy=False)
    inputs = RenderInputs(
        template=template,
        typst=TYPST_VERSION,
        fonts=FONTS,
        link=link.url,
        short_code=link.short_code,
        attachments=tuple(map(AttachmentInputs.of, attachments)),
    )
    carried = (
        Attachment(RECORD_ATTACHMENT, _JSON, record_json, Relationship.DATA, "Dữ liệu học bạ mà tệp này thể hiện"),
        Attachment(
            RENDER_ATTACHMENT,
            _JSON,
            inputs.to_json(),
            Relationship.SUPPLEMENT,
            "Mẫu, phông chữ và liên kết đã dùng để dàn trang tệp này",
        ),
        *attachments,
    )
    typeset_pdf = typeset(
        _TEMPLATE,
        {"page": json.dumps(page, ensure_ascii=False), "attached": attached_json(carried)},
        moment=record.created_at,
        tagged=True,
    )
    pdf = with_signature_fields(typeset_pdf, _signature_fields(record))
    return RenderedDocument(pdf=pdf, sha256=sha256_of(pdf), template=template, typst_version=TYPST_VERSION, fonts=FONTS)


def printed_page(record: TranscriptRecord, link: PrintedLink, *, place: int, display_copy: bool) -> dict[str, Printed]:
    """Everything that the templates print for one transcript.

    Args:
        record: What the page shows.
        link: Printed and encoded as a QR code.
        place: Which transcript of its file it is, from 0.
        display_copy: True prints a bản thể hiện, marked so on every page and without signature fields.

    Raises:
        InvalidInputError: as `render_transcript` says.
    """
    form = transcript_form(record.transcript.form)
    check_link(link)
    page = form.printed(record) | printed_link(link)
    check_drawable(page)
    return page | {"layout": form.layout, "place": place, "display-copy": display_copy, "sizes": _sizes(), "qr": qr_svg(link.url)}


def _signature_fields(record: TranscriptRecord) -> tuple[SignatureField, ...]:
    transcript = record.transcript
    return (
        SignatureField(TEACHER_FIELD, f"Chữ ký của giáo viên chủ nhiệm {transcript.homeroom_teacher.name}"),
        SignatureField(PRINCIPAL_FIELD, f"Chữ ký của người đứng đầu nhà trường {transcript.principal.name}"),
        SignatureField(SEAL_FIELD, f"Con dấu của {transcript.issuer.school_name}", locks=FIELD_NAMES),
    )


def _sizes() -> dict[str, Printed]:
    """Sizes for the template, and where the seal stands: over the left third of the principal's signature, centred on its height
    (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """  # noqa: D205 - the clause belongs to the sentence
    signature_width, signature_height = FIELD_SIZES_MM[PRINCIPAL_FIELD]
    seal_width, seal_height = FIELD_SIZES_MM[SEAL_FIELD]
    sizes: dict[str, Printed] = {name: list(FIELD_SIZES_MM[name]) for name in FIELD_NAMES}
    sizes["seal-left"] = round(signature_width / 3 - seal_width, 3)
    sizes["seal-top"] = (signature_height - seal_height) / 2
    return sizes
