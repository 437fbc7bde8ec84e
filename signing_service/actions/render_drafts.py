"""Turn drafts into unsigned documents (step 3 of docs/ISSUANCE-CYCLE.md), once every sheet that they rest on is signed."""

from dataclasses import replace
from itertools import chain

from signing_service.actions.queue import documents_in, note_waiting
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.actions.subject_sheets.rest import SheetDesk
from signing_service.actions.subject_sheets.rule import DEFAULT_SHEET_RULE, SheetRule
from signing_service.clock import Clock
from signing_service.errors import SigningServiceError
from signing_service.ids import LinkToken
from signing_service.records.awards.canonical import read_award_certificate, read_award_decision
from signing_service.records.canonical import canonical_bytes, read_record, record_digest
from signing_service.records.kinds import DocumentKind
from signing_service.records.subject_sheet import SHEETS_ATTACHMENT
from signing_service.rendering.attachments import Attachment, Relationship
from signing_service.rendering.award_certificate import render_award_certificate
from signing_service.rendering.award_decision import render_award_decision
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.transcript import render_transcript
from signing_service.workflow.case import CaseState, next_state


def link_url(base_url: str, token: LinkToken) -> str:
    """The verification link of a document: what its QR code holds."""
    return f"{base_url}/v/{token}"


def render_drafts(
    *,
    database: Database,
    blobs: BlobStore,
    clock: Clock,
    base_url: str,
    rule: SheetRule = DEFAULT_SHEET_RULE,
    on_step: StepListener = nobody_listens,
) -> int:
    """Render every draft; returns how many. A draft that cannot be drawn, or that a subject teacher has not signed for, waits with the
    reason and holds up no other.
    """  # noqa: D205 - one thought
    rendered = 0
    sheets = SheetDesk(database, blobs, clock, rule)
    for draft in chain.from_iterable(documents_in(database, CaseState.DRAFT)):
        try:
            drawn = _drawn(draft, sheets, blobs=blobs, base_url=base_url)
            with database.begin() as unit:
                unit.documents.assert_anew(draft, drawn)
        except SigningServiceError as error:
            note_waiting(draft, error, database=database)
        else:
            on_step(Step.RENDERED, draft.document)
            rendered += 1
    return rendered


def _drawn(draft: StoredDocument, sheets: SheetDesk, *, blobs: BlobStore, base_url: str) -> StoredDocument:
    """The document as it stands once rendered."""
    if draft.kind is DocumentKind.TRANSCRIPT:
        return _transcript(draft, sheets, blobs=blobs, base_url=base_url)
    record_json, link = blobs.get(draft.record_blob), _printed_link(draft, base_url)
    if draft.kind is DocumentKind.AWARD_DECISION:
        rendered = render_award_decision(read_award_decision(record_json), link, record_json=record_json)
    else:
        rendered = render_award_certificate(read_award_certificate(record_json), link, record_json=record_json)
    return replace(draft, head=blobs.put(rendered.pdf), state=next_state(draft.state))


def _printed_link(draft: StoredDocument, base_url: str) -> PrintedLink:
    return PrintedLink(url=link_url(base_url, draft.link_token), short_code=draft.short_code)


def _transcript(draft: StoredDocument, sheets: SheetDesk, *, blobs: BlobStore, base_url: str) -> StoredDocument:
    resting = sheets.rest(draft, read_record(blobs.get(draft.record_blob)))
    record_json = canonical_bytes(resting.record)
    attachments = () if resting.attachment is None else (_attached(resting.attachment),)
    rendered = render_transcript(resting.record, _printed_link(draft, base_url), record_json=record_json, attachments=attachments)
    return replace(
        draft,
        record_digest=record_digest(resting.record),
        record_blob=blobs.put(record_json),
        head=blobs.put(rendered.pdf),
        state=next_state(draft.state),
    )


def _attached(sheets: bytes) -> Attachment:
    return Attachment(
        SHEETS_ATTACHMENT, "application/json", sheets, Relationship.SUPPLEMENT, "Phiếu điểm môn học do giáo viên bộ môn ký số"
    )
