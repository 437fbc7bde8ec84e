"""Which offices a unit has: a school has no director, and a department no principal."""

from typing import Final

from signing_service.directory.people import CLASS_OFFICES, Office
from signing_service.directory.units import UnitKind

_EVERYWHERE: Final = frozenset({Office.CLERK, Office.AWARD_CLERK, Office.ARCHIVIST, Office.AUDITOR})

_OF_KIND: Final = {
    UnitKind.SCHOOL: _EVERYWHERE | CLASS_OFFICES | {Office.PRINCIPAL, Office.VICE_PRINCIPAL},
    UnitKind.COMMUNE: _EVERYWHERE | {Office.COMMUNE_CHAIR, Office.DEPUTY_COMMUNE_CHAIR},
    UnitKind.DEPARTMENT: _EVERYWHERE | {Office.DEPARTMENT_OFFICER, Office.DIRECTOR, Office.DEPUTY_DIRECTOR},
}


def has_office(kind: UnitKind, office: Office) -> bool:
    """Whether a unit of that kind has the office; `OPERATOR` is no unit's.

    An office of the department held at a school would let the school open its own closed years.
    """
    return office in _OF_KIND[kind]
