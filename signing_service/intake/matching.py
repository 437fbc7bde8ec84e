"""Which row of a sheet belongs to which pupil: by code, checked against the name, never by the name alone."""

from collections import defaultdict
from collections.abc import Mapping

from signing_service.intake.collecting import Findings, Place
from signing_service.intake.headings import Field
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.pupils import ClassList, ListedPupil, read_code
from signing_service.intake.text import clean, name_key, raw_text
from signing_service.intake.workbook import CellValue


def rows_by_code(sheet: ClassSheet, pupils: ClassList, findings: Findings, *, several: bool = False) -> Mapping[str, tuple[int, ...]]:
    """The rows of each listed pupil: one, or `several` where the sheet may hold them, or none where two rows contradict each other."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in sheet.table.data_rows():
        code = _code(sheet, row, pupils, findings)
        if code is None:
            continue
        if row in sheet.table.sheet.facts.hidden_rows:
            findings.warn("row-hidden", sheet.place(row))
        found[code].append(row)
    if not several:
        for code, rows in found.items():
            if len(rows) > 1:
                found[code] = _doubled(sheet, code, rows, findings)
    return {code: tuple(rows) for code, rows in found.items()}


def refuse_missing(sheet: ClassSheet, listed: ClassSheet, pupils: ClassList, codes: frozenset[str], findings: Findings) -> None:
    """Pupils of the class list without a row on `sheet`."""
    column = listed.table.columns.get(Field.CODE)
    without_code = _rows_without_code(sheet)
    for pupil in pupils.by_code.values():
        if not pupil.left and pupil.code not in codes:
            if _is_among(pupil, listed, without_code):
                # The row is there and its code was refused: a name never matches it, yet it need not be told twice.
                findings.refused.add(pupil.code)
                continue
            place = listed.place(pupil.row, column)
            findings.refuse("missing-in-sheet", place, pupil=pupil.code, what=f"“{sheet.table.sheet.label.strip()}”")


def _rows_without_code(sheet: ClassSheet) -> frozenset[str]:
    """Whom the rows name that bear no usable code: by personal ID, else by name."""
    table = sheet.table
    rows = [row for row in table.data_rows() if read_code(table.text(row, Field.CODE)) is None]
    return frozenset(filter(None, (table.text(row, Field.PERSONAL_ID) or name_key(table.text(row, Field.NAME)) for row in rows)))


def _is_among(pupil: ListedPupil, listed: ClassSheet, named: frozenset[str]) -> bool:
    return pupil.name_key in named or listed.table.text(pupil.row, Field.PERSONAL_ID) in named


def _code(sheet: ClassSheet, row: int, pupils: ClassList, findings: Findings) -> str | None:
    text = sheet.table.text(row, Field.CODE)
    code = read_code(text)
    if code is None:
        findings.refuse("pupil-code-invalid" if text else "pupil-code-missing", _at(sheet, row, Field.CODE))
        return None
    if code in pupils.doubled:
        return None
    listed = pupils.by_code.get(code)
    name = sheet.table.text(row, Field.NAME)
    if listed is None:
        if name_key(name) not in {one.name_key for one in pupils.rows if one.code in pupils.doubled}:
            findings.refuse("pupil-unknown", _at(sheet, row, Field.CODE))
        return None
    if listed.name_key is not None and name and name_key(name) != listed.name_key:
        findings.refuse("code-name-mismatch", _at(sheet, row, Field.NAME), pupil=code)
    return None if listed.left else code


def _doubled(sheet: ClassSheet, code: str, rows: list[int], findings: Findings) -> list[int]:
    if len({_content(sheet, row) for row in rows}) == 1:
        for row in rows[1:]:
            findings.warn("row-duplicate-identical", _at(sheet, row, Field.CODE))
        return rows[:1]
    for row in rows:
        findings.refuse("row-duplicate-conflicting", _at(sheet, row, Field.CODE), pupil=code)
    return []


def _content(sheet: ClassSheet, row: int) -> tuple[tuple[int, CellValue], ...]:
    order = sheet.table.columns.get(Field.ORDER)
    return tuple((column, clean(raw_text(value))) for column, value in sheet.table.sheet.filled(row) if column != order)


def _at(sheet: ClassSheet, row: int, key: Field) -> Place:
    return sheet.place(row, sheet.table.columns.get(key))
