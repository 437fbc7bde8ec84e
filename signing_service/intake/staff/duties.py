"""A whole staff list becomes appointments: offices, homeroom classes and taught subjects, with the days that absences leave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode
from signing_service.intake.staff.cells import RowCells
from signing_service.intake.staff.columns import StaffColumn
from signing_service.intake.staff.notes import Absence, StandIn, read_absence
from signing_service.intake.staff.offices import unit_offices
from signing_service.intake.staff.people import StaffRecord, StaffStatus
from signing_service.intake.staff.subjects import taught_subject
from signing_service.intake.text import name_key

_ONE_DAY: Final = timedelta(days=1)
_YEAR_BEGINS: Final = (8, 1)
"""Month and day from which a list's offices are held."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One accepted row and its cells."""

    cells: RowCells
    record: StaffRecord
    school_year: str

    @property
    def begins(self) -> date:
        """The first day of the offices that the list states."""
        return date(int(self.school_year[:4]), *_YEAR_BEGINS)


@dataclass(frozen=True, slots=True)
class _StoodIn:
    """Somebody acts for somebody who is away."""

    substitute: ListedPerson
    absence: Absence
    first_day: date
    absent: ListedPerson
    subjects: tuple[str, ...]
    classes: tuple[str, ...]

    def takes(self, appointment: Appointment) -> bool:
        """Whether the appointment is one that the substitute takes over."""
        of_class = appointment.class_name in self.classes
        return of_class and (appointment.subject in self.subjects or appointment.office is Office.HOMEROOM_TEACHER)


def duties(people: Sequence[ListedPerson]) -> Mapping[int, tuple[Appointment, ...]]:
    """The appointments of each row, by its place in `people`; what a person should look at goes to the rows' findings."""
    absences = {place: _absence(person) for place, person in enumerate(people) if person.record.presence is not StaffStatus.WORKING}
    cover = [found for place, absence in absences.items() if absence.since and (found := _stood_in(people[place], absence, people))]
    return {place: tuple(_of_row(person, absences.get(place), cover)) for place, person in enumerate(people)}


def _absence(person: ListedPerson) -> Absence:
    absence = read_absence(person.record.note or "")
    if absence.since is None:
        person.cells.warn("away-day-missing", StaffColumn.STATUS)
    else:
        person.cells.warn("person-away", StaffColumn.STATUS, what=f"{absence.since:%d/%m/%Y}")
    return absence


def _of_row(person: ListedPerson, absence: Absence | None, cover: Sequence[_StoodIn]) -> Iterator[Appointment]:
    spans = _spans(person, absence)
    for appointment in _stated(person):
        taken = next((c for c in cover if c.substitute is person and c.takes(appointment)), None)
        if taken is None:
            yield from (replace(appointment, since=since, until=until) for since, until in spans)
    for c in cover:
        if c.substitute is person:
            yield from _acting(c)
        elif c.absent is person and not person.record.classes:
            # The list no longer names the classes of somebody who left; they are the ones taken over.
            before = _taught(person, c.subjects, c.classes)
            yield from (replace(appointment, since=since, until=until) for appointment in before for since, until in spans)


def _acting(cover: _StoodIn) -> Iterator[Appointment]:
    absent = cover.absent.record
    until = cover.absence.until if absent.presence is StaffStatus.ON_LEAVE else None
    taken = [*_taught(cover.substitute, cover.subjects, cover.classes)]
    if absent.homeroom is not None and cover.substitute.record.homeroom == absent.homeroom:
        taken.append(_of_class(cover.substitute, Office.HOMEROOM_TEACHER, absent.homeroom))
    yield from (replace(a, since=cover.first_day, until=until, substitute_for=PersonCode(absent.code)) for a in taken)


def _stated(person: ListedPerson) -> Iterator[Appointment]:
    record = person.record
    for held in unit_offices(record):
        yield Appointment(record.code, record.unit_code, held.office, person.begins, signing_title=held.signing_title)
    if record.homeroom is not None:
        yield _of_class(person, Office.HOMEROOM_TEACHER, record.homeroom)
    yield from _taught(person, record.subjects, record.classes)


def _taught(person: ListedPerson, subjects: Sequence[str], classes: Sequence[str]) -> Iterator[Appointment]:
    for class_name in classes:
        for subject in subjects:
            yield replace(_of_class(person, Office.SUBJECT_TEACHER, class_name), subject=subject)


def _of_class(person: ListedPerson, office: Office, class_name: str) -> Appointment:
    record = person.record
    return Appointment(record.code, record.unit_code, office, person.begins, class_name=class_name, school_year=person.school_year)


def _spans(person: ListedPerson, absence: Absence | None) -> tuple[tuple[date, date | None], ...]:
    if absence is None:
        return ((person.begins, None),)
    if absence.since is None:
        return ()
    before = ((person.begins, absence.since - _ONE_DAY),) if person.begins < absence.since else ()
    comes_back = person.record.presence is StaffStatus.ON_LEAVE and absence.until is not None
    return (*before, (absence.until + _ONE_DAY, None)) if comes_back and absence.until else before


def _stood_in(absent: ListedPerson, absence: Absence, people: Sequence[ListedPerson]) -> _StoodIn | None:
    if absence.stand_in is None or absence.since is None:
        return None
    found = [p for p in people if p is not absent and _is_meant(p.record, absence.stand_in, absent.record)]
    if len(found) != 1:
        absent.cells.warn("substitute-unclear", StaffColumn.NOTE)
        return None
    substitute = found[0]
    absent.cells.warn("substitute-read", StaffColumn.NOTE, what=str(substitute.cells.row))
    classes = absent.record.classes or substitute.record.classes
    subjects = absent.record.subjects
    if not absent.record.classes:
        subjects = tuple(subject for subject in subjects if subject in substitute.record.subjects)
    return _StoodIn(substitute, absence, max(absence.since, substitute.begins), absent, subjects, classes)


def _is_meant(record: StaffRecord, words: StandIn, absent: StaffRecord) -> bool:
    if record.unit_code != absent.unit_code or record.presence is not StaffStatus.WORKING:
        return False
    if words.code is not None:
        return record.code == words.code
    if words.name is not None:
        return name_key(record.name) == name_key(words.name)
    return taught_subject(words.subject or "") in record.subjects and set(map(str.upper, words.classes)) <= set(record.classes)
