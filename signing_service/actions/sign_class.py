"""Perform an act: sign every file that a consent names, with the signer's key, in this one request (steps 4 to 9).

The key is open only inside this call. Intent is stored before the key is used and the value before the time-stamp is asked for, so a
process that dies leaves, for each document, either nothing, an intent that runs out, or a value that `embed_signatures` finishes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from signing_service.access.policy import Actor, Batch, require
from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.embed_signatures import embed_signature
from signing_service.actions.enrol_signer import person_owner, seal_owner
from signing_service.actions.give_consent import PERMISSION_OF, LeftOut
from signing_service.actions.named_signer import named_signer
from signing_service.actions.repositories import BlobStore, Database, StoredDocument, StoredIntent
from signing_service.actions.services import KeyCabinet, RevocationAnswers, SigningSecret, Timestamper
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, IntegrityError, RefusedError, SigningServiceError
from signing_service.ids import DocumentId, Sha256
from signing_service.ports import SigningKey
from signing_service.signing.prepare import SignatureRequest, prepare
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.sign import sign_prepared
from signing_service.trust.certificates import read_certificate
from signing_service.workflow.case import SigningRole, awaited_state, state_after_signature
from signing_service.workflow.consent import Consent, ConsentId, ConsentItem, consent_digest

LEASE = timedelta(minutes=2)
"""How long an intent without a value keeps others away; longer than any signature takes, shorter than a teacher's patience."""

MarkOf = Callable[[SigningRole, StoredDocument], bytes]
"""Draws what a signature looks like, as a one-page PDF."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an act did."""

    signed: tuple[DocumentId, ...]
    left_out: tuple[LeftOut, ...]


def owner_of_key(consent: Consent, batch: Batch) -> str:
    """Whose key an act uses: the person's own, or the seal of the school or office."""
    if consent.role.is_seal:
        return seal_owner(batch.unit)
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

    def perform(self, consent_id: ConsentId, *, actor: Actor, resource: Batch, secret: SigningSecret | None) -> Receipt:
        """Redeem the consent and sign what it names.

        Raises:
            RefusedError: consent unknown, used, another's or for another class; office lost meanwhile; PIN wrong; key locked. Nothing was
                signed.
            IntegrityError: the stored list is not the one agreed to (`consent-tampered`). Nothing was signed.
            UnavailableError: the revocation answer about the signer cannot be had. Nothing was signed.
        """
        with self.database.begin() as unit:
            consent = unit.consents.redeem(consent_id)
            certificate = unit.certificates.of_owner(owner_of_key(consent, resource))
            if consent.person != actor.person:
                raise RefusedError("consent-of-another", vi="Lượt ký này của người khác.", en="This act is somebody else's.")
            _require_intact(consent)
            for item in consent.items:
                _require_of_class(unit.documents.get(item.document), resource)
            require(actor, PERMISSION_OF[consent.role], resource, on=self.clock.now().astimezone(VIETNAM).date())
            if certificate is None:
                raise RefusedError("no-certificate", vi="Chưa có chứng thư số; liên hệ văn thư.", en="No certificate; ask the clerk.")
        for item in consent.items:
            self.on_step(Step.CONSENT_REDEEMED, item.document)
        ocsp = self.revocation.ocsp(certificate.certificate)
        signed: list[DocumentId] = []
        left_out: list[LeftOut] = []
        with self.keys.open(certificate.owner, secret, key=certificate.key) as key:
            for item in consent.items:
                try:
                    self._sign(item, consent, certificate, ocsp, key)
                except (RefusedError, ConflictError) as refusal:
                    left_out.append(LeftOut(item.document, refusal.code))
                except SigningServiceError as waiting:
                    self._note_waiting(item, consent.role, waiting.code)
                    left_out.append(LeftOut(item.document, waiting.code))
                else:
                    signed.append(item.document)
        return Receipt(tuple(signed), tuple(left_out))

    def _sign(self, item: ConsentItem, consent: Consent, certificate: StoredCertificate, ocsp: bytes, key: SigningKey) -> None:
        document, prepared = self._prepare(item, consent, certificate, ocsp)
        now = self.clock.now()
        intent = StoredIntent(document.document, consent.role, consent.consent_id, self._keep(prepared), lease_until=now + LEASE)
        with self.database.begin() as unit:
            self._require_unmoved(unit.documents.get(item.document), item)
            unit.intents.open(intent, now=now)
        self.on_step(Step.INTENT_STORED, item.document)
        value = sign_prepared(prepared, key)
        self.on_step(Step.KEY_USED, item.document)
        with self.database.begin() as unit:
            unit.intents.set_value(intent, value.to_bytes())
        self.on_step(Step.VALUE_STORED, item.document)
        try:
            embed_signature(item.document, database=self.database, blobs=self.blobs, timestamper=self.timestamper, on_step=self.on_step)
        except ConflictError:
            # A stored value leaves only by being embedded, so where it is gone a worker was quicker with this very signature.
            with self.database.begin() as unit:
                if unit.intents.get(item.document) == replace(intent, signature_value=value.to_bytes()):
                    raise

    def _prepare(
        self, item: ConsentItem, consent: Consent, certificate: StoredCertificate, ocsp: bytes
    ) -> tuple[StoredDocument, PreparedSignature]:
        with self.database.begin() as unit:
            document = unit.documents.get(item.document)
        document = self._require_unmoved(document, item)
        self._require_named(document, consent, certificate)
        state_after_signature(document.kind, document.state, consent.role)
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

    def _require_named(self, document: StoredDocument, consent: Consent, certificate: StoredCertificate) -> None:
        """A person signs only what names them: the page says whose signature stands there, whatever office the signer holds.

        Where the page has no code, the certificate has to bear the name on the page: a stranger who verifies has nothing else to compare.
        """
        if consent.role.is_seal:
            return
        named = named_signer(document.kind, consent.role, self.blobs.get(document.shown_record))
        name = read_certificate(certificate.certificate).common_name
        if named.code != consent.person if named.code is not None else named.name != name:
            raise RefusedError(
                "signer-not-named",
                vi=f"Hồ sơ ghi người ký là {named.name}; muốn người khác ký phải trả lại và lập lại hồ sơ.",
                en="The document names somebody else as its signer; return it and draw it up anew for another one.",
            )

    def _keep(self, prepared: PreparedSignature) -> Sha256:
        return self.blobs.put(prepared.to_bytes())

    def _note_waiting(self, item: ConsentItem, role: SigningRole, reason: str) -> None:
        with self.database.begin() as unit:
            unit.documents.set_waiting(item.document, reason, head=item.head, state=awaited_state(role))

    @staticmethod
    def _require_unmoved(document: StoredDocument | None, item: ConsentItem) -> StoredDocument:
        if document is None or document.head != item.head:
            raise ConflictError(
                "head-moved", vi="Hồ sơ đã thay đổi sau khi mở danh sách.", en="The case changed after the list was opened."
            )
        return document


def _require_intact(consent: Consent) -> None:
    if consent.digest != consent_digest(consent.person, consent.role, consent.items):
        raise IntegrityError(
            "consent-tampered",
            vi="Danh sách đã lưu không phải danh sách mà người ký đồng ý; không ký.",
            en="The stored list is not the one that the signer agreed to; nothing is signed.",
        )


def _require_of_class(document: StoredDocument | None, resource: Batch) -> None:
    """The office and the seal are decided for `resource`, so nothing of any other class may be signed by them."""
    if document is None or document.batch != resource:
        raise RefusedError(
            "consent-of-another-class",
            vi="Lượt ký này dành cho lớp khác; hãy mở lại danh sách của lớp.",
            en="This act is for another class; open the list of the class again.",
        )
