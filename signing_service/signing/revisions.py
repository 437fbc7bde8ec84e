"""Incremental updates: reading the head, and appending to it without touching or reordering anything else."""

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import SigIOSetup

from signing_service.errors import RefusedError
from signing_service.ids import sha256_of
from signing_service.signing.fields import DOCUMENT_TIMESTAMP_FIELD, FORMS, SignatureField
from signing_service.signing.hole import OpenRevision

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class FilledField:
    """A filled signature field: its name, what its signature covers, and the CMS in it (DER, with the padding of the hole)."""

    name: str
    byte_range: tuple[int, ...]
    container: bytes


class AppendingWriter(IncrementalPdfFileWriter):
    """pyHanko's writer, made reproducible and silent about everything but the signature.

    The parent stamps the machine's time into the metadata of every update and draws the second half of the file identifier at random. Both
    would make the same signature give other bytes, and a signature is no edit of the content that the metadata describes.
    """

    def __init__(self, head: bytes) -> None:
        super().__init__(BytesIO(head))
        first, _ = self.document_id
        fresh = hashlib.sha256(head).digest()[:_ID_LENGTH]
        self._document_id = generic.ArrayObject([generic.ByteStringObject(first), generic.ByteStringObject(fresh)])

    def _update_meta(self) -> None:
        """Leave the metadata as the renderer wrote it."""


def open_pdf(pdf: bytes) -> PdfFileReader:
    """A reader of a file of ours.

    Raises:
        RefusedError: it is none (`head-unreadable`).
    """
    try:
        return PdfFileReader(BytesIO(pdf))
    except (PdfReadError, ValueError, KeyError):
        raise unreadable() from None


def open_head(head: bytes) -> AppendingWriter:
    """A writer that appends to `head`.

    Raises:
        RefusedError: `head` is no PDF that we would have written (`head-unreadable`).
    """
    # Without the line feed the first object of the update would stand on the line of %%EOF (PDF/A-3, 6.1.9).
    if not head.startswith(b"%PDF-") or not head.endswith(b"%%EOF\n"):
        raise unreadable()
    try:
        return AppendingWriter(head)
    except (PdfReadError, ValueError, KeyError):
        raise unreadable() from None


def filled_fields(handler: PdfFileReader | IncrementalPdfFileWriter) -> tuple[FilledField, ...]:
    """The filled signature fields in the order of the form.

    Raises:
        RefusedError: the form or one of the signatures in it cannot be read (`head-unreadable`).
    """
    try:
        return tuple(_filled(name, value.get_object()) for name, value, _ in enumerate_sig_fields(handler, filled_status=True))
    except (PdfReadError, ValueError, KeyError, TypeError):
        raise unreadable() from None


def _filled(name: str, signature: Any) -> FilledField:  # noqa: ANN401 pyHanko's PDF objects are untyped dictionaries
    return FilledField(name, tuple(int(number) for number in signature["/ByteRange"]), bytes(signature["/Contents"]))


def require_turn(head: bytes, filled: tuple[FilledField, ...], awaited: SignatureField | None) -> None:
    """Make sure that exactly the signatures before `awaited` stand (None: the whole form) and that the newest covers the file to its end.

    Raises:
        RefusedError: filled already (`field-filled`), out of turn (`wrong-order`), closed (`document-finished`), or something was appended
            after a signature (`head-unexpected`).
    """
    names = {field.name for field in filled}
    expected = {field.value for field in (awaited.earlier if awaited else _form_of(names))}
    if awaited and awaited.value in names:
        raise RefusedError("field-filled", vi=f"Ô chữ ký {awaited} đã được ký.", en=f"The field {awaited} is signed already.")
    if DOCUMENT_TIMESTAMP_FIELD in names:
        raise RefusedError(
            "document-finished", vi="Hồ sơ đã hoàn tất, không ký thêm được.", en="The document is finished; nothing is added."
        )
    if names != expected:
        raise RefusedError(
            "wrong-order",
            vi=f"Sai thứ tự ký: trước bước này phải có đủ và chỉ có: {_listed(expected)}; hiện có: {_listed(names)}.",
            en=f"Wrong order: exactly these fields have to be signed before: {_listed(expected)}; signed now: {_listed(names)}.",
        )
    if filled and max(sum(field.byte_range[2:]) for field in filled) != len(head):
        raise RefusedError(
            "head-unexpected",
            vi="Sau chữ ký mới nhất, tệp có phần thêm vào ngoài quy trình; không ký tiếp.",
            en="Something was appended after the newest signature outside the procedure; it is not signed over.",
        )


def _form_of(names: set[str]) -> tuple[SignatureField, ...]:
    """The whole form that the filled fields belong to; where they belong to none, every field, which no file can have."""
    return next((form for form in FORMS if names & {field.value for field in form}), tuple(SignatureField))


def write_open(embedding: Generator[Any, Any, Any], head: bytes) -> OpenRevision:
    """Let pyHanko's embedder write the update, and read off where the hole is."""
    digest, output = embedding.send(SigIOSetup(md_algorithm="sha256"))
    whole = output.getvalue()
    first, second = digest.reserved_region_start, digest.reserved_region_end
    return OpenRevision(
        base=sha256_of(head),
        appended=whole[len(head) :],
        byte_range=(0, first, second, len(whole) - second),
        digest=digest.document_digest,
    )


def unreadable() -> RefusedError:
    """The answer to bytes that are no file of ours."""
    return RefusedError(
        "head-unreadable",
        vi="Tệp không phải PDF do hệ thống này tạo ra hoặc đã hỏng; không ký.",
        en="The file is damaged or was not written by this service; it is not signed.",
    )


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "–"
