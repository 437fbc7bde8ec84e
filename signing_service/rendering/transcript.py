"""A transcript record becomes its document: a pure function, same input, same bytes."""

import json
from collections.abc import Iterator
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
from signing_service.rendering.glyphs import undrawable_characters
from signing_service.rendering.qr import qr_svg
from signing_service.rendering.render_inputs import RenderInputs
from signing_service.rendering.thcs_form import Printed, printed_form
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_FORM: Final = "thcs-2021"
TEMPLATE: Final = f"{_FORM}/1"
"""Form and version; the version rises with every change that can change a byte of a document."""

_LINK_LIMIT: Final = 120


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
    _check_link(link)
    page = printed_form(record) | _printed_link(link) | {"sizes": _sizes()}
    _check_drawable(page)
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


def _check_link(link: PrintedLink) -> None:
    address = link.url
    if not (address.startswith(("https://", "http://")) and address.isascii() and address.isprintable() and len(address) <= _LINK_LIMIT):
        raise InvalidInputError(
            "unprintable-link",
            vi=f"Liên kết kiểm tra phải là địa chỉ web chữ ASCII, dài không quá {_LINK_LIMIT} kí tự.",
            en=f"The verification link has to be an ASCII web address of at most {_LINK_LIMIT} characters.",
        )


def _printed_link(link: PrintedLink) -> dict[str, Printed]:
    return {"url": link.url, "short-code": link.short_code}


def _texts(printed: Printed, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(printed, str):
        yield place, printed
    elif isinstance(printed, list):
        for number, item in enumerate(printed, start=1):
            yield from _texts(item, f"{place}/{number}")
    elif isinstance(printed, dict):
        for name, item in printed.items():
            yield from _texts(item, f"{place}/{name}")


def _check_drawable(page: dict[str, Printed]) -> None:
    for place, text in _texts(page):
        bad = undrawable_characters(text)
        if bad:
            named = ", ".join(f"U+{ord(character):04X}" for character in bad)
            raise InvalidInputError(
                "undrawable-character",
                vi=f"Không in được kí tự {named} ở mục {place}; hãy sửa lại trong dữ liệu gốc.",
                en=f"The characters {named} at {place} cannot be drawn; correct them in the source data.",
            )
