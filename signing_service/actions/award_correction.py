"""The decision that holds a number when another is imported under it: does it stand, and what of it is superseded?"""

from collections import Counter
from collections.abc import Iterator, Mapping

from signing_service.access.policy import AwardFile
from signing_service.actions.award_store import StoredDecision, line_subject
from signing_service.actions.repositories import BlobStore, StoredDocument, UnitOfWork
from signing_service.errors import ConflictError
from signing_service.records.awards.canonical import decision_digest, read_kept_decision
from signing_service.records.awards.decision import AwardDecision, Section
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState


class EarlierDecision:
    """The decision that holds a number, with what became of its documents."""

    def __init__(self, held: StoredDecision, unit: UnitOfWork, blobs: BlobStore) -> None:
        self._held = held
        self._kept = read_kept_decision(blobs.get(held.kept)).decision
        self._open = unit.documents.of_batch(AwardFile(held.unit, held.decision))
        certificates = (unit.documents.of_subject(DocumentKind.AWARD_CERTIFICATE, held.unit, s) for s in _every_subject(self._kept))
        of_office = [*unit.documents.of_subject(DocumentKind.AWARD_DECISION, held.unit, ""), *(d for found in certificates for d in found)]
        self._recalled = {
            document.subject: document
            for document in of_office
            if isinstance(document.batch, AwardFile) and document.batch.decision == held.decision and document.state is CaseState.RECALLED
        }

    @property
    def was_issued(self) -> bool:
        """Whether it had effect before it was cancelled."""
        return bool(self._recalled)

    def is_the_same(self, decision: AwardDecision) -> bool:
        """True where `decision` is the one that stands; False where the number is free for it.

        Raises:
            ConflictError: another content stands (`award-decision-exists`), or this content was cancelled (`award-decision-cancelled`).
        """
        same = self._held.content == decision_digest(decision)
        if self._open and not same:
            raise ConflictError(
                "award-decision-exists",
                vi="Đã có quyết định mang số này với nội dung khác; muốn sửa phải trả lại hoặc hủy bỏ quyết định trước.",
                en="A decision with this number and other content stands; a correction has to return or cancel it first.",
            )
        if same and self._recalled and not self._open:
            raise ConflictError(
                "award-decision-cancelled",
                vi="Quyết định này đã bị hủy bỏ; nhập lại cùng nội dung không làm nó có hiệu lực.",
                en="This decision was cancelled; importing the same content again does not bring it back.",
            )
        return bool(self._open)

    def superseded_by(self, decision: AwardDecision) -> Mapping[str, StoredDocument]:
        """Subject within `decision` to the cancelled document that it takes the place of.

        A certificate takes the place of one about the same award of the same recipient, wherever on the list either stands; where that is
        not beyond doubt, of none: a link must never lead on to somebody else's award.
        """
        then, now = _unmistakable(self._kept), _unmistakable(decision)
        pairs = {"": ""} | {subject: then[who] for who, subject in now.items() if who in then}
        return {subject: self._recalled[earlier] for subject, earlier in pairs.items() if earlier in self._recalled}


def _every_subject(decision: AwardDecision) -> Iterator[str]:
    return (subject for _, subject in _lines(decision))


def _unmistakable(decision: AwardDecision) -> Mapping[tuple[str, ...], str]:
    times = Counter(who for who, _ in _lines(decision))
    return {who: subject for who, subject in _lines(decision) if times[who] == 1}


def _lines(decision: AwardDecision) -> Iterator[tuple[tuple[str, ...], str]]:
    """Recipient and award, and the subject of the certificate; a name counts only together with code or unit."""
    for collective in decision.collectives:
        award = collective.award
        who = (Section.COLLECTIVE.value, collective.name, award.title, award.occasion.value, award.campaign or "")
        yield who, line_subject(Section.COLLECTIVE, collective.number)
    for person in decision.individuals:
        award = person.award
        known = (Section.INDIVIDUAL.value, person.code or f"{person.unit}/{person.name}")
        yield (*known, award.title, award.occasion.value, award.campaign or ""), line_subject(Section.INDIVIDUAL, person.number)
