"""A transcript record becomes its document: a pure function, same input, same bytes."""

import json
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.records.transcript import TranscriptRecord
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
from signing_service.rendering.render_inputs import RenderInputs
from signing_service.rendering.thcs_form import printed_form
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_FORM: Final = "thcs-2021"
TEMPLATE: Final = f"{_FORM}/1"
"""Form and version; the version rises with every change that can change a byte of a document."""


def render_transcript(record: TranscriptRecord, link: PrintedLink, *, record_json: bytes) -> RenderedDocument:
    """Render the record with its link as an unsigned PDF/A-3a and PDF/UA-1 file with empty signature fields.

    Args:
        record: What the page shows; only forms that have a template (`thcs-2021`) can be rendered.
        link: Printed and encoded as a QR code.
        record_json: The canonical bytes of the same record, attached as `hoc-ba.json`.

    Raises:
        InvalidInputError: a printed text has a character the font cannot draw (`undrawable-character`), the form has no template
            (`form-without-template`), or the link is no short ASCII web address (`unprintable-link`).
        IntegrityError, UnavailableError: as `typeset` says.
    """
    form = record.transcript.form
    if form != _FORM:
        raise InvalidInputError(
            "form-without-template", vi=f"Chưa có mẫu in cho biểu mẫu '{form}'.", en=f"There is no template for the form '{form}'."
        )
    check_link(link)
    page = printed_form(record) | printed_link(link) | {"sizes": _sizes()}
    check_drawable(page)
    inputs = RenderInputs(template=TEMPLATE, typst=TYPST_VERSION, fonts=FONTS, link=link.url, short_code=link.short_code)
    typeset_pdf = typeset(
        _FORM,
        {
            "page": json.dumps(page, ensure_ascii=False),
            "record": record_json.decode(),
            "render": inputs.to_json().decode(),
            "qr": qr_svg(link.url),
        },
        moment=record.created_at,
        tagged=True,
    )
    pdf = with_signature_fields(typeset_pdf, _signature_fields(record))
    return RenderedDocument(pdf=pdf, sha256=sha256_of(pdf), template=TEMPLATE, typst_version=TYPST_VERSION, fonts=FONTS)


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
    sizes: dict[str, Printed] = {name: list(size) for name, size in FIELD_SIZES_MM.items()}
    sizes["seal-left"] = round(signature_width / 3 - seal_width, 3)
    sizes["seal-top"] = (signature_height - seal_height) / 2
    return sizes
