"""Enter into the directory what a class needs: its school and the three people who act for it."""

from dataclasses import dataclass
from datetime import date

from signing_service.actions.repositories import Database
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.units import School


@dataclass(frozen=True, slots=True)
class ClassStaff:
    """Who acts for a class."""

    homeroom: Person
    principal: Person
    clerk: Person


def appoint_class(school: School, staff: ClassStaff, *, class_name: str, school_year: str, since: date, database: Database) -> None:
    """Register the school and appoint its clerk, its principal and the class's homeroom teacher; the same again changes nothing."""
    homeroom = Appointment(staff.homeroom.code, school.code, Office.HOMEROOM_TEACHER, since, class_name=class_name, school_year=school_year)
    with database.begin() as unit:
        unit.staff.add_school(school)
        for person in (staff.clerk, staff.principal, staff.homeroom):
            unit.staff.add_person(person)
        unit.staff.appoint(Appointment(staff.clerk.code, school.code, Office.CLERK, since))
        unit.staff.appoint(Appointment(staff.principal.code, school.code, Office.PRINCIPAL, since))
        unit.staff.appoint(homeroom)
