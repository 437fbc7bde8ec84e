"""What the archive has promised to keep: for each document what the school asserted, its record, its head, its evidence and its report."""

from collections.abc import Iterator

from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.archive.fixity import HeldFile

_PAGE = 500


class ArchivedFiles:
    """The files named by the documents' rows, page by page."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database, self._blobs = database, blobs

    def expected(self) -> Iterator[HeldFile]:
        """Every promised file, in the order in which the documents were made."""
        after = 0
        while True:
            with self._database.begin() as unit:
                page = unit.documents.page(after=after, limit=_PAGE)
            if not page:
                return
            for _place, document in page:
                yield from _files_of(document)
            after = page[-1][0]

    def chunks(self, file: HeldFile) -> Iterator[bytes]:
        """The stored bytes in pieces."""
        return self._blobs.chunks(file.sha256)


def _files_of(document: StoredDocument) -> Iterator[HeldFile]:
    named = (
        ("basis", document.basis),
        ("record", document.record_blob),
        ("file", document.head),
        ("evidence", document.evidence),
        ("report", document.report),
    )
    for kind, sha256 in named:
        if sha256 is not None:
            yield HeldFile(f"{document.document}/{kind}", sha256)
