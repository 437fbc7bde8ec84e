"""Documents by identifier, link, class and state."""

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from signing_service.access.policy import AwardFile, Batch, ClassOfYear
from signing_service.actions.repositories import StoredDocument
from signing_service.ids import DecisionId, DocumentId, LinkToken, RecordId, SchoolCode, Sha256, ShortCode, UnitCode
from signing_service.records.kinds import DocumentKind
from signing_service.storage.conflicts import conflict
from signing_service.storage.tables import DocumentRow
from signing_service.workflow.case import CLOSED, CaseState


def _document(row: DocumentRow) -> StoredDocument:
    return StoredDocument(
        document=DocumentId(row.document),
        kind=DocumentKind(row.kind),
        batch=_batch(row),
        subject=row.subject,
        record=RecordId(row.record),
        record_digest=Sha256(row.record_digest),
        record_blob=Sha256(row.record_blob),
        basis=Sha256(row.basis),
        link_token=LinkToken(row.link_token),
        short_code=ShortCode(row.short_code),
        state=CaseState(row.state),
        head=Sha256(row.head),
        created_at=row.created_at,
        waiting_for=row.waiting_for,
        evidence=Sha256(row.evidence) if row.evidence else None,
        report=Sha256(row.report) if row.report else None,
        replaces=DocumentId(row.replaces) if row.replaces else None,
    )


def _batch(row: DocumentRow) -> Batch:
    unit = SchoolCode(row.unit)
    return ClassOfYear(unit, row.batch, row.year) if row.year else AwardFile(unit, DecisionId(row.batch))


def _batch_columns(batch: Batch) -> tuple[str, str, str]:
    """Unit, batch and year as they are stored."""
    if isinstance(batch, ClassOfYear):
        return batch.school, batch.class_name, batch.school_year
    return batch.unit, batch.decision, ""


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
        unit, batch, year = _batch_columns(document.batch)
        self._session.add(
            DocumentRow(
                document=document.document,
                kind=document.kind,
                unit=unit,
                batch=batch,
                year=year,
                subject=document.subject,
                slot=document.slot,
                record=document.record,
                record_digest=document.record_digest,
                record_blob=document.record_blob,
                basis=document.basis,
                link_token=document.link_token,
                short_code=document.short_code,
                state=document.state,
                head=document.head,
                created_at=document.created_at,
                replaces=document.replaces,
            )
        )
        self._session.flush()

    def get(self, document: DocumentId) -> StoredDocument | None:
        """The row, or None."""
        return self._one(DocumentRow.document == document)

    def by_link(self, token: LinkToken) -> StoredDocument | None:
        """The document behind a link, or None."""
        return self._one(DocumentRow.link_token == token)

    def by_short_code(self, code: ShortCode) -> StoredDocument | None:
        """The document behind a short code, or None."""
        return self._one(DocumentRow.short_code == code)

    def by_record(self, record: RecordId) -> StoredDocument | None:
        """The document of a record, or None."""
        return self._one(DocumentRow.record == record)

    def in_slot(self, slot: str) -> StoredDocument | None:
        """The document that holds a slot now, or None."""
        return self._one(DocumentRow.slot == slot)

    def of_batch(self, batch: Batch) -> tuple[StoredDocument, ...]:
        """Every document of a class or a decision that is not closed, in the order of creation."""
        unit, name, year = _batch_columns(batch)
        return self._all(
            col(DocumentRow.unit) == unit, col(DocumentRow.batch) == name, col(DocumentRow.year) == year, col(DocumentRow.slot).is_not(None)
        )

    def of_subject(self, kind: DocumentKind, unit: UnitCode, subject: str) -> tuple[StoredDocument, ...]:
        """Every document of a kind about one pupil of a school, in the order of creation."""
        return self._all(col(DocumentRow.kind) == kind, col(DocumentRow.unit) == unit, col(DocumentRow.subject) == subject)

    def recalled_in(self, unit: UnitCode, school_year: str, subject: str) -> StoredDocument | None:
        """The newest recalled transcript of a pupil's year, or None."""
        found = self._all(
            col(DocumentRow.kind) == DocumentKind.TRANSCRIPT,
            col(DocumentRow.unit) == unit,
            col(DocumentRow.year) == school_year,
            col(DocumentRow.subject) == subject,
            col(DocumentRow.state) == CaseState.RECALLED,
        )
        return found[-1] if found else None

    def replacement_of(self, document: DocumentId) -> StoredDocument | None:
        """The newest document made to replace this one, or None."""
        found = self._all(col(DocumentRow.replaces) == document)
        return found[-1] if found else None

    def _all(self, *conditions: ColumnElement[bool]) -> tuple[StoredDocument, ...]:
        query = select(DocumentRow).where(*conditions).order_by(col(DocumentRow.position))
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
        """Move head and state together, by compare-and-swap; a closed state gives the slot back."""
        row = self._row_as_seen(document, from_head, from_state)
        row.head, row.state, row.waiting_for = to_head, to_state, None
        if to_state in CLOSED:
            row.slot = None
        self._session.add(row)
        self._session.flush()

    def assert_anew(self, before: StoredDocument, after: StoredDocument) -> None:
        """Put another record in the place of one that was never rendered, by compare-and-swap."""
        row = self._row_as_seen(before.document, before.head, before.state)
        row.record, row.record_digest, row.record_blob = after.record, after.record_digest, after.record_blob
        row.basis, row.head, row.state, row.waiting_for = after.basis, after.head, after.state, None
        self._session.add(row)

    def _row_as_seen(self, document: DocumentId, head: Sha256, state: CaseState) -> DocumentRow:
        row = self._row(document)
        if row.head != head or row.state != state:
            raise conflict("head-moved")
        return row

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
