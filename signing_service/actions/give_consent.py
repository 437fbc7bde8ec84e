"""A signer agrees to sign a class or an award file: the exact files, named by digest; whoever is left out is named with the reason."""

import uuid
from dataclasses import dataclass

from signing_service.access.policy import Actor, Batch, Permission, require
from signing_service.actions.repositories import Database, StoredDocument, StoredIntent
from signing_service.clock import VIETNAM, Clock
from signing_service.ids import DocumentId
from signing_service.workflow.case import SigningRole, awaited_state, route
from signing_service.workflow.consent import Consent, ConsentId, ConsentItem, consent_digest

PERMISSION_OF = {
    SigningRole.HOMEROOM_TEACHER: Permission.TRANSCRIPT_SIGN_AS_HOMEROOM,
    SigningRole.PRINCIPAL: Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL,
    SigningRole.SCHOOL_SEAL: Permission.TRANSCRIPT_SEAL,
    SigningRole.AWARD_AUTHORITY: Permission.AWARD_SIGN,
    SigningRole.OFFICE_SEAL: Permission.AWARD_SEAL,
    SigningRole.COPYING_SEAL: Permission.TRANSCRIPT_EXTRACT,
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the batch that an act passes over, and why: the code of an error, or where its case stands."""

    document: DocumentId
    reason: str


@dataclass(frozen=True, slots=True)
class OfferedConsent:
    """What the signer is asked to agree to."""

    consent: Consent
    left_out: tuple[LeftOut, ...]


def give_consent(actor: Actor, role: SigningRole, batch: Batch, *, database: Database, clock: Clock) -> OfferedConsent:
    """Store the actor's consent to sign everything of the batch that awaits `role`.

    Raises:
        RefusedError: the actor holds no office that may sign this batch in this role (`not-permitted`).
    """
    now = clock.now()
    require(actor, PERMISSION_OF[role], batch, on=now.astimezone(VIETNAM).date())
    with database.begin() as unit:
        documents = tuple(d for d in unit.documents.of_batch(batch) if role in route(d.kind))
        reasons = {d.document: _why_not(d, unit.intents.get(d.document), role, clock) for d in documents}
        items = tuple(ConsentItem(d.document, d.head) for d in documents if reasons[d.document] is None)
        consent = Consent(
            consent_id=ConsentId(str(uuid.uuid4())),
            person=actor.person,
            role=role,
            items=items,
            digest=consent_digest(actor.person, role, items),
            given_at=now,
        )
        unit.consents.add(consent)
    return OfferedConsent(consent, tuple(LeftOut(document, reason) for document, reason in reasons.items() if reason is not None))


def _why_not(document: StoredDocument, intent: StoredIntent | None, role: SigningRole, clock: Clock) -> str | None:
    if document.state != awaited_state(role):
        return f"state-is-{document.state}"
    if intent is not None and (intent.signature_value is not None or intent.lease_until > clock.now()):
        return "being-signed"
    return None
