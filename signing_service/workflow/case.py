"""The states of one transcript's case, and the only moves between them.

    draft -> complete -> teacher-signed -> principal-signed -> sealed -> finished -> logged -> archived

A state is reached only with the frozen file that proves it, so a case can be read back from its bytes.
"""

from enum import StrEnum

from signing_service.errors import RefusedError


class CaseState(StrEnum):
    """How far a document has come."""

    DRAFT = "draft"
    COMPLETE = "complete"
    TEACHER_SIGNED = "teacher-signed"
    PRINCIPAL_SIGNED = "principal-signed"
    SEALED = "sealed"
    FINISHED = "finished"
    LOGGED = "logged"
    ARCHIVED = "archived"


class SigningRole(StrEnum):
    """The capacity in which a key signs; the order is the legal order."""

    HOMEROOM_TEACHER = "homeroom-teacher"
    PRINCIPAL = "principal"
    SCHOOL_SEAL = "school-seal"

    @property
    def label(self) -> str:
        """The Vietnamese name of the capacity."""
        return {"homeroom-teacher": "Giáo viên chủ nhiệm", "principal": "Hiệu trưởng", "school-seal": "Con dấu nhà trường"}[self.value]


_SIGNING: dict[SigningRole, tuple[CaseState, CaseState]] = {
    SigningRole.HOMEROOM_TEACHER: (CaseState.COMPLETE, CaseState.TEACHER_SIGNED),
    SigningRole.PRINCIPAL: (CaseState.TEACHER_SIGNED, CaseState.PRINCIPAL_SIGNED),
    SigningRole.SCHOOL_SEAL: (CaseState.PRINCIPAL_SIGNED, CaseState.SEALED),
}

_AUTOMATIC: dict[CaseState, CaseState] = {
    CaseState.DRAFT: CaseState.COMPLETE,
    CaseState.SEALED: CaseState.FINISHED,
    CaseState.FINISHED: CaseState.LOGGED,
    CaseState.LOGGED: CaseState.ARCHIVED,
}

NEEDS_NO_SIGNER = tuple(_AUTOMATIC)
"""States that the service carries on from by itself, in their order."""


def awaited_state(role: SigningRole) -> CaseState:
    """The state in which a document waits for `role`."""
    return _SIGNING[role][0]


def state_after_signature(state: CaseState, role: SigningRole) -> CaseState:
    """The state that the signature of `role` leads to.

    Raises:
        RefusedError: another signature has to come first, or this one is already there (`wrong-order`).
    """
    before, after = _SIGNING[role]
    if state != before:
        raise RefusedError(
            "wrong-order",
            vi=f"Chưa đến lượt hoặc đã ký: hồ sơ đang ở bước '{state}', chữ ký {role.label} cần bước '{before}'.",
            en=f"Not the turn of {role}: the case is {state} and has to be {before}.",
        )
    return after


def next_state(state: CaseState) -> CaseState:
    """The state after an automatic step.

    Raises:
        RefusedError: the case waits for a signer or has ended (`wrong-order`).
    """
    try:
        return _AUTOMATIC[state]
    except KeyError:
        raise RefusedError(
            "wrong-order", vi=f"Hồ sơ ở bước '{state}' không tự chuyển tiếp.", en=f"A case that is {state} does not advance by itself."
        ) from None
