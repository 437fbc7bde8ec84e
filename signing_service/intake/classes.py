"""Which classes do the handed-in sheets hold, which sheets belong to each, and does that suffice for transcripts?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from signing_service.intake.collecting import Findings, Place
from signing_service.intake.headings import Field
from signing_service.intake.kinds import ClassSheet, Kind
from signing_service.intake.splitting import has_single_marks

_STAND_INS: Final = (Kind.YEAR, Kind.SEMESTER_1, Kind.SEMESTER_2)
"""Which sheets name the pupils where there is no class list, best first."""
_SEMESTERS: Final = (Kind.SEMESTER_1, Kind.SEMESTER_2)
_IN_SEVERAL_SHEETS: Final = (*_SEMESTERS, Kind.YEAR, Kind.REMARKS)


@dataclass(frozen=True, slots=True)
class SheetsOfClass:
    """The sheets of one class."""

    listed: ClassSheet
    """The class list, or the sheet that stands in for it."""
    by_kind: Mapping[Kind, tuple[ClassSheet, ...]]
    """Several of one kind where every subject has a sheet of its own."""

    def first(self, kind: Kind) -> ClassSheet | None:
        """The only sheet of a kind, or the first one."""
        return next(iter(self.by_kind.get(kind, ())), None)

    @property
    def both_semesters(self) -> bool:
        """Whether the year can be computed."""
        return all(kind in self.by_kind for kind in _SEMESTERS)


def sheets_by_class(sheets: Sequence[ClassSheet], findings: Findings) -> tuple[SheetsOfClass, ...]:
    """The classes in the order of their first sheets; a sheet that belongs to none of them goes to the findings."""
    listed = [sheet for sheet in sheets if sheet.kind is Kind.PUPILS] or _stand_ins(sheets)
    if not listed:
        findings.refuse("sheet-missing", Place(""), what=f"“{Kind.PUPILS.value}”")
        return ()
    by_name: dict[str | None, ClassSheet] = {}
    for sheet in listed:
        if _name(sheet) in by_name:
            findings.refuse("sheet-doubled", sheet.place(), what=f"“{sheet.kind.value}”")
        by_name.setdefault(_name(sheet), sheet)
    alone = next(iter(by_name.values())) if len(by_name) == 1 else None
    members: dict[str | None, list[ClassSheet]] = {name: [] for name in by_name}
    for sheet in sheets:
        if sheet in by_name.values():
            continue
        if alone is not None:
            # Whether it is of the same class and year is asked when the class is read.
            members[_name(alone)].append(sheet)
        elif _name(sheet) in members:
            members[_name(sheet)].append(sheet)
        elif sheet.kind is not Kind.PUPILS:
            findings.refuse("class-missing" if _name(sheet) is None else "class-differs", sheet.place())
    return tuple(SheetsOfClass(sheet, _by_kind((sheet, *members[name]), findings)) for name, sheet in by_name.items())


def complete(found: SheetsOfClass, findings: Findings) -> bool:
    """Whether there is enough for a year: both semesters, or the year's own sheet where no single marks are known."""
    missing = [kind for kind in _SEMESTERS if kind not in found.by_kind]
    marked = any(has_single_marks(sheet.table) for kind in _SEMESTERS for sheet in found.by_kind.get(kind, ()))
    if not missing or (Kind.YEAR in found.by_kind and not marked):
        kinds = (Kind.YEAR,) if missing else _SEMESTERS
        _tell_absent_absences(found, kinds, findings)
        return _all_name_conduct(found, kinds, findings)
    for kind in missing if marked or found.listed.kind is Kind.PUPILS else [Kind.YEAR]:
        findings.refuse("sheet-missing", Place(found.listed.table.sheet.file), what=f"“{kind.value}”")
    return False


def _all_name_conduct(found: SheetsOfClass, kinds: Sequence[Kind], findings: Findings) -> bool:
    """Rèn luyện is what people decide: no computation can stand in for the column."""
    without = [kind for kind in kinds if not any(Field.CONDUCT in sheet.table.columns for sheet in found.by_kind[kind])]
    for kind in without:
        findings.refuse("heading-missing", found.by_kind[kind][0].place(), what="“Kết quả rèn luyện”")
    return not without


def _tell_absent_absences(found: SheetsOfClass, kinds: Sequence[Kind], findings: Findings) -> None:
    for kind in kinds:
        if not any(Field.ABSENT_WITH_LEAVE in sheet.table.columns for sheet in found.by_kind[kind]):
            findings.warn("absences-absent", found.by_kind[kind][0].place())


def _stand_ins(sheets: Sequence[ClassSheet]) -> list[ClassSheet]:
    found: dict[str | None, ClassSheet] = {}
    for kind in _STAND_INS:
        for sheet in sheets:
            if sheet.kind is kind:
                found.setdefault(_name(sheet), sheet)
    return [sheet for sheet in sheets if any(sheet is one for one in found.values())]


def _name(sheet: ClassSheet) -> str | None:
    return sheet.head.class_name.casefold() if sheet.head.class_name else None


def _by_kind(sheets: Sequence[ClassSheet], findings: Findings) -> Mapping[Kind, tuple[ClassSheet, ...]]:
    found: dict[Kind, tuple[ClassSheet, ...]] = {}
    for sheet in sheets:
        kind = Kind(sheet.kind)
        beside = found.get(kind, ())
        if beside and (kind not in _IN_SEVERAL_SHEETS or any(_overlap(one, sheet) for one in beside)):
            findings.refuse("sheet-doubled", sheet.place(), what=f"“{kind.value}”")
        else:
            found[kind] = (*beside, sheet)
    return found


def _overlap(one: ClassSheet, other: ClassSheet) -> bool:
    """Whether both say the same thing; averages of all subjects may stand beside a sheet for each subject's marks."""
    if has_single_marks(one.table) is not has_single_marks(other.table):
        return False
    subjects = set(one.table.subjects())
    return not subjects.isdisjoint(other.table.subjects()) or (not subjects and not other.table.subjects())
