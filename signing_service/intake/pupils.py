"""The class list: who the pupils are, and which of its rows can be trusted."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from signing_service.intake.cells import read_date, read_measure
from signing_service.intake.characters import legacy_encoded, printable, printable_name
from signing_service.intake.collecting import Findings, Place
from signing_service.intake.ethnicities import official_name
from signing_service.intake.findings import Severity
from signing_service.intake.headings import Field
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.personal_ids import PersonalId, check_against_id, read_personal_id
from signing_service.intake.text import clean, folded, name_key, raw_text, straight_apostrophes, with_real_letters
from signing_service.records.parties import Parent, Pupil

_CODE: Final = re.compile(r"\d{8,12}")
_LEFT: Final = ("chuyentruong", "chuyendi", "thoihoc", "bohoc", "nghihoc", "baoluu")
_ENROLLED: Final = ("", "danghoc", "chuyenden", "hoc")
_DISTRICT: Final = re.compile(r",\s*(?:huyện|thị xã|quận|thành phố|tp\.?)\s+[^,]+", re.IGNORECASE)
_FIRST_GRADE_AGE: Final = 6
_AGE_MARGIN: Final = 10
_YOUNGER: Final = 2


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """One row of the class list that bears a usable code."""

    row: int
    code: str
    name_key: str | None
    pupil: Pupil | None
    """None when something needed is missing or wrong."""
    left: bool


@dataclass(frozen=True, slots=True)
class ClassList:
    """All rows, and by code those whose code stands once."""

    rows: tuple[ListedPupil, ...]
    by_code: Mapping[str, ListedPupil]
    doubled: frozenset[str]
    """Codes that were given to more than one pupil; nothing under them can be trusted."""


def read_code(text: str) -> str | None:
    """A pupil code of 8 to 12 digits, or None."""
    return text if _CODE.fullmatch(text) else None


def read_class_list(sheet: ClassSheet, *, grade: int, school_year: str, findings: Findings) -> ClassList:
    """Every pupil of the class list."""
    by_code: defaultdict[str, list[ListedPupil]] = defaultdict(list)
    given = Counter(clean(raw_text(sheet.table.value(row, Field.PERSONAL_ID))) for row in sheet.table.data_rows())
    doubled_ids = frozenset(text for text, times in given.items() if times > 1)
    for row in sheet.table.data_rows():
        listed = _PupilRow(sheet, row, findings, doubled_ids).read(grade=grade, start=int(school_year[:4]))
        if listed is not None:
            by_code[listed.code].append(listed)
    doubled = frozenset(code for code, rows in by_code.items() if len(rows) > 1)
    for code in doubled:
        rows = [listed.row for listed in by_code[code]]
        for row in rows:
            other = ", ".join(str(r) for r in rows if r != row)
            findings.refuse("pupil-code-duplicate", _at(sheet, row, Field.CODE), pupil=code, what=other)
    _refuse_doubled_ids(sheet, [p for rows in by_code.values() for p in rows], findings)
    everybody = tuple(sorted((p for rows in by_code.values() for p in rows), key=lambda p: p.row))
    return ClassList(everybody, {p.code: p for p in everybody if p.code not in doubled}, doubled)


def _refuse_doubled_ids(sheet: ClassSheet, pupils: list[ListedPupil], findings: Findings) -> None:
    by_id: defaultdict[str, list[ListedPupil]] = defaultdict(list)
    for listed in pupils:
        if listed.pupil is not None and listed.pupil.personal_id is not None:
            by_id[listed.pupil.personal_id].append(listed)
    for same in by_id.values():
        for listed in same if len(same) > 1 else ():
            other = ", ".join(str(p.row) for p in same if p is not listed)
            findings.refuse("personal-id-duplicate", _at(sheet, listed.row, Field.PERSONAL_ID), pupil=listed.code, what=other)


def _at(sheet: ClassSheet, row: int, key: Field) -> Place:
    return sheet.place(row, sheet.table.columns.get(key))


class _PupilRow:
    """Reads one row; every trouble goes to the findings."""

    def __init__(self, sheet: ClassSheet, row: int, findings: Findings, doubled_ids: frozenset[str]) -> None:
        self._doubled_ids = doubled_ids
        self._sheet = sheet
        self._row = row
        self._findings = findings
        self._code = ""
        self._sound = True

    def read(self, *, grade: int, start: int) -> ListedPupil | None:
        text = self._text(Field.CODE)
        code = read_code(text)
        if code is None:
            self._findings.refuse("pupil-code-invalid" if text else "pupil-code-missing", self._at(Field.CODE))
            return None
        self._code = code
        status = folded(self._text(Field.STATUS))
        if status.startswith(_LEFT):
            self._findings.warn("pupil-left", self._at(Field.STATUS))
            return ListedPupil(self._row, code, name_key(self._text(Field.NAME)), None, left=True)
        if not status.startswith(_ENROLLED[1:]) and status:
            self._findings.warn("status-unknown", self._at(Field.STATUS))
        if self._row in self._sheet.table.sheet.facts.hidden_rows:
            self._findings.warn("row-hidden", self._sheet.place(self._row))
        name = self._name()
        pupil = self._pupil(name, grade=grade, start=start)
        return ListedPupil(self._row, code, name_key(name) if name else None, pupil if self._sound else None, left=False)

    def _pupil(self, name: str | None, *, grade: int, start: int) -> Pupil | None:
        born = self._birth_date(grade, start)
        sex = self._sex()
        personal_id = self._personal_id()
        if personal_id is not None and self._text(Field.PERSONAL_ID) not in self._doubled_ids:
            # An ID that belongs to somebody else too says nothing about this pupil.
            for code, key in check_against_id(personal_id, sex=sex, born=born):
                self._findings.warn(code, self._at(key))
        ethnicity = self._ethnicity()
        nationality = self._required(Field.NATIONALITY, "quốc tịch")
        if name is None or born is None:
            return None
        return replace(
            Pupil(self._code, name, born, sex, ethnicity, nationality, personal_id=personal_id.digits if personal_id else None),
            birth_place=self._optional(Field.BIRTH_PLACE),
            home_town=self._optional(Field.HOME_TOWN),
            hamlet=self._optional(Field.HAMLET),
            commune=self._commune(),
            province=self._optional(Field.PROVINCE),
            father=self._parent(Field.FATHER, Field.FATHER_JOB),
            mother=self._parent(Field.MOTHER, Field.MOTHER_JOB),
            guardian=self._parent(Field.GUARDIAN, None),
            policy_category=self._optional(Field.POLICY),
            register_number=self._optional(Field.REGISTER),
            height_cm=self._measure(Field.HEIGHT),
            weight_kg=self._measure(Field.WEIGHT),
        )

    def _name(self) -> str | None:
        name = straight_apostrophes(with_real_letters(self._text(Field.NAME)))
        if not name:
            trouble = "name-missing"
        elif legacy_encoded(name):
            trouble = "name-legacy-encoding"
        elif not printable_name(name):
            trouble = "name-characters"
        else:
            return name
        self._wrong(trouble, Field.NAME)
        return None

    def _birth_date(self, grade: int, start: int) -> date | None:
        reading = read_date(self._sheet.table.value(self._row, Field.BIRTH_DATE))
        if reading.trouble:
            self._note(reading.severity, reading.trouble, Field.BIRTH_DATE)
        if reading.value is None:
            if not reading.trouble:
                self._wrong("date-missing", Field.BIRTH_DATE)
            return None
        usual = start - grade - _FIRST_GRADE_AGE + 1
        if not usual - _AGE_MARGIN <= reading.value.year <= usual + _YOUNGER:
            self._wrong("date-implausible", Field.BIRTH_DATE)
            return None
        return reading.value

    def _sex(self) -> str | None:
        if Field.SEX not in self._sheet.table.columns:
            return None
        text = self._text(Field.SEX)
        word = {"nam": "Nam", "nữ": "Nữ"}.get(text.casefold())
        if word is None:
            self._wrong("sex-invalid", Field.SEX)
        return word

    def _personal_id(self) -> PersonalId | None:
        if Field.PERSONAL_ID not in self._sheet.table.columns:
            return None
        reading = read_personal_id(self._sheet.table.value(self._row, Field.PERSONAL_ID))
        if reading.trouble:
            self._note(reading.severity, reading.trouble, Field.PERSONAL_ID)
        return reading.value

    def _ethnicity(self) -> str | None:
        text = self._required(Field.ETHNICITY, "dân tộc")
        if text is None:
            return None
        official = official_name(text)
        if official is None:
            self._findings.warn("ethnicity-unknown", self._at(Field.ETHNICITY))
        return official or text

    def _commune(self) -> str | None:
        text = self._optional(Field.COMMUNE)
        if text is None:
            return None
        without = _DISTRICT.sub("", text)
        if without != text:
            self._findings.warn("district-named", self._at(Field.COMMUNE))
        return without

    def _parent(self, name: Field, job: Field | None) -> Parent | None:
        text = self._optional(name)
        return Parent(straight_apostrophes(text), self._optional(job) if job else None) if text else None

    def _measure(self, key: Field) -> Decimal | None:
        measure = read_measure(self._sheet.table.value(self._row, key))
        if measure is None and self._text(key):
            self._findings.warn("measure-invalid", self._at(key))
        return measure

    def _required(self, key: Field, what: str) -> str | None:
        """A cell that has to be filled where there is such a column; what a sheet does not ask for stays absent."""
        text = self._optional(key)
        if text is None and key in self._sheet.table.columns:
            self._sound = False
            self._findings.refuse("value-missing", self._at(key), pupil=self._code, what=what)
        return text

    def _optional(self, key: Field) -> str | None:
        text = self._text(key)
        if not printable(text):
            self._wrong("text-characters", key)
        return text or None

    def _text(self, key: Field) -> str:
        return clean(raw_text(self._sheet.table.value(self._row, key)))

    def _at(self, key: Field) -> Place:
        return _at(self._sheet, self._row, key)

    def _note(self, severity: Severity, code: str, key: Field) -> None:
        self._findings.add(severity, code, self._at(key), pupil=self._code)
        self._sound = self._sound and severity is not Severity.ERROR

    def _wrong(self, code: str, key: Field) -> None:
        self._note(Severity.ERROR, code, key)
