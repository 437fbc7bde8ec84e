"""What is the kết quả giáo dục of a primary year (TT 27/2020, Điều 9.2)?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from signing_service.records.primary import PrimaryResult, PrimarySubjectLevel, Trait, TraitLevel
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings

RESULTS_BEST_FIRST: Final = tuple(PrimaryResult)

_EXCELLENT_FROM: Final = 9
_GOOD_FROM: Final = 7
_COMPLETED_FROM: Final = 5

Traits = Mapping[Trait, TraitLevel]


@dataclass(frozen=True, slots=True)
class PrimaryFigure:
    """What one subject contributes: its level, and the mark (0 to 10) of the year's last test where there is one."""

    code: str
    level: PrimarySubjectLevel
    test_mark: int | None = None
    optional: bool = False


def primary_result(figures: Sequence[PrimaryFigure], traits: Traits, readings: Readings = DEFAULT_READINGS) -> PrimaryResult:
    """The result that follows from the subjects, the tests, and the qualities and competences that were assessed."""
    counted = counted_figures(figures, readings)
    levels = {figure.level for figure in counted}
    lowest = min((figure.test_mark for figure in counted if figure.test_mark is not None), default=_EXCELLENT_FROM)
    if levels <= {PrimarySubjectLevel.COMPLETED_WELL} and set(traits.values()) <= {TraitLevel.GOOD}:
        if lowest >= _EXCELLENT_FROM:
            return PrimaryResult.EXCELLENT
        if lowest >= _GOOD_FROM:
            return PrimaryResult.GOOD
    if PrimarySubjectLevel.NOT_COMPLETED in levels or TraitLevel.NEEDS_EFFORT in traits.values() or lowest < _COMPLETED_FROM:
        return PrimaryResult.NOT_COMPLETED
    return PrimaryResult.COMPLETED


def counted_figures(figures: Sequence[PrimaryFigure], readings: Readings = DEFAULT_READINGS) -> tuple[PrimaryFigure, ...]:
    """The figures that take part in the result."""
    return tuple(figure for figure in figures if readings.optional_subjects_count or not figure.optional)


def falls_short(figure: PrimaryFigure) -> bool:
    """Whether the subject alone stands against Hoàn thành."""
    return figure.level is PrimarySubjectLevel.NOT_COMPLETED or (figure.test_mark is not None and figure.test_mark < _COMPLETED_FROM)


def better_than(one: PrimaryResult, other: PrimaryResult) -> bool:
    """Whether `one` is the better result."""
    return RESULTS_BEST_FIRST.index(one) < RESULTS_BEST_FIRST.index(other)
