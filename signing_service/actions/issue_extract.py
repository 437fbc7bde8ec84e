"""Draw up an extract (trích sao) of an issued transcript, without personal fields; the copying body seals it in an act of its own."""

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, RefusedError
from signing_service.ids import DocumentId, new_document_id, new_link_token, new_record_id, new_short_code
from signing_service.records.canonical import read_record
from signing_service.records.jcs import canonical_json
from signing_service.records.kinds import DocumentKind
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.extract import render_extract
from signing_service.rendering.extract_form import CopyNote, extract_data, printed_extract
from signing_service.workflow.case import CaseState


def issue_extract(
    actor: Actor, document_id: DocumentId, *, number: str | None, database: Database, blobs: BlobStore, clock: Clock, base_url: str
) -> DocumentId:
    """A new document, complete and waiting for the school's seal, with a link of its own.

    Its basis is the transcript's record: a recall of the one takes the other with it (`decide_recall`). `number` is that of the copy, as
    the school's book of copies has it.

    Raises:
        ConflictError: unknown (`document-unknown`).
        RefusedError: the actor may not (`not-permitted`), or the transcript is not issued or does not stand any more
            (`not-an-issued-transcript`).
        InvalidInputError: the number cannot be printed (`undrawable-character`).
    """
    now = clock.now().replace(microsecond=0)
    with database.read() as unit:
        source = unit.documents.get(document_id)
    if source is None:
        raise ConflictError("document-unknown", vi="Không có hồ sơ này.", en="There is no such case.")
    require(actor, Permission.TRANSCRIPT_EXTRACT, source.batch, on=now.astimezone(VIETNAM).date())
    if source.kind is not DocumentKind.TRANSCRIPT or source.state is not CaseState.ARCHIVED or not isinstance(source.batch, ClassOfYear):
        raise RefusedError(
            "not-an-issued-transcript",
            vi="Chỉ trích sao từ học bạ đã phát hành và còn hiệu lực.",
            en="Only a transcript that is issued and still stands is extracted from.",
        )
    record = read_record(blobs.get(source.record_blob))
    issuer = record.transcript.issuer
    token, short_code = new_link_token(), new_short_code()
    note = CopyNote(body=issuer.school_name, place=issuer.place_of_issue, copied_at=now, number=number)
    rendered = render_extract(record, PrintedLink(link_url(base_url, token), short_code), note=note)
    data = blobs.put(canonical_json(extract_data(record, note, printed_extract(record, note))))
    extract = StoredDocument(
        document=new_document_id(),
        kind=DocumentKind.TRANSCRIPT_EXTRACT,
        batch=source.batch,
        subject=source.subject,
        record=new_record_id(),
        record_digest=data,
        record_blob=data,
        basis=source.record_blob,
        link_token=token,
        short_code=short_code,
        state=CaseState.COMPLETE,
        head=blobs.put(rendered.pdf),
        created_at=now,
    )
    with database.begin() as unit:
        unit.documents.add(extract)
    return extract.document
