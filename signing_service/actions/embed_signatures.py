"""Finish signatures whose value exists: time-stamp, embed, move the head (steps 7 to 9). Needs no signer and no key.

The everyday path of every signature, and the recovery of one that a crash interrupted.
"""

from signing_service.actions.queue import note_waiting, unembedded
from signing_service.actions.repositories import BlobStore, Database
from signing_service.actions.services import Timestamper
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.ids import DocumentId
from signing_service.signing.embed import embed
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.sign import SignatureValue
from signing_service.workflow.case import state_after_signature


def embed_signature(
    document_id: DocumentId,
    *,
    database: Database,
    blobs: BlobStore,
    timestamper: Timestamper,
    on_step: StepListener = nobody_listens,
) -> None:
    """Bring one stored signature value into its document.

    Raises:
        ConflictError: there is no such value, or the head moved (`head-moved`).
        UnavailableError: no time-stamp can be had; the value stays stored and the case waits (`timestamp-unavailable`).
        IntegrityError: what was prepared or the head is damaged, or they do not belong together.
    """
    with database.begin() as unit:
        document, intent = unit.documents.get(document_id), unit.intents.get(document_id)
    if document is None or intent is None or intent.signature_value is None:
        raise ConflictError("intent-gone", vi="Chữ ký này đã được xử lý.", en="This signature was dealt with already.")
    prepared = PreparedSignature.from_bytes(blobs.get(intent.prepared))
    value = SignatureValue.from_bytes(intent.signature_value)
    token = timestamper.token(value.message_imprint)
    on_step(Step.TIMESTAMPED, document_id)
    head = blobs.put(embed(prepared, blobs.get(document.head), value, token))
    on_step(Step.REVISION_STORED, document_id)
    with database.begin() as unit:
        unit.documents.move(
            document_id,
            from_head=prepared.base_sha256,
            to_head=head,
            from_state=document.state,
            to_state=state_after_signature(document.kind, document.state, intent.role),
        )
        unit.intents.close(document_id)
    on_step(Step.SIGNED, document_id)


def embed_signatures(*, database: Database, blobs: BlobStore, timestamper: Timestamper, on_step: StepListener = nobody_listens) -> int:
    """Finish every interrupted signature; returns how many. Those that cannot be finished now wait with the reason."""
    finished = 0
    for intent in unembedded(database):
        with database.begin() as unit:
            document = unit.documents.get(intent.document)
        if document is None:
            continue
        try:
            embed_signature(intent.document, database=database, blobs=blobs, timestamper=timestamper, on_step=on_step)
        except SigningServiceError as error:
            note_waiting(document, error, database=database)
        else:
            finished += 1
    return finished
