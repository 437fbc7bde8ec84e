"""Access codes by document."""

from sqlmodel import Session

from signing_service.actions.access_code_store import StoredAccessCode
from signing_service.ids import DocumentId
from signing_service.storage.access_code_tables import AccessCodeRow


class SqlAccessCodes:
    """At most one code for a document."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, document: DocumentId) -> StoredAccessCode | None:
        """The code's row, or None."""
        row = self._session.get(AccessCodeRow, document)
        return (
            None if row is None else StoredAccessCode(DocumentId(row.document), row.hashed, row.drawn_at, row.wrong_tries, row.closed_until)
        )

    def put(self, code: StoredAccessCode) -> None:
        """Add the row, or put it in the place of the document's earlier one."""
        row = AccessCodeRow(
            document=code.document,
            hashed=code.hashed,
            drawn_at=code.drawn_at,
            wrong_tries=code.wrong_tries,
            closed_until=code.closed_until,
        )
        self._session.merge(row)
        self._session.flush()
