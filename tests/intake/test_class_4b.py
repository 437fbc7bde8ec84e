"""The outside primary class 4B, an old .xls: every pupil comes in, and every figure of every transcript is the expected one."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.records.canonical import canonical_bytes, read_record, to_json
from signing_service.records.primary import AssessmentDate, Trait, trait_level
from signing_service.records.transcript import FigureOrigin, PrimaryYear, Transcript
from tests.intake.test_class_7a import ISSUER, TODAY
from tests.records_factory import example_record

_TRAIT_CODES = dict(
    zip(("YN", "NA", "CC", "TT", "TN", "TCTH", "GTHT", "GQVD", "NLNN", "NLTT", "NLKH", "NLCN", "NLTH", "NLTM", "NLTC"), Trait, strict=True)
)
_PERIODS = {"GK1": AssessmentDate.MID_SEMESTER_1, "CK1": AssessmentDate.END_SEMESTER_1, "GK2": AssessmentDate.MID_SEMESTER_2}


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / "tieu-hoc-lop-4B.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def imported(shared: Path) -> IntakeResult:
    return read_transcripts((shared / "data" / "tieu-hoc-lop-4B.xls").read_bytes(), schools=(KnownSchool(ISSUER),), today=TODAY)


@pytest.fixture(scope="module")
def pairs(imported: IntakeResult, expected: dict[str, Any]) -> list[tuple[Transcript, dict[str, Any]]]:
    return [(row.transcript, pupil) for row, pupil in zip(imported.records, expected["pupils"], strict=True)]


def _levels(year: PrimaryYear) -> dict[str, str]:
    return {code: level.value for code, trait in _TRAIT_CODES.items() if (level := trait_level(year.qualities, year.competences, trait))}


def test_every_pupil_comes_in_and_the_one_odd_mark_is_told(imported: IntakeResult, expected: dict[str, Any]) -> None:
    assert len(imported.records) == expected["pupil_count"] == 35
    assert imported.errors == ()
    # P08: a mark of 4 although the level is H.
    assert [(w.sheet, w.row, w.column, w.code) for w in imported.warnings] == [("Cuoi nam", 12, "I", "mark-below-level")]


def test_everybody_is_who_the_class_list_says(pairs: list[tuple[Transcript, dict[str, Any]]]) -> None:
    for transcript, pupil in pairs:
        found = transcript.pupil
        assert (found.code, found.name, found.sex, found.birth_date.isoformat()) == tuple(
            pupil[key] for key in ("code", "name", "sex", "birth_date")
        )
        assert (found.personal_id, found.ethnicity, found.nationality, found.birth_place, found.home_town) == tuple(
            pupil[key] for key in ("personal_id", "ethnicity", "nationality", "birth_place", "home_town")
        )
        assert (found.hamlet, found.commune, found.province, found.register_number, found.policy_category) == tuple(
            pupil[key] for key in ("hamlet", "commune", "province", "register_no", "policy")
        )
        assert (found.height_cm, found.weight_kg) == (Decimal(pupil["height_cm"]), Decimal(pupil["weight_kg"]))
        for parent, key in ((found.father, "father"), (found.mother, "mother")):
            assert (parent.name if parent else None, parent.occupation if parent else None) == (pupil[key], pupil[f"{key}_job"])


def test_every_level_and_mark_of_every_assessment_is_the_expected_one(pairs: list[tuple[Transcript, dict[str, Any]]]) -> None:
    for transcript, pupil in pairs:
        year = pupil["year"]
        assert {s.code: {"level": s.level, "mark": s.test_mark} for s in transcript.subjects} == year["subjects"]
        assert _levels(transcript.primary_year) == year["traits"]
        earlier = transcript.primary_year.assessments or ()
        for code, when in _PERIODS.items():
            of_date = [(s.code, a) for s in transcript.subjects for a in s.assessments or () if a.when is when]
            period = pupil["periods"][code]
            assert {code: a.level for code, a in of_date} == period["levels"]
            assert {code: a.test_mark for code, a in of_date if a.test_mark is not None} == period["marks"]
            traits = next(t for t in earlier if t.when is when)
            assert {code: trait_level(traits.qualities, traits.competences, trait) for code, trait in _TRAIT_CODES.items()} == period[
                "traits"
            ]


def test_every_result_title_and_completion_is_the_expected_one(pairs: list[tuple[Transcript, dict[str, Any]]]) -> None:
    for transcript, pupil in pairs:
        year, stated = transcript.primary_year, pupil["year"]
        assert (year.result, year.result_origin, transcript.title) == (stated["result"], FigureOrigin.COMPUTED, stated["award"])
        promotion = stated["promotion"]
        assert (transcript.promotion.status, transcript.promotion.label) == (promotion["status"], promotion["label"])
        assert list(transcript.promotion.retest_subjects) == promotion["support_subjects"]
        assert list(year.support_traits or ()) == [_TRAIT_CODES[code] for code in promotion["support_traits"]]
        assert (year.outstanding, year.class_agrees) == (pupil["proposal"]["outstanding"], pupil["proposal"]["class_agrees"])
        assert year.absences is not None
        assert {"with_leave": year.absences.with_leave, "without_leave": year.absences.without_leave} == pupil["absences"]


def test_extra_help_ends_as_expected_and_the_form_gets_the_last_mark(pairs: list[tuple[Transcript, dict[str, Any]]]) -> None:
    seen = 0
    for transcript, pupil in pairs:
        after, stated = transcript.primary_year.after_reassessment, pupil.get("after_reassessment")
        assert (after is None) == (stated is None)
        if after is None or stated is None:
            continue
        seen += 1
        assert (after.result, after.promotion.status, after.promotion.label) == (stated["result"], stated["status"], stated["label"])
        again = {s.code: {"level": s.reassessed_level, "mark": s.reassessed_test_mark} for s in transcript.subjects if s.reassessed_level}
        assert again == stated["subjects"]
        assert after.reassessed_on == date(2026, 6, 20)
        assert transcript.final_promotion is after.promotion
        assert transcript.completion is not None
        assert transcript.completion.grade_completed is (stated["status"] == "promoted")
    assert seen == 5


def test_every_remark_is_the_expected_one(pairs: list[tuple[Transcript, dict[str, Any]]]) -> None:
    for transcript, pupil in pairs:
        remarks, year = pupil["remarks"], transcript.primary_year
        assert transcript.remarks.year == remarks["year"]
        assert {s.code: s.remark for s in transcript.subjects if s.remark} == remarks["subjects"]
        assert (year.remark_on_qualities, year.remark_on_general_competences, year.remark_on_specific_competences) == (
            remarks["qualities"],
            remarks["general"],
            remarks["specific"],
        )


def test_the_class_is_named_with_its_subjects_and_signers(imported: IntakeResult, expected: dict[str, Any]) -> None:
    names = {s["code"]: s["name"] for s in expected["subjects"]}
    for row in imported.records:
        transcript = row.transcript
        assert (transcript.grade, transcript.class_name, transcript.school_year) == (4, "4B", "2025-2026")
        assert (transcript.rules, transcript.form, transcript.issuer) == ("tt27-2020", "tieu-hoc-2020", ISSUER)
        assert (transcript.homeroom_teacher.name, transcript.principal.name) == (
            expected["homeroom_teacher"]["name"],
            expected["principal"]["name"],
        )
        assert {s.code: s.name for s in transcript.subjects} == {s.code: names[s.code] for s in transcript.subjects}


def test_every_transcript_has_one_byte_sequence(imported: IntakeResult) -> None:
    for row in imported.records:
        record = example_record(transcript=row.transcript)
        assert read_record(canonical_bytes(record)) == record


def test_the_answer_to_a_dry_run_is_plain_json(imported: IntakeResult) -> None:
    answer = imported.to_json()
    assert json.loads(json.dumps(answer)) == answer
    assert answer["records"] == [{"sheet": r.sheet, "row": r.row, "record": to_json(r.transcript)} for r in imported.records]
