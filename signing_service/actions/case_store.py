"""What people decided about cases, as protocols; `storage` fulfils them with the guarantees of `repositories.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from signing_service.ids import DocumentId, PersonCode, SchoolCode
from signing_service.workflow.recall import Recall, RecallId


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that a person decided about a case: the audit trail."""

    document: DocumentId
    event: str
    by: PersonCode
    at: datetime
    words: str = ""
    """The person's own words; may name a child."""


@dataclass(frozen=True, slots=True)
class YearOpening:
    """The department lets a school change records of a year that has closed."""

    school: SchoolCode
    school_year: str
    until: date
    reason: str
    approved_by: PersonCode
    approved_at: datetime


class Recalls(Protocol):
    """Requests to take documents back."""

    def add(self, recall: Recall) -> None:
        """Add a request.

        Raises:
            ConflictError: another request for this document is open or approved.
        """
        ...

    def get(self, recall: RecallId) -> Recall | None:
        """A request, or None."""
        ...

    def standing(self, document: DocumentId) -> Recall | None:
        """The open or approved request for a document, or None."""
        ...

    def decide(self, recall: Recall) -> None:
        """Store the decision about an open request.

        Raises:
            ConflictError: it was decided before (`recall-decided`).
        """
        ...


class Events(Protocol):
    """The audit trail of cases."""

    def add(self, event: CaseEvent) -> None:
        """Add an event."""
        ...

    def of_document(self, document: DocumentId) -> tuple[CaseEvent, ...]:
        """Every event of a document, oldest first."""
        ...


class Openings(Protocol):
    """School years that the department opened again."""

    def add(self, opening: YearOpening) -> None:
        """Add an opening."""
        ...

    def covers(self, school: SchoolCode, school_year: str, *, on: date) -> bool:
        """Whether a school may change records of a closed year on that day."""
        ...
