"""The summer: results of re-assessment and of rèn luyện trong hè, one row for each subject, and what they make of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.headings import Field, subject_code
from signing_service.intake.row_reader import RowReader
from signing_service.intake.text import clean, raw_text
from signing_service.intake.years import YearOutcome
from signing_service.records.rules.levels import SubjectFigure
from signing_service.records.rules.readings import Readings
from signing_service.records.rules.reassessment import after_summer
from signing_service.records.transcript import AfterSummer, CommentLevel, Level, PromotionStatus

RetestResult = Decimal | CommentLevel


@dataclass(frozen=True, slots=True)
class Summer:
    """What the rows of one pupil say."""

    retests: Mapping[str, RetestResult]
    conduct: Level | None
    last_day: date | None


def read_summer(readers: Sequence[RowReader], outcome: YearOutcome, subjects: Sequence[ClassSubject]) -> Summer:
    """The summer of a pupil whose year is `outcome`."""
    known = {s.code for s in subjects}
    retests: dict[str, RetestResult] = {}
    conduct: Level | None = None
    days: list[date] = []
    for reader in readers:
        day = reader.day(Field.DATE)
        days += [day] if day else []
        name = clean(raw_text(reader.value(Field.RETEST_LIST)))
        if name:
            code = subject_code(name)
            if code not in known or code is None:
                reader.refuse("retest-subject-unknown", Field.RETEST_LIST)
            elif code in retests:
                reader.refuse("retest-doubled", Field.RETEST_LIST)
            elif (result := _retest(reader, outcome.figures[code], outcome)) is not None:
                retests[code] = result
        conduct = _conduct(reader, outcome) or conduct
    return Summer(retests, conduct, max(days, default=None))


def apply_summer(readers: Sequence[RowReader], outcome: YearOutcome, summer: Summer, readings: Readings) -> AfterSummer | None:
    """The year decided again, or None while something that was due is not there yet."""
    status = outcome.promotion.status
    retest_due = status in (PromotionStatus.PENDING_RETEST, PromotionStatus.PENDING_BOTH)
    conduct_due = status in (PromotionStatus.PENDING_SUMMER_CONDUCT, PromotionStatus.PENDING_BOTH)
    if (retest_due and not summer.retests) or (conduct_due and summer.conduct is None):
        readers[0].warn("summer-incomplete", None)
        return None
    if not (retest_due or conduct_due):
        return None
    return after_summer(
        outcome.result,
        tuple(outcome.figures.values()),
        retests=summer.retests,
        summer_conduct=summer.conduct,
        on=summer.last_day,
        readings=readings,
    )


def _retest(reader: RowReader, figure: SubjectFigure, outcome: YearOutcome) -> RetestResult | None:
    if figure.code not in outcome.promotion.retest_subjects:
        reader.refuse("retest-not-due", Field.RETEST_LIST)
        return None
    if figure.average is None:
        if reader.stated_comment(Field.YEAR_RESULT) not in (None, figure.comment):
            reader.refuse("stated-comment-differs", Field.YEAR_RESULT)
        return reader.comment(Field.RETEST_RESULT, "result-missing")
    if reader.stated_average(Field.YEAR_RESULT) not in (None, figure.average):
        reader.refuse("stated-average-differs", Field.YEAR_RESULT)
    return reader.mark(Field.RETEST_RESULT, "result-missing")


def _conduct(reader: RowReader, outcome: YearOutcome) -> Level | None:
    conduct = reader.level(Field.SUMMER_CONDUCT, "conduct-invalid")
    if conduct is not None and outcome.result.conduct is not Level.NOT_PASSED:
        reader.refuse("summer-conduct-not-due", Field.SUMMER_CONDUCT)
    return conduct
