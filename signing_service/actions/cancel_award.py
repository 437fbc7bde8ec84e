"""Cancel an award (hủy bỏ khen thưởng): a whole decision or one recipient's, asked for with the reason, approved by who granted it.

Law 06/2022/QH15, Điều 93: the authority that granted an award cancels it. A decision takes its certificates with it, and itself comes last:
whoever is interrupted repeats the call and finds what is left.
"""

from collections.abc import Iterator

from signing_service.access.policy import Actor, AwardFile, Permission, require
from signing_service.actions.decide_recall import decide_recall
from signing_service.actions.repositories import Database, StoredDocument
from signing_service.actions.request_recall import request_recall
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError
from signing_service.workflow.case import CaseState, require_move
from signing_service.workflow.recall import Recall, RecallReason, RecallState


def request_cancellation(
    actor: Actor, file: AwardFile, subject: str | None, *, explanation: str, database: Database, clock: Clock
) -> tuple[Recall, ...]:
    """Ask for the whole decision (`subject` None) or for one certificate (`award_store.line_subject`) to be cancelled.

    Raises:
        InvalidInputError: no explanation (`explanation-missing`).
        RefusedError: the actor may not (`not-permitted`), or something of it is not issued yet or closed already (`wrong-order`); nothing
            was asked for. What is not sealed yet is returned instead (`return_case`).
        ConflictError: unknown (`award-unknown`).
    """
    with database.begin() as unit:
        documents = _concerned(unit.documents.of_batch(file), subject)
        for document in documents:
            require(actor, Permission.AWARD_IMPORT, file, on=clock.now().astimezone(VIETNAM).date())
            require_move(document.state, CaseState.RECALLED)
        unasked = [document for document in documents if unit.recalls.standing(document.document) is None]
    reason = RecallReason.AWARD_CANCELLED
    return tuple(request_recall(actor, d.document, reason, explanation=explanation, database=database, clock=clock) for d in unasked)


def decide_cancellation(
    actor: Actor, file: AwardFile, subject: str | None, *, approve: bool, remark: str, database: Database, clock: Clock
) -> tuple[Recall, ...]:
    """Approve or refuse every open request for the whole decision (`subject` None) or for one certificate.

    Raises:
        RefusedError: the actor may not (`not-permitted`), or asked for it themselves (`own-request`).
        ConflictError: unknown (`award-unknown`), or no request is open (`recall-unknown`).
    """
    with database.begin() as unit:
        documents = _concerned(unit.documents.of_batch(file), subject)
        standing = [unit.recalls.standing(document.document) for document in documents]
    asked = [recall for recall in standing if recall is not None and _is_open(recall)]
    if not asked:
        raise ConflictError("recall-unknown", vi="Không có đề nghị hủy bỏ nào đang chờ.", en="No request to cancel is open.")
    return tuple(decide_recall(actor, r.recall, approve=approve, remark=remark, database=database, clock=clock) for r in asked)


def _is_open(recall: Recall) -> bool:
    return recall.reason is RecallReason.AWARD_CANCELLED and recall.state is RecallState.REQUESTED


def _concerned(documents: tuple[StoredDocument, ...], subject: str | None) -> tuple[StoredDocument, ...]:
    found = tuple(_certificates_first(documents) if subject is None else (d for d in documents if d.subject == subject))
    if not found:
        raise ConflictError("award-unknown", vi="Không có quyết định hoặc khen thưởng này.", en="There is no such decision or award.")
    return found


def _certificates_first(documents: tuple[StoredDocument, ...]) -> Iterator[StoredDocument]:
    return iter(sorted(documents, key=lambda document: document.subject == ""))
