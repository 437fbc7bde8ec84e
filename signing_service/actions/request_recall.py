"""Ask for an issued document to be taken back (đề nghị thu hồi): reason for everybody, explanation for those who decide."""

import uuid

from signing_service.access.policy import Actor, Permission, require
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, InvalidInputError
from signing_service.ids import DocumentId
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState, require_move
from signing_service.workflow.recall import Recall, RecallId, RecallReason

REQUEST_PERMISSION = {
    DocumentKind.TRANSCRIPT: Permission.TRANSCRIPT_REQUEST_RECALL,
    DocumentKind.TRANSCRIPT_EXTRACT: Permission.TRANSCRIPT_REQUEST_RECALL,
    DocumentKind.AWARD_DECISION: Permission.AWARD_IMPORT,
    DocumentKind.AWARD_CERTIFICATE: Permission.AWARD_IMPORT,
}


def request_recall(
    actor: Actor, document_id: DocumentId, reason: RecallReason, *, explanation: str, database: Database, clock: Clock
) -> Recall:
    """Store the request; nothing about the document changes until it is approved by somebody else.

    Raises:
        InvalidInputError: no explanation (`explanation-missing`).
        RefusedError: the actor may not (`not-permitted`), or the document is not issued or closed already (`wrong-order`).
        ConflictError: unknown (`document-unknown`), or a request for it stands (`recall-standing`).
    """
    now = clock.now()
    if not explanation.strip():
        raise InvalidInputError("explanation-missing", vi="Phải giải trình vì sao thu hồi.", en="Explain why it has to be taken back.")
    recall = Recall(RecallId(str(uuid.uuid4())), document_id, reason, explanation.strip(), actor.person, now)
    with database.begin() as unit:
        document = unit.documents.get(document_id)
        if document is None:
            raise ConflictError("document-unknown", vi="Không có hồ sơ này.", en="There is no such case.")
        require(actor, REQUEST_PERMISSION[document.kind], document.batch, on=now.astimezone(VIETNAM).date())
        require_move(document.state, CaseState.RECALLED)
        if unit.recalls.standing(document_id) is not None:
            raise ConflictError("recall-standing", vi="Đã có đề nghị thu hồi hồ sơ này.", en="A request to recall it stands already.")
        unit.recalls.add(recall)
    return recall
