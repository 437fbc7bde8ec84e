"""Which subjects of a transcript wait for a teacher's signature.

National law names homeroom teacher, principal and seal; that subject teachers sign first is asked by Hồ Chí Minh City (công văn 119) and
done by the sector's own systems for secondary schools. So a school decides, and where a teacher is known the stricter way is the default.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from signing_service.access.policy import ClassOfYear
from signing_service.directory.people import Appointment
from signing_service.directory.teaching import TaughtSubject, last_teacher, subject_teachers
from signing_service.records.transcript import Subject


class SheetRule(StrEnum):
    """When a subject needs a signed sheet."""

    WHERE_TEACHER_KNOWN = "where-teacher-known"
    """The directory has appointed a teacher, or the marks came with a teacher's code."""
    ALWAYS = "always"
    """A subject without a known teacher is signed for by the head of the school."""
    NEVER = "never"


DEFAULT_SHEET_RULE: Final = SheetRule.WHERE_TEACHER_KNOWN


def taught_in(batch: ClassOfYear, subject: str) -> TaughtSubject:
    """A subject of a class as the directory knows it."""
    return TaughtSubject(batch.school, batch.class_name, batch.school_year, subject)


def needs_sheet(rule: SheetRule, subject: Subject, batch: ClassOfYear, appointments: Sequence[Appointment], *, on: date) -> bool:
    """Whether the row of one pupil rests on a sheet; `appointments` are those of the school."""
    if rule is not SheetRule.WHERE_TEACHER_KNOWN:
        return rule is SheetRule.ALWAYS
    taught = taught_in(batch, subject.code)
    is_named = subject.teacher is not None and subject.teacher.code is not None
    return is_named or bool(subject_teachers(appointments, taught, on=on)) or last_teacher(appointments, taught, before=on) is not None
