"""What is remembered of access codes: never the code itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing_service.ids import DocumentId


@dataclass(frozen=True, slots=True)
class StoredAccessCode:
    """The code of one document, as a hash, and how often somebody was wrong about it."""

    document: DocumentId
    hashed: str
    """argon2id with a salt of its own, in the PHC string format (RFC 9106), so that the cost can be raised for new codes."""
    drawn_at: datetime
    wrong_tries: int = 0
    """Since the last right one."""
    closed_until: datetime | None = None
    """Until when no try is looked at; the status page stays open."""


class AccessCodes(Protocol):
    """At most one code for a document."""

    def get(self, document: DocumentId) -> StoredAccessCode | None:
        """The code's row, or None."""
        ...

    def put(self, code: StoredAccessCode) -> None:
        """Add the row, or put it in the place of the document's earlier one."""
        ...
