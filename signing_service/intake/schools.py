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
from signing_service.records.parties import Issuer, StaffMember

NOT_REGISTERED: Final = SchoolCode("")
"""The code of a school that the register does not know: no role is ever granted for it, so nothing can be imported for good."""

UNNAMED: Final = StaffMember(name="")
"""Somebody whom neither the workbook nor a register names; such a record is never imported for good."""

_TEACHER_TITLE: Final = "Giáo viên chủ nhiệm"


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A registered school and the people who teach and sign there."""

    issuer: Issuer
    staff: tuple[StaffMember, ...] = ()
    principal: StaffMember | None = None
    """Who signs for the school where a workbook, such as a summary, does not name the principal."""


@dataclass(frozen=True, slots=True)
class Signatories:
    """The school and the two people whom the form names."""

    issuer: Issuer
    homeroom_teacher: StaffMember
    principal: StaffMember


def read_signatories(
    sheet: ClassSheet,
    schools: Sequence[KnownSchool],
    teachers: Sequence[StaffMember],
    findings: Findings,
    *,
    others: Sequence[ClassSheet] = (),
) -> Signatories | None:
    """Who issues and who signs, by the head and foot of the class list, then of the class's `others`, then by the register.

    None when a registered school's sheets name somebody nowhere. A school that is not registered cannot issue yet, so there it is told and
    left open (`UNNAMED`): a workbook can be checked before anything is registered.
    """
    sheets = (sheet, *others)
    named = _Named(sheets, findings)
    at_school = named.by("school")
    if at_school is None:
        findings.refuse("school-missing", sheet.place())
        return None
    on, school_name = at_school
    school = next((s for s in schools if name_key(s.issuer.school_name) == name_key(school_name.text)), None)
    if school is None:
        findings.warn("school-not-registered", on.place(school_name.row, school_name.column))
    staff = (*(school.staff if school else ()), *teachers)
    teacher = named.person("homeroom_teacher", _TEACHER_TITLE, staff)
    principal = named.person("principal", "", staff) or (school.principal if school else None)
    for person, missing in ((teacher, "teacher-missing"), (principal, "principal-missing")):
        if person is None and not named.refused:
            findings.refuse(missing, sheet.place()) if school else findings.warn(missing, sheet.place())
    if named.refused or (school is not None and (teacher is None or principal is None)):
        return None
    return Signatories(school.issuer if school else _unregistered(sheet, school_name), teacher or UNNAMED, principal or UNNAMED)


class _Named:
    """Looks for people and the school in the heads of several sheets."""

    def __init__(self, sheets: Sequence[ClassSheet], findings: Findings) -> None:
        self._sheets = sheets
        self._findings = findings
        self.refused = False

    def by(self, what: str) -> tuple[ClassSheet, Found] | None:
        """The first sheet whose head names `what`, a field of `Letterhead`."""
        return next(((sheet, found) for sheet in self._sheets if (found := getattr(sheet.head, what)) is not None), None)

    def person(self, what: str, title: str, staff: Sequence[StaffMember]) -> StaffMember | None:
        named = self.by(what)
        if named is None:
            return None
        sheet, found = named
        if not printable_name(found.text):
            self._findings.refuse("name-characters", sheet.place(found.row, found.column))
            self.refused = True
            return None
        codes = {person.code for person in staff if person.code is not None and name_key(person.name) == name_key(found.text)}
        if len(codes) > 1:
            self._findings.warn("staff-ambiguous", sheet.place(found.row, found.column))
        code = codes.pop() if len(codes) == 1 else None
        return StaffMember(name=found.text, code=code, title=title or sheet.head.principal_title or "")


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
