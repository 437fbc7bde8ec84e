"""Units, people and appointments."""

from sqlmodel import Session, col, select

from signing_service.actions.directory_store import DirectoryChange
from signing_service.directory.people import Appointment, Office, Person
from signing_service.directory.units import FormerName, Merger, OfficeUnit, OrganisationUnit, Ownership, School, UnitKind
from signing_service.ids import PersonCode, SchoolCode, UnitCode
from signing_service.records.transcript import EducationLevel
from signing_service.storage.conflicts import conflict
from signing_service.storage.directory_tables import AppointmentRow, DirectoryChangeRow, FormerNameRow, PersonRow, UnitRow


class SqlStaff:
    """Units, people and appointments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_unit(self, unit: OrganisationUnit) -> None:
        """Add or replace a unit."""
        self._session.merge(_unit_row(unit))
        for row in self._session.exec(select(FormerNameRow).where(FormerNameRow.unit == unit.code)):
            self._session.delete(row)
        self._session.flush()
        self._session.add_all(FormerNameRow(unit=unit.code, until=former.until, name=former.name) for former in unit.former_names)

    def add_school(self, school: School) -> None:
        """Add or replace a school."""
        self.add_unit(school)

    def unit(self, code: UnitCode) -> OrganisationUnit | None:
        """A unit of any kind, or None."""
        row = self._session.get(UnitRow, code)
        return self._unit(row) if row else None

    def units(self) -> tuple[OrganisationUnit, ...]:
        """Every unit, by code."""
        return tuple(self._unit(row) for row in self._session.exec(select(UnitRow).order_by(UnitRow.code)).all())

    def school(self, code: SchoolCode) -> School | None:
        """A school, or None."""
        found = self.unit(code)
        return found if isinstance(found, School) else None

    def schools(self) -> tuple[School, ...]:
        """Every school, by code."""
        return tuple(unit for unit in self.units() if isinstance(unit, School))

    def add_person(self, person: Person) -> None:
        """Add or replace a person."""
        self._session.merge(PersonRow(code=person.code, name=person.name, personal_id=person.personal_id))

    def person(self, code: PersonCode) -> Person | None:
        """A person, or None."""
        row = self._session.get(PersonRow, code)
        return Person(PersonCode(row.code), row.name, row.personal_id) if row else None

    def members_of(self, school: SchoolCode) -> tuple[Person, ...]:
        """Everybody who was ever appointed at a unit, by code."""
        query = (
            select(PersonRow)
            .join(AppointmentRow, col(AppointmentRow.person) == col(PersonRow.code))
            .where(AppointmentRow.school == school)
            .distinct()
            .order_by(PersonRow.code)
        )
        return tuple(Person(PersonCode(row.code), row.name, row.personal_id) for row in self._session.exec(query))

    def appoint(self, appointment: Appointment) -> None:
        """Add an appointment; one of the same reach since the same day changes nothing."""
        before = self.appointments_of(appointment.person)
        if any(held.reach == appointment.reach and held.since == appointment.since for held in before):
            return
        self._session.add(
            AppointmentRow(
                person=appointment.person,
                school=appointment.school,
                office=appointment.office,
                since=appointment.since,
                until=appointment.until,
                class_name=appointment.class_name,
                school_year=appointment.school_year,
                subject=appointment.subject,
                signing_title=appointment.signing_title,
                substitute_for=appointment.substitute_for,
                approved_by=appointment.approved_by,
            )
        )
        self._session.flush()

    def replace(self, before: Appointment, after: Appointment) -> None:
        """Put `after` in the place of `before`, by compare-and-swap."""
        rows = self._session.exec(select(AppointmentRow).where(AppointmentRow.person == before.person))
        row = next((row for row in rows if _appointment(row) == before), None)
        if row is None or after.reach != before.reach:
            raise conflict("appointment-moved")
        row.since, row.until = after.since, after.until
        row.signing_title, row.substitute_for, row.approved_by = after.signing_title, after.substitute_for, after.approved_by
        self._session.add(row)
        self._session.flush()

    def appointments_of(self, person: PersonCode) -> tuple[Appointment, ...]:
        """Every appointment of a person, in the order of entry."""
        rows = self._session.exec(select(AppointmentRow).where(AppointmentRow.person == person).order_by(col(AppointmentRow.id)))
        return tuple(map(_appointment, rows))

    def appointments_at(self, unit: UnitCode) -> tuple[Appointment, ...]:
        """Every appointment at a unit, in the order of entry."""
        rows = self._session.exec(select(AppointmentRow).where(AppointmentRow.school == unit).order_by(col(AppointmentRow.id)))
        return tuple(map(_appointment, rows))

    def note(self, change: DirectoryChange) -> None:
        """Add a line to the directory's audit trail."""
        self._session.add(
            DirectoryChangeRow(change=change.change, about=change.about, by=change.by, approved_by=change.approved_by, at=change.at)
        )
        self._session.flush()

    def changes_about(self, about: str) -> tuple[DirectoryChange, ...]:
        """Every change about a unit or a person, oldest first."""
        query = select(DirectoryChangeRow).where(DirectoryChangeRow.about == about).order_by(col(DirectoryChangeRow.position))
        return tuple(
            DirectoryChange(row.change, row.about, PersonCode(row.by), PersonCode(row.approved_by), row.at)
            for row in self._session.exec(query)
        )

    def _unit(self, row: UnitRow) -> OrganisationUnit:
        query = select(FormerNameRow).where(FormerNameRow.unit == row.code).order_by(col(FormerNameRow.until))
        former = tuple(FormerName(name.name, name.until) for name in self._session.exec(query))
        merger = Merger(UnitCode(row.merged_into), row.merged_since) if row.merged_into and row.merged_since else None
        if row.kind != UnitKind.SCHOOL:
            return OfficeUnit(
                UnitCode(row.code), UnitKind(row.kind), row.name, row.province, row.place_of_issue, row.commune, former, merger
            )
        return School(
            code=SchoolCode(row.code),
            name=row.name,
            commune=row.commune or "",
            province=row.province,
            place_of_issue=row.place_of_issue,
            department_code=row.department_code or "",
            department_name=row.department_name or "",
            levels=tuple(map(EducationLevel, row.levels.split())),
            ownership=Ownership(row.ownership) if row.ownership else None,
            district=row.district,
            former_names=former,
            merged_into=merger,
        )


def _unit_row(unit: OrganisationUnit) -> UnitRow:
    row = UnitRow(
        code=unit.code,
        kind=unit.kind,
        name=unit.name,
        commune=unit.commune,
        province=unit.province,
        place_of_issue=unit.place_of_issue,
        merged_into=unit.merged_into.into if unit.merged_into else None,
        merged_since=unit.merged_into.since if unit.merged_into else None,
    )
    if isinstance(unit, School):
        row.department_code, row.department_name = unit.department_code, unit.department_name
        row.levels, row.ownership, row.district = " ".join(unit.levels), unit.ownership, unit.district
    return row


def _appointment(row: AppointmentRow) -> Appointment:
    return Appointment(
        person=PersonCode(row.person),
        school=SchoolCode(row.school),
        office=Office(row.office),
        since=row.since,
        until=row.until,
        class_name=row.class_name,
        school_year=row.school_year,
        subject=row.subject,
        signing_title=row.signing_title,
        substitute_for=PersonCode(row.substitute_for) if row.substitute_for else None,
        approved_by=PersonCode(row.approved_by) if row.approved_by else None,
    )
