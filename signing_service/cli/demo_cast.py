"""Who acts in the demo. The only thing a demo does for its people is to think of their PINs; they are random and end with the process."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from signing_service.access.policy import Actor
from signing_service.actions.appoint_class import ClassStaff, appoint_class
from signing_service.actions.known_authorities import office_of
from signing_service.actions.known_schools import school_of
from signing_service.bootstrap import Service
from signing_service.custody.pin import Pin
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.units import OrganisationUnit
from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.parties import StaffMember
from signing_service.sample import SampleClass
from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_CLERK, SAMPLE_CLERK_NAME, SAMPLE_SIGNATORY

_SINCE: Final = date(2025, 8, 1)


@dataclass(slots=True)
class Cast:
    """Everybody with a key, and the PINs that only they know."""

    service: Service
    _pins: dict[PersonCode, Pin] = field(default_factory=dict)
    _sealed: set[SchoolCode] = field(default_factory=set)

    def enter_class(self, sample: SampleClass) -> None:
        """Register the school, appoint its people for the class, and give keys to those who sign: one to a person, one to a school."""
        school = school_of(sample.issuer)
        staff = ClassStaff(homeroom=_person(sample.homeroom_teacher), principal=_person(sample.principal), clerk=clerk_of(sample))
        appoint_class(
            school,
            staff,
            class_name=sample.class_name,
            school_year=sample.school_year,
            since=_SINCE,
            database=self.service.database,
        )
        for subject, member in sample.teachers.items():
            self._appoint_teacher(_person(member), subject, sample)
        self._give_key(staff.principal, school, Office.PRINCIPAL)
        self._give_key(staff.homeroom, school, Office.HOMEROOM_TEACHER)
        for member in sample.teachers.values():
            self._give_key(_person(member), school, Office.SUBJECT_TEACHER)
        if school.code not in self._sealed:
            self._sealed.add(school.code)
            self.service.enrolment().seal(school)

    def enter_office(self) -> None:
        """Register the commune that grants the awards, with its head and its clerk."""
        office, head = office_of(SAMPLE_AUTHORITY), award_head()
        with self.service.database.begin() as unit:
            unit.staff.add_unit(office)
            for person, held in ((head, Office.COMMUNE_CHAIR), (award_clerk(), Office.CLERK)):
                unit.staff.add_person(person)
                unit.staff.appoint(Appointment(person.code, SchoolCode(office.code), held, _SINCE))
        self._give_key(head, office, Office.COMMUNE_CHAIR)
        self.service.enrolment().seal(office)

    def pin_of(self, person: PersonCode) -> Pin | None:
        """The person's PIN; None for those who sign nothing themselves."""
        return self._pins.get(person)

    def actor(self, person: PersonCode) -> Actor:
        """The person with every appointment that the directory knows of."""
        with self.service.database.read() as unit:
            return Actor(person, unit.staff.appointments_of(person))

    def _appoint_teacher(self, person: Person, subject: str, sample: SampleClass) -> None:
        with self.service.database.begin() as unit:
            unit.staff.add_person(person)
            unit.staff.appoint(
                Appointment(
                    person.code,
                    sample.issuer.school_code,
                    Office.SUBJECT_TEACHER,
                    _SINCE,
                    class_name=sample.class_name,
                    school_year=sample.school_year,
                    subject=subject,
                )
            )

    def _give_key(self, person: Person, unit: OrganisationUnit, office: Office) -> None:
        if person.code not in self._pins:
            self._pins[person.code] = Pin(secrets.token_urlsafe(12))
            self.service.enrolment().person(person, unit, office, self._pins[person.code])


def clerk_of(sample: SampleClass) -> Person:
    """The clerk of the class's school."""
    return Person(PersonCode(f"{sample.issuer.school_code}99"), "Văn Thư Ví Dụ")


def award_head() -> Person:
    """Who signs the award decision."""
    if SAMPLE_SIGNATORY.code is None:
        raise LookupError(SAMPLE_SIGNATORY.name)
    return Person(SAMPLE_SIGNATORY.code, SAMPLE_SIGNATORY.name)


def award_clerk() -> Person:
    """Who imports the decision and uses the commune's seal."""
    return Person(SAMPLE_CLERK, SAMPLE_CLERK_NAME)


def _person(member: StaffMember) -> Person:
    if member.code is None:
        raise LookupError(member.name)
    return Person(member.code, member.name, member.personal_id)
