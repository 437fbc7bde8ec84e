"""The slips that a school hands out: eight on a sheet, each with a half to tear off that alone carries the access code."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.printable import Printed, check_drawable, check_link, printed_link
from signing_service.rendering.qr import qr_svg
from signing_service.rendering.typesetter import FONTS, TYPST_VERSION, typeset

_FORM: Final = "slips"
SLIPS_TEMPLATE: Final = f"{_FORM}/1"
"""Form and version of the sheet."""

_ACCESS_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){1,3}")
"""Crockford base32 in groups of four: 40 bits at least, 80 at most."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What one family receives."""

    school: str
    class_name: str
    pupil: str
    school_year: str
    """Such as `2025-2026`."""
    link: PrintedLink
    access_code: str = field(repr=False)
    """`XXXX-XXXX`, Crockford base32; it stands on the half to tear off and nowhere else in the file."""


def render_slips(slips: Sequence[Slip], *, created_at: datetime) -> RenderedDocument:
    """Typeset the slips in their order as a tagged PDF/A-3a and PDF/UA-1 file, eight on an A4 page, legible in black and white.

    The file holds access codes: it is printed and then forgotten, never stored with the documents.

    Args:
        slips: At least one.
        created_at: Written into the file as its time of creation.

    Raises:
        InvalidInputError: no slip (`no-slips`), an access code of another form (`access-code-form`), or as `check_link` and
            `check_drawable` say; no message quotes a code.
        IntegrityError, UnavailableError: as `typeset` says.
    """
    if not slips:
        raise InvalidInputError("no-slips", vi="Không có phiếu nào để in.", en="There is no slip to print.")
    page: dict[str, Printed] = {"slips": [_printed(slip) for slip in slips]}
    check_drawable(page)
    pdf = typeset(_FORM, {"page": json.dumps(page, ensure_ascii=False)}, moment=created_at, tagged=True)
    return RenderedDocument(
        pdf=pdf, sha256=sha256_of(pdf), template=SLIPS_TEMPLATE, typst_version=TYPST_VERSION, fonts=FONTS, field_names=()
    )


def _printed(slip: Slip) -> Printed:
    check_link(slip.link)
    if not _ACCESS_CODE.fullmatch(slip.access_code):
        raise InvalidInputError(
            "access-code-form",
            vi="Mã mở điểm không đúng dạng XXXX-XXXX; hãy cấp lại mã.",
            en="An access code is not of the form XXXX-XXXX; draw it again.",
        )
    parts = urlsplit(slip.link.url)
    return printed_link(slip.link) | {
        "school": slip.school,
        "class-name": slip.class_name,
        "pupil": slip.pupil,
        "school-year": slip.school_year.replace("-", " – "),
        "site": f"{parts.scheme}://{parts.netloc}",
        "qr": qr_svg(slip.link.url),
        "access-code": slip.access_code,
    }
