"""Perform an act of a subject teacher: sign every sheet that a consent names, with the person's own key, in this one request.

The key is open only inside this call. Intent is stored before the key is used and the value before the time-stamp is asked for, as for a
class (`sign_class.py`): a process that dies leaves, for each sheet, nothing, an intent that runs out, or a value that a worker completes.
"""

from dataclasses import dataclass, replace

from signing_service.access.policy import Actor, Permission, require
from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.enrol_signer import person_owner
from signing_service.actions.repositories import BlobStore, Database
from signing_service.actions.services import KeyCabinet, RevocationAnswers, SigningSecret, Timestamper
from signing_service.actions.sign_class import LEASE
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.actions.subject_sheets.complete import complete_sheet
from signing_service.actions.subject_sheets.offer import SheetLeftOut, newest_versions
from signing_service.actions.subject_sheets.signatories import entitled, signatory, teacher_in_charge
from signing_service.actions.subject_sheets.store import SheetConsent, SheetConsentItem, SheetIntent, sheet_consent_digest
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, IntegrityError, RefusedError, SigningServiceError
from signing_service.ports import SigningKey
from signing_service.records.canonical import read_value
from signing_service.records.subject_sheet import KeptLines, SheetId, read_sheet
from signing_service.signing.detached import PreparedDetached, prepare_detached
from signing_service.signing.sign import sign_prepared
from signing_service.workflow.consent import ConsentId


@dataclass(frozen=True, slots=True)
class SheetReceipt:
    """What an act did."""

    signed: tuple[SheetId, ...]
    left_out: tuple[SheetLeftOut, ...]


@dataclass(frozen=True, slots=True)
class SheetSigner:
    """Everything an act needs from the rest of the house."""

    database: Database
    blobs: BlobStore
    clock: Clock
    keys: KeyCabinet
    timestamper: Timestamper
    revocation: RevocationAnswers
    on_step: StepListener = nobody_listens

    def perform(self, consent_id: ConsentId, *, actor: Actor, secret: SigningSecret | None) -> SheetReceipt:
        """Redeem the consent and sign what it names.

        Raises:
            RefusedError: consent unknown, used or another's; PIN wrong; key locked; no certificate. Nothing was signed.
            IntegrityError: the stored list is not the one agreed to (`consent-tampered`). Nothing was signed.
            UnavailableError: the revocation answer about the signer cannot be had. Nothing was signed.
        """
        with self.database.begin() as unit:
            consent = unit.subject_sheets.redeem(consent_id)
            certificate = unit.certificates.of_owner(person_owner(actor.person))
            if consent.person != actor.person:
                raise RefusedError("consent-of-another", vi="Lượt ký này của người khác.", en="This act is somebody else's.")
            _require_intact(consent)
            if certificate is None:
                raise RefusedError("no-certificate", vi="Chưa có chứng thư số; liên hệ văn thư.", en="No certificate; ask the clerk.")
        for item in consent.items:
            self.on_step(Step.CONSENT_REDEEMED, item.sheet)
        ocsp = self.revocation.ocsp(certificate.certificate)
        signed: list[SheetId] = []
        left_out: list[SheetLeftOut] = []
        with self.keys.open(certificate.owner, secret, key=certificate.key) as key:
            for item in consent.items:
                try:
                    self._sign(item, consent.consent_id, self._prepare(item, actor, certificate, ocsp), key)
                except SigningServiceError as reason:
                    left_out.append(SheetLeftOut(item.sheet, reason.code))
                else:
                    signed.append(item.sheet)
        return SheetReceipt(tuple(signed), tuple(left_out))

    def _sign(self, item: SheetConsentItem, consent: ConsentId, prepared: PreparedDetached, key: SigningKey) -> None:
        now = self.clock.now()
        intent = SheetIntent(item.sheet, consent, item.content, self.blobs.put(prepared.to_bytes()), lease_until=now + LEASE)
        with self.database.begin() as unit:
            unit.subject_sheets.open_intent(intent, now=now)
        self.on_step(Step.SHEET_INTENT_STORED, item.sheet)
        value = sign_prepared(prepared, key)
        self.on_step(Step.SHEET_KEY_USED, item.sheet)
        with self.database.begin() as unit:
            unit.subject_sheets.set_value(intent, value.to_bytes())
        self.on_step(Step.SHEET_VALUE_STORED, item.sheet)
        try:
            complete_sheet(item.sheet, database=self.database, blobs=self.blobs, timestamper=self.timestamper, on_step=self.on_step)
        except ConflictError:
            # A stored value leaves only by being completed, so where it is gone a worker was quicker with this very signature.
            with self.database.begin() as unit:
                if unit.subject_sheets.intent(item.sheet) == replace(intent, signature_value=value.to_bytes()):
                    raise

    def _prepare(self, item: SheetConsentItem, actor: Actor, certificate: StoredCertificate, ocsp: bytes) -> PreparedDetached:
        """Only the newest version, only by whom it names, and only while that person still is the one to sign."""
        today = self.clock.now().astimezone(VIETNAM).date()
        content = self.blobs.get(item.content)
        named = read_sheet(content).signer
        with self.database.read() as unit:
            sheet = unit.subject_sheets.get(item.sheet)
            if sheet is None or sheet not in newest_versions(unit, sheet.batch):
                raise ConflictError(
                    "sheet-superseded", vi="Phiếu đã có phiên bản mới; hãy mở lại.", en="The sheet has a newer version; open it again."
                )
            require(actor, Permission.TRANSCRIPT_SIGN_SUBJECT_SHEET, sheet.batch, on=today)
            in_charge = teacher_in_charge(read_value(KeptLines, self.blobs.get(sheet.lines)))
            as_whom = entitled(actor.person, sheet, unit.staff.appointments_at(sheet.batch.school), on=today)
            if as_whom is None or signatory(as_whom, named.name, in_charge, unit.staff) != named:
                raise RefusedError(
                    "sheet-signatory-changed",
                    vi="Phân công giảng dạy đã thay đổi; hãy mở lại phiếu điểm.",
                    en="Who signs this sheet has changed; open it again.",
                )
        return prepare_detached(
            content,
            certificate=certificate.certificate,
            chain=self.revocation.chain(),
            ocsp=ocsp,
            moment=self.clock.now(),
        )


def _require_intact(consent: SheetConsent) -> None:
    if consent.digest != sheet_consent_digest(consent.person, consent.items):
        raise IntegrityError(
            "consent-tampered",
            vi="Danh sách đã lưu không phải danh sách mà người ký đồng ý; không ký.",
            en="The stored list is not the one that the signer agreed to; nothing is signed.",
        )
