"""The signatures of the subject sheets that a document carries."""

from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.errors import IntegrityError
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind


def sheet_signatures(document: StoredDocument, *, database: Database, blobs: BlobStore) -> tuple[bytes, ...]:
    """The CMS of every sheet that the document's record names, in that order.

    Raises:
        IntegrityError: the record names a sheet that is not kept here (`sheet-unknown`), or something stored is damaged.
    """
    if document.kind is not DocumentKind.TRANSCRIPT:
        return ()
    references = read_record(blobs.get(document.record_blob)).subject_sheets or ()
    with database.read() as unit:
        sheets = [unit.subject_sheets.signed_as(reference.sheet) for reference in references]
    kept = [sheet.signed.signature for sheet in sheets if sheet is not None and sheet.signed is not None]
    if len(kept) != len(references):
        raise IntegrityError(
            "sheet-unknown",
            vi="Học bạ dựa trên một phiếu điểm môn không còn trong cơ sở dữ liệu; khôi phục từ bản sao lưu.",
            en="The record rests on a subject sheet that the database does not hold; restore it.",
        )
    return tuple(map(blobs.get, kept))
