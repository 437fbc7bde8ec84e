"""Perform an act: sign every file that a consent names, with the signer's key, in this one request (steps 4 to 9).

The key is open only inside this call. Intent is stored before the key is used and the value before the time-stamp is asked for, so a
process that dies leaves, for each document, either nothing, an intent that runs out, or a value that `embed_signatures` finishes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from signing_service.access.policy import Actor, ClassOfYear, require
from signing_service.actions.embed_signatures import embed_signature
from signing_service.actions.enrol_signer import person_owner, seal_owner
from signing_service.actions.give_consent import PERMISSION_OF, LeftOut
from signing_service.actions.repositories import BlobStore, Database, StoredCertificate, StoredDocument, StoredIntent
from signing_service.actions.services import KeyCabinet, RevocationAnswers, SigningSecret, Timestamper
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, RefusedError, SigningServiceError
from signing_service.ids import DocumentId, Sha256
from signing_service.ports import SigningKey
from signing_service.signing.prepare import SignatureRequest, prepare
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.sign import sign_prepared
from signing_service.workflow.case import SigningRole, state_after_signature
from signing_service.workflow.consent import Consent, ConsentId, ConsentItem

LEASE = timedelta(minutes=2)
"""How long an intent without a value keeps others away; longer than any signature takes, shorter than a teacher's patience."""

MarkOf = Callable[[SigningRole, StoredDocument], bytes]
"""Draws what a signature looks like, as a one-page PDF."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an act did."""

    signed: tuple[DocumentId, ...]
    left_out: tuple[LeftOut, ...]


def owner_of_key(consent: Consent, resource: ClassOfYear) -> str:
    """Whose key an act uses: the person's own, or the school's seal."""
    if consent.role is SigningRole.SCHOOL_SEAL:
        return seal_owner(resource.school)
    return person_owner(consent.person)


@dataclass(frozen=True, slots=True)
class ClassSigner:
    """Everything an act needs from the rest of the house."""

    database: Database
    blobs: BlobStore
    clock: Clock
    keys: KeyCabinet
    timestamper: Timestamper
    revocation: RevocationAnswers
    mark_of: MarkOf
    on_step: StepListener = nobody_listens

    def perform(self, consent_id: ConsentId, *, actor: Actor, resource: ClassOfYear, secret: SigningSecret | None) -> Receipt:
        """Redeem the consent and sign what it names.

        Raises:
            RefusedError: consent unknown, used or another's; office lost meanwhile; PIN wrong; key locked. Nothing was signed.
            UnavailableError: the revocation answer about the signer cannot be had. Nothing was signed.
        """
        with self.database.begin() as unit:
            consent = unit.consents.redeem(consent_id)
            certificate = unit.certificates.of_owner(owner_of_key(consent, resource))
            if consent.person != actor.person:
                raise RefusedError("consent-of-another", vi="Lượt ký này của người khác.", en="This act is somebody else's.")
            require(actor, PERMISSION_OF[consent.role], resource, on=self.clock.now().astimezone(VIETNAM).date())
            if certificate is None:
                raise RefusedError("no-certificate", vi="Chưa có chứng thư số; liên hệ văn thư.", en="No certificate; ask the clerk.")
        for item in consent.items:
            self.on_step(Step.CONSENT_REDEEMED, item.document)
        ocsp = self.revocation.ocsp(certificate.certificate)
        signed: list[DocumentId] = []
        left_out: list[LeftOut] = []
        with self.keys.open(owner_of_key(consent, resource), secret) as key:
            for item in consent.items:
                try:
                    self._sign(item, consent, certificate, ocsp, key)
                except (RefusedError, ConflictError) as refusal:
                    left_out.append(LeftOut(item.document, refusal.code))
                except SigningServiceError as waiting:
                    self._note_waiting(item.document, waiting.code)
                    left_out.append(LeftOut(item.document, waiting.code))
                else:
                    signed.append(item.document)
        return Receipt(tuple(signed), tuple(left_out))

    def _sign(self, item: ConsentItem, consent: Consent, certificate: StoredCertificate, ocsp: bytes, key: SigningKey) -> None:
        document, prepared = self._prepare(item, consent, certificate, ocsp)
        with self.database.begin() as unit:
            state_after_signature(document.state, consent.role)
            unit.intents.open(
                StoredIntent(
                    document=document.document,
                    role=consent.role,
                    consent=consent.consent_id,
                    prepared=self._keep(prepared),
                    lease_until=self.clock.now() + LEASE,
                ),
                now=self.clock.now(),
            )
        self.on_step(Step.INTENT_STORED, item.document)
        value = sign_prepared(prepared, key)
        self.on_step(Step.KEY_USED, item.document)
        with self.database.begin() as unit:
            unit.intents.set_value(item.document, value.to_bytes())
        self.on_step(Step.VALUE_STORED, item.document)
        embed_signature(item.document, database=self.database, blobs=self.blobs, timestamper=self.timestamper, on_step=self.on_step)

    def _prepare(
        self, item: ConsentItem, consent: Consent, certificate: StoredCertificate, ocsp: bytes
    ) -> tuple[StoredDocument, PreparedSignature]:
        with self.database.begin() as unit:
            document = unit.documents.get(item.document)
        if document is None or document.head != item.head:
            raise ConflictError(
                "head-moved", vi="Hồ sơ đã thay đổi sau khi mở danh sách.", en="The case changed after the list was opened."
            )
        state_after_signature(document.state, consent.role)
        return document, prepare(
            SignatureRequest(
                head=self.blobs.get(document.head),
                head_sha256=document.head,
                role=consent.role,
                certificate=certificate.certificate,
                chain=self.revocation.chain(),
                ocsp=ocsp,
                mark=self.mark_of(consent.role, document),
                moment=self.clock.now(),
            )
        )

    def _keep(self, prepared: PreparedSignature) -> Sha256:
        return self.blobs.put(prepared.to_bytes())

    def _note_waiting(self, document: DocumentId, reason: str) -> None:
        with self.database.begin() as unit:
            unit.documents.set_waiting(document, reason)
