"""Has a primary pupil completed the grade, and if not, who moves up (TT 27/2020, Điều 11)?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from signing_service.records.primary import PrimaryResult, Trait, TraitLevel
from signing_service.records.rules.primary_results import PrimaryFigure, Traits, better_than, counted_figures, falls_short, primary_result
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings
from signing_service.records.transcript import AfterReassessment, Completion, Promotion, PromotionStatus, TraitReassessment

LAST_GRADE: Final = 5

_PENDING: Final = "Chưa hoàn thành, đánh giá bổ sung"
_BY_PRINCIPAL: Final = "Hiệu trưởng quyết định cho lên lớp"
_KEPT: Final = "Chưa được lên lớp"


def completes_grade(result: PrimaryResult) -> bool:
    """Whether the result confirms that the grade is completed (Điều 11.1a)."""
    return result is not PrimaryResult.NOT_COMPLETED


def promotion_of_primary_year(
    result: PrimaryResult, grade: int, figures: Sequence[PrimaryFigure], readings: Readings = DEFAULT_READINGS
) -> Promotion:
    """Where the pupil stands at the end of the year, before any extra help; `retest_subjects` are those in which help is due."""
    if completes_grade(result):
        return Promotion(PromotionStatus.PROMOTED, _completed(grade), (), ())
    due = tuple(figure.code for figure in counted_figures(figures, readings) if falls_short(figure))
    return Promotion(PromotionStatus.PENDING_SUPPORT, _PENDING, (), due)


def support_traits(result: PrimaryResult, traits: Traits) -> tuple[Trait, ...]:
    """The qualities and competences in which extra help is due."""
    if completes_grade(result):
        return ()
    return tuple(trait for trait, level in traits.items() if level is TraitLevel.NEEDS_EFFORT)


def after_support(
    figures: Sequence[PrimaryFigure],
    traits: Traits,
    *,
    grade: int,
    again: Mapping[str, PrimaryFigure],
    traits_again: Traits,
    principal_promotes: bool | None,
    on: date | None,
    readings: Readings = DEFAULT_READINGS,
) -> AfterReassessment | None:
    """The year decided again (Điều 11.1b and c), or None while the grade is not completed and the principal has not decided.

    Args:
        figures: The subjects at the end of the year.
        traits: The qualities and competences at the end of the year.
        grade: From 1 to 5.
        again: By subject code, what đánh giá bổ sung found; a subject without a new test keeps its mark.
        traits_again: Qualities and competences that were assessed again.
        principal_promotes: What the principal decided about a pupil who still has not completed the grade, None where nothing is said.
        on: The last day of đánh giá bổ sung.
        readings: The readings in force.
    """
    merged = [_again(figure, again.get(figure.code)) for figure in figures]
    result = primary_result(merged, {**traits, **traits_again}, readings)
    if better_than(result, readings.best_result_after_support):
        result = readings.best_result_after_support
    if completes_grade(result):
        promotion = Promotion(PromotionStatus.PROMOTED, _completed(grade), (), ())
    elif principal_promotes is None:
        return None
    elif principal_promotes:
        promotion = Promotion(PromotionStatus.PROMOTED_BY_PRINCIPAL, _BY_PRINCIPAL, (), ())
    else:
        promotion = Promotion(PromotionStatus.NOT_PROMOTED, _KEPT, (), ())
    reassessed = tuple(TraitReassessment(trait, level) for trait, level in traits_again.items())
    return AfterReassessment(result, promotion, on, reassessed or None)


def completion_of(grade: int, promotion: Promotion) -> Completion:
    """What the form says about completion: the grade, and in grade 5 primary school (Điều 11.2)."""
    done = promotion.status is PromotionStatus.PROMOTED
    last = grade == LAST_GRADE
    statement = "Hoàn thành chương trình tiểu học" if done and last else promotion.label
    return Completion(statement, done, done if last else None)


def _completed(grade: int) -> str:
    return f"Hoàn thành chương trình lớp {grade}"


def _again(figure: PrimaryFigure, again: PrimaryFigure | None) -> PrimaryFigure:
    if again is None:
        return figure
    return replace(figure, level=again.level, test_mark=figure.test_mark if again.test_mark is None else again.test_mark)
