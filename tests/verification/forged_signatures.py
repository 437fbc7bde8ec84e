"""Attacks by somebody who has a key: an outsider with a certificate of his own, or, when the caller trusts him, a signer who cheats.

The values here are sound signatures; what is wrong is what they cover, or what they show.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import cms, keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf.generic import ArrayObject

from tests.verification.updates import name, opened, revision_ends, spelled, stream

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(rb"/Contents <([0-9a-fA-F]{2000,})>")


@dataclass(frozen=True, slots=True)
class Attacker:
    """A key and a certificate that nobody issued to him."""

    signer: SimpleSigner
    certificate: bytes


def private_key_of(key: ec.EllipticCurvePrivateKey) -> keys.PrivateKeyInfo:
    """A key as pyHanko wants it."""
    return keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


@cache
def attacker() -> Attacker:
    """One attacker for the whole run: making keys is not what is tested."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Kẻ Giả Mạo")])
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(LONG_AGO)
        .not_valid_after(LONG_AGO + timedelta(days=3650))
        .add_extension(certificates.KeyUsage(False, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=private_key_of(key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call] # pyHanko gives it no types
    )
    return Attacker(signer, certificate)


def signed_by_attacker(pdf: bytes, field: str, box: tuple[int, int, int, int] | None = None) -> bytes:
    """`pdf` with one more approval signature; into a new field when `box` is given, else into an empty field or an invisible new one."""
    out = BytesIO()
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    spec = SigFieldSpec(field, box=box, on_page=0) if box else None
    style = TextStampStyle(stamp_text="9,9") if box else None
    PdfSigner(metadata, attacker().signer, stamp_style=style, new_field_spec=spec).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=out
    )
    return out.getvalue()


def sneaky_signature_over_the_marks(pdf: bytes) -> bytes:
    """A later signature whose picture lies over the marks."""
    return signed_by_attacker(pdf, "PHU", (60, 300, 540, 600))


def unsigned(pdf: bytes) -> bytes:
    """The draft under the signatures: an attacker may prepare it and sign it himself."""
    return pdf[: revision_ends(pdf)[0]]


def with_text_field(pdf: bytes, value: bytes, shown: bytes) -> bytes:
    """A draft with one text field, signed by the attacker, and the field as it was then."""
    draft = opened(unsigned(pdf))
    number, page = draft.page()
    page[name("/Annots")] = ArrayObject([*draft.array(page, "/Annots"), draft.pointer(draft.size)])
    catalog, form = draft.catalog, draft.form
    form[name("/Fields")] = ArrayObject([*draft.array(form, "/Fields"), draft.pointer(draft.size)])
    catalog[name("/AcroForm")] = form
    objects = {number: spelled(page), draft.root: spelled(catalog), **_text_field(draft.size, number, value, shown)}
    return signed_by_attacker(draft.updated(objects), "GVCN")


def text_field_changed(pdf: bytes, value: bytes, shown: bytes) -> bytes:
    """A later revision gives the field of `with_text_field` a value and a picture."""
    signed = opened(with_text_field(pdf, b"loi mau", b"(loi mau)"))
    number, _ = signed.field("ghichu")
    return signed.updated(_text_field(number, signed.page()[0], value, shown))


def _text_field(number: int, page: int, value: bytes, shown: bytes) -> dict[int, bytes]:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (ghichu) /V (%s) /Rect [60 20 200 40] /F 4 /P %d 0 R /AP << /N %d 0 R >> >>"
    picture = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 140 20]", b"/Tx BMC BT /F 9 Tf " + shown + b" Tj ET EMC")
    return {number: field % (value, page, number + 900), number + 900: picture}


def prepared_dangling_reference(pdf: bytes) -> bytes:
    """Shadow attack: the page that is signed points at an object which only a later revision defines (G4)."""
    draft = opened(unsigned(pdf))
    number, page = draft.page()
    dangling = draft.size + 500
    page[name("/Contents")] = ArrayObject([page.raw_get("/Contents"), draft.pointer(dangling)])
    signed = opened(signed_by_attacker(draft.updated({number: spelled(page)}), "GVCN"))
    return signed.updated({dangling: stream(b"", b"q 1 1 1 rg 60 300 480 300 re f Q")})


def prepared_two_definitions(pdf: bytes) -> bytes:
    """Shadow attack: a hidden second definition waits inside the signed revision; a later table makes it the valid one."""
    draft = opened(unsigned(pdf))
    _, page = draft.page()
    contents = draft.reference(page, "/Contents")
    hidden = b"%d 0 obj\n" % contents + stream(b"", b"q 1 1 1 rg 60 300 480 300 re f Q") + b"\nendobj\n"
    with_hidden = opened(draft.updated({draft.size: b"<< /Waiting true >>"}))
    at = len(with_hidden.pdf)
    padded = opened(opened(with_hidden.pdf + hidden).updated({draft.size: b"<< /Waiting true >>"}, prev=_xref_of(with_hidden.pdf)))
    signed = signed_by_attacker(padded.pdf, "GVCN")
    start = len(signed)
    file = opened(signed)
    return (
        signed
        + b"xref\n%d 1\n%010d 00000 n \n" % (contents, at)
        + b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (file.size, file.root, _xref_of(signed), start)
    )


def _xref_of(pdf: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def hole_wider_than_the_value(pdf: bytes) -> bytes:
    """A sound signature whose ByteRange leaves out more than its own value (G1): what stands there may be changed at will."""
    signed = signed_by_attacker(unsigned(pdf), "GVCN")
    found = _TOKEN.search(signed)
    assert found is not None
    room = len(found[1])
    start, end = found.start(1) - 1, found.end(1) + 1
    wider = end + 60
    byte_range = re.compile(rb"/ByteRange \[[^\]]*\] *").search(signed)
    assert byte_range is not None
    entry = (b"/ByteRange [0 %d %d %d]" % (start, wider, len(signed) - wider)).ljust(len(byte_range[0]))
    signed = signed[: byte_range.start()] + entry + signed[byte_range.end() :]
    covered = signed[:start] + signed[wider:]
    value = _cms_over(covered).hex().encode().ljust(room, b"0")
    return signed[: start + 1] + value + signed[end - 1 :]


def _cms_over(covered: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(covered)
    signature = asyncio.run(attacker().signer.async_sign(digest.finalize(), digest_algorithm="sha256"))
    assert isinstance(signature, cms.ContentInfo)
    encoded: bytes = signature.dump()
    return encoded


def token_of_another_signature(pdf: bytes, other: bytes) -> bytes:
    """The seal keeps its value, but its time-stamp comes from another pupil's seal; the archive time-stamp is cut off."""
    pdf, other = (file[: revision_ends(file)[-2]] for file in (pdf, other))
    mine, theirs = list(_TOKEN.finditer(pdf))[-1], list(_TOKEN.finditer(other))[-1]
    value, stranger = (cms.ContentInfo.load(bytes.fromhex(found[1].decode()), strict=False) for found in (mine, theirs))
    value["content"]["signer_infos"][0]["unsigned_attrs"] = stranger["content"]["signer_infos"][0]["unsigned_attrs"]
    filled = value.dump().hex().encode().ljust(len(mine[1]), b"0")
    assert len(filled) == len(mine[1])
    return pdf[: mine.start(1)] + bytes(filled) + pdf[mine.end(1) :]
