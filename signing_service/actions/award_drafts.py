"""Makes the drafts of an award decision: its own document, and one certificate for each line of the annex, bound to it by digest."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from signing_service.access.policy import AwardFile
from signing_service.actions.award_correction import EarlierDecision
from signing_service.actions.award_store import GoldenBookNumber, StoredDecision, line_subject
from signing_service.actions.repositories import BlobStore, StoredDocument, UnitOfWork
from signing_service.errors import ConflictError
from signing_service.ids import Sha256, new_decision_id, new_document_id, new_link_token, new_record_id, new_short_code
from signing_service.records.awards.canonical import award_bytes, award_digest, decision_digest
from signing_service.records.awards.catalogue import AwardCatalogue, GoldenBook
from signing_service.records.awards.certificate import AwardCertificate, AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecision, AwardDecisionRecord, KeptDecision, Section
from signing_service.records.awards.issued import certificates_of, issued_decision
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState

_SALT_BYTES: Final = 32


class AwardDraft:
    """Everything that a decision becomes; its blobs are durable before the transaction that names them begins."""

    def __init__(
        self, decision: AwardDecision, catalogue: AwardCatalogue, earlier: EarlierDecision | None, blobs: BlobStore, now: datetime
    ) -> None:
        self.decision_id = new_decision_id()
        self._decision = decision
        self._catalogue = catalogue
        self._blobs = blobs
        self._now = now
        self._kept = blobs.put(award_bytes(KeptDecision(secrets.token_hex(_SALT_BYTES), decision)))
        self.documents = tuple(self._made({} if earlier is None else earlier.superseded_by(decision)))
        """The decision first, then the certificates in the order of the annex."""

    def add(self, unit: UnitOfWork) -> None:
        """Add the decision and its documents to a transaction.

        Raises:
            ConflictError: a golden-book number is taken (`golden-book-number-taken`).
        """
        numbers = self._numbers()
        if unit.awards.numbers_taken(self._decision.authority.code, numbers):
            raise ConflictError(
                "golden-book-number-taken",
                vi="Có số sổ vàng đã dùng trong quyết định khác của cơ quan trong năm; hãy đánh số tiếp.",
                en="Another decision of the office used some of these golden-book numbers this year; number on from there.",
            )
        stored = StoredDecision(
            decision=self.decision_id,
            unit=self._decision.authority.code,
            number=self._decision.number,
            dated=self._decision.dated,
            content=decision_digest(self._decision),
            kept=self._kept,
            created_at=self._now,
        )
        unit.awards.add(stored, numbers)
        for document in self.documents:
            unit.documents.add(document)

    def _made(self, replaced: Mapping[str, StoredDocument]) -> Iterator[StoredDocument]:
        head = self._decision_record(replaced.get(""))
        yield self._document(DocumentKind.AWARD_DECISION, "", head, replaced.get(""))
        digest = award_digest(head)
        for certificate in certificates_of(self._decision, self._catalogue):
            subject = line_subject(certificate.recipient.section, certificate.golden_book_number)
            before = replaced.get(subject)
            yield self._document(DocumentKind.AWARD_CERTIFICATE, subject, self._certificate_record(certificate, digest, before), before)

    def _numbers(self) -> tuple[GoldenBookNumber, ...]:
        through_year = self._catalogue.golden_book is GoldenBook.THROUGH_YEAR
        scope = str(self._decision.dated.year) if through_year else self.decision_id
        return (
            *(GoldenBookNumber(Section.COLLECTIVE, line.number, scope) for line in self._decision.collectives),
            *(GoldenBookNumber(Section.INDIVIDUAL, line.number, scope) for line in self._decision.individuals),
        )

    def _decision_record(self, before: StoredDocument | None) -> AwardDecisionRecord:
        return AwardDecisionRecord(
            record_id=new_record_id(),
            decision_id=self.decision_id,
            created_at=self._now,
            decision=issued_decision(self._decision),
            supersedes=before.record_digest if before else None,
            basis=self._kept,
        )

    def _certificate_record(self, certificate: AwardCertificate, decision: Sha256, before: StoredDocument | None) -> AwardCertificateRecord:
        return AwardCertificateRecord(
            record_id=new_record_id(),
            created_at=self._now,
            decision_id=self.decision_id,
            decision_record=decision,
            certificate=certificate,
            supersedes=before.record_digest if before else None,
        )

    def _document(
        self, kind: DocumentKind, subject: str, record: AwardDecisionRecord | AwardCertificateRecord, before: StoredDocument | None
    ) -> StoredDocument:
        blob = self._blobs.put(award_bytes(record))
        return StoredDocument(
            document=new_document_id(),
            kind=kind,
            batch=AwardFile(self._decision.authority.code, self.decision_id),
            subject=subject,
            record=record.record_id,
            record_digest=award_digest(record),
            record_blob=blob,
            basis=self._kept,
            link_token=new_link_token(),
            short_code=new_short_code(),
            state=CaseState.DRAFT,
            head=blob,
            created_at=self._now,
            replaces=before.document if before else None,
        )
