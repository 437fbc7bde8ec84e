"""What only shows when the rows of a staff list are laid side by side: codes of two people, doubled rows, two holders of one office."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from signing_service.directory.people import Appointment, Office
from signing_service.directory.units import OrganisationUnit
from signing_service.intake.staff.columns import StaffColumn
from signing_service.intake.staff.duties import ListedPerson
from signing_service.intake.staff.offices import role_trouble
from signing_service.intake.staff.people import StaffStatus, certificate_trouble
from signing_service.intake.text import name_key

_DOUBLED: Final = {
    Office.HOMEROOM_TEACHER: ("homeroom-doubled", StaffColumn.HOMEROOM),
    Office.SUBJECT_TEACHER: ("teacher-doubled", StaffColumn.CLASSES),
    Office.PRINCIPAL: ("principal-doubled", StaffColumn.POSITION),
}


def refuse_contradictions(people: Sequence[ListedPerson]) -> None:
    """One code that stands with two people, and one personal ID that does, keep every row concerned out."""
    for same in _groups(people, lambda p: p.record.code):
        for person in same:
            others = [o for o in same if name_key(o.record.name) != name_key(person.record.name) or _born_otherwise(o, person)]
            if others:
                person.cells.refuse("staff-code-of-another", StaffColumn.CODE, what=_rows(others))
    for same in _groups(people, lambda p: p.record.personal_id):
        for person in same:
            others = [o for o in same if o.record.code != person.record.code]
            if others:
                person.cells.refuse("staff-personal-id-doubled", StaffColumn.PERSONAL_ID, what=_rows(others))


def without_doubles(people: Sequence[ListedPerson]) -> tuple[ListedPerson, ...]:
    """Each person once a unit: of equal rows the first one counts, and rows that differ are all kept out."""
    doubled: set[int] = set()
    for same in _groups(people, lambda p: (p.record.code, p.record.unit_code)):
        equal = len({p.record for p in same}) == 1
        for person in same if not equal else same[1:]:
            others = _rows(o for o in same if o is not person)
            if equal:
                person.cells.warn("row-doubled", None)
            else:
                person.cells.refuse("staff-row-conflicting", StaffColumn.CODE, what=others)
            doubled.add(id(person))
    return tuple(p for p in people if id(p) not in doubled)


def check_units(people: Iterable[ListedPerson], units: Iterable[OrganisationUnit]) -> None:
    """Warn once of each unit that is not registered, and of each that is registered under another name."""
    registered = {unit.code: unit for unit in units}
    told: set[tuple[str, str | None]] = set()
    for person in people:
        record = person.record
        if (record.unit_code, record.unit) in told:
            continue
        told.add((record.unit_code, record.unit))
        unit = registered.get(record.unit_code)
        if unit is None:
            person.cells.warn("unit-not-registered", StaffColumn.UNIT_CODE)
        elif record.unit is not None and name_key(record.unit) not in {name_key(unit.name), *(name_key(f.name) for f in unit.former_names)}:
            person.cells.warn("unit-name-differs", StaffColumn.UNIT)


def check_person(person: ListedPerson) -> None:
    """Warn of a role that the other columns do not bear out, and of a signer's certificate that is not in order."""
    if trouble := role_trouble(person.record):
        person.cells.warn(trouble, StaffColumn.ROLE)
    if person.record.presence is not StaffStatus.GONE and (trouble := certificate_trouble(person.record)):
        person.cells.warn(trouble, StaffColumn.CERTIFICATE)


def check_duties(people: Sequence[ListedPerson], held: Mapping[int, tuple[Appointment, ...]]) -> None:
    """Two homeroom teachers of one class are refused; two principals, or two teachers of a subject, are warned of."""
    holders: defaultdict[tuple[str | None, ...], list[tuple[ListedPerson, Appointment]]] = defaultdict(list)
    for place, appointments in held.items():
        for a in appointments:
            if a.office in _DOUBLED:
                holders[a.school, a.office, a.class_name, a.school_year, a.subject].append((people[place], a))
    for same in holders.values():
        for (one, first), (two, second) in combinations(same, 2):
            if one is two or not _overlap(first, second):
                continue
            code, column = _DOUBLED[first.office]
            for person, other in ((one, two), (two, one)):
                note = person.cells.refuse if first.office is Office.HOMEROOM_TEACHER else person.cells.warn
                note(code, column, what=_rows([other]))


def _groups(people: Iterable[ListedPerson], key: Callable[[ListedPerson], Hashable]) -> tuple[list[ListedPerson], ...]:
    found: defaultdict[Hashable, list[ListedPerson]] = defaultdict(list)
    for person in people:
        found[key(person)].append(person)
    return tuple(same for value, same in found.items() if value is not None and len(same) > 1)


def _born_otherwise(one: ListedPerson, two: ListedPerson) -> bool:
    days = {one.record.birth_date, two.record.birth_date}
    return None not in days and len(days) > 1


def _overlap(one: Appointment, two: Appointment) -> bool:
    return (one.until is None or two.since <= one.until) and (two.until is None or one.since <= two.until)


def _rows(people: Iterable[ListedPerson]) -> str:
    return ", ".join(str(person.cells.row) for person in people)
