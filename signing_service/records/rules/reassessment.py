"""What do the summer's re-assessment and rèn luyện make of the year (TT 22/2021, Điều 13 and 14)?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_after_summer
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings
from signing_service.records.transcript import AfterSummer, CommentLevel, Level, PeriodResult


def with_retests(figures: Sequence[SubjectFigure], retests: Mapping[str, Decimal | CommentLevel]) -> tuple[SubjectFigure, ...]:
    """The year's figures where each re-assessed result, by subject code, has taken the place of the year's."""
    return tuple(_replaced(f, retests[f.code]) if f.code in retests else f for f in figures)


def after_summer(
    year: PeriodResult,
    figures: Sequence[SubjectFigure],
    *,
    retests: Mapping[str, Decimal | CommentLevel],
    summer_conduct: Level | None,
    on: date | None,
    readings: Readings = DEFAULT_READINGS,
) -> AfterSummer:
    """The year classified again with the re-assessed results and, where there was a summer programme, its rèn luyện."""
    learning = learning_result(with_retests(figures, retests), readings).level if retests else year.learning
    conduct = summer_conduct or year.conduct
    return AfterSummer(
        learning=learning,
        conduct=conduct,
        promotion=promotion_after_summer(learning, conduct, year.absences.total, readings),
        reassessed_on=on,
    )


def _replaced(figure: SubjectFigure, result: Decimal | CommentLevel) -> SubjectFigure:
    if isinstance(result, CommentLevel):
        return replace(figure, comment=result)
    return replace(figure, average=result)
