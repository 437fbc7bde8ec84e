"""Who teaches a subject of a class, and who signs for a teacher who left: the successor, else the principal, and named so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode, SchoolCode


@dataclass(frozen=True, slots=True)
class TaughtSubject:
    """One subject of one class in one school year."""

    school: SchoolCode
    class_name: str
    school_year: str
    subject: str

    def taught_under(self, appointment: Appointment, *, on: date) -> bool:
        """Whether the appointment is a subject teacher's and reaches this subject on that day."""
        return appointment.office is Office.SUBJECT_TEACHER and appointment.covers(
            school=self.school, class_name=self.class_name, school_year=self.school_year, subject=self.subject, on=on
        )


@dataclass(frozen=True, slots=True)
class SheetSigner:
    """Somebody who may sign a subject's sheet, by which appointment, and in whose place."""

    appointment: Appointment
    in_place_of: PersonCode | None = None

    @property
    def person(self) -> PersonCode:
        """Whose key signs."""
        return self.appointment.person


def subject_teachers(appointments: Iterable[Appointment], taught: TaughtSubject, *, on: date) -> tuple[Appointment, ...]:
    """Who teaches the subject on that day: nobody, one person, or several who share it, by code."""
    return tuple(sorted((a for a in appointments if taught.taught_under(a, on=on)), key=lambda a: a.person))


def heads(appointments: Iterable[Appointment], school: SchoolCode, *, on: date) -> tuple[Appointment, ...]:
    """Who may sign as head of the school on that day: the principal and whoever else holds that office, then the vice principals."""
    held = [a for a in appointments if a.school == school and a.class_name is None and a.held_on(on)]
    return tuple(a for office in (Office.PRINCIPAL, Office.VICE_PRINCIPAL) for a in sorted(held, key=_by_code) if a.office is office)


def sheet_signers(appointments: Iterable[Appointment], taught: TaughtSubject, *, on: date) -> tuple[SheetSigner, ...]:
    """Who may sign the subject's sheet on that day.

    The teachers appointed; where there is none any more, the heads of the school, in the place of the one who taught it last. Empty where
    the directory knows neither a teacher nor a head.
    """
    known = tuple(appointments)
    teaching = subject_teachers(known, taught, on=on)
    if teaching:
        return tuple(SheetSigner(a, a.substitute_for) for a in teaching)
    left = last_teacher(known, taught, before=on)
    return tuple(SheetSigner(head, left) for head in heads(known, taught.school, on=on))


def last_teacher(appointments: Iterable[Appointment], taught: TaughtSubject, *, before: date) -> PersonCode | None:
    """Who taught the subject last before that day and no longer does, None where nobody did."""
    ended = [(a.until, a.person) for a in appointments if a.until is not None and a.until < before and taught.taught_under(a, on=a.until)]
    return max(ended)[1] if ended else None


def _by_code(appointment: Appointment) -> str:
    return appointment.person
