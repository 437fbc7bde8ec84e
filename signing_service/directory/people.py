"""People and dated appointments: who held which office where, and when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from signing_service.ids import PersonCode, SchoolCode


class Office(StrEnum):
    """An office that a person can be appointed to. The value is stable; the label is what people read."""

    HOMEROOM_TEACHER = "homeroom-teacher"
    SUBJECT_TEACHER = "subject-teacher"
    PRINCIPAL = "principal"
    VICE_PRINCIPAL = "vice-principal"
    """Signs in the principal's stead (KT. HIỆU TRƯỞNG)."""
    CLERK = "clerk"
    DEPARTMENT_OFFICER = "department-officer"
    """Looks after the schools of the department; approves a recall once the year is locked."""
    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy-director"
    COMMUNE_CHAIR = "commune-chair"
    DEPUTY_COMMUNE_CHAIR = "deputy-commune-chair"
    AWARD_CLERK = "award-clerk"
    """Keeps the files of an award council and prepares its decisions."""
    ARCHIVIST = "archivist"
    AUDITOR = "auditor"
    """Reads and changes nothing."""
    OPERATOR = "operator"
    """Runs the server; held for the length of one command (`access/operator.py`), by nobody in the directory."""

    @property
    def label(self) -> str:
        """The Vietnamese name of the office."""
        return _LABELS[self]


_LABELS = {
    Office.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm",
    Office.SUBJECT_TEACHER: "Giáo viên bộ môn",
    Office.PRINCIPAL: "Hiệu trưởng",
    Office.VICE_PRINCIPAL: "Phó Hiệu trưởng",
    Office.CLERK: "Văn thư",
    Office.DEPARTMENT_OFFICER: "Chuyên viên Sở",
    Office.DIRECTOR: "Giám đốc Sở",
    Office.DEPUTY_DIRECTOR: "Phó Giám đốc Sở",
    Office.COMMUNE_CHAIR: "Chủ tịch Ủy ban nhân dân xã",
    Office.DEPUTY_COMMUNE_CHAIR: "Phó Chủ tịch Ủy ban nhân dân xã",
    Office.AWARD_CLERK: "Thư ký thi đua, khen thưởng",
    Office.ARCHIVIST: "Lưu trữ viên",
    Office.AUDITOR: "Kiểm tra viên",
    Office.OPERATOR: "Người vận hành",
}

CLASS_OFFICES: Final = frozenset({Office.HOMEROOM_TEACHER, Office.SUBJECT_TEACHER})
"""Held for one class of one year; one that names no class reaches none."""

DEPARTMENT_OFFICES: Final = frozenset(
    {Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR, Office.ARCHIVIST, Office.AUDITOR}
)
"""Held at a department, they reach its schools; a department's clerk and seal do not."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff."""

    code: PersonCode
    name: str
    personal_id: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One office of one person at one unit, from `since` up to and including `until` (None: still held).

    `class_name` and `school_year` narrow an office to one class of one year; None means the whole unit. A homeroom teacher's reaches the
    one class that it names, a subject teacher's one subject (`subject`, the code of the grading rules) of the one class, and none where it
    names none.
    """

    person: PersonCode
    school: SchoolCode
    """The unit: a school, or an office in the same space of codes."""
    office: Office
    since: date
    until: date | None = None
    class_name: str | None = None
    school_year: str | None = None
    subject: str | None = None
    signing_title: str | None = None
    """What stands above the signature where it differs from the office's usual title (`titles.py`); lines separated by a line feed."""
    substitute_for: PersonCode | None = None
    """The person in whose place this one acts: on leave, or gone."""
    approved_by: PersonCode | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office is held on that day; its last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def reach(self) -> tuple[str | None, ...]:
        """The appointment without its dates: who holds which office, where, and over what."""
        return (self.person, self.school, self.office, self.class_name, self.school_year, self.subject)

    @property
    def is_complete(self) -> bool:
        """Whether it names exactly what its office is held for, and ends no earlier than it begins."""
        of_class = self.office in CLASS_OFFICES
        of_subject = self.office is Office.SUBJECT_TEACHER
        names_class = (self.class_name is not None, self.school_year is not None) == (of_class, of_class)
        return names_class and (self.subject is not None) == of_subject and (self.until is None or self.since <= self.until)

    def covers(self, *, school: SchoolCode, class_name: str, school_year: str, on: date, subject: str | None = None) -> bool:
        """Whether the office reaches this class on that day; with `subject`, whether it reaches that subject of the class."""
        if self.office in CLASS_OFFICES and None in {self.class_name, self.school_year}:
            return False
        if self.office is Office.SUBJECT_TEACHER and self.subject is None:
            return False
        return (
            self.school == school
            and self.held_on(on)
            and self.class_name in {None, class_name}
            and self.school_year in {None, school_year}
            and (subject is None or self.subject in {None, subject})
        )
