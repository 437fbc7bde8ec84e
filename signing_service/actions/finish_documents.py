"""Bring sealed documents to B-LTA and freeze them (step 10): one DSS, one document time-stamp, the last revision."""

from signing_service.actions.queue import documents_in, note_waiting
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.services import RevocationAnswers, Timestamper
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.actions.subject_sheets.carried import sheet_signatures
from signing_service.errors import SigningServiceError
from signing_service.signing.finish import finish
from signing_service.signing.material import ValidationMaterial
from signing_service.signing.state import signer_certificates
from signing_service.workflow.case import CaseState, next_state


def finish_documents(
    *,
    database: Database,
    blobs: BlobStore,
    revocation: RevocationAnswers,
    timestamper: Timestamper,
    on_step: StepListener = nobody_listens,
) -> int:
    """Finish every sealed document; returns how many. One that lacks an answer or a time-stamp waits with the reason, never weaker."""
    finished = 0
    for sealed in documents_in(database, CaseState.SEALED):
        # Asked for once a batch and after it was read, hence younger than every signature in it.
        answers: dict[bytes, bytes] = {}
        for document in sealed:
            try:
                _finish(document, answers, database=database, blobs=blobs, revocation=revocation, timestamper=timestamper, on_step=on_step)
            except SigningServiceError as error:
                note_waiting(document, error, database=database)
            else:
                finished += 1
    return finished


def _finish(
    document: StoredDocument,
    answers: dict[bytes, bytes],
    *,
    database: Database,
    blobs: BlobStore,
    revocation: RevocationAnswers,
    timestamper: Timestamper,
    on_step: StepListener,
) -> None:
    head = blobs.get(document.head)
    signers = signer_certificates(head)
    for certificate in signers:
        if certificate not in answers:
            answers[certificate] = revocation.ocsp(certificate)
    material = ValidationMaterial(
        certificates=(*signers, *revocation.chain(), *revocation.supporting_certificates()),
        ocsps=tuple(answers[certificate] for certificate in signers),
        crls=revocation.crls(),
    )
    frozen = blobs.put(finish(head, material, timestamper, detached=sheet_signatures(document, database=database, blobs=blobs)))
    on_step(Step.FINAL_REVISION_STORED, document.document)
    with database.begin() as unit:
        unit.documents.move(
            document.document, from_head=document.head, to_head=frozen, from_state=document.state, to_state=next_state(document.state)
        )
    on_step(Step.FINISHED, document.document)
