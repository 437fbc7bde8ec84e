"""One pupil's semester: the marks as entered, the figures that follow from them, and what the sheet states against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.row_reader import RowReader
from signing_service.records.rules.averages import semester_average, semester_comment
from signing_service.records.rules.levels import LearningResult, SubjectFigure, learning_result
from signing_service.records.rules.readings import Readings
from signing_service.records.transcript import (
    Absences,
    AssessmentKind,
    CommentLevel,
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


def read_semester(reader: RowReader, subjects: Sequence[ClassSubject], readings: Readings) -> SemesterRow:
    """The semester of the pupil whose row `reader` reads."""
    found = {subject.code: figure for subject in subjects if (figure := _subject(reader, subject)) is not None}
    conduct = reader.level(Field.CONDUCT, "conduct-invalid", "conduct-missing")
    absences = read_absences(reader)
    stated = reader.level(Field.LEARNING, "learning-invalid")
    result = None
    if len(found) == len(subjects):
        learning = learning_result([figure_of(s, found[s.code]) for s in subjects], readings)
        if stated is not None and stated is not learning.level:
            reader.refuse("stated-learning-differs", Field.LEARNING)
        if conduct is not None and absences is not None:
            result = period_result(learning, conduct, absences)
    return SemesterRow(found, conduct, absences, result, reader.remark(Field.REMARK))


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


def period_result(learning: LearningResult, conduct: Level, absences: Absences) -> PeriodResult:
    """The result of a semester or a year."""
    return PeriodResult(learning.level, learning.before_9_3, learning.lifted_because_of, conduct, absences)


def _subject(reader: RowReader, subject: ClassSubject) -> SemesterSubject | None:
    regular = reader.sheet.table.regular_columns(subject.code)
    result = SubjectColumn(subject.code, Part.RESULT)
    if subject.kind is AssessmentKind.SCORED:
        average = reader.stated_average(result)
        return _scored(reader, subject, regular, average) if regular else _taken_over(reader, result, average, None)
    comment = reader.stated_comment(result)
    return _commented(reader, subject, regular, comment) if regular else _taken_over(reader, result, None, comment)


def _scored(reader: RowReader, subject: ClassSubject, columns: Sequence[SubjectColumn], stated: Decimal | None) -> SemesterSubject | None:
    entered = [reader.mark(key, _missing(subject, key)) for key in columns]
    midterm = reader.mark(SubjectColumn(subject.code, Part.MIDTERM), "midterm-mark-missing")
    final = reader.mark(SubjectColumn(subject.code, Part.FINAL), "final-mark-missing")
    regular = tuple(mark for mark in entered if mark is not None)
    if midterm is None or final is None or not _enough(reader, subject, columns, len(regular)):
        return None
    marks = ScoredMarks(regular, midterm, final)
    average = semester_average(marks)
    if stated is not None and stated != average:
        # Either may be wrong, so nothing further is built on it: one contradiction is told once.
        reader.refuse("stated-average-differs", SubjectColumn(subject.code, Part.RESULT))
        return None
    return SemesterSubject(marks, average, None, FigureOrigin.COMPUTED)


def _commented(
    reader: RowReader, subject: ClassSubject, columns: Sequence[SubjectColumn], stated: CommentLevel | None
) -> SemesterSubject | None:
    entered = [reader.comment(key, _missing(subject, key)) for key in columns]
    midterm = reader.comment(SubjectColumn(subject.code, Part.MIDTERM), "midterm-mark-missing")
    final = reader.comment(SubjectColumn(subject.code, Part.FINAL), "final-mark-missing")
    regular = tuple(level for level in entered if level is not None)
    if midterm is None or final is None or not _enough(reader, subject, columns, len(regular)):
        return None
    marks = CommentMarks(regular, midterm, final)
    comment = semester_comment(marks)
    if stated is not None and stated is not comment:
        reader.refuse("stated-comment-differs", SubjectColumn(subject.code, Part.RESULT))
        return None
    return SemesterSubject(marks, None, comment, FigureOrigin.COMPUTED)


def _missing(subject: ClassSubject, key: SubjectColumn) -> str | None:
    required = subject.regular_marks
    return "regular-mark-missing" if required is None or key.number <= required else None


def _enough(reader: RowReader, subject: ClassSubject, columns: Sequence[SubjectColumn], entered: int) -> bool:
    required = subject.regular_marks
    if required is not None and len(columns) < required:
        reader.refuse("regular-mark-missing", columns[-1])
    return entered >= (len(columns) if required is None else required)


def _taken_over(reader: RowReader, key: SubjectColumn, average: Decimal | None, comment: CommentLevel | None) -> SemesterSubject | None:
    if average is None and comment is None:
        if reader.blank(key) or not reader.has(key):
            reader.refuse("result-missing", key)
        return None
    return SemesterSubject(None, average, comment, FigureOrigin.TAKEN_OVER)
