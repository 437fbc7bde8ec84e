import io
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from asn1crypto import keys, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing_service.errors import InvalidInputError
from signing_service.rendering.document import FIELD_SIZES_MM
from signing_service.rendering.marks import IMAGE_LIMIT_BYTES, render_seal_mark, render_signature_mark
from tests.rendering.documents import example_document
from tests.verapdf import validate

AUTHORITY = "Sở Giáo dục và Đào tạo Đắk Lắk"
SCHOOL = "Trường TH&THCS Suối Mẫu"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page, drawn on nothing."""

    size_mm: tuple[float, float]
    pixels: Image.Image

    @property
    def colours(self) -> set[tuple[int, int, int]]:
        """Colours that are fully painted."""
        pixels = self.pixels.tobytes()
        return {(pixels[i], pixels[i + 1], pixels[i + 2]) for i in range(0, len(pixels), 4) if pixels[i + 3] > 200}

    @property
    def covered(self) -> float:
        """The painted part of the page."""
        alphas = self.pixels.getchannel("A").tobytes()
        return sum(alpha > 100 for alpha in alphas) / len(alphas)


def _look(pdf: bytes) -> Picture:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    width, height = document[0].get_size()
    drawn = document[0].render(scale=3, fill_color=(255, 255, 255, 0), maybe_alpha=True).to_pil().convert("RGBA")
    document.close()
    return Picture((width * 25.4 / 72, height * 25.4 / 72), drawn)


def _png(size: tuple[int, int] = (200, 80)) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste((20, 40, 160, 255), (20, 30, 180, 40))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("image", [None, _png()], ids=["invented", "own picture"])
def test_a_signature_is_blue_on_nothing_and_as_large_as_its_field(image: bytes | None) -> None:
    picture = _look(render_signature_mark("H'Mẫu Niê Kđăm", image=image))
    assert picture.size_mm == pytest.approx(FIELD_SIZES_MM["GVCN"], abs=0.1)
    assert 0.01 < picture.covered < 0.3
    assert all(blue > red and blue > green for red, green, blue in picture.colours)


def test_a_seal_is_red_on_nothing_and_thirty_six_millimetres_wide() -> None:
    picture = _look(render_seal_mark(AUTHORITY, SCHOOL))
    assert picture.size_mm == pytest.approx((36, 36), abs=0.1)
    assert 0.1 < picture.covered < 0.5
    assert all(red > green and red > blue for red, green, blue in picture.colours)


def test_an_invented_signature_depends_on_the_name_alone() -> None:
    names = ("H'Mẫu Niê Kđăm", "Trần Thị Nguyên Mẫu", "")
    drawn = [render_signature_mark(name) for name in names]
    assert len(set(drawn)) == len(names)
    assert [render_signature_mark(name) for name in names] == drawn


def test_an_invented_signature_does_not_write_the_name() -> None:
    assert pypdf.PdfReader(io.BytesIO(render_signature_mark("Trần Thị Nguyên Mẫu"))).pages[0].extract_text() == ""


@pytest.mark.parametrize(
    ("authority", "school"),
    [
        (AUTHORITY, SCHOOL),
        ("Ủy ban nhân dân xã Ea Mẫu, tỉnh Đắk Lắk " * 3, "Trường Phổ thông Dân tộc Nội trú Trung học cơ sở Mẫu " * 4),
        ("X", "Y"),
    ],
    ids=["usual", "very long", "very short"],
)
def test_names_of_any_length_stay_inside_the_seal(authority: str, school: str) -> None:
    picture = _look(render_seal_mark(authority, school)).pixels
    centre, radius = picture.width / 2, picture.width / 2
    outside = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if (x - centre) ** 2 + (y - centre) ** 2 > (radius + 1) ** 2 and picture.getpixel((x, y))[3] > 0  # type: ignore[index] # RGBA
    ]
    assert outside == []


def test_a_seal_names_school_and_authority() -> None:
    text = pypdf.PdfReader(io.BytesIO(render_seal_mark(AUTHORITY, SCHOOL))).pages[0].extract_text()
    assert "SUỐI MẪU" in text


def test_a_name_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"undrawable-character.*U\+2013C"):
        render_seal_mark(AUTHORITY, "Trường 𠄼")


def test_pictures_that_are_no_png_within_the_limit_are_refused() -> None:
    broken = bytearray(_png())
    broken[60] ^= 0xFF
    jpeg = io.BytesIO()
    Image.new("RGB", (10, 10)).save(jpeg, "JPEG")
    padding = b"\x00" * IMAGE_LIMIT_BYTES
    too_large = _png() + len(padding).to_bytes(4, "big") + b"paDd" + padding + zlib.crc32(b"paDd" + padding).to_bytes(4, "big")
    for image in (b"", b"\x89PNG\r\n\x1a\n", bytes(broken), jpeg.getvalue(), too_large):
        with pytest.raises(InvalidInputError, match="signature-image-unusable"):
            render_signature_mark("Mẫu", image=image)


def _signer() -> SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    name = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, "Người ký Mẫu")])
    certificate = (
        cx509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call] # pyHanko gives it no types
    )


def _page(file: Path) -> ImportedPdfPage:
    return ImportedPdfPage(str(file))  # type: ignore[no-untyped-call] # pyHanko gives it no types


def test_a_file_signed_with_the_marks_still_passes_both_profiles(tmp_path: Path) -> None:
    marks = {
        "GVCN": render_signature_mark("H'Mẫu Niê Kđăm"),
        "HT": render_signature_mark("Mẫu", image=_png()),
        "DAU": render_seal_mark(AUTHORITY, SCHOOL),
    }
    pdf = example_document().pdf
    signer = _signer()
    for name, mark in marks.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(mark)
        style = StaticStampStyle(border_width=0, background=_page(file), background_opacity=1)
        metadata = PdfSignatureMetadata(field_name=name, md_algorithm="sha256", certify=name == "GVCN")
        signed = PdfSigner(metadata, signer, stamp_style=style).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True
        )
        pdf = signed.getvalue()
        assert validate(pdf) == {"3a": [], "ua1": []}
    assert pdf.startswith(example_document().pdf)
