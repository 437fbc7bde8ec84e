"""One pupil's rows from all sheets become one transcript."""

from collections.abc import Sequence
from dataclasses import dataclass

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.electives import subjects_taken
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.row_reader import RowReader
from signing_service.intake.schools import Signatories
from signing_service.intake.semesters import SemesterRow, read_semester
from signing_service.intake.summers import Summer, apply_summer, read_summer
from signing_service.intake.years import YearOutcome, check_figures, check_outcome, compute_year, year_figures
from signing_service.records.rules.registry import RuleSet
from signing_service.records.transcript import (
    AfterSummer,
    CommentLevel,
    FigureOrigin,
    HomeroomRemarks,
    Pupil,
    StudyYear,
    Subject,
    Transcript,
)


@dataclass(frozen=True, slots=True)
class ClassOfWorkbook:
    """What holds for every pupil of the workbook."""

    rules: RuleSet
    school_year: str
    grade: int
    class_name: str
    subjects: tuple[ClassSubject, ...]
    signatories: Signatories


@dataclass(frozen=True, slots=True)
class PupilRows:
    """The pupil's rows on each sheet: none, one, or several where the sheet allows it or somebody doubled a row."""

    semester_1: tuple[RowReader, ...]
    semester_2: tuple[RowReader, ...]
    year: tuple[RowReader, ...]
    remarks: tuple[RowReader, ...]
    summer: tuple[RowReader, ...]
    electives: tuple[RowReader, ...]


def transcript_of(pupil: Pupil | None, rows: PupilRows, of_class: ClassOfWorkbook) -> Transcript | None:
    """The transcript, or None when a row or a figure is missing; every row is read all the same, so that every error is named."""
    subjects = subjects_taken(rows.electives, (*rows.semester_1, *rows.semester_2, *rows.year), of_class.subjects, of_class.rules)
    readings = of_class.rules.readings
    semesters = [read_semester(row[0], subjects, readings) if row else None for row in (rows.semester_1, rows.semester_2)]
    year_remark = rows.year[0].remark(Field.REMARK) if rows.year else None
    first, second = semesters
    if first is None or second is None:
        return None
    figures = year_figures(subjects, first, second)
    if rows.year:
        check_figures(rows.year[0], figures)
    outcome = compute_year(figures, subjects, first, second, readings)
    if outcome is None:
        return None
    if rows.year:
        check_outcome(rows.year[0], outcome)
    summer = read_summer(rows.summer, outcome, subjects) if rows.summer else None
    again = apply_summer(rows.summer, outcome, summer, readings) if summer else None
    remarks = HomeroomRemarks(year=year_remark, semester_1=first.remark, semester_2=second.remark)
    computed = _Computed(first, second, outcome, summer, again)
    table = tuple(_subject(s, computed, rows.remarks) for s in subjects)
    return _transcript(pupil, of_class, computed, remarks, table) if pupil is not None else None


@dataclass(frozen=True, slots=True)
class _Computed:
    first: SemesterRow
    second: SemesterRow
    outcome: YearOutcome
    summer: Summer | None
    again: AfterSummer | None


def _transcript(
    pupil: Pupil, of_class: ClassOfWorkbook, computed: _Computed, remarks: HomeroomRemarks, table: tuple[Subject, ...]
) -> Transcript:
    signatories, outcome = of_class.signatories, computed.outcome
    return Transcript(
        rules=of_class.rules.identifier,
        form=of_class.rules.form,
        school_year=of_class.school_year,
        level=of_class.rules.level,
        grade=of_class.grade,
        class_name=of_class.class_name,
        issuer=signatories.issuer,
        pupil=pupil,
        subjects=table,
        semester_1=outcome.semester_1,
        semester_2=outcome.semester_2,
        year=outcome.result,
        title=outcome.title,
        promotion=outcome.promotion,
        after_summer=computed.again,
        remarks=remarks,
        homeroom_teacher=signatories.homeroom_teacher,
        principal=signatories.principal,
        study_history=(StudyYear(of_class.school_year, of_class.class_name, signatories.issuer.school_name),),
    )


def _subject(subject: ClassSubject, computed: _Computed, remarks: Sequence[RowReader]) -> Subject:
    year = computed.outcome.figures[subject.code]
    again = computed.summer.retests.get(subject.code) if computed.summer else None
    return Subject(
        code=subject.code,
        name=subject.name,
        kind=subject.kind,
        periods_per_year=subject.periods,
        semester_1=computed.first.subjects[subject.code],
        semester_2=computed.second.subjects[subject.code],
        year_average=year.average,
        year_comment=year.comment,
        year_origin=FigureOrigin.COMPUTED,
        reassessed_mark=None if again is None or isinstance(again, CommentLevel) else again,
        reassessed_comment=again if isinstance(again, CommentLevel) else None,
        teacher=subject.teacher,
        remark=remarks[0].remark(SubjectColumn(subject.code, Part.RESULT)) if remarks else None,
        optional=subject.optional,
    )
