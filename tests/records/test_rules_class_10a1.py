"""Every pupil of the outside class 10A1: subject sets that differ, exact ties, GDQP-AN scored."""

import json
from pathlib import Path
from typing import Any

import pytest

from signing_service.errors import InvalidInputError
from signing_service.records.rules.averages import regular_marks_required
from signing_service.records.rules.levels import learning_result
from signing_service.records.rules.readings import Readings, SetAside
from signing_service.records.rules.registry import TT22_UPPER_SECONDARY, rules_for, rules_named
from signing_service.records.transcript import AssessmentKind, EducationLevel
from tests.records.recomputed import check_pupil, semester_figures, year_of

_COMPULSORY = ("TOAN", "NV", "NN1", "LS", "GDQP", "GDTC", "TNHN", "GDDP")


@pytest.fixture(scope="module")
def class_10a1(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / "thpt-lop-10A1.expected.json").read_text("utf-8"))
    return loaded


def _codes(of_class: dict[str, Any], pupil: dict[str, Any]) -> list[str]:
    # The optional language counts here like any subject; in this class no result depends on it.
    return [s["code"] for s in of_class["subjects"] if s["code"] in (*_COMPULSORY, *pupil["chosen_subjects"])]


def test_every_pupil_agrees_in_every_figure(class_10a1: dict[str, Any]) -> None:
    assert sum(check_pupil(pupil, _codes(class_10a1, pupil)) for pupil in class_10a1["pupils"]) == 45 * 18


def test_the_number_of_regular_marks_follows_the_periods_of_the_year(class_10a1: dict[str, Any]) -> None:
    for subject in class_10a1["subjects"]:
        assert regular_marks_required(AssessmentKind(subject["kind"]), subject["periods"]) == subject["regular_marks"]


def test_the_other_reading_of_9_3_differs_where_the_outside_material_says_so(class_10a1: dict[str, Any]) -> None:
    marked = 0
    for pupil in class_10a1["pupils"]:
        codes = _codes(class_10a1, pupil)
        year = year_of(semester_figures(pupil["marks"]["semester_1"], codes), semester_figures(pupil["marks"]["semester_2"], codes))
        other = pupil["year"].get("learning_reading_b")
        marked += other is not None
        assert learning_result(year, Readings(set_aside=SetAside.AS_IF_BEST)).level.value == (other or pupil["year"]["learning"])
    assert marked == 1


@pytest.mark.parametrize(("grade", "year"), [(10, "2022-2023"), (11, "2023-2024"), (12, "2024-2025"), (12, "2025-2026")])
def test_the_circular_reached_upper_secondary_grade_by_grade(grade: int, year: str) -> None:
    assert rules_for(year, EducationLevel.UPPER_SECONDARY, grade) is TT22_UPPER_SECONDARY
    with pytest.raises(InvalidInputError):
        rules_for(f"{2011 + grade}-{2012 + grade}", EducationLevel.UPPER_SECONDARY, grade)


def test_a_record_finds_its_rules_by_their_name() -> None:
    assert rules_named("tt22-2021-thpt") is TT22_UPPER_SECONDARY
    assert len(TT22_UPPER_SECONDARY.elective_subjects) == 9
