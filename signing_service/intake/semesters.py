"""One pupil's semester: the marks as entered, the figures that follow from them, and what the sheet states against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.row_reader import RowReader, reader_with
from signing_service.records.rules.averages import semester_average, semester_comment
from signing_service.records.rules.levels import LearningResult, SubjectFigure, learning_result
from signing_service.records.rules.readings import Readings
from signing_service.records.transcript import (
    Absences,
    AssessmentKind,
    CommentMarks,
    FigureOrigin,
    Level,
    PeriodResult,
    ScoredMarks,
    SemesterSubject,
)


@dataclass(frozen=True, slots=True)
class SemesterRow:
    """What could be read; a subject that is not sound is absent, and `result` is None unless everything is sound."""

    subjects: Mapping[str, SemesterSubject]
    conduct: Level | None
    absences: Absences | None
    result: PeriodResult | None
    remark: str | None


def read_semester(readers: Sequence[RowReader], subjects: Sequence[ClassSubject], readings: Readings) -> SemesterRow:
    """The semester of the pupil whose rows `readers` read: one, or several where every subject has a sheet of its own."""
    found = {subject.code: figure for subject in subjects if (figure := _subject(readers, subject)) is not None}
    conduct = reader_with(readers, Field.CONDUCT).level(Field.CONDUCT, "conduct-invalid", "conduct-missing")
    absences = read_absences(reader_with(readers, Field.ABSENT_WITH_LEAVE))
    summary = reader_with(readers, Field.LEARNING)
    stated = summary.level(Field.LEARNING, "learning-invalid")
    result = None
    if len(found) == len(subjects):
        learning = learning_result([figure_of(s, found[s.code]) for s in subjects], readings)
        if stated is not None and stated is not learning.level:
            summary.refuse("stated-learning-differs", Field.LEARNING)
        if conduct is not None and absences is not None:
            result = period_result(learning, conduct, absences)
    return SemesterRow(found, conduct, absences, result, reader_with(readers, Field.REMARK).remark(Field.REMARK))


def read_absences(reader: RowReader) -> Absences | None:
    """Sessions missed; a stated total that is not the sum is told and not used."""
    with_leave, without_leave = reader.count(Field.ABSENT_WITH_LEAVE), reader.count(Field.ABSENT_WITHOUT_LEAVE)
    total = None if reader.blank(Field.ABSENT_TOTAL) else reader.count(Field.ABSENT_TOTAL)
    if with_leave is None or without_leave is None:
        return None if reader.has(Field.ABSENT_WITH_LEAVE) else Absences(0, 0)
    if total is not None and total != with_leave + without_leave:
        reader.warn("absence-total-differs", Field.ABSENT_TOTAL)
    return Absences(with_leave, without_leave)


def figure_of(subject: ClassSubject, figure: SemesterSubject) -> SubjectFigure:
    """What the subject contributes to the semester's result."""
    return SubjectFigure(subject.code, figure.average, figure.comment, subject.optional)


def period_result(learning: LearningResult, conduct: Level, absences: Absences, origin: FigureOrigin | None = None) -> PeriodResult:
    """The result of a semester, or of a year with the origin of its conduct and absences."""
    return PeriodResult(learning.level, learning.before_9_3, learning.lifted_because_of, conduct, absences, origin)


def _subject(readers: Sequence[RowReader], subject: ClassSubject) -> SemesterSubject | None:
    result = SubjectColumn(subject.code, Part.RESULT)
    marked = next((reader for reader in readers if reader.sheet.table.regular_columns(subject.code)), None)
    if marked is None:
        return _taken_over(reader_with(readers, result), result, subject)
    found = _scored(marked, subject) if subject.kind is AssessmentKind.SCORED else _commented(marked, subject)
    if found is None:
        return None
    differs = [reader for reader in readers if not _agrees(reader, result, found)]
    for reader in differs:
        # Either may be wrong, so nothing further is built on it: one contradiction is told once.
        reader.refuse("stated-average-differs" if found.comment is None else "stated-comment-differs", result)
    return None if differs else found


def _agrees(reader: RowReader, result: SubjectColumn, found: SemesterSubject) -> bool:
    if found.comment is not None:
        return reader.stated_comment(result) in (None, found.comment)
    return reader.stated_average(result) in (None, found.average)


def _scored(reader: RowReader, subject: ClassSubject) -> SemesterSubject | None:
    columns = reader.sheet.table.regular_columns(subject.code)
    regular = tuple(mark for key in columns for mark in reader.marks(key, _missing(subject, key), alone=len(columns) == 1))
    midterm = reader.mark(SubjectColumn(subject.code, Part.MIDTERM), "midterm-mark-missing")
    final = reader.mark(SubjectColumn(subject.code, Part.FINAL), "final-mark-missing")
    if midterm is None or final is None or not _enough(reader, subject, columns, len(regular)):
        return None
    marks = ScoredMarks(regular, midterm, final)
    return SemesterSubject(marks, semester_average(marks), None, FigureOrigin.COMPUTED)


def _commented(reader: RowReader, subject: ClassSubject) -> SemesterSubject | None:
    columns = reader.sheet.table.regular_columns(subject.code)
    regular = tuple(level for key in columns for level in reader.comments(key, _missing(subject, key), alone=len(columns) == 1))
    midterm = reader.comment(SubjectColumn(subject.code, Part.MIDTERM), "midterm-mark-missing")
    final = reader.comment(SubjectColumn(subject.code, Part.FINAL), "final-mark-missing")
    if midterm is None or final is None or not _enough(reader, subject, columns, len(regular)):
        return None
    marks = CommentMarks(regular, midterm, final)
    return SemesterSubject(marks, None, semester_comment(marks), FigureOrigin.COMPUTED)


def _missing(subject: ClassSubject, key: SubjectColumn) -> str | None:
    required = subject.regular_marks
    return "regular-mark-missing" if required is None or key.number <= required else None


def _enough(reader: RowReader, subject: ClassSubject, columns: Sequence[SubjectColumn], entered: int) -> bool:
    required = subject.regular_marks
    if required is not None and len(columns) < required and entered < required:
        reader.refuse("regular-mark-missing", columns[-1])
    return entered >= (len(columns) if required is None else required)


def _taken_over(reader: RowReader, key: SubjectColumn, subject: ClassSubject) -> SemesterSubject | None:
    scored = subject.kind is AssessmentKind.SCORED
    average = reader.stated_average(key) if scored else None
    comment = None if scored else reader.stated_comment(key)
    if average is None and comment is None:
        if reader.blank(key) or not reader.has(key):
            reader.refuse("result-missing", key)
        return None
    return SemesterSubject(None, average, comment, FigureOrigin.TAKEN_OVER)
