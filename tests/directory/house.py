"""An invented province: a department, three schools, a commune, and people who hold offices there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from signing_service.access.policy import Actor
from signing_service.clock import FixedClock
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.units import OfficeUnit, OrganisationUnit, School, UnitKind
from signing_service.ids import PersonCode, SchoolCode, UnitCode
from signing_service.storage.database import SqlDatabase, open_engine
from signing_service.storage.migrate import migrate

TODAY = date(2026, 5, 28)
CLOCK = FixedClock(datetime(2026, 5, 28, 3, 0, tzinfo=UTC))
BEGIN = date(2025, 8, 1)
YEAR = "2025-2026"

DEPARTMENT = OfficeUnit(UnitCode("99"), UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo Mây Ngàn", "Tỉnh Mây Ngàn", "Mây Ngàn")
OTHER_DEPARTMENT = OfficeUnit(UnitCode("98"), UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo Gió Ngàn", "Tỉnh Gió Ngàn", "Gió Ngàn")
COMMUNE = OfficeUnit(UnitCode("99000799"), UnitKind.COMMUNE, "Ủy ban nhân dân xã Suối Reo", "Tỉnh Mây Ngàn", "Suối Reo", "Xã Suối Reo")


def school(code: str, name: str, department: OfficeUnit = DEPARTMENT) -> School:
    return School(SchoolCode(code), name, "Xã Suối Reo", department.province, "Suối Reo", department.code, department.name)


HILL = school("99000801", "Trường THCS Đồi Mây")
VALLEY = school("99000802", "Trường THCS Thung Gió")
FOREIGN = school("98000801", "Trường THCS Bờ Sóng", OTHER_DEPARTMENT)
UNITS: tuple[OrganisationUnit, ...] = (DEPARTMENT, OTHER_DEPARTMENT, COMMUNE, HILL, VALLEY, FOREIGN)


def held(person: str, unit: OrganisationUnit, office: Office, **changes: object) -> Appointment:
    fields: dict[str, object] = {"person": PersonCode(person), "school": unit.code, "office": office, "since": BEGIN} | changes
    return Appointment(**fields)  # type: ignore[arg-type] # the changes are named fields


def teaching(person: str, unit: OrganisationUnit = HILL, subject: str = "TOAN", class_name: str = "7A", **changes: object) -> Appointment:
    return held(person, unit, Office.SUBJECT_TEACHER, class_name=class_name, school_year=YEAR, subject=subject, **changes)


PRINCIPAL = held("9901", HILL, Office.PRINCIPAL)
VICE = held("9902", HILL, Office.VICE_PRINCIPAL)
CLERK = held("9903", HILL, Office.CLERK)
TEACHER = teaching("9904")
VALLEY_PRINCIPAL = held("9911", VALLEY, Office.PRINCIPAL)
VALLEY_CLERK = held("9913", VALLEY, Office.CLERK)
DIRECTOR = held("9921", DEPARTMENT, Office.DIRECTOR)
OFFICER = held("9922", DEPARTMENT, Office.DEPARTMENT_OFFICER)
DEPARTMENT_CLERK = held("9923", DEPARTMENT, Office.CLERK)
FOREIGN_OFFICER = held("9932", OTHER_DEPARTMENT, Office.DEPARTMENT_OFFICER)
FOREIGN_DIRECTOR = held("9931", OTHER_DEPARTMENT, Office.DIRECTOR)
EVERYBODY = (
    PRINCIPAL,
    VICE,
    CLERK,
    TEACHER,
    VALLEY_PRINCIPAL,
    VALLEY_CLERK,
    DIRECTOR,
    OFFICER,
    DEPARTMENT_CLERK,
    FOREIGN_OFFICER,
    FOREIGN_DIRECTOR,
)
NEWCOMER = Person(PersonCode("9999"), "Ngàn Gió Mới")


def find(code: UnitCode) -> OrganisationUnit | None:
    """The province without a database."""
    return next((unit for unit in UNITS if unit.code == code), None)


@contextmanager
def stocked(folder: Path) -> Iterator[SqlDatabase]:
    """A database that knows the whole province."""
    engine = open_engine(f"sqlite:///{folder / 'directory.sqlite3'}")
    migrate(engine)
    database = SqlDatabase(engine)
    with database.begin() as unit:
        for known in UNITS:
            unit.staff.add_unit(known)
        unit.staff.add_person(NEWCOMER)
        for appointment in EVERYBODY:
            unit.staff.add_person(Person(appointment.person, f"Người Mẫu {appointment.person}"))
            unit.staff.appoint(appointment)
    yield database
    engine.dispose()


def actor(appointment: Appointment) -> Actor:
    """Whoever holds the appointment."""
    return Actor(appointment.person, (appointment,))
