"""A certificate (giấy khen, giấy chứng nhận danh hiệu) becomes its framed page: a pure function, same input, same bytes."""

from typing import Final

from signing_service.records.awards.certificate import AwardCertificate, AwardCertificateRecord, Recipient
from signing_service.rendering.award_page import AwardForm, printed_head, render_award, written_date
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.printable import Printed

CERTIFICATE_FORM: Final = AwardForm("giay-khen-2023", 1, template="award-certificate", record_name="giay-khen.json")
"""The page of NĐ 98/2023, Điều 104: A4, landscape."""


def render_award_certificate(record: AwardCertificateRecord, link: PrintedLink, *, record_json: bytes) -> RenderedDocument:
    """Render a certificate with its link as an unsigned PDF/A-3a and PDF/UA-1 file with the fields `NGUOI_KY` and `DAU_CO_QUAN`.

    Args:
        record: What the page shows.
        link: Printed and encoded as a QR code.
        record_json: The canonical bytes of the same record, attached as `giay-khen.json`.

    Raises:
        InvalidInputError, IntegrityError, UnavailableError: as `render_award` says.
    """
    certificate = record.certificate
    return render_award(
        CERTIFICATE_FORM,
        printed_certificate(certificate),
        link,
        form_name=certificate.form,
        record_json=record_json,
        created_at=record.created_at,
    )


def printed_certificate(certificate: AwardCertificate) -> dict[str, Printed]:
    """The page, entry by entry: decision number, its date and the golden-book number stand in the order of Điều 104."""
    recipient, award = certificate.recipient, certificate.award
    named = " ".join(part for part in (recipient.salutation, recipient.name) if part)
    reason = [award.achievement]
    if award.campaign:
        reason.append(f"Phong trào, chuyên đề: “{award.campaign}”")
    if certificate.school_year:
        reason.append(f"Năm học {certificate.school_year.replace('-', ' – ')}")
    decided = written_date(certificate.decision_dated)
    return printed_head(certificate.authority, certificate.signatory, certificate.decision_dated) | {
        "title": f"{award.title_name}: {named}",
        "description": f"{certificate.heading} {award.title_name}, Quyết định số {certificate.decision_number}",
        "heading": certificate.heading,
        "award": award.title_name,
        "recipient": named,
        "recipient-lines": _recipient_lines(recipient),
        "reason": list[Printed](reason),
        "decision-lines": [
            f"Quyết định số {certificate.decision_number}",
            decided[0].upper() + decided[1:],
            f"Số sổ vàng: {certificate.golden_book_number:02}",
        ],
    }


def _recipient_lines(recipient: Recipient) -> list[Printed]:
    line = ", ".join(part for part in (recipient.position, recipient.unit) if part)
    return [line] if line else []
