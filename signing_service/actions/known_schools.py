"""The register as intake needs it: schools and their people, to be recognised by name."""

from datetime import date

from signing_service.actions.repositories import Database, UnitOfWork
from signing_service.directory.people import Office
from signing_service.directory.units import School
from signing_service.ids import SchoolCode
from signing_service.intake.schools import KnownSchool
from signing_service.records.parties import Issuer, StaffMember


def known_schools(database: Database, *, on: date) -> tuple[KnownSchool, ...]:
    """Every registered school with everybody appointed there, and its principal on that day."""
    with database.read() as unit:
        return tuple(
            KnownSchool(
                issuer_of(school),
                tuple(StaffMember(person.name, person.code, person.personal_id) for person in unit.staff.members_of(school.code)),
                _principal(school.code, unit, on),
            )
            for school in unit.staff.schools()
        )


def _principal(school: SchoolCode, unit: UnitOfWork, on: date) -> StaffMember | None:
    """The one principal, with the signing title; None where there is none, or more than one."""
    held = [a for a in unit.staff.appointments_at(school) if a.office is Office.PRINCIPAL and a.held_on(on)]
    person = unit.staff.person(held[0].person) if len({appointment.person for appointment in held}) == 1 else None
    return None if person is None else StaffMember(person.name, person.code, person.personal_id, Office.PRINCIPAL.label)


def issuer_of(school: School) -> Issuer:
    """The school as its records name it."""
    return Issuer(
        department_code=school.department_code,
        department_name=school.department_name,
        school_code=school.code,
        school_name=school.name,
        commune=school.commune,
        province=school.province,
        place_of_issue=school.place_of_issue,
    )


def school_of(issuer: Issuer) -> School:
    """The school that a record names."""
    return School(
        code=issuer.school_code,
        name=issuer.school_name,
        commune=issuer.commune,
        province=issuer.province,
        place_of_issue=issuer.place_of_issue,
        department_code=issuer.department_code,
        department_name=issuer.department_name,
    )
