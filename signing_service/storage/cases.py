"""What people decided about cases: recalls, the audit trail, opened years."""

from datetime import date

from sqlmodel import Session, col, select

from signing_service.actions.case_store import CaseEvent, YearOpening
from signing_service.ids import DocumentId, PersonCode, SchoolCode
from signing_service.storage.case_tables import CaseEventRow, RecallRow, YearOpeningRow
from signing_service.storage.conflicts import conflict
from signing_service.workflow.recall import Recall, RecallId, RecallReason, RecallState


def _recall(row: RecallRow) -> Recall:
    return Recall(
        recall=RecallId(row.recall),
        document=DocumentId(row.document),
        reason=RecallReason(row.reason),
        explanation=row.explanation,
        requested_by=PersonCode(row.requested_by),
        requested_at=row.requested_at,
        state=RecallState(row.state),
        decided_by=PersonCode(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        remark=row.remark,
    )


class SqlRecalls:
    """Requests to take documents back."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _row(self, recall: RecallId) -> RecallRow | None:
        return self._session.exec(select(RecallRow).where(RecallRow.recall == recall)).one_or_none()

    def add(self, recall: Recall) -> None:
        """Add a request; a second standing one is a conflict."""
        self._session.add(
            RecallRow(
                recall=recall.recall,
                document=recall.document,
                standing=recall.document,
                reason=recall.reason,
                explanation=recall.explanation,
                requested_by=recall.requested_by,
                requested_at=recall.requested_at,
                state=recall.state,
            )
        )
        self._session.flush()

    def get(self, recall: RecallId) -> Recall | None:
        """A request, or None."""
        row = self._row(recall)
        return _recall(row) if row else None

    def standing(self, document: DocumentId) -> Recall | None:
        """The open or approved request for a document, or None."""
        row = self._session.exec(select(RecallRow).where(RecallRow.standing == document)).one_or_none()
        return _recall(row) if row else None

    def decide(self, recall: Recall) -> None:
        """Store the decision about an open request."""
        row = self._row(recall.recall)
        if row is None or row.state != RecallState.REQUESTED:
            raise conflict("recall-decided")
        row.state, row.decided_by, row.decided_at, row.remark = recall.state, recall.decided_by, recall.decided_at, recall.remark
        if recall.state is RecallState.REFUSED:
            row.standing = None
        self._session.add(row)


class SqlEvents:
    """The audit trail."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, event: CaseEvent) -> None:
        """Add an event."""
        self._session.add(CaseEventRow(document=event.document, event=event.event, by=event.by, at=event.at, words=event.words))

    def of_document(self, document: DocumentId) -> tuple[CaseEvent, ...]:
        """Every event of a document, oldest first."""
        query = select(CaseEventRow).where(CaseEventRow.document == document).order_by(col(CaseEventRow.position))
        return tuple(
            CaseEvent(DocumentId(row.document), row.event, PersonCode(row.by), row.at, row.words) for row in self._session.exec(query)
        )


class SqlOpenings:
    """Closed years opened again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, opening: YearOpening) -> None:
        """Add an opening."""
        self._session.add(
            YearOpeningRow(
                school=opening.school,
                school_year=opening.school_year,
                until=opening.until,
                reason=opening.reason,
                approved_by=opening.approved_by,
                approved_at=opening.approved_at,
            )
        )

    def covers(self, school: SchoolCode, school_year: str, *, on: date) -> bool:
        """Whether a school may change records of a closed year on that day."""
        query = select(YearOpeningRow.position).where(
            YearOpeningRow.school == school, YearOpeningRow.school_year == school_year, YearOpeningRow.until >= on
        )
        return self._session.exec(query.limit(1)).first() is not None
