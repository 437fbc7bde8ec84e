"""What our rules make of the marks of an outside pupil, in the words of the outside material."""

from decimal import Decimal
from typing import Any

from signing_service.records.rules.averages import semester_average, semester_comment, year_average, year_comment
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_of_year
from signing_service.records.rules.reassessment import after_summer
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import Absences, CommentLevel, CommentMarks, Level, PeriodResult, ScoredMarks


def semester_figures(marks: dict[str, Any], codes: list[str]) -> list[SubjectFigure]:
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


def year_of(first: list[SubjectFigure], second: list[SubjectFigure]) -> list[SubjectFigure]:
    year = []
    for one, two in zip(first, second, strict=True):
        if one.average is not None and two.average is not None:
            year.append(SubjectFigure(one.code, year_average(one.average, two.average), None))
        else:
            assert two.comment is not None
            year.append(SubjectFigure(one.code, None, year_comment(two.comment)))
    return year


def recomputed(pupil: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    figures = {name: semester_figures(pupil["marks"][name], codes) for name in ("semester_1", "semester_2")}
    figures["year"] = year_of(figures["semester_1"], figures["semester_2"])
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


def check_pupil(pupil: dict[str, Any], codes: list[str]) -> int:
    """Every figure of one pupil; how many were compared."""
    checked = 0
    found = recomputed(pupil, codes)
    for period in ("semester_1", "semester_2", "year"):
        for figure, value in found[period].items():
            stated = pupil[period][figure]
            expected = {c: v for c, v in stated.items() if v is not None} if figure in ("averages", "comments") else stated
            assert value == expected, (pupil["code"], period, figure)
            checked += 1
    expected_summer = pupil.get("after_summer") and {k: v for k, v in pupil["after_summer"].items() if k != "retests"}
    assert found["after_summer"] == expected_summer, pupil["code"]
    return checked
