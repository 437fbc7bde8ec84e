"""The states of one document's case, and the only moves between them (docs/CASES.md draws them).

    draft -> complete -> (signatures of the kind, in order) -> sealed -> finished -> logged -> archived

    awaiting-reassessment -> draft                the summer's act
    complete .. before sealed -> returned         a new record begins a case of its own
    archived -> recalled -> superseded            the link says so for ever

A state is reached only with the frozen file that proves it, so a case can be read back from its bytes.
"""

from enum import StrEnum

from signing_service.errors import RefusedError
from signing_service.records.kinds import DocumentKind


class CaseState(StrEnum):
    """How far a document has come."""

    AWAITING_REASSESSMENT = "awaiting-reassessment"
    DRAFT = "draft"
    COMPLETE = "complete"
    TEACHER_SIGNED = "teacher-signed"
    PRINCIPAL_SIGNED = "principal-signed"
    AUTHORITY_SIGNED = "authority-signed"
    SEALED = "sealed"
    FINISHED = "finished"
    LOGGED = "logged"
    ARCHIVED = "archived"
    RETURNED = "returned"
    RECALLED = "recalled"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The Vietnamese name of the state."""
        return _LABELS[self]


_LABELS = {
    CaseState.AWAITING_REASSESSMENT: "chờ đánh giá lại",
    CaseState.DRAFT: "bản nháp",
    CaseState.COMPLETE: "đã dựng, chờ ký",
    CaseState.TEACHER_SIGNED: "giáo viên chủ nhiệm đã ký",
    CaseState.PRINCIPAL_SIGNED: "hiệu trưởng đã ký",
    CaseState.AUTHORITY_SIGNED: "người có thẩm quyền đã ký",
    CaseState.SEALED: "đã đóng dấu",
    CaseState.FINISHED: "đã hoàn tất",
    CaseState.LOGGED: "đã ghi nhật ký",
    CaseState.ARCHIVED: "đã lưu trữ",
    CaseState.RETURNED: "đã trả lại",
    CaseState.RECALLED: "đã thu hồi",
    CaseState.SUPERSEDED: "đã thay thế",
}


class SigningRole(StrEnum):
    """The capacity in which a key signs; within a kind of document the order is the legal order."""

    HOMEROOM_TEACHER = "homeroom-teacher"
    PRINCIPAL = "principal"
    SCHOOL_SEAL = "school-seal"
    AWARD_AUTHORITY = "award-authority"
    OFFICE_SEAL = "office-seal"
    COPYING_SEAL = "copying-seal"

    @property
    def label(self) -> str:
        """The Vietnamese name of the capacity."""
        return _ROLE_LABELS[self]

    @property
    def is_seal(self) -> bool:
        """Whether an organisation acts, not a person."""
        return self in {SigningRole.SCHOOL_SEAL, SigningRole.OFFICE_SEAL, SigningRole.COPYING_SEAL}


_ROLE_LABELS = {
    SigningRole.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm",
    SigningRole.PRINCIPAL: "Hiệu trưởng",
    SigningRole.SCHOOL_SEAL: "Con dấu nhà trường",
    SigningRole.AWARD_AUTHORITY: "Người có thẩm quyền khen thưởng",
    SigningRole.OFFICE_SEAL: "Con dấu cơ quan",
    SigningRole.COPYING_SEAL: "Con dấu cơ quan trích sao",
}

_AWARD_ROUTE = (SigningRole.AWARD_AUTHORITY, SigningRole.OFFICE_SEAL)
_ROUTES: dict[DocumentKind, tuple[SigningRole, ...]] = {
    DocumentKind.TRANSCRIPT: (SigningRole.HOMEROOM_TEACHER, SigningRole.PRINCIPAL, SigningRole.SCHOOL_SEAL),
    DocumentKind.AWARD_DECISION: _AWARD_ROUTE,
    DocumentKind.AWARD_CERTIFICATE: _AWARD_ROUTE,
    DocumentKind.TRANSCRIPT_EXTRACT: (SigningRole.COPYING_SEAL,),
}

_SIGNED: dict[SigningRole, CaseState] = {
    SigningRole.HOMEROOM_TEACHER: CaseState.TEACHER_SIGNED,
    SigningRole.PRINCIPAL: CaseState.PRINCIPAL_SIGNED,
    SigningRole.SCHOOL_SEAL: CaseState.SEALED,
    SigningRole.AWARD_AUTHORITY: CaseState.AUTHORITY_SIGNED,
    SigningRole.OFFICE_SEAL: CaseState.SEALED,
    SigningRole.COPYING_SEAL: CaseState.SEALED,
}

_AUTOMATIC: dict[CaseState, CaseState] = {
    CaseState.DRAFT: CaseState.COMPLETE,
    CaseState.SEALED: CaseState.FINISHED,
    CaseState.FINISHED: CaseState.LOGGED,
    CaseState.LOGGED: CaseState.ARCHIVED,
}

NEEDS_NO_SIGNER = tuple(_AUTOMATIC)
"""States that the service carries on from by itself, in their order."""

RETURNABLE = frozenset(
    {CaseState.DRAFT, CaseState.COMPLETE, CaseState.TEACHER_SIGNED, CaseState.PRINCIPAL_SIGNED, CaseState.AUTHORITY_SIGNED}
)
"""States before sealing: what is wrong is returned, and a new record begins anew."""

CLOSED = frozenset({CaseState.RETURNED, CaseState.RECALLED, CaseState.SUPERSEDED})
"""States of a document that no longer stands for its record; the place that it held is free for another."""

ISSUED = frozenset({CaseState.ARCHIVED, CaseState.RECALLED, CaseState.SUPERSEDED})
"""States in which a link has something to say."""

_DECIDED: dict[CaseState, frozenset[CaseState]] = {
    **{state: frozenset({CaseState.RETURNED}) for state in RETURNABLE},
    CaseState.AWAITING_REASSESSMENT: frozenset({CaseState.DRAFT, CaseState.RETURNED}),
    CaseState.ARCHIVED: frozenset({CaseState.RECALLED}),
    CaseState.RECALLED: frozenset({CaseState.SUPERSEDED}),
}


def route(kind: DocumentKind) -> tuple[SigningRole, ...]:
    """The capacities that sign a kind of document, in their order; the last one seals."""
    return _ROUTES[kind]


def awaited_state(role: SigningRole) -> CaseState:
    """The state in which a document waits for `role`."""
    roles = next(roles for roles in _ROUTES.values() if role in roles)
    place = roles.index(role)
    return _SIGNED[roles[place - 1]] if place else CaseState.COMPLETE


def state_after_signature(kind: DocumentKind, state: CaseState, role: SigningRole) -> CaseState:
    """The state that the signature of `role` leads to.

    Raises:
        RefusedError: this capacity does not sign this kind (`wrong-role`), or another signature has to come first, or this one is already
            there (`wrong-order`).
    """
    if role not in _ROUTES[kind]:
        raise RefusedError(
            "wrong-role", vi=f"{role.label} không ký loại hồ sơ {kind.label}.", en=f"{role} does not sign documents of the kind {kind}."
        )
    before = awaited_state(role)
    if state != before:
        raise RefusedError(
            "wrong-order",
            vi=f"Chưa đến lượt hoặc đã ký: hồ sơ đang ở bước '{state.label}', chữ ký {role.label} cần bước '{before.label}'.",
            en=f"Not the turn of {role}: the case is {state} and has to be {before}.",
        )
    return _SIGNED[role]


def next_state(state: CaseState) -> CaseState:
    """The state after an automatic step.

    Raises:
        RefusedError: the case waits for a signer or has ended (`wrong-order`).
    """
    try:
        return _AUTOMATIC[state]
    except KeyError:
        raise RefusedError(
            "wrong-order",
            vi=f"Hồ sơ ở bước '{state.label}' không tự chuyển tiếp.",
            en=f"A case that is {state} does not advance by itself.",
        ) from None


def require_move(state: CaseState, to: CaseState) -> None:
    """Let a person's decision about a case pass.

    Raises:
        RefusedError: there is no such move (`wrong-order`).
    """
    if to not in _DECIDED.get(state, frozenset()):
        raise RefusedError(
            "wrong-order",
            vi=f"Hồ sơ đang ở bước '{state.label}', không chuyển sang '{to.label}' được.",
            en=f"A case that is {state} cannot become {to}.",
        )
