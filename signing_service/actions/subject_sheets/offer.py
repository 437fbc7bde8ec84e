"""A person is shown the sheets that are theirs to sign and agrees to them, each named by the digest of its exact bytes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.enrol_signer import person_owner
from signing_service.actions.repositories import BlobStore, Database, UnitOfWork
from signing_service.actions.subject_sheets.lines import SheetTree
from signing_service.actions.subject_sheets.signatories import entitled, signatory, teacher_in_charge
from signing_service.actions.subject_sheets.store import SheetConsent, SheetConsentItem, StoredSheet, sheet_consent_digest
from signing_service.clock import VIETNAM, Clock
from signing_service.directory.people import Office
from signing_service.errors import RefusedError
from signing_service.records.canonical import read_value
from signing_service.records.subject_sheet import KeptLines, SheetId, SheetSignatory, SubjectSheet, sheet_bytes
from signing_service.trust.certificates import read_certificate
from signing_service.workflow.consent import ConsentId


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """One sheet of an offer: what the person reads, mark by mark, and the bytes that stand for it."""

    sheet: SheetId
    content: SubjectSheet
    lines: KeptLines


@dataclass(frozen=True, slots=True)
class SheetLeftOut:
    """A sheet that an act passes over, and why: the code of an error, or where it stands."""

    sheet: SheetId
    reason: str


@dataclass(frozen=True, slots=True)
class OfferedSheets:
    """What a person is asked to agree to: sheets of one or several classes in one act."""

    consent: SheetConsent
    sheets: tuple[OfferedSheet, ...]
    left_out: tuple[SheetLeftOut, ...]


def taught_classes(actor: Actor, *, on: date) -> tuple[ClassOfYear, ...]:
    """The classes in which a person teaches a subject on that day, in the order of appointment."""
    return tuple(
        dict.fromkeys(
            ClassOfYear(held.school, held.class_name, held.school_year)
            for held in actor.appointments
            if held.office is Office.SUBJECT_TEACHER and held.held_on(on) and held.class_name is not None and held.school_year is not None
        )
    )


def offer_subject_sheets(
    actor: Actor, batches: Sequence[ClassOfYear], *, database: Database, blobs: BlobStore, clock: Clock
) -> OfferedSheets:
    """Store the actor's consent to sign the newest version of every unsigned sheet that is theirs in these classes.

    Raises:
        RefusedError: no office held today allows it in one of the classes (`not-permitted`), or the actor has no certificate
            (`no-certificate`).
    """
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    for batch in batches:
        require(actor, Permission.TRANSCRIPT_SIGN_SUBJECT_SHEET, batch, on=today)
    with database.read() as unit:
        certificate = unit.certificates.of_owner(person_owner(actor.person))
        if certificate is None:
            raise RefusedError("no-certificate", vi="Chưa có chứng thư số; liên hệ văn thư.", en="No certificate; ask the clerk.")
        name = read_certificate(certificate.certificate).common_name or actor.person
        appointments = {school: unit.staff.appointments_at(school) for school in {batch.school for batch in batches}}
        left_out = []
        offered = []
        for sheet in (sheet for batch in batches for sheet in newest_versions(unit, batch)):
            as_whom = entitled(actor.person, sheet, appointments[sheet.batch.school], on=today)
            if as_whom is None:
                continue
            reason = _why_not(sheet, unit, clock)
            if reason is not None:
                left_out.append(SheetLeftOut(sheet.sheet, reason))
                continue
            kept = read_value(KeptLines, blobs.get(sheet.lines))
            signs = signatory(as_whom, name, teacher_in_charge(kept), unit.staff)
            offered.append(OfferedSheet(sheet.sheet, _content(sheet, kept, signs, unit), kept))
    items = tuple(SheetConsentItem(one.sheet, blobs.put(sheet_bytes(one.content))) for one in offered)
    consent = SheetConsent(ConsentId(str(uuid.uuid4())), actor.person, items, sheet_consent_digest(actor.person, items), given_at=now)
    with database.begin() as unit:
        unit.subject_sheets.agree(consent)
    return OfferedSheets(consent, tuple(offered), tuple(left_out))


def newest_versions(unit: UnitOfWork, batch: ClassOfYear) -> tuple[StoredSheet, ...]:
    """The newest version of every subject of a class."""
    return tuple({sheet.subject: sheet for sheet in unit.subject_sheets.of_class(batch)}.values())


def _why_not(sheet: StoredSheet, unit: UnitOfWork, clock: Clock) -> str | None:
    if sheet.signed is not None:
        return "sheet-signed"
    intent = unit.subject_sheets.intent(sheet.sheet)
    if intent is not None and (intent.signature_value is not None or intent.lease_until > clock.now()):
        return "being-signed"
    return None


def _content(sheet: StoredSheet, kept: KeptLines, signs: SheetSignatory, unit: UnitOfWork) -> SubjectSheet:
    school = unit.staff.school(sheet.batch.school)
    return SubjectSheet(
        school_code=sheet.batch.school,
        school_name=school.name if school else sheet.batch.school,
        class_name=sheet.batch.class_name,
        school_year=sheet.batch.school_year,
        subject_code=sheet.subject,
        subject_name=kept.lines[0].subject.name,
        signer=signs,
        version=sheet.version,
        made_at=sheet.created_at.replace(microsecond=0),
        pupils=len(kept.lines),
        root=SheetTree(kept).root,
    )
