"""What a staff list became: good rows as people with their appointments, and everything that a person should look at."""

from dataclasses import dataclass

from signing_service.directory.people import Appointment
from signing_service.intake.findings import Finding
from signing_service.intake.staff.people import StaffRecord
from signing_service.records.jcs import JsonValue


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """One person at one unit, and the row that says so."""

    sheet: str
    row: int
    record: StaffRecord
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class StaffIntake:
    """Good rows kept, bad rows refused and listed."""

    records: tuple[ImportedPerson, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """The answer of `import staff ... --dry-run --json`: `{records: [{sheet, row, record}], errors: [..], warnings: [..]}`."""
        return {
            "records": [{"sheet": person.sheet, "row": person.row, "record": _record(person)} for person in self.records],
            "errors": [dict(finding.to_json()) for finding in self.errors],
            "warnings": [dict(finding.to_json()) for finding in self.warnings],
        }


def _record(person: ImportedPerson) -> dict[str, JsonValue]:
    record = person.record
    return {
        "code": record.code,
        "name": record.name,
        "birth_date": record.birth_date.isoformat() if record.birth_date else None,
        "sex": record.sex,
        "ethnicity": record.ethnicity,
        "personal_id": record.personal_id,
        "unit_code": record.unit_code,
        "unit": record.unit,
        "position": record.position,
        "job": record.job,
        "subjects": list(record.subjects),
        "classes": list(record.classes),
        "homeroom": record.homeroom,
        "email": record.email,
        "phone": record.phone,
        "role": record.role,
        "certificate": record.certificate,
        "status": record.status,
        "note": record.note,
        "appointments": [_appointment(appointment) for appointment in person.appointments],
    }


def _appointment(appointment: Appointment) -> dict[str, JsonValue]:
    return {
        "office": appointment.office.value,
        "since": appointment.since.isoformat(),
        "until": appointment.until.isoformat() if appointment.until else None,
        "class_name": appointment.class_name,
        "school_year": appointment.school_year,
        "subject": appointment.subject,
        "signing_title": appointment.signing_title,
        "substitute_for": appointment.substitute_for,
    }
