"""TT 22/2021 question by question: the borders, the readings, and what must hold whatever the marks are."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.records.rules.averages import regular_marks_required, rounded_mark, semester_average, semester_comment, year_average
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import BEST_FIRST, SubjectFigure, learning_result, plain_level
from signing_service.records.rules.promotion import promotion_of_year, retest_subjects
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings, SetAside
from signing_service.records.rules.reassessment import after_summer
from signing_service.records.rules.registry import rules_for, rules_named
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import (
    Absences,
    AssessmentKind,
    CommentLevel,
    CommentMarks,
    EducationLevel,
    Level,
    PeriodResult,
    PromotionStatus,
    ScoredMarks,
    Title,
)

_GOOD, _FAIR, _PASSED, _NOT_PASSED = BEST_FIRST
_D, _CD = CommentLevel.PASSED, CommentLevel.NOT_PASSED
_TENTHS = st.integers(0, 100).map(lambda tenths: Decimal(tenths) / 10)


def _figures(*averages: str, comments: Sequence[CommentLevel] = (_D, _D, _D, _D)) -> list[SubjectFigure]:
    scored = [SubjectFigure(f"S{i}", Decimal(a), None) for i, a in enumerate(averages)]
    return scored + [SubjectFigure(f"C{i}", None, c) for i, c in enumerate(comments)]


def _same(mark: str, count: int = 8) -> list[str]:
    return [mark] * count


# Averages


@pytest.mark.parametrize(("periods", "count"), [(35, 2), (36, 3), (52, 3), (70, 3), (71, 4), (140, 4)])
def test_the_number_of_regular_marks_follows_the_periods(periods: int, count: int) -> None:
    assert regular_marks_required(AssessmentKind.SCORED, periods) == count
    assert regular_marks_required(AssessmentKind.COMMENT, periods) == 2


def _marks(text: str) -> ScoredMarks:
    *regular, midterm, final = map(Decimal, text.split())
    return ScoredMarks(tuple(regular), midterm, final)


@pytest.mark.parametrize(
    ("marks", "average"),
    [
        # Exact ties of three regular marks (n + 5 = 8), where binary floats or half-even would go wrong: 71.6/8 = 8.95, 27.6/8 = 3.45.
        ("9.7 9.7 9.7 10 7.5", "9.0"),
        ("2 3 3 2.3 5", "3.5"),
        ("6.4 6.5 6.5 6.3 6.5", "6.4"),
        ("10 10 10 10", "10.0"),
        ("0 0 0 0", "0.0"),
    ],
)
def test_a_semester_average_is_rounded_half_up_from_exact_figures(marks: str, average: str) -> None:
    assert str(semester_average(_marks(marks))) == average


@given(st.lists(_TENTHS, min_size=1, max_size=6).map(tuple), _TENTHS, _TENTHS)
def test_a_semester_average_is_the_exact_quotient_within_half_a_tenth(
    regular: tuple[Decimal, ...], midterm: Decimal, final: Decimal
) -> None:
    average = semester_average(ScoredMarks(regular, midterm, final))
    exact = Fraction(sum(map(Fraction, regular)) + 2 * Fraction(midterm) + 3 * Fraction(final)) / (len(regular) + 5)
    assert -Fraction(1, 20) < exact - Fraction(average) < Fraction(1, 20) or Fraction(average) - exact == Fraction(1, 20)
    assert 0 <= average <= 10
    assert average.as_tuple().exponent == -1


@given(_TENTHS, _TENTHS)
def test_a_year_average_weighs_the_second_semester_twice(first: Decimal, second: Decimal) -> None:
    exact = (first + 2 * second) / 3
    # Thirds of tenths are never ties, so any sound rounding of the exact quotient agrees.
    assert year_average(first, second) == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert min(first, second) <= year_average(first, second) <= max(first, second)


def test_a_mark_with_two_decimals_is_rounded_half_up() -> None:
    assert [str(rounded_mark(Decimal(m))) for m in ("6.75", "6.74", "6.65", "10", "0")] == ["6.8", "6.7", "6.7", "10.0", "0.0"]


@given(st.lists(st.sampled_from([_D, _CD]), min_size=2, max_size=2).map(tuple), st.sampled_from([_D, _CD]), st.sampled_from([_D, _CD]))
def test_a_comment_subject_is_passed_when_everything_is(
    regular: tuple[CommentLevel, ...], midterm: CommentLevel, final: CommentLevel
) -> None:
    passed = semester_comment(CommentMarks(regular, midterm, final)) is _D
    assert passed == (_CD not in (*regular, midterm, final))


# Six pupils by hand: the three of class 7A, from the outside notes


@pytest.mark.parametrize(
    ("averages", "level", "before", "lifted"),
    [
        # S11: five at 8.0 or more is one too few for Tốt.
        (("7.9", "8.0", "8.3", "8.1", "8.4", "8.0", "7.0", "6.8"), _FAIR, _FAIR, None),
        # S13: 3.4 alone drags a Tốt to Chưa đạt; one level up.
        (("8.5", "8.2", "8.0", "8.8", "8.1", "3.4", "9.0", "8.4"), _PASSED, _NOT_PASSED, "S5"),
        # S25: five at 5.0 or more.
        (("5.0", "5.2", "4.9", "4.8", "5.1", "4.7", "5.3", "5.0"), _NOT_PASSED, _NOT_PASSED, None),
        # S25 after the summer: six at 5.0 or more, lowest 4.0.
        (("5.0", "5.2", "6.0", "4.5", "5.1", "4.0", "5.3", "5.0"), _PASSED, _PASSED, None),
    ],
)
def test_pupils_worked_out_by_hand(averages: tuple[str, ...], level: Level, before: Level, lifted: str | None) -> None:
    result = learning_result(_figures(*averages))
    assert (result.level, result.before_9_3, result.lifted_because_of) == (level, before, lifted)


@pytest.mark.parametrize(
    ("semesters", "year"),
    [
        (("33.5 8.5 7.3", "32.5 6.3 8.8"), ("8.0", "7.9", "7.9")),  # S11, Toán
        (("11.3 2.5 6.3", "12.5 3.5 3"), ("3.9", "3.2", "3.4")),  # S13, Ngoại ngữ
    ],
)
def test_averages_worked_out_by_hand(semesters: tuple[str, str], year: tuple[str, str, str]) -> None:
    found = []
    for text in semesters:
        total, midterm, final = map(Decimal, text.split())
        # The notes give the sum of the four regular marks; how it is spread does not matter.
        found.append(semester_average(ScoredMarks((total, Decimal(), Decimal(), Decimal()), midterm, final)))
    assert (str(found[0]), str(found[1]), str(year_average(found[0], found[1]))) == year


# Levels


@pytest.mark.parametrize(
    ("figures", "level"),
    [
        (_figures(*_same("8.0", 6), "6.5", "6.5"), _GOOD),
        (_figures(*_same("8.0", 5), "7.9", "6.5", "6.5"), _FAIR),
        (_figures(*_same("8.0", 7), "6.4"), _FAIR),
        (_figures(*_same("6.5", 6), "5.0", "5.0"), _FAIR),
        (_figures(*_same("6.5", 5), "6.4", "5.0", "5.0"), _PASSED),
        (_figures(*_same("6.5", 7), "4.9"), _PASSED),
        (_figures(*_same("5.0", 6), "3.5", "3.5"), _PASSED),
        (_figures(*_same("5.0", 6), "3.5", "3.4"), _NOT_PASSED),
        (_figures(*_same("5.0", 5), "4.9", "4.9", "4.9"), _NOT_PASSED),
        (_figures(*_same("9.0"), comments=(_CD, _D)), _PASSED),
        (_figures(*_same("9.0"), comments=(_CD, _CD)), _NOT_PASSED),
    ],
)
def test_the_borders_of_the_levels(figures: list[SubjectFigure], level: Level) -> None:
    assert plain_level(figures) is level


@pytest.mark.parametrize(
    ("figures", "level", "lifted"),
    [
        (_figures(*_same("8.0", 7), "4.9"), _FAIR, "S7"),  # Tốt without it, Đạt with it: two levels
        (_figures(*_same("8.0", 7), "6.4"), _FAIR, None),  # one level only
        (_figures(*_same("6.5", 7), "3.4"), _PASSED, "S7"),  # Khá without it, Chưa đạt with it
        (_figures(*_same("8.0", 6), "4.9", "4.9"), _PASSED, None),  # two subjects pull it down
        (_figures(*_same("9.0"), comments=(_CD, _D)), _FAIR, "C0"),  # the one subject is a comment subject
        (_figures(*_same("6.0", 7), "3.0"), _NOT_PASSED, None),  # Đạt without it is no reason
    ],
)
def test_one_subject_set_aside_lifts_one_level(figures: list[SubjectFigure], level: Level, lifted: str | None) -> None:
    result = learning_result(figures)
    assert (result.level, result.lifted_because_of) == (level, lifted)


def test_the_two_readings_differ_only_where_the_one_subject_is_needed_among_the_six() -> None:
    figures = _figures(*_same("8.0", 5), "6.6", "6.6", "4.9")
    assert learning_result(figures).level is _PASSED
    assert learning_result(figures, Readings(set_aside=SetAside.AS_IF_BEST)).level is _FAIR


def test_whether_a_comment_subject_may_be_set_aside_can_be_chosen() -> None:
    figures = _figures(*_same("9.0"), comments=(_CD, _D))
    assert learning_result(figures, replace(DEFAULT_READINGS, set_aside_comment_subjects=False)).level is _PASSED


def test_whether_optional_subjects_count_can_be_chosen() -> None:
    figures = [*_figures(*_same("8.0")), SubjectFigure("NN2", Decimal("3.0"), None, optional=True)]
    assert learning_result(figures).level is _GOOD
    assert learning_result(figures, replace(DEFAULT_READINGS, optional_subjects_count=True)).level is _PASSED


_ANY_FIGURES = st.builds(
    lambda averages, comments: _figures(*map(str, averages), comments=comments),
    st.lists(_TENTHS, min_size=6, max_size=10),
    st.lists(st.sampled_from([_D, _CD]), min_size=1, max_size=4),
)


@given(_ANY_FIGURES, st.sampled_from(SetAside))
def test_setting_aside_never_lowers_and_lifts_at_most_one_level(figures: list[SubjectFigure], how: SetAside) -> None:
    result = learning_result(figures, Readings(set_aside=how))
    assert result.before_9_3 is plain_level(figures)
    assert BEST_FIRST.index(result.before_9_3) - BEST_FIRST.index(result.level) == (result.lifted_because_of is not None)


@given(_ANY_FIGURES, st.integers(0, 5), _TENTHS)
def test_a_better_mark_never_gives_a_worse_level(figures: list[SubjectFigure], position: int, mark: Decimal) -> None:
    old = figures[position]
    assert old.average is not None
    better = [replace(f, average=max(mark, old.average)) if f is old else f for f in figures]
    assert BEST_FIRST.index(learning_result(better).level) <= BEST_FIRST.index(learning_result(figures).level)


@given(_ANY_FIGURES, st.randoms(use_true_random=False))
def test_the_order_of_subjects_does_not_matter(figures: list[SubjectFigure], random: object) -> None:
    shuffled = sorted(figures, key=lambda _: random.random())  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert learning_result(shuffled) == learning_result(figures)


# Conduct, title, promotion


@pytest.mark.parametrize(
    ("row", "expected"),
    # For the second semester Tốt, Khá, Đạt, Chưa đạt: the year by the first semester in the same order (Điều 8.2b).
    [(_GOOD, "TTKK"), (_FAIR, "KKKĐ"), (_PASSED, "KĐĐĐ"), (_NOT_PASSED, "CCCC")],
)
def test_the_conduct_of_the_year(row: Level, expected: str) -> None:
    letters = {_GOOD: "T", _FAIR: "K", _PASSED: "Đ", _NOT_PASSED: "C"}
    assert "".join(letters[conduct_of_year(first, row)] for first in BEST_FIRST) == expected


def test_a_better_semester_never_makes_the_years_conduct_worse() -> None:
    rank = BEST_FIRST.index
    for (a, b), (c, d) in product(product(BEST_FIRST, BEST_FIRST), repeat=2):
        if rank(a) <= rank(c) and rank(b) <= rank(d):
            assert rank(conduct_of_year(a, b)) <= rank(conduct_of_year(c, d))


def test_titles_need_both_results_and_six_subjects_at_nine() -> None:
    six = _figures(*_same("9.0", 6), "7.0", "7.0")
    five = _figures(*_same("9.0", 5), "8.9", "8.9", "8.9")
    assert title_of_year(_GOOD, _GOOD, six) is Title.EXCELLENT
    assert title_of_year(_GOOD, _GOOD, five) is Title.VERY_GOOD
    assert title_of_year(_GOOD, _FAIR, six) is None
    assert title_of_year(_FAIR, _GOOD, six) is None


@pytest.mark.parametrize(
    ("learning", "conduct", "missed", "status"),
    [
        (_PASSED, _PASSED, 45, PromotionStatus.PROMOTED),
        (_GOOD, _GOOD, 46, PromotionStatus.NOT_PROMOTED),
        (_NOT_PASSED, _PASSED, 0, PromotionStatus.PENDING_RETEST),
        (_PASSED, _NOT_PASSED, 0, PromotionStatus.PENDING_SUMMER_CONDUCT),
        (_NOT_PASSED, _NOT_PASSED, 0, PromotionStatus.PENDING_BOTH),
        (_NOT_PASSED, _NOT_PASSED, 46, PromotionStatus.NOT_PROMOTED),
    ],
)
def test_promotion_at_the_end_of_the_year(learning: Level, conduct: Level, missed: int, status: PromotionStatus) -> None:
    promotion = promotion_of_year(learning, conduct, missed, _figures(*_same("5.0")))
    assert promotion.status is status
    assert (promotion.reasons == ()) == (status is PromotionStatus.PROMOTED)
    assert len(promotion.reasons) == (learning is _NOT_PASSED) + (conduct is _NOT_PASSED) + (missed > 45)


def test_only_failed_subjects_of_a_failed_year_are_assessed_again() -> None:
    figures = _figures(*_same("5.0", 5), "4.9", "3.0", "5.0", comments=(_CD, _D))
    assert retest_subjects(_NOT_PASSED, figures) == ("S5", "S6", "C0")
    assert retest_subjects(_PASSED, figures) == ()


def test_after_the_summer_the_new_results_stand_in_the_same_classification() -> None:
    figures = _figures(*_same("5.0", 5), "4.9", "3.0", "4.9")
    year = PeriodResult(_NOT_PASSED, _NOT_PASSED, None, _NOT_PASSED, Absences(1, 2))
    again = after_summer(year, figures, retests={"S5": Decimal("6.0"), "S6": Decimal("4.0")}, summer_conduct=_PASSED, on=None)
    assert (again.learning, again.conduct, again.promotion.status) == (_PASSED, _PASSED, PromotionStatus.PROMOTED)
    without = after_summer(year, figures, retests={"S5": Decimal("6.0")}, summer_conduct=_PASSED, on=None)
    assert (without.learning, without.promotion.status) == (_NOT_PASSED, PromotionStatus.NOT_PROMOTED)
    comments = _figures(*_same("7.0"), comments=(_CD, _CD))
    passed = after_summer(year, comments, retests={"C0": _D, "C1": _D}, summer_conduct=None, on=None)
    assert (passed.learning, passed.conduct) == (_FAIR, _NOT_PASSED)


# Which rules


@pytest.mark.parametrize(("school_year", "grade"), [("2021-2022", 6), ("2022-2023", 7), ("2024-2025", 9), ("2025-2026", 7)])
def test_the_circular_reached_one_grade_a_year(school_year: str, grade: int) -> None:
    rules = rules_for(school_year, EducationLevel.LOWER_SECONDARY, grade)
    assert rules.identifier == "tt22-2021"
    assert rules_named(rules.identifier) is rules


@pytest.mark.parametrize(("school_year", "level", "grade"), [("2021-2022", "03", 7), ("2021-2022", "04", 10), ("2025-2026", "03", 5)])
def test_where_no_rules_are_known_nothing_is_guessed(school_year: str, level: str, grade: int) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        rules_for(school_year, EducationLevel(level), grade)
    assert refusal.value.code == "rules-unknown"
    with pytest.raises(InvalidInputError):
        rules_named("tt58-2011")
