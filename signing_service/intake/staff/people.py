"""One row of a staff list: who the person is, where, and what the list says about office, teaching and certificate."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from signing_service.ids import PersonCode, UnitCode
from signing_service.intake.ethnicities import official_name
from signing_service.intake.headings import Field
from signing_service.intake.personal_ids import check_against_id
from signing_service.intake.staff.cells import RowCells
from signing_service.intake.staff.columns import StaffColumn
from signing_service.intake.staff.subjects import taught_subject
from signing_service.intake.text import folded

_STAFF_CODE: Final = re.compile(r"\d{6,14}")
_UNIT_CODE: Final = re.compile(r"\d{2,12}")
_CLASS: Final = re.compile(r"(?:[1-9]|1[0-2])[A-ZĐ0-9./]{0,6}")
_SEPARATORS: Final = re.compile(r"[,;\n]+")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_QUOTE: Final = 30
_COLUMN_OF: Final = MappingProxyType({Field.SEX: StaffColumn.SEX, Field.BIRTH_DATE: StaffColumn.BIRTH_DATE})
_WORKING: Final = ("danglamviec", "dangday", "dangcongtac", "hopdong", "bietphaiden")
_GONE: Final = ("chuyencongtac", "chuyendi", "nghihuu", "thoiviec", "nghiviec", "bietphaidi", "damat", "tutran")
_ON_LEAVE: Final = ("nghi", "tamnghi", "dihoc")
"""Asked after `_GONE`: retiring is no leave."""
_CERTIFICATES: Final = MappingProxyType(
    {
        "dacap": None,
        "conhan": None,
        "danghieuluc": None,
        "chuacap": "certificate-missing",
        "chuaco": "certificate-missing",
        "khong": "certificate-missing",
        "hethan": "certificate-expired",
        "dahethan": "certificate-expired",
        "thuhoi": "certificate-expired",
        "dathuhoi": "certificate-expired",
    }
)


class StaffStatus(StrEnum):
    """Whether the person is there."""

    WORKING = "working"
    ON_LEAVE = "on-leave"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """What the list says, read and normalised. `subjects` are codes, `classes` and `homeroom` class names in capitals."""

    code: PersonCode
    name: str
    birth_date: date | None
    sex: str | None
    ethnicity: str | None
    personal_id: str | None
    unit_code: UnitCode
    unit: str | None
    position: str | None
    job: str | None
    subjects: tuple[str, ...]
    classes: tuple[str, ...]
    homeroom: str | None
    email: str | None
    phone: str | None
    role: str | None
    certificate: str | None
    status: str | None
    note: str | None

    @property
    def presence(self) -> StaffStatus:
        """Whether the person is there; a status that nobody knows counts as there (and was warned of)."""
        word = folded(self.status or "")
        if word.startswith(_GONE):
            return StaffStatus.GONE
        return StaffStatus.ON_LEAVE if word.startswith(_ON_LEAVE) else StaffStatus.WORKING


def read_person(cells: RowCells) -> StaffRecord | None:
    """The record of a row, None when code, name or unit cannot be used; every cell is read all the same."""
    code = _coded(cells, StaffColumn.CODE, _STAFF_CODE, "staff-code")
    unit_code = _coded(cells, StaffColumn.UNIT_CODE, _UNIT_CODE, "unit-code")
    name = cells.name(StaffColumn.NAME)
    born, sex = cells.day(StaffColumn.BIRTH_DATE), _sex(cells)
    personal_id = cells.personal_id(StaffColumn.PERSONAL_ID)
    if personal_id is not None:
        for trouble, field in check_against_id(personal_id, sex=sex, born=born):
            cells.warn(trouble, _COLUMN_OF[field])
    subjects, classes = _subjects(cells), _classes(cells, StaffColumn.CLASSES)
    homeroom = _classes(cells, StaffColumn.HOMEROOM)
    _check_status(cells)
    _check_email(cells)
    if code is None or unit_code is None or name is None:
        return None
    return StaffRecord(
        code=PersonCode(code),
        name=name,
        birth_date=born,
        sex=sex,
        ethnicity=_ethnicity(cells),
        personal_id=personal_id.digits if personal_id else None,
        unit_code=UnitCode(unit_code),
        unit=cells.text(StaffColumn.UNIT),
        position=cells.text(StaffColumn.POSITION),
        job=cells.text(StaffColumn.JOB),
        subjects=subjects,
        classes=classes,
        homeroom=homeroom[0] if homeroom else None,
        email=cells.text(StaffColumn.EMAIL),
        phone=cells.text(StaffColumn.PHONE),
        role=cells.text(StaffColumn.ROLE),
        certificate=cells.text(StaffColumn.CERTIFICATE),
        status=cells.text(StaffColumn.STATUS),
        note=cells.text(StaffColumn.NOTE),
    )


def certificate_trouble(record: StaffRecord) -> str | None:
    """Code of the warning about a signer's certificate, None where it is in order or nothing is said."""
    if record.certificate is None:
        return None
    return _CERTIFICATES.get(folded(record.certificate), "certificate-state-unknown")


def _coded(cells: RowCells, column: StaffColumn, pattern: re.Pattern[str], trouble: str) -> str | None:
    text = cells.table.text(cells.row, column)
    if pattern.fullmatch(text):
        return text
    cells.refuse(f"{trouble}-invalid" if text else f"{trouble}-missing", column)
    return None


def _sex(cells: RowCells) -> str | None:
    text = cells.text(StaffColumn.SEX)
    word = {"nam": "Nam", "nữ": "Nữ"}.get((text or "").casefold())
    if text is not None and word is None:
        cells.refuse("sex-invalid", StaffColumn.SEX)
    return word


def _ethnicity(cells: RowCells) -> str | None:
    text = cells.text(StaffColumn.ETHNICITY)
    if text is None:
        return None
    official = official_name(text)
    if official is None:
        cells.warn("ethnicity-unknown", StaffColumn.ETHNICITY)
    return official or text


def _subjects(cells: RowCells) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in _words(cells, StaffColumn.SUBJECTS):
        subject = taught_subject(word)
        if subject is None:
            cells.warn("subject-unknown", StaffColumn.SUBJECTS, what=word[:_LONGEST_QUOTE])
        else:
            found[subject] = None
    return tuple(found)


def _classes(cells: RowCells, column: StaffColumn) -> tuple[str, ...]:
    names = [word.upper().removeprefix("LỚP ").replace(" ", "") for word in _words(cells, column)]
    if not all(_CLASS.fullmatch(name) for name in names):
        cells.refuse("class-invalid", column)
        return ()
    return tuple(dict.fromkeys(names))


def _words(cells: RowCells, column: StaffColumn) -> tuple[str, ...]:
    return tuple(word.strip() for word in _SEPARATORS.split(cells.text(column) or "") if word.strip())


def _check_status(cells: RowCells) -> None:
    status = folded(cells.text(StaffColumn.STATUS) or "")
    if status and not status.startswith((*_WORKING, *_GONE, *_ON_LEAVE)):
        cells.warn("status-unknown", StaffColumn.STATUS)


def _check_email(cells: RowCells) -> None:
    email = cells.text(StaffColumn.EMAIL)
    if email is not None and not _EMAIL.fullmatch(email):
        cells.warn("text-not-email", StaffColumn.EMAIL)
