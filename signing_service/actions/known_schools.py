"""The register as intake needs it: schools and their people, to be recognised by name."""

from signing_service.actions.repositories import Database
from signing_service.directory.units import School
from signing_service.intake.schools import KnownSchool
from signing_service.records.parties import Issuer, StaffMember


def known_schools(database: Database) -> tuple[KnownSchool, ...]:
    """Every registered school with everybody appointed there."""
    with database.begin() as unit:
        return tuple(
            KnownSchool(
                issuer_of(school),
                tuple(StaffMember(person.name, person.code, person.personal_id) for person in unit.staff.members_of(school.code)),
            )
            for school in unit.staff.schools()
        )


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
