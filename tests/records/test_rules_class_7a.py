"""Every pupil of the outside class 7A, recomputed from the marks, agrees in every figure with an independent implementation."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signing_service.records.rules.averages import (
    regular_marks_required,
    semester_average,
    semester_comment,
    year_average,
    year_comment,
)
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_of_year
from signing_service.records.rules.readings import Readings, SetAside
from signing_service.records.rules.reassessment import after_summer
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import Absences, AssessmentKind, CommentLevel, CommentMarks, Level, PeriodResult, ScoredMarks

_FILE = "thcs-lop-7A.expected.json"


@pytest.fixture(scope="module")
def class_7a(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / _FILE).read_text("utf-8"))
    return loaded


def _semester(marks: dict[str, Any], codes: list[str]) -> list[SubjectFigure]:
    figures = []
    for code in codes:
        if code in marks["scores"]:
            m = marks["scores"][code]
            scored = ScoredMarks(tuple(map(Decimal, m["regular"])), Decimal(m["midterm"]), Decimal(m["final"]))
            figures.append(SubjectFigure(code, semester_average(scored), None))
        else:
            m = marks["comments"][code]
            levels = CommentMarks(tuple(map(CommentLevel, m["regular"])), CommentLevel(m["midterm"]), CommentLevel(m["final"]))
            figures.append(SubjectFigure(code, None, semester_comment(levels)))
    return figures


def _averages(figures: list[SubjectFigure]) -> dict[str, str]:
    return {f.code: str(f.average) for f in figures if f.average is not None}


def _comments(figures: list[SubjectFigure]) -> dict[str, str]:
    return {f.code: f.comment.value for f in figures if f.comment is not None}


def _year(first: list[SubjectFigure], second: list[SubjectFigure]) -> list[SubjectFigure]:
    year = []
    for one, two in zip(first, second, strict=True):
        if one.average is not None and two.average is not None:
            year.append(SubjectFigure(one.code, year_average(one.average, two.average), None))
        else:
            assert two.comment is not None
            year.append(SubjectFigure(one.code, None, year_comment(two.comment)))
    return year


def _recomputed(pupil: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    figures = {name: _semester(pupil["marks"][name], codes) for name in ("semester_1", "semester_2")}
    figures["year"] = _year(figures["semester_1"], figures["semester_2"])
    for name, of_period in figures.items():
        result = learning_result(of_period)
        found[name] = {
            "averages": _averages(of_period),
            "comments": _comments(of_period),
            "learning": result.level.value,
            "learning_before_9_3": result.before_9_3.value,
            "lifted_because_of": result.lifted_because_of,
        }
    first, second = (Level(pupil[name]["conduct"]) for name in ("semester_1", "semester_2"))
    conduct = conduct_of_year(first, second)
    learning = Level(found["year"]["learning"])
    absences = Absences(
        *(sum(pupil[semester]["absences"][kind] for semester in ("semester_1", "semester_2")) for kind in ("with_leave", "without_leave"))
    )
    promotion = promotion_of_year(learning, conduct, absences.total, figures["year"])
    title = title_of_year(learning, conduct, figures["year"])
    found["year"] |= {
        "conduct": conduct.value,
        "title": title.value if title else None,
        "promotion": {
            "status": promotion.status.value,
            "label": promotion.label,
            "reasons": list(promotion.reasons),
            "retest_subjects": list(promotion.retest_subjects),
        },
    }
    summer = pupil.get("after_summer")
    found["after_summer"] = None
    if summer:
        retests = {c: CommentLevel(v) if v in ("Đ", "CĐ") else Decimal(v) for c, v in summer["retests"].items()}
        before = PeriodResult(learning, learning, None, conduct, absences)
        programme = Level(summer["conduct"]) if conduct is Level.NOT_PASSED else None
        result_after = after_summer(before, figures["year"], retests=retests, summer_conduct=programme, on=None)
        found["after_summer"] = {
            "learning": result_after.learning.value,
            "conduct": result_after.conduct.value,
            "status": result_after.promotion.status.value,
            "label": result_after.promotion.label,
        }
    return found


def test_every_pupil_agrees_in_every_figure(class_7a: dict[str, Any]) -> None:
    codes = [subject["code"] for subject in class_7a["subjects"]]
    checked = 0
    for pupil in class_7a["pupils"]:
        found = _recomputed(pupil, codes)
        for period in ("semester_1", "semester_2", "year"):
            for figure, value in found[period].items():
                expected = (
                    {c: v for c, v in pupil[period][figure].items() if v is not None}
                    if figure in ("averages", "comments")
                    else pupil[period][figure]
                )
                assert value == expected, (pupil["code"], period, figure)
                checked += 1
        expected_summer = pupil.get("after_summer") and {k: v for k, v in pupil.get("after_summer").items() if k != "retests"}
        assert found["after_summer"] == expected_summer, pupil["code"]
    assert len(class_7a["pupils"]) == 45
    assert checked == 45 * 18


def test_the_number_of_regular_marks_follows_the_periods_of_the_year(class_7a: dict[str, Any]) -> None:
    for subject in class_7a["subjects"]:
        assert regular_marks_required(AssessmentKind(subject["kind"]), subject["periods"]) == subject["regular_marks"]


def test_the_other_reading_of_9_3_differs_where_the_outside_material_says_so(class_7a: dict[str, Any]) -> None:
    codes = [subject["code"] for subject in class_7a["subjects"]]
    marked = 0
    for pupil in class_7a["pupils"]:
        year = _year(_semester(pupil["marks"]["semester_1"], codes), _semester(pupil["marks"]["semester_2"], codes))
        other = pupil["year"].get("learning_reading_b")
        marked += other is not None
        found = learning_result(year, Readings(set_aside=SetAside.AS_IF_BEST)).level
        assert found.value == (other or pupil["year"]["learning"])
    assert marked == 1
