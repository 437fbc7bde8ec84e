"""What waits for the service itself: every document of a state and every unembedded signature, in batches of bounded size.

A pass looks at all of them, each once. Whatever cannot go on stays where it is and holds up nothing that stands behind it.
"""

from collections.abc import Iterator

from signing_service.actions.repositories import Database, StoredDocument, StoredIntent
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.workflow.case import CaseState

_BATCH = 500


def documents_in(database: Database, state: CaseState) -> Iterator[tuple[StoredDocument, ...]]:
    """The documents that stand in `state`, oldest first; each batch is read when it is asked for."""
    after = 0
    while True:
        with database.begin() as unit:
            batch = unit.documents.in_state(state, after=after, limit=_BATCH)
        if not batch:
            return
        yield tuple(document for _place, document in batch)
        after = batch[-1][0]


def unembedded(database: Database) -> Iterator[StoredIntent]:
    """The intents whose signature value waits to be embedded."""
    after = ""
    while True:
        with database.begin() as unit:
            batch = unit.intents.with_value(after=after, limit=_BATCH)
        if not batch:
            return
        yield from batch
        after = batch[-1].document


def note_waiting(document: StoredDocument, error: SigningServiceError, *, database: Database) -> None:
    """Write down why a case did not go on. Where somebody else moved first there is nothing to wait for."""
    if isinstance(error, ConflictError):
        return
    with database.begin() as unit:
        unit.documents.set_waiting(document.document, error.code, head=document.head, state=document.state)
