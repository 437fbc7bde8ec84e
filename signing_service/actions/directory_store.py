"""What the directory remembers, as protocols; `storage` fulfils them with the guarantees of `repositories.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing_service.directory.people import Appointment, Person
from signing_service.directory.pupils import KnownPupil, PossibleMatch, PupilEnrolment, PupilId, PupilIdentity
from signing_service.directory.units import OrganisationUnit, School
from signing_service.ids import PersonCode, SchoolCode, UnitCode


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """One change of the directory: the audit trail. It names codes and never a child."""

    change: str
    """The action's verb, such as `appointed` or `merged`."""
    about: str
    """Code of the unit or person, or a pupil's identifier."""
    by: PersonCode
    approved_by: PersonCode
    at: datetime


class Staff(Protocol):
    """Units, people and appointments."""

    def add_unit(self, unit: OrganisationUnit) -> None:
        """Add or replace a unit."""
        ...

    def add_school(self, school: School) -> None:
        """Add or replace a school."""
        ...

    def unit(self, code: UnitCode) -> OrganisationUnit | None:
        """A unit of any kind, or None."""
        ...

    def units(self) -> tuple[OrganisationUnit, ...]:
        """Every unit, by code."""
        ...

    def school(self, code: SchoolCode) -> School | None:
        """A school, or None."""
        ...

    def schools(self) -> tuple[School, ...]:
        """Every school, by code."""
        ...

    def add_person(self, person: Person) -> None:
        """Add or replace a person."""
        ...

    def person(self, code: PersonCode) -> Person | None:
        """A person, or None."""
        ...

    def members_of(self, school: SchoolCode) -> tuple[Person, ...]:
        """Everybody who was ever appointed at a unit, by code."""
        ...

    def appoint(self, appointment: Appointment) -> None:
        """Add an appointment; one of the same reach since the same day changes nothing."""
        ...

    def replace(self, before: Appointment, after: Appointment) -> None:
        """Put `after`, which has the same reach, in the place of `before`.

        Raises:
            ConflictError: there is no such appointment any more (`appointment-moved`).
        """
        ...

    def appointments_of(self, person: PersonCode) -> tuple[Appointment, ...]:
        """Every appointment of a person, in the order of entry."""
        ...

    def appointments_at(self, unit: UnitCode) -> tuple[Appointment, ...]:
        """Every appointment at a unit, in the order of entry."""
        ...

    def note(self, change: DirectoryChange) -> None:
        """Add a line to the directory's audit trail."""
        ...

    def changes_about(self, about: str) -> tuple[DirectoryChange, ...]:
        """Every change about a unit, a person or a pupil, oldest first."""
        ...


class Pupils(Protocol):
    """Pupils, enrolments, and pairs of entries that may be one child."""

    def add(self, pupil: KnownPupil) -> None:
        """Add or replace an entry."""
        ...

    def get(self, pupil: PupilId) -> KnownPupil | None:
        """An entry, or None."""
        ...

    def resembling(self, identity: PupilIdentity) -> tuple[KnownPupil, ...]:
        """Every entry with the same personal ID, or with the same birth date and name."""
        ...

    def of_code(self, school: SchoolCode, pupil_code: str) -> PupilId | None:
        """The child behind a school's code, or None."""
        ...

    def enrol(self, enrolment: PupilEnrolment) -> None:
        """Add an enrolment."""
        ...

    def replace(self, before: PupilEnrolment, after: PupilEnrolment) -> None:
        """Put `after`, of the same child and school, in the place of `before`.

        Raises:
            ConflictError: there is no such enrolment any more (`enrolment-moved`).
        """
        ...

    def enrolments_of(self, pupil: PupilId) -> tuple[PupilEnrolment, ...]:
        """Every enrolment of a child, oldest first."""
        ...

    def add_match(self, match: PossibleMatch) -> None:
        """Note a pair to be looked at; a pair noted before, in either order, changes nothing."""
        ...

    def open_matches(self) -> tuple[PossibleMatch, ...]:
        """Every pair that nobody has decided about."""
        ...

    def decide_match(self, pupil: PupilId, other: PupilId, *, same: bool) -> None:
        """Store the decision about a pair: two children, or one, whose enrolments all stand under `other` from now on.

        Raises:
            ConflictError: no such pair, or decided before (`match-decided`).
        """
        ...
