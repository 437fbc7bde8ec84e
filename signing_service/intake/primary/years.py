"""One primary pupil's year: what the sheet of the year's end says, and what follows from it (TT 27/2020, Điều 9, 11 and 13)."""

from dataclasses import dataclass

from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.primary.cells import names_no_title, read_primary_title
from signing_service.intake.primary.rows import PrimaryRow
from signing_service.intake.primary.subjects import PrimaryClass, PrimarySubject
from signing_service.intake.semesters import read_absences
from signing_service.intake.text import clean, folded, raw_text
from signing_service.records.primary import PrimaryResult, PrimarySubjectLevel, Trait, TraitLevel
from signing_service.records.rules.primary_completion import completes_grade, promotion_of_primary_year
from signing_service.records.rules.primary_results import PrimaryFigure, better_than, primary_result
from signing_service.records.rules.primary_titles import primary_title
from signing_service.records.rules.readings import Readings
from signing_service.records.transcript import Absences, FigureOrigin, Promotion, Title

_PASSED_FROM = 5


@dataclass(frozen=True, slots=True)
class PrimaryOutcome:
    """The year before any extra help."""

    figures: tuple[PrimaryFigure, ...]
    traits: dict[Trait, TraitLevel]
    absences: Absences | None
    result: PrimaryResult
    result_origin: FigureOrigin
    title: Title | None
    title_origin: FigureOrigin | None
    promotion: Promotion
    outstanding: str | None
    class_agrees: bool | None
    other_awards: str | None


def read_year(row: PrimaryRow, of_class: PrimaryClass, grade: int, readings: Readings) -> PrimaryOutcome | None:
    """The pupil's year, None unless every figure is sound; every cell is read all the same, so that every error is named."""
    taken = [subject for subject in of_class.subjects if not (subject.optional and _blank(row, subject))]
    figures = tuple(figure for subject in taken if (figure := _figure(row, subject)) is not None)
    traits = row.traits(of_class.traits)
    absences = read_absences(row) if row.has(Field.ABSENT_WITH_LEAVE) or row.has(Field.ABSENT_WITHOUT_LEAVE) else None
    stated = row.result()
    if len(figures) < len(taken) or not of_class.traits <= set(traits):
        return None
    result = _result(row, primary_result(figures, traits, readings), stated, complete=of_class.complete)
    if result is None:
        return None
    outstanding = row.remark(Field.OUTSTANDING)
    class_agrees = row.tick(Field.CLASS_AGREES)
    title, title_origin = _title(row, result, outstanding, readings, class_agrees=class_agrees)
    return PrimaryOutcome(
        figures=figures,
        traits=traits,
        absences=absences,
        result=result,
        result_origin=FigureOrigin.COMPUTED if of_class.complete else FigureOrigin.TAKEN_OVER,
        title=title,
        title_origin=title_origin,
        promotion=promotion_of_primary_year(result, grade, figures, readings),
        outstanding=outstanding,
        class_agrees=class_agrees,
        other_awards=_other_awards(row),
    )


def check_completion(row: PrimaryRow, result: PrimaryResult, final: PrimaryResult) -> None:
    """Refuse the row where a stated completion of the grade is not what follows, before extra help or after it."""
    stated = row.tick(Field.COMPLETED)
    if stated is None:
        return
    if stated and not completes_grade(final):
        row.refuse("stated-completion-differs", Field.COMPLETED)
    elif not stated and completes_grade(result):
        blank = row.blank(Field.COMPLETED)
        (row.warn if blank else row.refuse)("completion-not-stated" if blank else "stated-completion-differs", Field.COMPLETED)


def _blank(row: PrimaryRow, subject: PrimarySubject) -> bool:
    keys = (SubjectColumn(subject.code, Part.LEVEL), SubjectColumn(subject.code, Part.TEST))
    return all(row.blank(key) for key in keys if row.has(key))


def _figure(row: PrimaryRow, subject: PrimarySubject) -> PrimaryFigure | None:
    key = SubjectColumn(subject.code, Part.TEST)
    level = row.subject_level(subject.code, "subject-level-missing")
    mark = row.test_mark(subject.code, "test-mark-missing" if subject.tested else None)
    if level is None:
        if not row.has(SubjectColumn(subject.code, Part.LEVEL)):
            row.refuse("subject-level-missing", key)
        return None
    if mark is None and row.has(key) and (subject.tested or not row.blank(key)):
        return None
    if mark is not None and mark < _PASSED_FROM and level is not PrimarySubjectLevel.NOT_COMPLETED:
        row.warn("mark-below-level", key)
    return PrimaryFigure(subject.code, level, mark, subject.optional)


def _result(row: PrimaryRow, computed: PrimaryResult, stated: PrimaryResult | None, *, complete: bool) -> PrimaryResult | None:
    """The result; where the sheet does not suffice, the stated one, which must not be better than what the sheet allows."""
    if stated is None:
        if complete and (row.blank(Field.EDUCATION_RESULT) or not row.has(Field.EDUCATION_RESULT)):
            return computed
        if not complete:
            row.refuse("result-missing", Field.EDUCATION_RESULT)
        return None
    if stated is computed or (not complete and better_than(computed, stated)):
        return stated
    row.refuse("stated-primary-result-differs", Field.EDUCATION_RESULT)
    return None


def _title(
    row: PrimaryRow, result: PrimaryResult, outstanding: str | None, readings: Readings, *, class_agrees: bool | None
) -> tuple[Title | None, FigureOrigin | None]:
    stated = read_primary_title(row.value(Field.TITLE))
    claimed = stated is not None or _claims_title(row)
    if row.has(Field.CLASS_AGREES) and class_agrees is None:
        # The cell makes no sense and has refused the row already; nothing further is built on it.
        return None, None
    # Where a column is missing, the title may only be taken over; it counts as unknown, not as refused.
    refused = (outstanding is None and row.has(Field.OUTSTANDING)) or (class_agrees is False and readings.class_must_agree)
    known = row.has(Field.OUTSTANDING) and (row.has(Field.CLASS_AGREES) or not readings.class_must_agree)
    if result is PrimaryResult.GOOD and not refused and not known:
        if claimed and stated is not Title.MODEL:
            row.refuse("stated-primary-title-differs", Field.TITLE)
        return stated, FigureOrigin.TAKEN_OVER if stated else None
    title = primary_title(result, outstanding=outstanding is not None, class_agrees=bool(class_agrees), readings=readings)
    if claimed and (stated is None or stated is not title):
        row.refuse("stated-primary-title-differs", Field.TITLE)
    elif title is not None and row.has(Field.TITLE) and not claimed:
        row.warn("title-not-stated", Field.TITLE)
    return title, FigureOrigin.COMPUTED if title else None


def _claims_title(row: PrimaryRow) -> bool:
    return folded(raw_text(row.value(Field.TITLE))).startswith(("hocsinh", "hs"))


def _other_awards(row: PrimaryRow) -> str | None:
    """An award that is no title (thư khen, khen thưởng đột xuất): kept as it is written."""
    value = row.value(Field.TITLE)
    if names_no_title(value) or read_primary_title(value) is not None or _claims_title(row):
        return None
    row.warn("award-kept", Field.TITLE)
    return clean(raw_text(value))
