"""Who a transcript is about and who asserts it: pupil, parents, school, staff, as the form prints them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signing_service.ids import PersonCode, SchoolCode


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person of the school as named on the form."""

    name: str
    code: PersonCode | None = None
    personal_id: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """The school that asserts the record, and its place in the two-tier administration."""

    department_code: str
    department_name: str
    school_code: SchoolCode
    school_name: str
    commune: str
    province: str
    place_of_issue: str
    district: str | None = None
    """Only in records from before 01/07/2025, when the district tier ended."""


@dataclass(frozen=True, slots=True)
class Parent:
    """Father, mother or guardian as the form prints them."""

    name: str
    occupation: str | None = None


@dataclass(frozen=True, slots=True)
class Pupil:
    """Who the transcript is about. Names are NFC and otherwise exactly as the family writes them."""

    code: str
    name: str
    birth_date: date
    sex: str | None
    """None where the school's file does not say, like `ethnicity` and `nationality`: a summary names neither."""
    ethnicity: str | None
    nationality: str | None
    personal_id: str | None = None
    learner_code: str | None = None
    birth_place: str | None = None
    home_town: str | None = None
    hamlet: str | None = None
    commune: str | None = None
    province: str | None = None
    father: Parent | None = None
    mother: Parent | None = None
    guardian: Parent | None = None
    policy_category: str | None = None
    register_number: str | None = None
    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StudyYear:
    """One line of quá trình học tập."""

    school_year: str
    class_name: str
    school_name: str
    since: date | None = None
