"""Which school the workbook is from, and who signs: the workbook names them, the register knows their codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from signing_service.ids import SchoolCode
from signing_service.intake.characters import printable_name
from signing_service.intake.collecting import Findings
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.letterhead import Found
from signing_service.intake.text import name_key
from signing_service.records.transcript import Issuer, StaffMember

NOT_REGISTERED: Final = SchoolCode("")
"""The code of a school that the register does not know: no role is ever granted for it, so nothing can be imported for good."""

_TEACHER_TITLE: Final = "Giáo viên chủ nhiệm"


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A registered school and the people who teach and sign there."""

    issuer: Issuer
    staff: tuple[StaffMember, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatories:
    """The school and the two people whom the form names."""

    issuer: Issuer
    homeroom_teacher: StaffMember
    principal: StaffMember


def read_signatories(
    sheet: ClassSheet, schools: Sequence[KnownSchool], teachers: Sequence[StaffMember], findings: Findings
) -> Signatories | None:
    """Who issues and who signs, by the head and foot of the class list; None when the workbook does not name them."""
    head = sheet.head
    if head.school is None:
        findings.refuse("school-missing", sheet.place())
        return None
    school = next((s for s in schools if name_key(s.issuer.school_name) == name_key(head.school.text)), None)
    if school is None:
        findings.warn("school-not-registered", sheet.place(head.school.row, head.school.column))
    staff = (*(school.staff if school else ()), *teachers)
    teacher = _person(sheet, head.homeroom_teacher, findings, missing="teacher-missing", title=_TEACHER_TITLE, staff=staff)
    principal = _person(sheet, head.principal, findings, missing="principal-missing", title=head.principal_title or "", staff=staff)
    if teacher is None or principal is None:
        return None
    return Signatories(school.issuer if school else _unregistered(sheet, head.school), teacher, principal)


def _person(
    sheet: ClassSheet, found: Found | None, findings: Findings, *, missing: str, title: str, staff: Sequence[StaffMember]
) -> StaffMember | None:
    if found is None:
        findings.refuse(missing, sheet.place())
        return None
    if not printable_name(found.text):
        findings.refuse("name-characters", sheet.place(found.row, found.column))
        return None
    codes = {person.code for person in staff if person.code is not None and name_key(person.name) == name_key(found.text)}
    if len(codes) > 1:
        findings.warn("staff-ambiguous", sheet.place(found.row, found.column))
    return StaffMember(name=found.text, code=codes.pop() if len(codes) == 1 else None, title=title)


def _unregistered(sheet: ClassSheet, school: Found) -> Issuer:
    head = sheet.head
    return Issuer(
        department_code="",
        department_name="",
        school_code=NOT_REGISTERED,
        school_name=school.text,
        commune=head.authority.text if head.authority else "",
        province="",
        place_of_issue=head.place.text if head.place else "",
    )
