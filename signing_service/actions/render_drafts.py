"""Turn drafts into unsigned documents (step 3 of docs/ISSUANCE-CYCLE.md)."""

from itertools import chain

from signing_service.actions.queue import documents_in, note_waiting
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.errors import SigningServiceError
from signing_service.ids import LinkToken
from signing_service.records.canonical import read_record
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.transcript import render_transcript
from signing_service.workflow.case import CaseState, next_state


def link_url(base_url: str, token: LinkToken) -> str:
    """The verification link of a document: what its QR code holds."""
    return f"{base_url}/v/{token}"


def render_drafts(*, database: Database, blobs: BlobStore, base_url: str, on_step: StepListener = nobody_listens) -> int:
    """Render every draft; returns how many. A draft that cannot be drawn waits with the reason and holds up no other."""
    rendered = 0
    for draft in chain.from_iterable(documents_in(database, CaseState.DRAFT)):
        try:
            _render(draft, database=database, blobs=blobs, base_url=base_url)
        except SigningServiceError as error:
            note_waiting(draft, error, database=database)
        else:
            on_step(Step.RENDERED, draft.document)
            rendered += 1
    return rendered


def _render(draft: StoredDocument, *, database: Database, blobs: BlobStore, base_url: str) -> None:
    record_json = blobs.get(draft.record_blob)
    link = PrintedLink(url=link_url(base_url, draft.link_token), short_code=draft.short_code)
    rendered = render_transcript(read_record(record_json), link, record_json=record_json)
    head = blobs.put(rendered.pdf)
    with database.begin() as unit:
        unit.documents.move(draft.document, from_head=draft.head, to_head=head, from_state=draft.state, to_state=next_state(draft.state))
