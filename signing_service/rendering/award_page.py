"""What a decision and a certificate have in common: how dates are written, the fields, the attachments, the way to a file."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.records.awards.authority import IssuingAuthority, Signatory
from signing_service.rendering.attachments import Attachment, Relationship, attached_json
from signing_service.rendering.document import (
    AUTHORITY_FIELD,
    AWARD_FIELD_NAMES,
    FIELD_SIZES_MM,
    OFFICE_SEAL_FIELD,
    PrintedLink,
    RenderedDocument,
)
from signing_service.rendering.fields import SignatureField, with_signature_fields
from signing_service.rendering.printable import Printed, check_drawable, check_link, printed_link
from signing_service.rendering.qr import qr_svg
from signing_service.rendering.render_inputs import RENDER_ATTACHMENT, RenderInputs
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_JSON: Final = "application/json"
_LAST_PADDED_MONTH: Final = 2


@dataclass(frozen=True, slots=True)
class AwardForm:
    """One dated form of a page, and the record that the file carries."""

    name: str
    """Identifier in the record, such as `giay-khen-2023`."""
    version: int
    """Rises with every change that can change a byte of a document."""
    template: str
    record_name: str
    """Name of the attached canonical record."""

    @property
    def identifier(self) -> str:
        """Form and version as `RenderedDocument.template` has them."""
        return f"{self.name}/{self.version}"


def written_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days below 10 and the months 1 and 2 take a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4)."""
    month = f"{day.month:02}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def printed_head(authority: IssuingAuthority, signatory: Signatory, dated: date) -> dict[str, Printed]:
    """The parts of a page that the office and the person who signs decide."""
    return {
        "authority-name": authority.name,
        "authority-title": authority.head_title,
        "place-and-date": f"{authority.place_of_issue}, {written_date(dated)}",
        "signing-lines": list(signatory.signing_lines),
        "signer": signatory.name,
    }


def render_award(
    form: AwardForm,
    page: dict[str, Printed],
    link: PrintedLink,
    *,
    form_name: str,
    record_json: bytes,
    created_at: datetime,
) -> RenderedDocument:
    """Typeset a page of an award as an unsigned PDF/A-3a and PDF/UA-1 file with empty fields for the authority and the seal.

    Raises:
        InvalidInputError: as `check_link` and `check_drawable` say, or the record names another form (`form-without-template`).
        IntegrityError, UnavailableError: as `typeset` says.
    """
    if form_name != form.name:
        raise InvalidInputError(
            "form-without-template",
            vi=f"Chưa có mẫu in cho biểu mẫu '{form_name}'.",
            en=f"There is no template for the form '{form_name}'.",
        )
    check_link(link)
    page = page | printed_link(link)
    check_drawable(page)
    inputs = RenderInputs(template=form.identifier, typst=TYPST_VERSION, fonts=FONTS, link=link.url, short_code=link.short_code)
    carried = (
        Attachment(form.record_name, _JSON, record_json, Relationship.DATA, "Dữ liệu khen thưởng mà tệp này thể hiện"),
        Attachment(
            RENDER_ATTACHMENT, _JSON, inputs.to_json(), Relationship.SUPPLEMENT, "Mẫu, phông chữ và liên kết đã dùng để dàn trang tệp này"
        ),
    )
    typeset_pdf = typeset(
        form.template,
        {
            "page": json.dumps(page | {"sizes": _sizes(), "qr": qr_svg(link.url)}, ensure_ascii=False),
            "attached": attached_json(carried),
        },
        moment=created_at,
        tagged=True,
    )
    pdf = with_signature_fields(
        typeset_pdf,
        (
            SignatureField(AUTHORITY_FIELD, f"Chữ ký của người có thẩm quyền {page['signer']}"),
            SignatureField(OFFICE_SEAL_FIELD, f"Con dấu của {page['authority-name']}", locks=AWARD_FIELD_NAMES),
        ),
    )
    return RenderedDocument(
        pdf=pdf,
        sha256=sha256_of(pdf),
        template=form.identifier,
        typst_version=TYPST_VERSION,
        fonts=FONTS,
        field_names=AWARD_FIELD_NAMES,
    )


def _sizes() -> dict[str, Printed]:
    """Sizes of the fields; the seal covers the left third of the signature (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    signature_width, signature_height = FIELD_SIZES_MM[AUTHORITY_FIELD]
    seal_width, seal_height = FIELD_SIZES_MM[OFFICE_SEAL_FIELD]
    sizes: dict[str, Printed] = {name: list(FIELD_SIZES_MM[name]) for name in AWARD_FIELD_NAMES}
    sizes["seal-left"] = round(signature_width / 3 - seal_width, 3)
    sizes["seal-top"] = (signature_height - seal_height) / 2
    return sizes
