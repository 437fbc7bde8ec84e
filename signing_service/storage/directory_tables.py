"""The tables of the directory: units, people, appointments, pupils and enrolments."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from signing_service.storage.tables import UtcDateTime


class UnitRow(SQLModel, table=True):
    """A school, a commune or a department. `levels` holds the codes of the levels, separated by spaces."""

    __tablename__ = "organisation_unit"
    code: str = Field(primary_key=True)
    kind: str
    name: str
    commune: str | None = None
    province: str
    place_of_issue: str
    department_code: str | None = None
    department_name: str | None = None
    levels: str = ""
    ownership: str | None = None
    district: str | None = None
    merged_into: str | None = None
    merged_since: date | None = None


class FormerNameRow(SQLModel, table=True):
    """A name that a unit bore up to a day."""

    __tablename__ = "former_name"
    unit: str = Field(primary_key=True)
    until: date = Field(primary_key=True)
    name: str


class PersonRow(SQLModel, table=True):
    """A member of staff."""

    __tablename__ = "person"
    code: str = Field(primary_key=True)
    name: str
    personal_id: str | None = None


class AppointmentRow(SQLModel, table=True):
    """An office held."""

    __tablename__ = "appointment"
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(index=True)
    school: str = Field(index=True)
    office: str
    since: date
    until: date | None = None
    class_name: str | None = None
    school_year: str | None = None
    subject: str | None = None
    signing_title: str | None = None
    substitute_for: str | None = None
    approved_by: str | None = None


class DirectoryChangeRow(SQLModel, table=True):
    """Who changed the directory, and who approved it; only ever added to."""

    __tablename__ = "directory_change"
    position: int | None = Field(default=None, primary_key=True)
    change: str
    about: str = Field(index=True)
    by: str
    approved_by: str
    at: datetime = Field(sa_type=UtcDateTime)


class PupilRow(SQLModel, table=True):
    """A child through all schools and years."""

    __tablename__ = "pupil"
    __table_args__ = (Index("ix_pupil_namesake", "birth_date", "matching_name"),)
    pupil: str = Field(primary_key=True)
    name: str
    matching_name: str
    birth_date: date
    personal_id: str | None = Field(default=None, index=True)


class EnrolmentRow(SQLModel, table=True):
    """A child at a school in one school year."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_code", "school", "pupil_code"),)
    id: int | None = Field(default=None, primary_key=True)
    pupil: str = Field(index=True)
    school: str
    pupil_code: str
    class_name: str
    school_year: str
    since: date
    until: date | None = None


class PupilMatchRow(SQLModel, table=True):
    """Two entries that may be one child, until somebody has said so."""

    __tablename__ = "pupil_match"
    pupil: str = Field(primary_key=True)
    other: str = Field(primary_key=True, index=True)
    likeness: str
    same: bool | None = None
