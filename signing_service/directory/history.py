"""Quá trình học tập: where a child went to school, year by year, with both schools of a year in which the child moved."""

from collections.abc import Iterable
from datetime import date

from signing_service.directory.pupils import PupilEnrolment
from signing_service.directory.units import FindUnit, name_on
from signing_service.records.parties import StudyYear


def study_history(enrolments: Iterable[PupilEnrolment], find: FindUnit, *, through: str) -> tuple[StudyYear, ...]:
    """One line for each enrolment up to the school year `through`, oldest first; a school is named as it was called at the time."""
    counted = sorted((e for e in enrolments if e.school_year <= through), key=lambda e: (e.school_year, e.since))
    return tuple(StudyYear(e.school_year, e.class_name, _name(e, find), e.since) for e in counted)


def _name(enrolment: PupilEnrolment, find: FindUnit) -> str:
    unit = find(enrolment.school)
    return name_on(unit, enrolment.until or _last_day(enrolment.school_year)) if unit else enrolment.school


def _last_day(school_year: str) -> date:
    return date(int(school_year[-4:]), 5, 31)
