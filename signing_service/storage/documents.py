"""Documents by identifier, link, class and state."""

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from signing_service.actions.repositories import StoredDocument
from signing_service.ids import DocumentId, LinkToken, RecordId, SchoolCode, Sha256, ShortCode
from signing_service.storage.conflicts import conflict
from signing_service.storage.tables import DocumentRow
from signing_service.workflow.case import CaseState


def _document(row: DocumentRow) -> StoredDocument:
    return StoredDocument(
        document=DocumentId(row.document),
        record=RecordId(row.record),
        record_digest=Sha256(row.record_digest),
        record_blob=Sha256(row.record_blob),
        school=SchoolCode(row.school),
        class_name=row.class_name,
        school_year=row.school_year,
        pupil_code=row.pupil_code,
        transcript_digest=Sha256(row.transcript_digest),
        link_token=LinkToken(row.link_token),
        short_code=ShortCode(row.short_code),
        state=CaseState(row.state),
        head=Sha256(row.head),
        created_at=row.created_at,
        waiting_for=row.waiting_for,
        evidence=Sha256(row.evidence) if row.evidence else None,
        report=Sha256(row.report) if row.report else None,
    )


class SqlDocuments:
    """Documents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _row(self, document: DocumentId) -> DocumentRow:
        row = self._session.exec(select(DocumentRow).where(DocumentRow.document == document)).one_or_none()
        if row is None:
            raise conflict("document-unknown")
        return row

    def _one(self, *conditions: bool) -> StoredDocument | None:
        row = self._session.exec(select(DocumentRow).where(*conditions)).one_or_none()
        return _document(row) if row else None

    def add(self, document: StoredDocument) -> None:
        """Add a new document."""
        self._session.add(
            DocumentRow(
                document=document.document,
                record=document.record,
                record_digest=document.record_digest,
                record_blob=document.record_blob,
                school=document.school,
                class_name=document.class_name,
                school_year=document.school_year,
                pupil_code=document.pupil_code,
                transcript_digest=document.transcript_digest,
                link_token=document.link_token,
                short_code=document.short_code,
                state=document.state,
                head=document.head,
                created_at=document.created_at,
            )
        )
        self._session.flush()

    def get(self, document: DocumentId) -> StoredDocument | None:
        """The row, or None."""
        return self._one(DocumentRow.document == document)

    def by_link(self, token: LinkToken) -> StoredDocument | None:
        """The document behind a link, or None."""
        return self._one(DocumentRow.link_token == token)

    def of_pupil(self, school: SchoolCode, pupil_code: str, school_year: str) -> StoredDocument | None:
        """The document of a pupil for a year, or None."""
        return self._one(DocumentRow.school == school, DocumentRow.pupil_code == pupil_code, DocumentRow.school_year == school_year)

    def of_class(self, school: SchoolCode, class_name: str, school_year: str) -> tuple[StoredDocument, ...]:
        """Every document of a class, in the order of creation."""
        query = (
            select(DocumentRow)
            .where(DocumentRow.school == school, DocumentRow.class_name == class_name, DocumentRow.school_year == school_year)
            .order_by(col(DocumentRow.position))
        )
        return tuple(_document(row) for row in self._session.exec(query))

    def in_state(self, state: CaseState, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents in this state behind place `after`, with their places."""
        return self._page(col(DocumentRow.state) == state, after=after, limit=limit)

    def page(self, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents behind place `after`, with their places."""
        return self._page(after=after, limit=limit)

    def _page(self, *conditions: ColumnElement[bool], after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        place = col(DocumentRow.position)
        rows = self._session.exec(select(DocumentRow).where(place > after, *conditions).order_by(place).limit(limit))
        return tuple((row.position or 0, _document(row)) for row in rows)

    def move(self, document: DocumentId, *, from_head: Sha256, to_head: Sha256, from_state: CaseState, to_state: CaseState) -> None:
        """Move head and state together, by compare-and-swap."""
        row = self._row(document)
        if row.head != from_head or row.state != from_state:
            raise conflict("head-moved")
        row.head, row.state, row.waiting_for = to_head, to_state, None
        self._session.add(row)

    def set_waiting(self, document: DocumentId, reason: str, *, head: Sha256, state: CaseState) -> None:
        """Note why the case waits, unless it was moved on."""
        row = self._row(document)
        if (row.head, row.state) != (head, state):
            return
        row.waiting_for = reason
        self._session.add(row)

    def set_proof(self, document: DocumentId, *, evidence: Sha256, report: Sha256) -> None:
        """Name evidence bundle and report."""
        row = self._row(document)
        row.evidence, row.report = evidence, report
        self._session.add(row)

    def count_by_state(self) -> dict[tuple[CaseState, str | None], int]:
        """How many documents stand in each state, and what they wait for."""
        query = select(DocumentRow.state, DocumentRow.waiting_for, func.count()).group_by(DocumentRow.state, col(DocumentRow.waiting_for))
        return {(CaseState(state), waiting): count for state, waiting, count in self._session.exec(query)}
