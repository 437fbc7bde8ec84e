"""Files made to exhaust a verifier: cheap to write, dear to read. Each takes a genuine signed file and gives the hostile one."""

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf.generic import ArrayObject, NullObject

from tests.verification.forged_signatures import LONG_AGO, private_key_of, unsigned
from tests.verification.updates import Opened, last_xref, name, opened, revision_ends, spelled, stream

Hostile = Callable[[bytes], bytes]

_TOKEN = re.compile(rb"/Contents <([0-9a-fA-F]{2000,})>")
WIDTHS = {
    "with-comments": b"/W %\n[ 0 0 %]\n0 ]",
    "with-escape": b"/#57 [0 0 0]",
    "negative": b"/W [-1 0 0]",
    "of-four": b"/W [0 0 0 5]",
    "decimal": b"/W [0.0 .0 0.]",
    "false": b"/W [false false false]",
}
_MIB = 1024 * 1024


def _deflated(octet: bytes, mebibytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(octet * _MIB) for _ in range(mebibytes)) + packer.flush()


def _with_xref_stream(file: Opened, entries: bytes, data: bytes) -> bytes:
    """One more revision whose cross-reference section is a stream."""
    start = len(file.pdf)
    body = stream(b"/Type /XRef /Root %d 0 R /Prev %d " % (file.root, last_xref(file.pdf)) + entries, data)
    return file.pdf + b"%d 0 obj\n" % file.size + body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def xref_stream_bomb(pdf: bytes) -> bytes:
    rows = 64 * _MIB // 4
    return _with_xref_stream(opened(pdf), b"/Size %d /W [1 2 1] /Filter /FlateDecode" % rows, _deflated(b"\0", 64))


def xref_stream_bomb_of_modest_size(pdf: bytes) -> bytes:
    return _with_xref_stream(opened(pdf), b"/Size 400 /W [1 2 1] /Index [0 400] /Filter /FlateDecode", _deflated(b"\0", 256))


def xref_stream_without_width(pdf: bytes) -> bytes:
    return _with_xref_stream(opened(pdf), b"/Size 2147483647 /W [0 0 0]", b"")


def xref_stream_without_width_by_index(pdf: bytes) -> bytes:
    return _with_xref_stream(opened(pdf), b"/Size 400 /W [0 0 0] /Index [0 2147483647]", b"")


def xref_stream_width_spelled(pdf: bytes, *, spelling: bytes) -> bytes:
    return _with_xref_stream(opened(pdf), b"/Size 400 /Index [0 2147483647] " + spelling, b"")


def xref_stream_index_beyond(pdf: bytes) -> bytes:
    return _with_xref_stream(opened(pdf), b"/Size 400 /W [1 2 1] /Index [2147483647 2147483647]", b"\1\0\0\0")


def xref_stream_predictor(pdf: bytes) -> bytes:
    entries = b"/Size 400 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>"
    return _with_xref_stream(opened(pdf), entries, zlib.compress(b"\2" * 400))


def xref_table_endless(pdf: bytes) -> bytes:
    file = opened(pdf)
    start = len(pdf)
    trailer = b"trailer\n<< /Size 400 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (file.root, last_xref(pdf), start)
    return pdf + b"xref\n0 2147483647\n" + b"0000000000 65535 f \n" * 10 + trailer


def prev_to_itself(pdf: bytes) -> bytes:
    file = opened(pdf)
    once = file.updated({file.size: b"null"})
    return file.updated({file.size: b"null"}, prev=last_xref(once))


def prev_negative(pdf: bytes) -> bytes:
    file = opened(pdf)
    return file.updated({file.size: b"null"}, prev=-1)


def objects_nested(pdf: bytes, *, opening: bytes, closing: bytes, depth: int) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    catalog[name("/Deep")] = file.pointer(file.size)
    return file.updated({file.root: spelled(catalog), file.size: opening * depth + closing * depth})


def page_tree_deep(pdf: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    catalog[name("/Pages")] = file.pointer(file.size)
    objects = {file.root: spelled(catalog)}
    for level in range(5000):
        here = file.size + level
        objects[here] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (here + 1)
    objects[file.size + 5000] = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    return file.updated(objects)


def page_tree_loop(pdf: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.catalog, "/Pages")
    return file.updated({number: b"<< /Type /Pages /Count 9 /Kids [%d 0 R %d 0 R] >>" % (number, number)})


def references_in_a_circle(pdf: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.catalog, "/Pages")
    return file.updated({number: b"%d 0 R" % file.size, file.size: b"%d 0 R" % number})


def _with_fields(pdf: bytes, fields: Iterable[int], objects: dict[int, bytes]) -> bytes:
    file = opened(pdf)
    catalog, form = file.catalog, file.form
    form[name("/Fields")] = ArrayObject([*file.array(form, "/Fields"), *map(file.pointer, fields)])
    catalog[name("/AcroForm")] = form
    return file.updated({file.root: spelled(catalog), **objects})


def fields_empty(pdf: bytes) -> bytes:
    first = opened(pdf).size
    numbers = range(first, first + 10_000)
    return _with_fields(pdf, numbers, {n: b"<< /FT /Sig /T (f%d) >>" % n for n in numbers})


def fields_on_one_signature(pdf: bytes) -> bytes:
    file = opened(pdf)
    signature = file.reference(file.field("DTS")[1], "/V")
    numbers = [file.size + i for i in range(1_000)]
    return _with_fields(pdf, numbers, {n: b"<< /FT /Sig /T (f%d) /V %d 0 R >>" % (n, signature) for n in numbers})


def fields_each_with_a_signature(pdf: bytes) -> bytes:
    file = opened(pdf)
    signature = spelled(file.dictionary(file.reference(file.field("DTS")[1], "/V")))
    numbers = [file.size + i for i in range(200)]
    fields = {n: b"<< /FT /Sig /T (f%d) /V %d 0 R >>" % (n, n + 200) for n in numbers}
    return _with_fields(pdf, numbers, {**fields, **{n + 200: signature for n in numbers}})


def fields_deep(pdf: bytes) -> bytes:
    first = opened(pdf).size
    chain = {first + i: b"<< /T (d) /Kids [%d 0 R] >>" % (first + i + 1) for i in range(5000)}
    return _with_fields(pdf, [first], {**chain, first + 5000: b"<< /FT /Sig /T (end) >>"})


def fields_in_a_circle(pdf: bytes) -> bytes:
    first = opened(pdf).size
    return _with_fields(pdf, [first], {first: b"<< /T (a) /Kids [%d 0 R] /Parent %d 0 R >>" % (first, first)})


def updates_after_signing(pdf: bytes, *, count: int) -> bytes:
    size, root, previous = opened(pdf).size, opened(pdf).root, last_xref(pdf)
    parts, length = [pdf], len(pdf)
    for _ in range(count):
        start = length
        body = b"%d 0 obj\nnull\nendobj\n" % size
        part = body + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
            size,
            start,
            size + 1,
            root,
            previous,
            start + len(body),
        )
        previous = start + len(body)
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def content_bomb(pdf: bytes) -> bytes:
    file = opened(pdf)
    contents = file.reference(file.page()[1], "/Contents")
    return file.updated({contents: stream(b"/Filter /FlateDecode", _deflated(b"q", 256))})


def record_bomb(pdf: bytes) -> bytes:
    """The embedded record unpacks to 256 MiB; the file is the signer's own, signed like that."""
    file = opened(unsigned(pdf))
    specification = file.array(file.catalog, "/AF")[0].get_object()["/EF"]
    return file.updated({file.reference(specification, "/F"): stream(b"/Type /EmbeddedFile /Filter /FlateDecode", _deflated(b"9", 256))})


def object_stream_bomb(pdf: bytes) -> bytes:
    file = opened(pdf)
    objects = file.updated({file.size: stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", _deflated(b" ", 256))})
    rows = b"\2" + file.size.to_bytes(3, "big") + b"\0"
    entries = b"/Size %d /W [1 3 1] /Index [%d 1]" % (file.size + 1, file.reference(file.catalog, "/Pages"))
    return _with_xref_stream(opened(objects), entries, rows)


def filters_in_a_row(pdf: bytes) -> bytes:
    file = opened(pdf)
    contents = file.reference(file.page()[1], "/Contents")
    return file.updated({contents: stream(b"/Filter [" + b"/ASCIIHexDecode " * 5000 + b"]", b"00>")})


def metadata_entity_bomb(pdf: bytes) -> bytes:
    file = opened(pdf)
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    xmp = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a11;</x>'.encode()
    return file.updated({file.reference(file.catalog, "/Metadata"): stream(b"/Type /Metadata /Subtype /XML", xmp)})


def store_of_one_certificate_often(pdf: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.catalog, "/DSS")
    store = file.dictionary(number)
    certificates = file.array(store, "/Certs")
    store[name("/Certs")] = ArrayObject([certificates[0]] * 50_000)
    return file.updated({number: spelled(store)})


def store_of_many_certificates(pdf: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.catalog, "/DSS")
    store = file.dictionary(number)
    mesh = _mesh(20)
    store[name("/Certs")] = ArrayObject([*file.array(store, "/Certs"), *(file.pointer(file.size + i) for i in range(len(mesh)))])
    return file.updated({number: spelled(store), **{file.size + i: stream(b"", der) for i, der in enumerate(mesh)}})


def cms_replaced(pdf: bytes, *, value: bytes, which: int) -> bytes:
    found = list(_TOKEN.finditer(pdf))[which]
    return pdf[: found.start(1)] + value.hex().encode().ljust(len(found[1]), b"0")[: len(found[1])] + pdf[found.end(1) :]


def _cms_values() -> Iterator[tuple[str, bytes]]:
    yield "zeros", b"\0" * 5000
    yield "empty-sequence", b"\x30\x00"
    yield "unterminated", b"\x30\x80" * 20
    yield "nested", b"\x30\x80" * 2500
    yield "length-2-to-the-63", b"\x30\x88\x7f" + b"\xff" * 7
    yield "wrong-type", bytes.fromhex("300f06092a864886f70d010701a0020400")
    yield "noise", b"\x30\x82\x10\x00" + bytes(range(256)) * 4


def _mesh(authorities: int) -> list[bytes]:
    """Authorities of one name, each certified by every other: a naive path builder walks every permutation."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(authorities)]
    return [_certificate("CA", subject.public_key(), issuer) for issuer in keys for subject in keys if issuer is not subject] + [
        _certificate("Người Ký", keys[0].public_key(), keys[0])
    ]


def _certificate(subject: str, public: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePrivateKey) -> bytes:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named("CA"))
        .public_key(public)
        .serial_number(int.from_bytes(os.urandom(8)) | 1)
        .not_valid_before(LONG_AGO)
        .not_valid_after(LONG_AGO + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=subject == "CA", path_length=None), critical=True)
        .sign(issuer, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def signed_within_a_mesh(pdf: bytes, *, authorities: int) -> bytes:
    """A sound signature that brings the whole mesh."""
    key = ec.generate_private_key(ec.SECP256R1())
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko gives it no types
    store.register_multiple(asn1_x509.Certificate.load(der) for der in _mesh(authorities))
    own = asn1_x509.Certificate.load(_certificate("Người Ký", key.public_key(), key))
    signer = SimpleSigner(signing_cert=own, signing_key=private_key_of(key), cert_registry=store)
    out = BytesIO()
    metadata = PdfSignatureMetadata(field_name="THEM", md_algorithm="sha256")
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def comments_behind(pdf: bytes) -> bytes:
    return pdf + b"% ghi chu\n" * (2 * _MIB)


def comments_within(pdf: bytes) -> bytes:
    """A catalog that begins with 10 MiB of comments, one a line."""
    file = opened(pdf)
    return file.updated({file.root: b"%\n" * (5 * _MIB) + spelled(file.catalog)})


def null_names(pdf: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    for key in list(catalog):
        catalog[name(key)] = NullObject()
    return file.updated({file.root: spelled(catalog)})


def last_revision_twice(pdf: bytes) -> bytes:
    return pdf + pdf[revision_ends(pdf)[-2] :]


def _by_name() -> Iterator[tuple[str, Hostile]]:
    for brackets, (opening, closing) in {"arrays": (b"[", b"]"), "dictionaries": (b"<</A ", b">>")}.items():
        for depth in (500, 5000):
            yield f"{brackets}-nested-{depth}", partial(objects_nested, opening=opening, closing=closing, depth=depth)
    for count in (90, 2000):
        yield f"updates-after-signing-{count}", partial(updates_after_signing, count=count)
    for how, value in _cms_values():
        for which in (0, -1):
            yield f"cms-{how}-{'first' if which == 0 else 'last'}", partial(cms_replaced, value=value, which=which)
    for how, spelling in WIDTHS.items():
        yield f"xref-stream-without-width-{how}", partial(xref_stream_width_spelled, spelling=spelling)
    for authorities in (5, 9):
        yield f"certificate-mesh-{authorities}", partial(signed_within_a_mesh, authorities=authorities)
    for plain in (
        xref_stream_bomb,
        xref_stream_bomb_of_modest_size,
        xref_stream_without_width,
        xref_stream_without_width_by_index,
        xref_stream_index_beyond,
        xref_stream_predictor,
        xref_table_endless,
        prev_to_itself,
        prev_negative,
        page_tree_deep,
        page_tree_loop,
        references_in_a_circle,
        fields_empty,
        fields_on_one_signature,
        fields_each_with_a_signature,
        fields_deep,
        fields_in_a_circle,
        content_bomb,
        record_bomb,
        object_stream_bomb,
        filters_in_a_row,
        metadata_entity_bomb,
        store_of_one_certificate_often,
        store_of_many_certificates,
        comments_behind,
        comments_within,
        null_names,
        last_revision_twice,
    ):
        yield plain.__name__.replace("_", "-"), plain


HOSTILE: dict[str, Hostile] = dict(_by_name())
