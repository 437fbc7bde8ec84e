"""The department's decision of 59 recipients agrees with its expected values, cell by cell, and six nominations are refused."""

import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from signing_service.ids import UnitCode
from signing_service.intake.awards.reading import read_awards
from signing_service.intake.awards.result import AwardIntake
from signing_service.records.awards.authority import AuthorityKind
from signing_service.records.awards.decision import AwardDecision, CollectiveAward, IndividualAward, Votes

_FINDINGS = {
    "votes_below_80_percent": ("votes-below-standard", "G"),
    "neither_excellent_rating_nor_initiative": ("neither-excellent-rating-nor-initiative", "F"),
    "rating_below_good": ("rating-below-standard", "E"),
    "under_discipline": ("under-discipline", "L"),
    "advanced_workers_below_70_percent": ("advanced-workers-below-standard", "I"),
    "member_disciplined": ("member-disciplined", "K"),
}
_FIRST_REFUSED_ROW = 7


@pytest.fixture(scope="module")
def intake(shared: Path) -> AwardIntake:
    return read_awards((shared / "data/quyet-dinh-khen-thuong.xlsx").read_bytes())


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data/quyet-dinh-khen-thuong.expected.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def decision(intake: AwardIntake) -> AwardDecision:
    assert intake.decision is not None
    return intake.decision.decision


def test_the_decision_itself(decision: AwardDecision, expected: dict[str, Any]) -> None:
    wanted = expected["decision"]
    assert decision.number == wanted["number"]
    assert decision.dated.isoformat() == wanted["date"]
    assert decision.authority.head_title == wanted["authority"]
    assert decision.authority.kind is AuthorityKind.DEPARTMENT
    assert (decision.signatory.name, decision.signatory.code) == (wanted["signer"], wanted["signer_code"])
    assert decision.signatory.signing_lines == ("GIÁM ĐỐC",)
    assert decision.school_year == wanted["school_year"]
    assert decision.catalogue == "awards-2025-07"


def test_every_collective(decision: AwardDecision, expected: dict[str, Any]) -> None:
    assert [_collective(line) for line in decision.collectives] == [_without_findings(wanted) for wanted in expected["collectives"]]


def test_every_individual(decision: AwardDecision, expected: dict[str, Any]) -> None:
    assert [_individual(line) for line in decision.individuals] == [_without_findings(wanted) for wanted in expected["individuals"]]


def test_the_council(decision: AwardDecision, expected: dict[str, Any]) -> None:
    found = [(m.name, m.role, m.present, m.voted_in_writing) for m in decision.council]
    assert found == [(m["name"], m["role"], m["present"], m["written_vote"]) for m in expected["council"]]


def test_each_refused_nomination_has_its_one_reason(intake: AwardIntake, expected: dict[str, Any]) -> None:
    found = [(finding.sheet, finding.row, finding.code, finding.column) for finding in intake.errors]
    wanted = []
    for row, refused in enumerate(expected["rejected"], start=_FIRST_REFUSED_ROW):
        (reason,) = refused["findings"]
        wanted.append(("De nghi khong dat", row, *_FINDINGS[reason]))
    assert found == wanted


def test_only_the_missing_registration_is_pointed_out(intake: AwardIntake, decision: AwardDecision) -> None:
    assert [finding.code for finding in intake.warnings] == ["authority-not-registered"]
    assert decision.authority.code == ""


def test_a_registered_office_is_found_by_its_name(shared: Path, decision: AwardDecision) -> None:
    known = replace(decision.authority, code=UnitCode("99"), superior="UBND tỉnh Đắk Lắk")
    again = read_awards((shared / "data/quyet-dinh-khen-thuong.xlsx").read_bytes(), authorities=(known,))
    assert again.warnings == ()
    assert again.decision is not None
    assert again.decision.decision.authority == known


def _collective(line: CollectiveAward) -> dict[str, Any]:
    return {
        "name": line.name,
        "advanced_workers": line.advanced_workers,
        "headcount": line.headcount,
        **_common(line),
    }


def _individual(line: IndividualAward) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "salutation": line.salutation,
        "sex": {"Ông": "Nam", "Bà": "Nữ"}[line.salutation],
        "ethnicity": line.ethnicity,
        "position": line.position,
        "unit": line.unit,
        "rating": line.rating.value if line.rating else None,
        "initiative": line.initiative,
        **_common(line),
    }


def _common(line: CollectiveAward | IndividualAward) -> dict[str, Any]:
    assert line.area is not None
    assert line.votes is not None
    return {
        "number": line.number,
        "commune": line.area.commune,
        "remote": line.area.remote,
        "minority_area": line.area.minority,
        "form": line.award.title_name,
        "campaign": line.award.campaign,
        "occasion": line.award.occasion.value,
        "achievement": line.award.achievement,
        "votes_for": line.votes.in_favour,
        "council_size": line.votes.members,
        "vote_percent": _percent(line.votes),
        "note": line.note,
    }


def _percent(votes: Votes) -> str:
    return str((Decimal(votes.in_favour) * 100 / votes.members).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _without_findings(wanted: dict[str, Any]) -> dict[str, Any]:
    assert wanted["findings"] == []
    return {name: value for name, value in wanted.items() if name != "findings"}
