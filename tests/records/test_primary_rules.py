"""TT 27/2020 as code: results, titles, completion and extra help, at their edges and over the outside class 4B."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.records.primary import PrimaryResult, PrimarySubjectLevel, Trait, TraitLevel
from signing_service.records.rules.primary_completion import after_support, completion_of, promotion_of_primary_year, support_traits
from signing_service.records.rules.primary_results import RESULTS_BEST_FIRST, PrimaryFigure, primary_result
from signing_service.records.rules.primary_subjects import compulsory_subjects, ends_with_test, optional_subjects
from signing_service.records.rules.primary_titles import primary_title
from signing_service.records.rules.readings import Readings
from signing_service.records.rules.registry import rules_for, rules_named
from signing_service.records.transcript import EducationLevel, PromotionStatus, Title

_WELL, _COMPLETED, _NOT = PrimarySubjectLevel
_GOOD, _PASSED, _EFFORT = TraitLevel
_ALL_GOOD = dict.fromkeys(Trait, _GOOD)
_CODES = dict(
    zip(("YN", "NA", "CC", "TT", "TN", "TCTH", "GTHT", "GQVD", "NLNN", "NLTT", "NLKH", "NLCN", "NLTH", "NLTM", "NLTC"), Trait, strict=True)
)

_FIGURES = st.builds(
    PrimaryFigure,
    st.sampled_from(["TV", "TOAN", "KH"]),
    st.sampled_from(PrimarySubjectLevel),
    st.none() | st.integers(0, 10),
    st.booleans(),
)
_TRAITS = st.dictionaries(st.sampled_from(Trait), st.sampled_from(TraitLevel))


def _figures(*marks: int | None, level: PrimarySubjectLevel = _WELL) -> list[PrimaryFigure]:
    return [PrimaryFigure(str(number), level, mark) for number, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("lowest", "result"),
    [
        (10, PrimaryResult.EXCELLENT),
        (9, PrimaryResult.EXCELLENT),
        (8, PrimaryResult.GOOD),
        (7, PrimaryResult.GOOD),
        (6, PrimaryResult.COMPLETED),
        (5, PrimaryResult.COMPLETED),
        (4, PrimaryResult.NOT_COMPLETED),
        (0, PrimaryResult.NOT_COMPLETED),
    ],
)
def test_the_lowest_mark_decides_when_all_else_is_best(lowest: int, result: PrimaryResult) -> None:
    assert primary_result(_figures(10, lowest, None), _ALL_GOOD) is result


@pytest.mark.parametrize("trait", Trait)
def test_one_quality_or_competence_below_good_is_enough_to_lower_the_result(trait: Trait) -> None:
    figures = _figures(10, 10)
    assert primary_result(figures, _ALL_GOOD | {trait: _PASSED}) is PrimaryResult.COMPLETED
    assert primary_result(figures, _ALL_GOOD | {trait: _EFFORT}) is PrimaryResult.NOT_COMPLETED


def test_one_subject_below_well_is_enough_to_lower_the_result() -> None:
    for level, result in ((_COMPLETED, PrimaryResult.COMPLETED), (_NOT, PrimaryResult.NOT_COMPLETED)):
        assert primary_result([*_figures(10, 9), PrimaryFigure("AN", level)], _ALL_GOOD) is result


def test_an_optional_subject_counts_only_by_that_reading() -> None:
    figures = [*_figures(10, 9), PrimaryFigure("TDT", _NOT, optional=True)]
    assert primary_result(figures, _ALL_GOOD) is PrimaryResult.EXCELLENT
    counted = Readings(optional_subjects_count=True)
    assert primary_result(figures, _ALL_GOOD, counted) is PrimaryResult.NOT_COMPLETED
    assert promotion_of_primary_year(PrimaryResult.NOT_COMPLETED, 4, figures, counted).retest_subjects == ("TDT",)


@given(st.lists(_FIGURES, min_size=1), _TRAITS, st.integers(0, 10))
def test_a_better_mark_never_makes_the_result_worse(figures: list[PrimaryFigure], traits: dict[Trait, TraitLevel], mark: int) -> None:
    before = primary_result(figures, traits)
    first = figures[0]
    better = (
        replace(first, test_mark=max(first.test_mark if first.test_mark is not None else 0, mark)) if first.test_mark is not None else first
    )
    assert RESULTS_BEST_FIRST.index(primary_result([better, *figures[1:]], traits)) <= RESULTS_BEST_FIRST.index(before)


@given(st.lists(_FIGURES), _TRAITS)
def test_whoever_has_not_completed_the_grade_is_told_in_what(figures: list[PrimaryFigure], traits: dict[Trait, TraitLevel]) -> None:
    result = primary_result(figures, traits)
    promotion = promotion_of_primary_year(result, 3, figures)
    named = bool(promotion.retest_subjects or support_traits(result, traits))
    assert named == (result is PrimaryResult.NOT_COMPLETED) == (promotion.status is PromotionStatus.PENDING_SUPPORT)


@pytest.mark.parametrize("result", PrimaryResult)
@pytest.mark.parametrize("outstanding", [False, True])
@pytest.mark.parametrize("agrees", [False, True])
def test_titles(result: PrimaryResult, *, outstanding: bool, agrees: bool) -> None:
    title = primary_title(result, outstanding=outstanding, class_agrees=agrees)
    expected = {PrimaryResult.EXCELLENT: Title.EXCELLENT, PrimaryResult.GOOD: Title.MODEL if outstanding and agrees else None}
    assert title is expected.get(result)


def test_by_another_reading_the_title_needs_no_statement_of_the_class() -> None:
    readings = Readings(class_must_agree=False)
    assert primary_title(PrimaryResult.GOOD, outstanding=True, class_agrees=False, readings=readings) is Title.MODEL
    assert primary_title(PrimaryResult.GOOD, outstanding=False, class_agrees=False, readings=readings) is None


def test_extra_help_ends_at_most_at_completed_and_the_principal_decides_about_the_rest() -> None:
    figures = [PrimaryFigure("TV", _WELL, 9), PrimaryFigure("TOAN", _NOT, 3)]
    day = date(2026, 6, 20)

    def decided(again: PrimaryFigure, *, promotes: bool | None = None, readings: Readings | None = None) -> tuple[Any, Any] | None:
        after = after_support(
            figures,
            _ALL_GOOD,
            grade=4,
            again={"TOAN": again},
            traits_again={},
            principal_promotes=promotes,
            on=day,
            readings=readings or Readings(),
        )
        return None if after is None else (after.result, after.promotion.status)

    passed = PrimaryFigure("TOAN", _WELL, 9)
    assert decided(passed) == (PrimaryResult.COMPLETED, PromotionStatus.PROMOTED)
    uncapped = Readings(best_result_after_support=PrimaryResult.EXCELLENT)
    assert decided(passed, readings=uncapped) == (PrimaryResult.EXCELLENT, PromotionStatus.PROMOTED)
    failed = PrimaryFigure("TOAN", _COMPLETED, 4)
    assert decided(failed) is None
    assert decided(failed, promotes=True) == (PrimaryResult.NOT_COMPLETED, PromotionStatus.PROMOTED_BY_PRINCIPAL)
    assert decided(failed, promotes=False) == (PrimaryResult.NOT_COMPLETED, PromotionStatus.NOT_PROMOTED)
    # A level without a new mark leaves the old mark standing.
    assert decided(PrimaryFigure("TOAN", _COMPLETED)) is None


def test_a_trait_may_be_assessed_again() -> None:
    after = after_support(
        _figures(9),
        _ALL_GOOD | {Trait.DILIGENCE: _EFFORT},
        grade=4,
        again={},
        traits_again={Trait.DILIGENCE: _PASSED},
        principal_promotes=None,
        on=None,
    )
    assert after is not None
    assert after.result is PrimaryResult.COMPLETED
    assert after.traits is not None
    assert [(t.trait, t.level) for t in after.traits] == [(Trait.DILIGENCE, _PASSED)]


def test_grade_5_completes_primary_school() -> None:
    done = completion_of(5, promotion_of_primary_year(PrimaryResult.GOOD, 5, []))
    assert (done.statement, done.grade_completed, done.level_completed) == ("Hoàn thành chương trình tiểu học", True, True)
    pending = completion_of(5, promotion_of_primary_year(PrimaryResult.NOT_COMPLETED, 5, []))
    assert (pending.grade_completed, pending.level_completed) == (False, False)
    fourth = completion_of(4, promotion_of_primary_year(PrimaryResult.COMPLETED, 4, []))
    assert (fourth.statement, fourth.grade_completed, fourth.level_completed) == ("Hoàn thành chương trình lớp 4", True, None)


def test_subjects_and_tests_follow_the_grade() -> None:
    assert {"TNXH"} <= compulsory_subjects(3)
    assert not {"TNXH"} & compulsory_subjects(4)
    assert not {"LSDL", "KH"} & compulsory_subjects(3)
    assert not {"NN1", "TIN", "CN"} & compulsory_subjects(2)
    assert [("NN1" in optional_subjects(g), ends_with_test("NN1", g)) for g in (2, 3)] == [(True, False), (False, True)]
    assert [code for code in sorted(compulsory_subjects(1)) if ends_with_test(code, 1)] == ["TOAN", "TV"]
    assert not any(ends_with_test(code, 5) for code in ("DD", "GDTC", "AN", "MT", "HDTN", "TDT"))


def test_the_rules_are_found_by_year_level_and_grade() -> None:
    rules = rules_for("2025-2026", EducationLevel.PRIMARY, 4)
    assert rules.identifier == "tt27-2020"
    assert rules_named("tt27-2020") is rules


def test_every_pupil_of_the_outside_class_4b_agrees(shared: Path) -> None:
    pupils = json.loads((shared / "data" / "tieu-hoc-lop-4B.expected.json").read_text("utf-8"))["pupils"]
    assert len(pupils) == 35
    for pupil in pupils:
        year = pupil["year"]
        figures = [
            PrimaryFigure(code, PrimarySubjectLevel(of["level"]), of["mark"], optional=code == "TDT")
            for code, of in year["subjects"].items()
        ]
        traits = {_CODES[code]: TraitLevel(level) for code, level in year["traits"].items()}
        result = primary_result(figures, traits)
        promotion = promotion_of_primary_year(result, 4, figures)
        proposal = pupil["proposal"]
        title = primary_title(result, outstanding=bool(proposal["outstanding"]), class_agrees=proposal["class_agrees"])
        due = {"support_subjects": list(promotion.retest_subjects), "support_traits": [_code(t) for t in support_traits(result, traits)]}
        assert (result.value, title) == (year["result"], year["award"])
        assert {"status": promotion.status.value, "label": promotion.label} | due == year["promotion"]


def _code(trait: Trait) -> str:
    return next(code for code, known in _CODES.items() if known is trait)
