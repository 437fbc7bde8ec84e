"""What is seen in a signature field: a person's signature in blue, an organisation's seal in red (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Each mark is a one-page PDF with a transparent ground, to be imported as the appearance of the signed field.
"""

import json
from datetime import UTC, datetime
from typing import Final

from signing_service.clock import VIETNAM
from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.rendering.document import COPY_FIELD, FIELD_SIZES_MM, SEAL_FIELD, TEACHER_FIELD
from signing_service.rendering.glyphs import undrawable_characters
from signing_service.rendering.pen_stroke import pen_stroke_svg
from signing_service.rendering.printable import check_drawable
from signing_service.rendering.typesetter import typeset

IMAGE_LIMIT_BYTES: Final = 300_000
"""The largest picture of a signature that is taken."""

_BLUE: Final = "#1b3a9c"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_NO_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A mark is a picture without a date of its own; the file format wants one."""


def render_signature_mark(
    person_name: str,
    *,
    width_mm: float = FIELD_SIZES_MM[TEACHER_FIELD][0],
    height_mm: float = FIELD_SIZES_MM[TEACHER_FIELD][1],
    image: bytes | None = None,
) -> bytes:
    """A signature as a one-page PDF: the person's own picture, or an invented pen line drawn from the name.

    Args:
        person_name: Shapes the invented line; it is not written out.
        width_mm: Width of the page; the mark keeps its proportions inside it.
        height_mm: Height of the page.
        image: A PNG with a transparent ground, at most `IMAGE_LIMIT_BYTES`.

    Raises:
        InvalidInputError: `image` is no readable PNG within the limit (`signature-image-unusable`).
    """
    if image is not None and not (image.startswith(_PNG) and len(image) <= IMAGE_LIMIT_BYTES):
        raise _unusable_image()
    mark = {
        "width": width_mm,
        "height": height_mm,
        "svg": pen_stroke_svg(person_name, colour=_BLUE),
        "png": None if image is None else list(image),
    }
    try:
        return typeset("signature-mark", {"mark": json.dumps(mark)}, moment=_NO_MOMENT, tagged=False)
    except IntegrityError:
        if image is None:
            raise
        raise _unusable_image() from None


def _unusable_image() -> InvalidInputError:
    return InvalidInputError(
        "signature-image-unusable",
        vi=f"Ảnh chữ ký phải là tệp PNG nền trong suốt, không quá {IMAGE_LIMIT_BYTES // 1000} kB.",
        en=f"The picture of the signature has to be a transparent PNG of at most {IMAGE_LIMIT_BYTES // 1000} kB.",
    )


def render_seal_mark(authority: str, school_name: str, *, diameter_mm: float = FIELD_SIZES_MM[SEAL_FIELD][0]) -> bytes:
    """A round red seal as a one-page PDF: the authority round the rim, the school in the middle, a star below.

    Args:
        authority: Whom the school belongs to, in any case of letters.
        school_name: The school as on its seal.
        diameter_mm: Outer diameter; the default is the real size.

    Raises:
        InvalidInputError: a name has a character the font cannot draw (`undrawable-character`).
    """
    bad = undrawable_characters(authority + school_name)
    if bad:
        named = ", ".join(f"U+{ord(character):04X}" for character in bad)
        raise InvalidInputError(
            "undrawable-character",
            vi=f"Không in được kí tự {named} trên con dấu; hãy sửa tên cơ quan hoặc tên trường.",
            en=f"The characters {named} cannot be drawn on the seal; correct the name of the authority or the school.",
        )
    mark = {"diameter": diameter_mm, "authority": authority.upper(), "school": school_name.upper()}
    return typeset("seal-mark", {"mark": json.dumps(mark)}, moment=_NO_MOMENT, tagged=False)


def render_copy_mark(kind: str, body: str, signed_at: datetime) -> bytes:
    """What stands in an extract's field once signed: kind of copy, copying body and time, black and without a picture.

    Nghị định 30/2020/NĐ-CP, Phụ lục I: size 10, time to the second in the zone of Vietnam by ISO 8601. The letters are those of the page.

    Args:
        kind: Such as `TRÍCH SAO`.
        body: The organisation that copies.
        signed_at: Aware; shown to the second.

    Raises:
        InvalidInputError: a name has a character the font cannot draw (`undrawable-character`).
    """
    check_drawable([kind, body])
    width, height = FIELD_SIZES_MM[COPY_FIELD]
    moment = signed_at.astimezone(VIETNAM).isoformat(timespec="seconds")
    mark = {"width": width, "height": height, "kind": kind, "body": body, "moment": moment}
    return typeset("copy-mark", {"mark": json.dumps(mark)}, moment=_NO_MOMENT, tagged=False)
