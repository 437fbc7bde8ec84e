"""Every pupil of the outside class 7A, recomputed from the marks, agrees in every figure with an independent implementation."""

import json
from pathlib import Path
from typing import Any

import pytest

from signing_service.records.rules.averages import regular_marks_required
from signing_service.records.rules.levels import learning_result
from signing_service.records.rules.readings import Readings, SetAside
from signing_service.records.transcript import AssessmentKind
from tests.records.recomputed import check_pupil, semester_figures, year_of

_FILE = "thcs-lop-7A.expected.json"


@pytest.fixture(scope="module")
def class_7a(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / _FILE).read_text("utf-8"))
    return loaded


def test_every_pupil_agrees_in_every_figure(class_7a: dict[str, Any]) -> None:
    codes = [subject["code"] for subject in class_7a["subjects"]]
    checked = sum(check_pupil(pupil, codes) for pupil in class_7a["pupils"])
    assert len(class_7a["pupils"]) == 45
    assert checked == 45 * 18


def test_the_number_of_regular_marks_follows_the_periods_of_the_year(class_7a: dict[str, Any]) -> None:
    for subject in class_7a["subjects"]:
        assert regular_marks_required(AssessmentKind(subject["kind"]), subject["periods"]) == subject["regular_marks"]


def test_the_other_reading_of_9_3_differs_where_the_outside_material_says_so(class_7a: dict[str, Any]) -> None:
    codes = [subject["code"] for subject in class_7a["subjects"]]
    marked = 0
    for pupil in class_7a["pupils"]:
        year = year_of(semester_figures(pupil["marks"]["semester_1"], codes), semester_figures(pupil["marks"]["semester_2"], codes))
        other = pupil["year"].get("learning_reading_b")
        marked += other is not None
        found = learning_result(year, Readings(set_aside=SetAside.AS_IF_BEST)).level
        assert found.value == (other or pupil["year"]["learning"])
    assert marked == 1
