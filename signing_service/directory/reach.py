"""Which appointments reach a unit: those held there, those of the unit that took it over, and those of its department."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from signing_service.directory.people import DEPARTMENT_OFFICES, Appointment
from signing_service.directory.units import FindUnit, School, successors
from signing_service.ids import UnitCode


def appointments_reaching(code: UnitCode, appointments: Iterable[Appointment], find: FindUnit, *, on: date) -> tuple[Appointment, ...]:
    """The appointments of `appointments` that count at unit `code` on that day, each written as one held at `code`.

    An office for the whole of a successor reaches the records of what was merged into it, from the day of the merger. An office of a
    department that looks after schools (`DEPARTMENT_OFFICES`) reaches the schools of that department and of no other.
    """
    known = tuple(appointments)
    return tuple(dict.fromkeys(_reaching(code, known, find, on)))


def _reaching(code: UnitCode, appointments: tuple[Appointment, ...], find: FindUnit, on: date) -> Iterator[Appointment]:
    yield from (a for a in appointments if a.school == code)
    for merger in successors(code, find, on=on):
        for a in appointments:
            if a.school == merger.into and a.class_name is None:
                yield replace(a, school=code, since=max(a.since, merger.since))
    unit = find(code)
    if isinstance(unit, School):
        for a in appointments:
            if a.school == unit.department_code and a.office in DEPARTMENT_OFFICES:
                yield replace(a, school=code)
