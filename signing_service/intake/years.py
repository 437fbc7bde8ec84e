"""One pupil's year: computed from the two semesters where they are known, and held against what the year's sheet states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.cells import read_promotion, read_title
from signing_service.intake.headings import Field, Part, SubjectColumn, subject_code
from signing_service.intake.row_reader import RowReader, reader_with
from signing_service.intake.semesters import SemesterRow, period_result, read_absences
from signing_service.intake.text import clean, raw_text
from signing_service.records.rules.averages import year_average, year_comment
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_of_year
from signing_service.records.rules.readings import Readings
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import Absences, AssessmentKind, FigureOrigin, Level, PeriodResult, Promotion, Title


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """The year before the summer."""

    figures: Mapping[str, SubjectFigure]
    origin: FigureOrigin
    """Of the subjects' figures, and of rèn luyện and absences."""
    result: PeriodResult
    title: Title | None
    promotion: Promotion


@dataclass(frozen=True, slots=True)
class YearFrame:
    """What of the year does not rest on subjects."""

    conduct: Level
    absences: Absences
    origin: FigureOrigin


def year_figures(subjects: Sequence[ClassSubject], first: SemesterRow, second: SemesterRow) -> dict[str, SubjectFigure]:
    """The year's figure of every subject that is sound in both semesters."""
    found = {}
    for subject in subjects:
        one, two = first.subjects.get(subject.code), second.subjects.get(subject.code)
        if one is None or two is None:
            continue
        average = year_average(one.average, two.average) if one.average is not None and two.average is not None else None
        comment = year_comment(two.comment) if two.comment is not None else None
        found[subject.code] = SubjectFigure(subject.code, average, comment, subject.optional)
    return found


def stated_figures(readers: Sequence[RowReader], subjects: Sequence[ClassSubject]) -> dict[str, SubjectFigure]:
    """The year's figure of every subject as the sheet states it, where no semesters are known; a blank one refuses the row."""
    found = {}
    for subject in subjects:
        key = SubjectColumn(subject.code, Part.RESULT)
        reader = reader_with(readers, key)
        scored = subject.kind is AssessmentKind.SCORED
        average = reader.mark(key, "result-missing") if scored else None
        comment = None if scored else reader.comment(key, "result-missing")
        if average is not None or comment is not None:
            found[subject.code] = SubjectFigure(subject.code, average, comment, subject.optional)
    return found


def frame_of_semesters(first: SemesterRow, second: SemesterRow) -> YearFrame | None:
    """Rèn luyện and absences as they follow from the semesters, None unless both are sound."""
    if first.result is None or second.result is None:
        return None
    one, two = first.result.absences, second.result.absences
    absences = Absences(one.with_leave + two.with_leave, one.without_leave + two.without_leave)
    return YearFrame(conduct_of_year(first.result.conduct, second.result.conduct), absences, FigureOrigin.COMPUTED)


def stated_frame(readers: Sequence[RowReader]) -> YearFrame | None:
    """Rèn luyện and absences as the sheets of the year state them, None when either is wrong."""
    conduct = reader_with(readers, Field.CONDUCT).level(Field.CONDUCT, "conduct-invalid", "conduct-missing")
    absences = read_absences(reader_with(readers, Field.ABSENT_WITH_LEAVE))
    return YearFrame(conduct, absences, FigureOrigin.TAKEN_OVER) if conduct is not None and absences is not None else None


def compute_year(
    figures: Mapping[str, SubjectFigure], subjects: Sequence[ClassSubject], frame: YearFrame | None, readings: Readings
) -> YearOutcome | None:
    """The year's outcome, None unless every subject and the frame are sound."""
    if len(figures) < len(subjects) or frame is None:
        return None
    ordered = [figures[s.code] for s in subjects]
    result = period_result(learning_result(ordered, readings), frame.conduct, frame.absences, frame.origin)
    return YearOutcome(
        figures=figures,
        origin=frame.origin,
        result=result,
        title=title_of_year(result.learning, frame.conduct, ordered),
        promotion=promotion_of_year(result.learning, frame.conduct, frame.absences.total, ordered, readings),
    )


def check_figures(reader: RowReader, figures: Mapping[str, SubjectFigure], second: SemesterRow) -> None:
    """Refuse the row where a stated average or level is not the computed one; the whole second semester taken for the year is told once."""
    differing: dict[SubjectColumn, bool] = {}
    for code, figure in figures.items():
        key = SubjectColumn(code, Part.RESULT)
        if figure.average is not None:
            stated = reader.stated_average(key)
            if stated is not None and stated != figure.average:
                differing[key] = stated == second.subjects[code].average
        else:
            comment = reader.stated_comment(key)
            if comment is not None and comment is not figure.comment:
                reader.refuse("stated-comment-differs", key)
    if len(differing) > 1 and all(differing.values()):
        reader.refuse("year-is-semester-2", next(iter(differing)))
    else:
        for key in differing:
            reader.refuse("stated-average-differs", key)


def check_outcome(reader: RowReader, outcome: YearOutcome) -> None:
    """Refuse the row where a stated result, title or promotion is not the computed one."""
    learning = reader.level(Field.LEARNING, "learning-invalid")
    if learning is not None and learning is not outcome.result.learning:
        reader.refuse("stated-learning-differs", Field.LEARNING)
    conduct = reader.level(Field.CONDUCT, "conduct-invalid")
    if conduct is not None and conduct is not outcome.result.conduct:
        reader.refuse("stated-conduct-differs", Field.CONDUCT)
    if reader.has(Field.ABSENT_WITH_LEAVE):
        absences = read_absences(reader)
        if absences is not None and absences != outcome.result.absences:
            reader.refuse("stated-absences-differ", Field.ABSENT_WITH_LEAVE)
    _check_title(reader, outcome)
    _check_promotion(reader, outcome)


def _check_title(reader: RowReader, outcome: YearOutcome) -> None:
    if not reader.has(Field.TITLE):
        return
    if reader.blank(Field.TITLE):
        if outcome.title is not None:
            reader.warn("title-not-stated", Field.TITLE)
    elif read_title(reader.value(Field.TITLE)) is not outcome.title or outcome.title is None:
        reader.refuse("stated-title-differs", Field.TITLE)


def _check_promotion(reader: RowReader, outcome: YearOutcome) -> None:
    stated = read_promotion(reader.value(Field.NOTE))
    if stated is not None and stated is not outcome.promotion.status:
        reader.refuse("stated-promotion-differs", Field.NOTE)
    listed = clean(raw_text(reader.value(Field.RETEST_LIST))).replace(";", ",")
    codes = [subject_code(name) for name in listed.split(",")] if listed else []
    if reader.has(Field.RETEST_LIST) and set(codes) != set(outcome.promotion.retest_subjects):
        reader.refuse("stated-retest-differs", Field.RETEST_LIST)
