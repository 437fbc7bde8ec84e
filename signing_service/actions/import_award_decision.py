"""Take an award decision in: the decision and one certificate for each recipient become drafts, all of them or none.

The same decision twice changes nothing. Another content under the same number is refused while the first one stands; a decision that was
returned before it was sealed frees its number, and one that was cancelled is superseded by what is imported in its place.
"""

from dataclasses import dataclass

from signing_service.access.policy import Actor, Permission, Unit, may, require
from signing_service.actions.award_correction import EarlierDecision
from signing_service.actions.award_drafts import AwardDraft
from signing_service.actions.award_store import StoredDecision
from signing_service.actions.repositories import BlobStore, Database, UnitOfWork
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, RefusedError
from signing_service.ids import DecisionId, DocumentId
from signing_service.intake.awards.authority import NOT_REGISTERED
from signing_service.records.awards.catalogue import AwardCatalogue, catalogue_named
from signing_service.records.awards.decision import AwardDecision


@dataclass(frozen=True, slots=True)
class AwardImport:
    """What an import did."""

    decision: DecisionId
    added: tuple[DocumentId, ...]
    """The decision first, then the certificates in the order of the annex; empty where the decision was there already."""


def import_award_decision(
    decision: AwardDecision,
    *,
    actor: Actor,
    database: Database,
    blobs: BlobStore,
    clock: Clock,
    catalogues: tuple[AwardCatalogue, ...] | None = None,
    on_step: StepListener = nobody_listens,
) -> AwardImport:
    """Store a decision that intake found sound.

    Raises:
        InvalidInputError: the decision names a catalogue or a title that is not known (`award-catalogue-unknown`, `award-title-unknown`).
        RefusedError: the office is not registered (`authority-not-registered`), the actor may not import for it (`not-permitted`), or
            whoever is to sign holds no office there that may, on the day of the decision (`signatory-not-appointed`).
        ConflictError: another decision stands under this number (`award-decision-exists`), this very one was cancelled
            (`award-decision-cancelled`), or golden-book numbers are taken (`golden-book-number-taken`).
    """
    catalogue = catalogue_named(decision.catalogue, catalogues)
    if decision.authority.code == NOT_REGISTERED:
        raise RefusedError(
            "authority-not-registered",
            vi="Cơ quan ban hành chưa có trong danh bạ; đăng ký trước rồi nhập lại. Chưa lưu gì.",
            en="The issuing office is not in the register; register it first, then import again. Nothing was stored.",
        )
    now = clock.now()
    require(actor, Permission.AWARD_IMPORT, Unit(decision.authority.code), on=now.astimezone(VIETNAM).date())
    with database.read() as unit:
        _require_signatory(decision, unit)
        held = _standing(decision, unit)
        earlier = None if held is None else EarlierDecision(held, unit, blobs)
        if held is not None and earlier is not None and earlier.is_the_same(decision):
            return AwardImport(held.decision, ())
    draft = AwardDraft(decision, catalogue, earlier, blobs, now.replace(microsecond=0))
    with database.begin() as unit:
        if _standing(decision, unit) != held:
            raise ConflictError(
                "award-decision-exists",
                vi="Quyết định mang số này vừa được người khác nhập; hãy xem lại.",
                en="Somebody else imported a decision with this number meanwhile; look again.",
            )
        if held is not None and earlier is not None:
            unit.awards.release(held.decision, numbers=not earlier.was_issued)
        draft.add(unit)
    added = tuple(document.document for document in draft.documents)
    for document in added:
        on_step(Step.RECORD_STORED, document)
    return AwardImport(draft.decision_id, added)


def _standing(decision: AwardDecision, unit: UnitOfWork) -> StoredDecision | None:
    return unit.awards.standing(decision.authority.code, decision.number, decision.dated.year)


def _require_signatory(decision: AwardDecision, unit: UnitOfWork) -> None:
    person = decision.signatory.code
    signer = None if person is None else Actor(person, unit.staff.appointments_of(person))
    if signer is None or not may(signer, Permission.AWARD_SIGN, Unit(decision.authority.code), on=decision.dated):
        raise RefusedError(
            "signatory-not-appointed",
            vi="Người ký nêu trong quyết định không giữ chức vụ được ký khen thưởng tại cơ quan vào ngày ban hành; kiểm tra mã người ký và "
            "danh bạ. Chưa lưu gì.",
            en="Whoever the decision names as signing holds no office there that signs awards, on the day of the decision; check the "
            "signer's code and the directory. Nothing was stored.",
        )
