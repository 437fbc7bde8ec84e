"""Who signs a sheet today, in which capacity, and in whose place."""

from collections.abc import Sequence
from datetime import date

from signing_service.actions.directory_store import Staff
from signing_service.actions.subject_sheets.rule import taught_in
from signing_service.actions.subject_sheets.store import StoredSheet
from signing_service.directory.people import Appointment, Office
from signing_service.directory.teaching import SheetSigner, sheet_signers
from signing_service.ids import PersonCode
from signing_service.records.parties import StaffMember
from signing_service.records.sheet_reference import SheetCapacity
from signing_service.records.subject_sheet import KeptLines, SheetSignatory


def teacher_in_charge(kept: KeptLines) -> StaffMember | None:
    """The teacher whom the marks name; None where they name nobody, or several."""
    named = {line.subject.teacher for line in kept.lines}
    teacher = next(iter(named)) if len(named) == 1 else None
    return None if teacher is None else StaffMember(teacher.name, teacher.code)


def entitled(person: PersonCode, sheet: StoredSheet, appointments: Sequence[Appointment], *, on: date) -> SheetSigner | None:
    """By which appointment the sheet is the person's to sign on that day, or None; `appointments` are those of the school."""
    signers = sheet_signers(appointments, taught_in(sheet.batch, sheet.subject), on=on)
    return next((signer for signer in signers if signer.person == person), None)


def signatory(entitled_as: SheetSigner, name: str, in_charge: StaffMember | None, staff: Staff) -> SheetSignatory:
    """How the person signs: `name` is the one in the certificate, `in_charge` the teacher whom the marks name."""
    person = entitled_as.person
    replaced = _named(entitled_as.in_place_of, in_charge, staff)
    if entitled_as.appointment.office is not Office.SUBJECT_TEACHER:
        return SheetSignatory(person, name, SheetCapacity.PRINCIPAL, replaced or in_charge)
    if replaced is None and in_charge is not None and not _same(in_charge, person, name):
        replaced = in_charge
    capacity = SheetCapacity.SUBJECT_TEACHER if replaced is None else SheetCapacity.SUCCESSOR
    return SheetSignatory(person, name, capacity, replaced)


def _named(person: PersonCode | None, in_charge: StaffMember | None, staff: Staff) -> StaffMember | None:
    if person is None:
        return None
    if in_charge is not None and in_charge.code == person:
        return StaffMember(in_charge.name, person)
    known = staff.person(person)
    return StaffMember(known.name if known else person, person)


def _same(member: StaffMember, person: PersonCode, name: str) -> bool:
    return member.name == name if member.code is None else member.code == person
