"""One primary pupil's rows from all sheets become one transcript."""

from collections.abc import Mapping
from dataclasses import dataclass

from signing_service.intake.class_head import ClassHead
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.primary.kinds import EARLIER, PrimaryKind
from signing_service.intake.primary.rows import PrimaryRow, competences_of, qualities_of
from signing_service.intake.primary.subjects import PrimaryClass, PrimarySubject
from signing_service.intake.primary.support import Support, apply_support, read_support
from signing_service.intake.primary.years import PrimaryOutcome, check_completion, read_year
from signing_service.intake.schools import Signatories
from signing_service.records.parties import Pupil, StudyYear
from signing_service.records.primary import AssessmentDate, SubjectAssessment, TraitAssessment
from signing_service.records.rules.primary_completion import completion_of, support_traits
from signing_service.records.rules.primary_results import PrimaryFigure
from signing_service.records.transcript import (
    AfterReassessment,
    AssessmentKind,
    FigureOrigin,
    HomeroomRemarks,
    PrimaryYear,
    Subject,
    Transcript,
)

PupilRows = Mapping[PrimaryKind, tuple[PrimaryRow, ...]]


@dataclass(frozen=True, slots=True)
class PrimaryWorkbook:
    """What holds for every pupil of the workbook."""

    head: ClassHead
    subjects: PrimaryClass
    signatories: Signatories


def primary_transcript(pupil: Pupil | None, rows: PupilRows, of_class: PrimaryWorkbook) -> Transcript | None:
    """The transcript, or None when a row or a figure is missing; every row is read all the same, so that every error is named."""
    readings, grade = of_class.head.rules.readings, of_class.head.grade
    earlier = _earlier(rows, of_class.subjects)
    year_rows = rows.get(PrimaryKind.YEAR, ())
    if not year_rows:
        return None
    row = year_rows[0]
    texts = {key: row.remark(key) for key in _REMARKS}
    outcome = read_year(row, of_class.subjects, grade, readings)
    if outcome is None:
        return None
    help_rows = rows.get(PrimaryKind.SUPPORT, ())
    support = read_support(help_rows, outcome)
    after = apply_support(help_rows, outcome, support, grade, readings) if help_rows else None
    check_completion(row, outcome.result, after.result if after else outcome.result)
    remarks = rows.get(PrimaryKind.REMARKS, ())[:1]
    table = _subjects(of_class.subjects, outcome, support if after else Support(), earlier, remarks)
    return _transcript(pupil, of_class, _Year(outcome, after, earlier, texts, table)) if pupil is not None else None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The assessments before the end of the year."""

    subjects: Mapping[str, tuple[SubjectAssessment, ...]]
    traits: tuple[TraitAssessment, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    """Everything that was read and computed about one pupil."""

    outcome: PrimaryOutcome
    after: AfterReassessment | None
    earlier: _Earlier
    texts: Mapping[Field, str | None]
    subjects: tuple[Subject, ...]


_REMARKS = (Field.REMARK, Field.REMARK_ON_QUALITIES, Field.REMARK_ON_GENERAL, Field.REMARK_ON_SPECIFIC)


def _earlier(rows: PupilRows, of_class: PrimaryClass) -> _Earlier:
    subjects: dict[str, list[SubjectAssessment]] = {}
    traits = []
    for kind, when in EARLIER.items():
        for row in rows.get(kind, ())[:1]:
            for subject in of_class.subjects:
                level, mark = row.subject_level(subject.code), row.test_mark(subject.code)
                if level is not None or mark is not None:
                    subjects.setdefault(subject.code, []).append(SubjectAssessment(when, level, mark))
            assessed = _traits(row, when)
            traits += [assessed] if assessed else []
    return _Earlier({code: tuple(found) for code, found in subjects.items()}, tuple(traits))


def _traits(row: PrimaryRow, when: AssessmentDate) -> TraitAssessment | None:
    levels, remark = row.traits(), row.remark(Field.REMARK)
    return TraitAssessment(when, competences_of(levels), qualities_of(levels), remark) if levels or remark else None


def _subjects(
    of_class: PrimaryClass, outcome: PrimaryOutcome, support: Support, earlier: _Earlier, remarks: tuple[PrimaryRow, ...]
) -> tuple[Subject, ...]:
    figures = {figure.code: figure for figure in outcome.figures}
    return tuple(
        _subject(subject, figures[subject.code], support.again.get(subject.code), earlier, remarks)
        for subject in of_class.subjects
        if subject.code in figures
    )


def _subject(
    subject: PrimarySubject, figure: PrimaryFigure, again: PrimaryFigure | None, earlier: _Earlier, remarks: tuple[PrimaryRow, ...]
) -> Subject:
    return Subject(
        code=subject.code,
        name=subject.name,
        kind=AssessmentKind.SCORED if subject.tested else AssessmentKind.COMMENT,
        periods_per_year=subject.periods,
        semester_1=None,
        semester_2=None,
        year_average=None,
        year_comment=None,
        # Levels and marks are the teacher's own statement: nothing else determines them (TT 27/2020, Điều 7).
        year_origin=FigureOrigin.TAKEN_OVER,
        teacher=subject.teacher,
        remark=remarks[0].remark(_remark_column(remarks[0], subject.code)) if remarks else None,
        optional=subject.optional,
        level=figure.level,
        test_mark=figure.test_mark,
        reassessed_level=again.level if again else None,
        reassessed_test_mark=again.test_mark if again else None,
        assessments=earlier.subjects.get(subject.code),
    )


def _remark_column(row: PrimaryRow, code: str) -> SubjectColumn:
    return SubjectColumn(code, Part.LEVEL if row.has(SubjectColumn(code, Part.LEVEL)) else Part.TEST)


def _primary_year(year: _Year) -> PrimaryYear:
    outcome, texts = year.outcome, year.texts
    return PrimaryYear(
        result=outcome.result,
        result_origin=outcome.result_origin,
        competences=competences_of(outcome.traits),
        qualities=qualities_of(outcome.traits),
        absences=outcome.absences,
        title_origin=outcome.title_origin,
        outstanding=outcome.outstanding,
        class_agrees=outcome.class_agrees,
        support_traits=support_traits(outcome.result, outcome.traits) or None,
        after_reassessment=year.after,
        remark_on_qualities=texts[Field.REMARK_ON_QUALITIES],
        remark_on_general_competences=texts[Field.REMARK_ON_GENERAL],
        remark_on_specific_competences=texts[Field.REMARK_ON_SPECIFIC],
        assessments=year.earlier.traits or None,
    )


def _transcript(pupil: Pupil, of_class: PrimaryWorkbook, year: _Year) -> Transcript:
    head, signatories, outcome = of_class.head, of_class.signatories, year.outcome
    final = year.after.promotion if year.after else outcome.promotion
    return Transcript(
        rules=head.rules.identifier,
        form=head.rules.form,
        school_year=head.school_year,
        level=head.rules.level,
        grade=head.grade,
        class_name=head.class_name,
        issuer=signatories.issuer,
        pupil=pupil,
        subjects=year.subjects,
        semester_1=None,
        semester_2=None,
        year=None,
        title=outcome.title,
        promotion=outcome.promotion,
        after_summer=None,
        remarks=HomeroomRemarks(year=year.texts[Field.REMARK]),
        homeroom_teacher=signatories.homeroom_teacher,
        principal=signatories.principal,
        study_history=(StudyYear(head.school_year, head.class_name, signatories.issuer.school_name),),
        other_awards=outcome.other_awards,
        completion=completion_of(head.grade, final),
        primary=_primary_year(year),
    )
