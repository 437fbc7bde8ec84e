"""Which offices a person of a staff list holds for the whole unit, by position, job and signing role."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signing_service.directory.people import Office
from signing_service.intake.staff.people import StaffRecord
from signing_service.intake.text import folded

_POSITIONS: Final = (
    ("phohieutruongphutrach", Office.VICE_PRINCIPAL, "PHÓ HIỆU TRƯỞNG PHỤ TRÁCH"),
    ("phohieutruong", Office.VICE_PRINCIPAL, None),
    ("quyenhieutruong", Office.PRINCIPAL, "Q. HIỆU TRƯỞNG"),
    ("qhieutruong", Office.PRINCIPAL, "Q. HIỆU TRƯỞNG"),
    ("hieutruong", Office.PRINCIPAL, None),
    ("phogiamdoc", Office.DEPUTY_DIRECTOR, None),
    ("giamdoc", Office.DIRECTOR, None),
    ("phochutich", Office.DEPUTY_COMMUNE_CHAIR, None),
    ("chutich", Office.COMMUNE_CHAIR, None),
)
"""Beginnings of positions; the first that fits counts."""

_ROLES: Final = MappingProxyType(
    {
        "vanthu": Office.CLERK,
        "thukyhoidong": Office.AWARD_CLERK,
        "thukythidua": Office.AWARD_CLERK,
        "chuyenvien": Office.DEPARTMENT_OFFICER,
        "luutru": Office.ARCHIVIST,
        "kiemtra": Office.AUDITOR,
        "thanhtra": Office.AUDITOR,
    }
)
_HEAD_ROLES: Final = frozenset({"cbql", "canboquanly", "lanhdao", "lanhdaoso", "lanhdaoxa", "lanhdaotruong"})
_HOMEROOM_ROLES: Final = frozenset({"gvcn", "giaovienchunhiem"})
_TEACHING_ROLES: Final = frozenset({"gvbm", "giaovienbomon", "giaovien"})


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office for the whole unit, and its signing title where it is not the usual one."""

    office: Office
    signing_title: str | None = None


def unit_offices(record: StaffRecord) -> tuple[HeldOffice, ...]:
    """The offices for the whole unit; none for somebody who only teaches."""
    position = folded(record.position or record.job or "")
    head = next((HeldOffice(office, title) for start, office, title in _POSITIONS if position.startswith(start)), None)
    role = folded(record.role or "")
    by_role = _ROLES.get(role)
    if by_role is None and not role and folded(record.job or "").startswith("vanthu"):
        by_role = Office.CLERK
    return tuple(held for held in (head, HeldOffice(by_role) if by_role else None) if held is not None)


def role_trouble(record: StaffRecord) -> str | None:
    """Code of the warning about a signing role that is not known or that the other columns do not bear out, None where it is in order."""
    role = folded(record.role or "")
    if not role or role in _ROLES:
        return None
    borne_out = {
        **dict.fromkeys(_HEAD_ROLES, bool(unit_offices(record))),
        **dict.fromkeys(_HOMEROOM_ROLES, record.homeroom is not None),
        **dict.fromkeys(_TEACHING_ROLES, bool(record.subjects)),
    }
    if role not in borne_out:
        return "role-unknown"
    return None if borne_out[role] else "role-differs"
