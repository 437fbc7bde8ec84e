"""The one place that decides whether somebody may do something. What is not granted here is refused."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from signing_service.directory.people import CLASS_OFFICES, Appointment, Office
from signing_service.errors import RefusedError
from signing_service.ids import DecisionId, PersonCode, SchoolCode, UnitCode


class Permission(StrEnum):
    """`resource:action`, alphabetically."""

    AWARD_CANCEL = "award:cancel"
    AWARD_HAND_OUT = "award:hand-out"
    AWARD_IMPORT = "award:import"
    AWARD_SEAL = "award:seal"
    AWARD_SIGN = "award:sign-as-authority"
    DIRECTORY_APPOINT = "directory:appoint"
    DIRECTORY_APPROVE = "directory:approve"
    DIRECTORY_ENROL = "directory:enrol-pupil"
    DIRECTORY_IMPORT = "directory:import"
    DIRECTORY_MERGE = "directory:merge-units"
    TRANSCRIPT_APPROVE_RECALL = "transcript:approve-recall"
    TRANSCRIPT_APPROVE_RECALL_AFTER_LOCK = "transcript:approve-recall-after-lock"
    TRANSCRIPT_EXTRACT = "transcript:extract"
    TRANSCRIPT_HAND_OUT = "transcript:hand-out"
    TRANSCRIPT_IMPORT = "transcript:import"
    TRANSCRIPT_OPEN_LOCKED_YEAR = "transcript:open-locked-year"
    TRANSCRIPT_REQUEST_RECALL = "transcript:request-recall"
    TRANSCRIPT_RETURN = "transcript:return"
    TRANSCRIPT_SEAL = "transcript:seal"
    TRANSCRIPT_SIGN_AS_HOMEROOM = "transcript:sign-as-homeroom-teacher"
    TRANSCRIPT_SIGN_AS_PRINCIPAL = "transcript:sign-as-principal"
    TRANSCRIPT_SIGN_SUBJECT_SHEET = "transcript:sign-subject-sheet"


_SCHOOL_LEADER = frozenset(
    {
        Permission.AWARD_SIGN,
        Permission.DIRECTORY_APPROVE,
        Permission.TRANSCRIPT_APPROVE_RECALL,
        Permission.TRANSCRIPT_REQUEST_RECALL,
        Permission.TRANSCRIPT_RETURN,
        Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL,
        Permission.TRANSCRIPT_SIGN_SUBJECT_SHEET,
    }
)
_SUPERVISOR = frozenset({Permission.TRANSCRIPT_APPROVE_RECALL_AFTER_LOCK, Permission.TRANSCRIPT_OPEN_LOCKED_YEAR})
_DEPUTY_OF_OFFICE = frozenset({Permission.AWARD_SIGN, Permission.DIRECTORY_APPROVE})
_HEAD_OF_OFFICE = _DEPUTY_OF_OFFICE | {Permission.AWARD_CANCEL}
_KEEPS_DIRECTORY = frozenset(
    {Permission.DIRECTORY_APPOINT, Permission.DIRECTORY_ENROL, Permission.DIRECTORY_IMPORT, Permission.DIRECTORY_MERGE}
)

_GRANTED: dict[Office, frozenset[Permission]] = {
    Office.AWARD_CLERK: frozenset({Permission.AWARD_HAND_OUT, Permission.AWARD_IMPORT}),
    Office.CLERK: frozenset(
        {
            Permission.AWARD_HAND_OUT,
            Permission.AWARD_IMPORT,
            Permission.AWARD_SEAL,
            Permission.DIRECTORY_APPOINT,
            Permission.DIRECTORY_ENROL,
            Permission.TRANSCRIPT_EXTRACT,
            Permission.TRANSCRIPT_HAND_OUT,
            Permission.TRANSCRIPT_IMPORT,
            Permission.TRANSCRIPT_REQUEST_RECALL,
            Permission.TRANSCRIPT_RETURN,
            Permission.TRANSCRIPT_SEAL,
        }
    ),
    Office.COMMUNE_CHAIR: _HEAD_OF_OFFICE,
    Office.DEPARTMENT_OFFICER: _SUPERVISOR | _KEEPS_DIRECTORY,
    Office.DEPUTY_COMMUNE_CHAIR: _DEPUTY_OF_OFFICE,
    Office.DEPUTY_DIRECTOR: _SUPERVISOR | _DEPUTY_OF_OFFICE,
    Office.DIRECTOR: _SUPERVISOR | _HEAD_OF_OFFICE,
    Office.HOMEROOM_TEACHER: frozenset(
        {Permission.TRANSCRIPT_REQUEST_RECALL, Permission.TRANSCRIPT_RETURN, Permission.TRANSCRIPT_SIGN_AS_HOMEROOM}
    ),
    Office.OPERATOR: frozenset(
        {
            Permission.AWARD_HAND_OUT,
            Permission.AWARD_IMPORT,
            Permission.DIRECTORY_IMPORT,
            Permission.TRANSCRIPT_HAND_OUT,
            Permission.TRANSCRIPT_IMPORT,
            Permission.TRANSCRIPT_OPEN_LOCKED_YEAR,
        }
    ),
    Office.PRINCIPAL: _SCHOOL_LEADER | {Permission.AWARD_CANCEL},
    Office.SUBJECT_TEACHER: frozenset({Permission.TRANSCRIPT_SIGN_SUBJECT_SHEET}),
    Office.VICE_PRINCIPAL: _SCHOOL_LEADER,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks, with every appointment the directory knows of."""

    person: PersonCode
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class ClassOfYear:
    """One class in one school year: what a class's acts and hand-outs are about."""

    school: SchoolCode
    class_name: str
    school_year: str

    @property
    def unit(self) -> UnitCode:
        """The unit that answers for it."""
        return self.school

    def reached_by(self, appointment: Appointment, *, on: date) -> bool:
        """Whether the appointment covers this class on that day."""
        return appointment.covers(school=self.school, class_name=self.class_name, school_year=self.school_year, on=on)

    def __str__(self) -> str:
        return f"lớp {self.class_name}"


@dataclass(frozen=True, slots=True)
class AwardFile:
    """One award decision of an office with its certificates (hồ sơ khen thưởng)."""

    unit: UnitCode
    decision: DecisionId

    def reached_by(self, appointment: Appointment, *, on: date) -> bool:
        """Whether the appointment is one of the office on that day."""
        return Unit(self.unit).reached_by(appointment, on=on)

    def __str__(self) -> str:
        return "hồ sơ khen thưởng này"


@dataclass(frozen=True, slots=True)
class Unit:
    """A school or an office as a whole."""

    unit: UnitCode

    def reached_by(self, appointment: Appointment, *, on: date) -> bool:
        """Whether the appointment is one of this unit as a whole on that day; one for a single class is not."""
        of_whole = appointment.office not in CLASS_OFFICES and (appointment.class_name, appointment.school_year) == (None, None)
        return of_whole and appointment.school == self.unit and appointment.held_on(on)

    def __str__(self) -> str:
        return "đơn vị này"


Batch = ClassOfYear | AwardFile
"""What is signed in one act and handed out together."""

Resource = Batch | Unit


def may(actor: Actor, permission: Permission, resource: Resource, *, on: date) -> bool:
    """Whether an office that `actor` holds on that day grants `permission` over `resource`."""
    return any(
        permission in _GRANTED.get(appointment.office, frozenset())
        and appointment.person == actor.person
        and resource.reached_by(appointment, on=on)
        for appointment in actor.appointments
    )


def require(actor: Actor, permission: Permission, resource: Resource, *, on: date) -> None:
    """Let the request pass.

    Raises:
        RefusedError: no office held on that day grants it (`not-permitted`).
    """
    if not may(actor, permission, resource, on=on):
        raise RefusedError(
            "not-permitted",
            vi=f"Thầy/cô không giữ chức vụ cho phép việc này ({permission}) đối với {resource}. Liên hệ văn thư của đơn vị.",
            en=f"No office held on that day allows {permission} here; ask the unit's clerk.",
        )
