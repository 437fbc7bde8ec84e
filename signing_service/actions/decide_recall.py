"""Approve or refuse a recall (duyệt thu hồi): by the head of the school while the year is open, by the department once it is closed."""

from dataclasses import replace
from datetime import date

from signing_service.access.policy import Actor, Batch, ClassOfYear, Permission, Resource, Unit, require
from signing_service.actions.case_store import CaseEvent
from signing_service.actions.directory_rights import is_one_person
from signing_service.actions.repositories import Database, StoredDocument, UnitOfWork
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, RefusedError
from signing_service.ids import SchoolCode
from signing_service.records.kinds import DocumentKind
from signing_service.transparency.leaf import LeafKind, draw_salt
from signing_service.workflow.case import CaseState, require_move
from signing_service.workflow.lock import DEFAULT_LOCK_DAYS, LockDays
from signing_service.workflow.recall import Recall, RecallId, RecallState


def decide_recall(
    actor: Actor,
    recall_id: RecallId,
    *,
    approve: bool,
    remark: str,
    database: Database,
    clock: Clock,
    lock_days: LockDays = DEFAULT_LOCK_DAYS,
) -> Recall:
    """Decide an open request. An approved one closes the document and its extracts at once; the log follows (`log_closings`).

    The `remark` says why it is refused, or the number of the decision; it is for those inside.

    Raises:
        RefusedError: the actor may not (`not-permitted`), or asked for it themselves, under this code or another (`own-request`).
        ConflictError: unknown (`recall-unknown`), or decided before (`recall-decided`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    with database.begin() as unit:
        recall = unit.recalls.get(recall_id)
        document = unit.documents.get(recall.document) if recall else None
        if recall is None or document is None:
            raise ConflictError("recall-unknown", vi="Không có đề nghị thu hồi này.", en="There is no such request.")
        require(actor, *_asked_of(document.batch, unit, locked=_is_locked(document.batch, lock_days, today)), on=today)
        if is_one_person(unit, actor.person, recall.requested_by):
            raise RefusedError(
                "own-request",
                vi="Người đề nghị không được tự duyệt; cần người khác có thẩm quyền.",
                en="Whoever asked may not decide; somebody else with the authority has to.",
            )
        state = RecallState.APPROVED if approve else RecallState.REFUSED
        decided = replace(recall, state=state, decided_by=actor.person, decided_at=now, remark=remark.strip() or None)
        unit.recalls.decide(decided)
        unit.events.add(CaseEvent(document.document, f"recall-{state}", actor.person, now, remark.strip()))
        if approve:
            recall_issued(document, unit)
            for extract in unit.documents.of_subject(DocumentKind.TRANSCRIPT_EXTRACT, document.batch.unit, document.subject):
                if extract.basis == document.record_blob and extract.state is CaseState.ARCHIVED:
                    recall_issued(extract, unit)
    return decided


def recall_issued(document: StoredDocument, unit: UnitOfWork) -> None:
    """Close an issued document for good; its leaf in the log follows."""
    require_move(document.state, CaseState.RECALLED)
    unit.documents.move(
        document.document, from_head=document.head, to_head=document.head, from_state=document.state, to_state=CaseState.RECALLED
    )
    unit.commitments.draw(document.document, LeafKind.RECALL, document.head, draw_salt())


def _is_locked(batch: Batch, lock_days: LockDays, today: date) -> bool:
    return isinstance(batch, ClassOfYear) and lock_days.is_locked(batch.school_year, on=today, reassessed=True)


def _asked_of(batch: Batch, unit: UnitOfWork, *, locked: bool) -> tuple[Permission, Resource]:
    """Which permission decides, and over what."""
    if not isinstance(batch, ClassOfYear):
        return Permission.AWARD_CANCEL, batch
    if not locked:
        return Permission.TRANSCRIPT_APPROVE_RECALL, batch
    school = unit.staff.school(batch.school)
    department = SchoolCode(school.department_code) if school else batch.school
    return Permission.TRANSCRIPT_APPROVE_RECALL_AFTER_LOCK, Unit(department)
