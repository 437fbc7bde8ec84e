"""The words above a signature: in which capacity a person signs for a unit (NĐ 30/2020/NĐ-CP, Phụ lục I: KT., TL., Q. before the title)."""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Final

from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode, UnitCode

_USUAL: Final = MappingProxyType(
    {
        Office.DIRECTOR: "GIÁM ĐỐC",
        Office.DEPUTY_DIRECTOR: "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        Office.COMMUNE_CHAIR: "CHỦ TỊCH",
        Office.DEPUTY_COMMUNE_CHAIR: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        Office.PRINCIPAL: "HIỆU TRƯỞNG",
        Office.VICE_PRINCIPAL: "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG",
        Office.HOMEROOM_TEACHER: "GIÁO VIÊN CHỦ NHIỆM",
        Office.SUBJECT_TEACHER: "GIÁO VIÊN BỘ MÔN",
    }
)
"""Offices whose holders sign, from the highest down."""

_RANK: Final = MappingProxyType({office: rank for rank, office in enumerate(_USUAL)})


def title_of(appointment: Appointment) -> str | None:
    """The signing title that an appointment gives, None where its office signs nothing; lines are separated by a line feed."""
    return appointment.signing_title or _USUAL.get(appointment.office)


def signing_title(appointments: Iterable[Appointment], *, person: PersonCode, unit: UnitCode, on: date) -> str | None:
    """How a person signs at a unit on that day, by the highest office held there; None where none signs."""
    held = [a for a in appointments if a.person == person and a.school == unit and a.held_on(on) and title_of(a) is not None]
    highest = min(held, key=lambda a: _RANK.get(a.office, len(_RANK)), default=None)
    return None if highest is None else title_of(highest)
