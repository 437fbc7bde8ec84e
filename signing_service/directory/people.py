"""Schools, people and dated appointments: who held which office where, and when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from signing_service.ids import PersonCode, SchoolCode


class Office(StrEnum):
    """An office that a person can be appointed to. The value is stable; the label is what people read."""

    HOMEROOM_TEACHER = "homeroom-teacher"
    PRINCIPAL = "principal"
    CLERK = "clerk"
    OPERATOR = "operator"
    """Runs the server; held for the length of one command (`access/operator.py`), by nobody in the directory."""

    @property
    def label(self) -> str:
        """The Vietnamese name of the office."""
        return _LABELS[self]


_LABELS = {
    Office.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm",
    Office.PRINCIPAL: "Hiệu trưởng",
    Office.CLERK: "Văn thư",
    Office.OPERATOR: "Người vận hành",
}


@dataclass(frozen=True, slots=True)
class School:
    """A school as a legal unit; its code is the sector database's."""

    code: SchoolCode
    name: str
    commune: str
    province: str
    place_of_issue: str
    """How documents of the school begin their date line, such as `Ea Sương`."""
    department_code: str
    department_name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff."""

    code: PersonCode
    name: str
    personal_id: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One office of one person at one school, from `since` up to and including `until` (None: still held).

    `class_name` and `school_year` narrow an office to one class of one year; None means the whole school. A homeroom teacher's reaches the
    one class that it names, and none where it names none.
    """

    person: PersonCode
    school: SchoolCode
    office: Office
    since: date
    until: date | None = None
    class_name: str | None = None
    school_year: str | None = None

    def covers(self, *, school: SchoolCode, class_name: str, school_year: str, on: date) -> bool:
        """Whether the office reaches this class on that day."""
        if self.office is Office.HOMEROOM_TEACHER and None in {self.class_name, self.school_year}:
            return False
        return (
            self.school == school
            and self.since <= on
            and (self.until is None or on <= self.until)
            and self.class_name in {None, class_name}
            and self.school_year in {None, school_year}
        )
