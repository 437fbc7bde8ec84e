import io
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.slips import Slip, render_slips
from tests.rendering.documents import text_of
from tests.verapdf import validate

NOON = datetime(2026, 5, 29, 5, 0, tzinfo=UTC)
DIGEST_OF_THE_CLASS = "8e9c69ca7a787c19e5949b4ceffb598d26640382a6b8447f807226e0b36fdb0a"
CLASS_SIZE = 45
SLIP_HEIGHT = 297 / 4 * 72 / 25.4
UPPER_HALF = 44.5 * 72 / 25.4
COLUMN = 105 * 72 / 25.4


def _slip(number: int) -> Slip:
    return Slip(
        school="Trường TH&THCS Suối Mẫu",
        class_name="7A",
        pupil=f"Y Blŏ Mẫu Niê Kđăm {number}",
        school_year="2025-2026",
        link=PrintedLink(f"https://hocba.example/v/0123456789abcdefghjkmnpqrstvwx{number:02}", ShortCode(f"7KQ2-M9XD-4T{number:02}")),
        access_code=f"ACCE-55{number:02}",
    )


CLASS = tuple(_slip(number) for number in range(CLASS_SIZE))


@lru_cache(maxsize=1)
def _class_document() -> RenderedDocument:
    return render_slips(CLASS, created_at=NOON)


def test_verapdf_passes_both_profiles() -> None:
    assert validate(_class_document().pdf) == {"3a": [], "ua1": []}


def test_a_class_of_45_takes_six_pages_of_a4() -> None:
    pages = pypdf.PdfReader(io.BytesIO(_class_document().pdf)).pages
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages] == [(595, 842)] * 6


def test_the_same_slips_are_the_same_bytes() -> None:
    assert render_slips(CLASS, created_at=NOON).pdf == _class_document().pdf
    assert _class_document().template == "slips/1"
    assert _class_document().field_names == ()
    assert _class_document().sha256 == DIGEST_OF_THE_CLASS, "the sheet changes its bytes: raise the version in SLIPS_TEMPLATE"


def test_every_code_on_every_page_leads_to_its_link() -> None:
    pdf = pypdfium2.PdfDocument(_class_document().pdf)
    read = [code.text for page in pdf for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())]
    pdf.close()
    assert sorted(read) == sorted(slip.link.url for slip in CLASS)


def test_a_cheap_printer_needs_no_colour() -> None:
    pdf = pypdfium2.PdfDocument(_class_document().pdf)
    red, green, blue = pdf[0].render(scale=1).to_pil().convert("RGB").split()
    pdf.close()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def _halves(pdf: bytes, place: int) -> tuple[str, str]:
    """What stands above and below the perforation of a slip."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[place // 8]
    text_page = page.get_textpage()
    left = (place % 2) * COLUMN
    top = page.get_height() - (place % 8) // 2 * SLIP_HEIGHT
    upper = text_page.get_text_bounded(left, top - UPPER_HALF, left + COLUMN, top)
    lower = text_page.get_text_bounded(left, top - SLIP_HEIGHT, left + COLUMN, top - UPPER_HALF)
    text_page.close()
    page.close()
    document.close()
    return " ".join(upper.split()), " ".join(lower.split())


@pytest.mark.parametrize("place", [0, 1, 6, 7, 8, 44])
def test_only_the_half_to_tear_off_carries_the_access_code(place: int) -> None:
    slip = CLASS[place]
    upper, lower = _halves(_class_document().pdf, place)
    for part in (slip.school, slip.pupil, "Lớp 7A · Năm học 2025 – 2026", slip.link.short_code, "https://hocba.example"):
        assert part in upper
    assert "ACCE" not in upper
    assert slip.access_code in lower
    assert slip.pupil in lower
    assert slip.link.short_code not in lower
    assert "hocba.example" not in lower


def test_an_access_code_stands_once_on_paper_and_nowhere_in_the_metadata() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_class_document().pdf))
    text = text_of(_class_document().pdf)
    assert all(text.count(slip.access_code) == 1 for slip in CLASS)
    # Text on the page is drawn glyph by glyph; a code in clear bytes would stand in metadata, outline, links or alternative texts.
    objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    assert not any("ACCE" in repr(item) for item in objects)
    assert reader.xmp_metadata is not None
    assert b"ACCE" not in reader.xmp_metadata.stream.get_data()
    assert "ACCE" not in repr(reader.metadata)


def test_the_value_does_not_show_its_code() -> None:
    assert CLASS[0].access_code not in repr(CLASS[0])


@pytest.mark.parametrize("code", ["", "ACCE-550", "ACCE5500", "acce-5500", "ACCI-5500", "ACCE-5500\n", "SECR-EU00"])
def test_a_code_of_another_form_is_refused_without_being_quoted(code: str) -> None:
    with pytest.raises(InvalidInputError, match="access-code-form") as refused:
        render_slips([replace(CLASS[0], access_code=code)], created_at=NOON)
    assert not code or code not in str(refused.value) + refused.value.vi


def test_twelve_characters_in_groups_are_fine() -> None:
    _, lower = _halves(render_slips([replace(CLASS[0], access_code="ACCE-5500-WXYZ")], created_at=NOON).pdf, 0)
    assert "ACCE-5500-WXYZ" in lower


def test_no_slips_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="no-slips"):
        render_slips([], created_at=NOON)


def test_undrawable_characters_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="undrawable-character"):
        render_slips([replace(CLASS[0], pupil="Mẫu 😀")], created_at=NOON)


WORDS = st.lists(st.sampled_from(("Mẫu", "Ƀkrông", "Nguyễn", "Kư̆", "Ê̆ng", "W" * 40, "THCS")), min_size=1, max_size=20).map(" ".join)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(name=WORDS, school=WORDS, class_name=WORDS)
def test_long_names_stay_within_their_half(name: str, school: str, class_name: str) -> None:
    slips = [replace(slip, pupil=name, school=school, class_name=class_name) for slip in CLASS[:8]]
    pdf = render_slips(slips, created_at=NOON).pdf
    for place in (0, 7):
        upper, lower = _halves(pdf, place)
        packed = "".join(upper.split())
        assert packed.startswith("".join(school.split()))
        assert "".join(name.split()) in packed
        assert upper.endswith("enter the code.")
        assert "".join(lower.split()).startswith("Mãmởđiểm" + slips[place].access_code + "".join(name.split()) + ",lớp")
        assert lower.endswith("mã cũ hết hiệu lực ngay.")
