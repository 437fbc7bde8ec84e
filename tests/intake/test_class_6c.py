"""The outside class 6C with its 104 mistakes and oddities: every error is named at its place, and nothing is refused wrongly."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from signing_service.intake.findings import Finding
from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from tests.intake.test_class_7a import ISSUER, same_transcript


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / "loi-nhap-lieu.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def imported(shared: Path) -> IntakeResult:
    return read_transcripts((shared / "data" / "loi-nhap-lieu.xlsx").read_bytes(), schools=(KnownSchool(ISSUER),), today=date(2026, 11, 24))


def _at(findings: Sequence[Finding], issue: dict[str, Any]) -> list[str]:
    """Codes of the findings at the place of an issue."""
    return [
        f.code
        for f in findings
        if f.sheet == issue["sheet"] and f.row == issue["row"] and (issue["column"] is None or f.column in (issue["column"], None))
    ]


def _verdict(imported: IntakeResult, issue: dict[str, Any]) -> str:
    if _at(imported.errors, issue):
        return "error"
    return "warning" if _at(imported.warnings, issue) else "accept"


def test_every_issue_gets_a_verdict_that_a_careful_product_may_give(imported: IntakeResult, expected: dict[str, Any]) -> None:
    wrong = [
        (issue["id"], issue["kind"], verdict)
        for issue in expected["issues"]
        if (verdict := _verdict(imported, issue)) not in (issue["verdict"], *issue["also_acceptable"])
    ]
    assert wrong == []
    assert len(expected["issues"]) == 104


def test_who_must_be_refused_is_refused_and_who_must_not_is_not(imported: IntakeResult, expected: dict[str, Any]) -> None:
    issued = {row.transcript.pupil.code for row in imported.records}
    outcome = expected["outcome"]
    assert issued.isdisjoint(outcome["refused"])
    assert issued.isdisjoint(outcome["refused_rows_of_no_known_pupil"])
    assert issued.isdisjoint(outcome["not_issued"])
    assert issued >= set(outcome["issued_silently"])
    assert issued >= set(outcome["issued_with_warning"])


def test_what_is_issued_is_right_in_every_figure(imported: IntakeResult, expected: dict[str, Any]) -> None:
    pupils = {p["code"]: p for p in expected["pupils"]}
    for row in imported.records:
        found, pupil = row.transcript.pupil, pupils[row.transcript.pupil.code]
        assert (found.name, found.birth_date.isoformat(), found.sex) == (pupil["name"], pupil["birth_date"], pupil["sex"])
        assert (found.personal_id, found.ethnicity, found.commune) == (pupil["personal_id"], pupil["ethnicity"], pupil["commune"])
        same_transcript(row.transcript, pupil)
    assert len(imported.records) == 17


def test_no_finding_stands_where_nothing_is_wrong(imported: IntakeResult, expected: dict[str, Any]) -> None:
    """Every finding is one of the listed issues: no follow-up, no false alarm, not even on a row that has another issue."""
    found = (*imported.errors, *imported.warnings)
    assert [f for f in found if not any(_at((f,), issue) for issue in expected["issues"])] == []


def test_the_verdict_is_the_first_choice_but_for_two(imported: IntakeResult, expected: dict[str, Any]) -> None:
    """An emoji is refused, because no form can draw it and nobody but the teacher may change the words; no list of communes is shipped."""
    other = {issue["id"]: _verdict(imported, issue) for issue in expected["issues"] if _verdict(imported, issue) != issue["verdict"]}
    assert other == {"L045": "error", "L057": "accept"}


def test_no_finding_names_a_child(imported: IntakeResult, expected: dict[str, Any]) -> None:
    texts = [text for f in (*imported.errors, *imported.warnings) for text in (f.vi, f.en)]
    for pupil in expected["pupils"]:
        for secret in filter(None, (pupil["name"], pupil["code"], pupil["personal_id"])):
            assert not any(secret in text for text in texts)
