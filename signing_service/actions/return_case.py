"""Return what is wrong before it is sealed (trả lại): the case closes, and the corrected record begins one of its own."""

from signing_service.access.policy import Actor, Permission, require
from signing_service.actions.case_store import CaseEvent
from signing_service.actions.repositories import Database
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, InvalidInputError
from signing_service.ids import DocumentId
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState, require_move

_PERMISSION = {
    DocumentKind.TRANSCRIPT: Permission.TRANSCRIPT_RETURN,
    DocumentKind.TRANSCRIPT_EXTRACT: Permission.TRANSCRIPT_EXTRACT,
    DocumentKind.AWARD_DECISION: Permission.AWARD_CANCEL,
    DocumentKind.AWARD_CERTIFICATE: Permission.AWARD_CANCEL,
}


def return_case(actor: Actor, document_id: DocumentId, *, remark: str, database: Database, clock: Clock) -> None:
    """Close a case that is not sealed yet; what was signed of it is void, and the rest of its class goes on.

    Raises:
        InvalidInputError: no remark says what is to be corrected (`remark-missing`).
        RefusedError: the actor may not (`not-permitted`), or the case is sealed or closed (`wrong-order`).
        ConflictError: unknown (`document-unknown`), or a signature is being made at this moment (`being-signed`).
    """
    now = clock.now()
    if not remark.strip():
        raise InvalidInputError("remark-missing", vi="Phải ghi rõ cần sửa gì.", en="Say what has to be corrected.")
    with database.begin() as unit:
        document = unit.documents.get(document_id)
        if document is None:
            raise ConflictError("document-unknown", vi="Không có hồ sơ này.", en="There is no such case.")
        require(actor, _PERMISSION[document.kind], document.batch, on=now.astimezone(VIETNAM).date())
        require_move(document.state, CaseState.RETURNED)
        intent = unit.intents.get(document_id)
        if intent is not None:
            if intent.signature_value is not None or intent.lease_until > now:
                raise ConflictError(
                    "being-signed",
                    vi="Hồ sơ đang được ký; thử lại sau ít phút.",
                    en="The case is being signed at this moment; try again in a few minutes.",
                )
            unit.intents.close(document_id)
        unit.documents.move(
            document_id, from_head=document.head, to_head=document.head, from_state=document.state, to_state=CaseState.RETURNED
        )
        unit.events.add(CaseEvent(document_id, CaseState.RETURNED, actor.person, now, remark.strip()))
