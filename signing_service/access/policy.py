"""The one place that decides whether somebody may do something. What is not granted here is refused."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from signing_service.directory.people import Appointment, Office
from signing_service.errors import RefusedError
from signing_service.ids import PersonCode, SchoolCode


class Permission(StrEnum):
    """`resource:action`, alphabetically."""

    TRANSCRIPT_HAND_OUT = "transcript:hand-out"
    TRANSCRIPT_IMPORT = "transcript:import"
    TRANSCRIPT_SEAL = "transcript:seal"
    TRANSCRIPT_SIGN_AS_HOMEROOM = "transcript:sign-as-homeroom-teacher"
    TRANSCRIPT_SIGN_AS_PRINCIPAL = "transcript:sign-as-principal"


_GRANTED: dict[Office, frozenset[Permission]] = {
    Office.CLERK: frozenset({Permission.TRANSCRIPT_HAND_OUT, Permission.TRANSCRIPT_IMPORT, Permission.TRANSCRIPT_SEAL}),
    Office.OPERATOR: frozenset({Permission.TRANSCRIPT_HAND_OUT, Permission.TRANSCRIPT_IMPORT}),
    Office.HOMEROOM_TEACHER: frozenset({Permission.TRANSCRIPT_SIGN_AS_HOMEROOM}),
    Office.PRINCIPAL: frozenset({Permission.TRANSCRIPT_SIGN_AS_PRINCIPAL}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks, with every appointment the directory knows of."""

    person: PersonCode
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class ClassOfYear:
    """The resource that transcript permissions are about: one class in one school year."""

    school: SchoolCode
    class_name: str
    school_year: str


def may(actor: Actor, permission: Permission, resource: ClassOfYear, *, on: date) -> bool:
    """Whether an office that `actor` holds on that day grants `permission` over `resource`."""
    return any(
        permission in _GRANTED.get(appointment.office, frozenset())
        and appointment.person == actor.person
        and appointment.covers(school=resource.school, class_name=resource.class_name, school_year=resource.school_year, on=on)
        for appointment in actor.appointments
    )


def require(actor: Actor, permission: Permission, resource: ClassOfYear, *, on: date) -> None:
    """Let the request pass.

    Raises:
        RefusedError: no office held on that day grants it (`not-permitted`).
    """
    if not may(actor, permission, resource, on=on):
        raise RefusedError(
            "not-permitted",
            vi=f"Thầy/cô không giữ chức vụ cho phép việc này ({permission}) đối với lớp {resource.class_name}. Liên hệ văn thư nhà trường.",
            en=f"No office held on that day allows {permission} for class {resource.class_name}; ask the school's clerk.",
        )
