"""What is the result in learning (kết quả học tập) of a semester or a year (TT 22/2021, Điều 9.2 and 9.3)?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from signing_service.records.rules.readings import DEFAULT_READINGS, Readings, SetAside
from signing_service.records.transcript import CommentLevel, Level

BEST_FIRST: Final = (Level.GOOD, Level.FAIR, Level.PASSED, Level.NOT_PASSED)

_BEST_MARK: Final = Decimal(10)
_ENOUGH_SUBJECTS: Final = 6
_COMMENTS_NOT_PASSED_ALLOWED: Final = 1
_LIFTED_FROM: Final = 2
"""Điều 9.3 needs the result to lie at least this many levels below."""


@dataclass(frozen=True, slots=True)
class SubjectFigure:
    """What one subject contributes: its average if scored, else its comment level."""

    code: str
    average: Decimal | None
    comment: CommentLevel | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LearningResult:
    """The level, the level before Điều 9.3, and the code of the subject that was set aside (None when nothing was raised)."""

    level: Level
    before_9_3: Level
    lifted_because_of: str | None


def learning_result(figures: Sequence[SubjectFigure], readings: Readings = DEFAULT_READINGS) -> LearningResult:
    """The result in learning of `figures`, all of one semester or all of the year."""
    counted = tuple(f for f in figures if readings.optional_subjects_count or not f.optional)
    plain = plain_level(counted)
    for figure in counted:
        if figure.comment is not None and not readings.set_aside_comment_subjects:
            continue
        without = plain_level(_set_aside(counted, figure, readings.set_aside))
        if without in (Level.GOOD, Level.FAIR) and _rank(plain) - _rank(without) >= _LIFTED_FROM:
            # "Mức liền kề": one level only, however far the one subject pulled the result down. At most one subject can pass
            # this test, because whatever pulls the result down stays in when another subject is set aside.
            return LearningResult(BEST_FIRST[_rank(plain) - 1], plain, figure.code)
    return LearningResult(plain, plain, None)


def plain_level(figures: Sequence[SubjectFigure]) -> Level:
    """The level by Điều 9.2 alone."""
    averages = [f.average for f in figures if f.average is not None]
    not_passed = sum(f.comment is CommentLevel.NOT_PASSED for f in figures)
    if not not_passed and _reaches(averages, all_from="6.5", six_from="8.0"):
        return Level.GOOD
    if not not_passed and _reaches(averages, all_from="5.0", six_from="6.5"):
        return Level.FAIR
    if not_passed <= _COMMENTS_NOT_PASSED_ALLOWED and _reaches(averages, all_from="3.5", six_from="5.0"):
        return Level.PASSED
    return Level.NOT_PASSED


def _reaches(averages: Sequence[Decimal], *, all_from: str, six_from: str) -> bool:
    return all(a >= Decimal(all_from) for a in averages) and sum(a >= Decimal(six_from) for a in averages) >= _ENOUGH_SUBJECTS


def _set_aside(figures: Sequence[SubjectFigure], one: SubjectFigure, how: SetAside) -> tuple[SubjectFigure, ...]:
    if how is SetAside.LEFT_OUT:
        return tuple(f for f in figures if f is not one)
    best = replace(one, average=_BEST_MARK) if one.comment is None else replace(one, comment=CommentLevel.PASSED)
    return tuple(best if f is one else f for f in figures)


def _rank(level: Level) -> int:
    return BEST_FIRST.index(level)
