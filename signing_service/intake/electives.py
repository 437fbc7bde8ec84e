"""Which of the class's subjects does one pupil take? All compulsory ones, the chosen ones, and what was taken freely."""

import re
from collections.abc import Sequence
from typing import Final

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.headings import OPTIONAL_SUBJECTS, SubjectColumn, subject_code
from signing_service.intake.row_reader import RowReader
from signing_service.intake.text import clean, raw_text
from signing_service.records.rules.registry import RuleSet

_BETWEEN: Final = re.compile(r"[,;+/\n]|\s-\s")


def subjects_taken(
    choices: Sequence[RowReader], marked: Sequence[RowReader], subjects: Sequence[ClassSubject], rules: RuleSet
) -> tuple[ClassSubject, ...]:
    """The pupil's subjects in the order of the class.

    Args:
        choices: The pupil's row on the sheet of chosen subjects. Without it, a subject is chosen when any of its cells is filled.
        marked: The pupil's rows on the sheets that hold marks or averages.
        subjects: All subjects of the class.
        rules: They say which subjects are elective, and how many of them each pupil takes.
    """
    filled = {subject.code for subject in subjects if any(_filled(reader, subject.code) for reader in marked)}
    chosen = _chosen(choices[0], subjects, rules) if choices else None
    if chosen is not None:
        for reader in marked:
            _refuse_marks_outside(reader, chosen, rules)
    taken = filled if chosen is None else chosen
    if rules.elective_subjects and marked:
        reader = choices[0] if choices else marked[0]
        if len(taken & rules.elective_subjects) != rules.readings.electives_required:
            reader.refuse("electives-count", None, what=str(rules.readings.electives_required))
    return tuple(s for s in subjects if s.code in taken or not _free(s.code, rules))


def _free(code: str, rules: RuleSet) -> bool:
    return code in rules.elective_subjects or code in OPTIONAL_SUBJECTS


def _chosen(reader: RowReader, subjects: Sequence[ClassSubject], rules: RuleSet) -> set[str]:
    offered = {subject.code for subject in subjects}
    chosen: set[str] = set()
    for key in reader.sheet.table.choice_columns():
        for name in filter(None, map(clean, _BETWEEN.split(raw_text(reader.value(key))))):
            code = subject_code(name)
            if code is None:
                reader.refuse("subject-unknown", key)
            elif not _free(code, rules):
                reader.refuse("elective-not-offered", key)
            elif code in chosen:
                reader.refuse("elective-doubled", key)
            else:
                chosen.add(code)
                if code not in offered:
                    reader.refuse("elective-without-marks", key)
    return chosen


def _refuse_marks_outside(reader: RowReader, chosen: set[str], rules: RuleSet) -> None:
    """Name the first filled cell of every subject that the pupil has not chosen."""
    for code in reader.sheet.table.subjects():
        if _free(code, rules) and code not in chosen and (key := _first_filled(reader, code)) is not None:
            reader.refuse("mark-not-chosen", key)


def _filled(reader: RowReader, code: str) -> bool:
    return _first_filled(reader, code) is not None


def _first_filled(reader: RowReader, code: str) -> SubjectColumn | None:
    columns = reader.sheet.table.columns
    keys = sorted((k for k in columns if isinstance(k, SubjectColumn) and k.code == code), key=lambda k: columns[k])
    return next((key for key in keys if not reader.blank(key)), None)
