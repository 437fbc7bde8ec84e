"""A primary year in the record: one byte sequence, the way to the national format, and what leaves the house."""

from typing import Any

import pytest

from signing_service.errors import InvalidInputError
from signing_service.records.canonical import canonical_bytes, read_record, to_json
from signing_service.records.issued import issued
from signing_service.records.national_xml import COMPETENCES_AND_QUALITIES, GENERAL, SUBJECT_ROW, SUMMARY
from signing_service.records.primary import (
    GENERAL_COMPETENCES,
    QUALITIES,
    SPECIFIC_COMPETENCES,
    Competences,
    Qualities,
    Trait,
    TraitLevel,
    trait_level,
)
from tests.records_factory import example_primary_transcript, example_record, example_transcript


def _at(obj: Any, path: str) -> Any:
    for step in path.split("."):
        obj = (obj or {}).get(step) if not step.endswith("[]") else (obj or {}).get(step.removesuffix("[]"), [{}])[0]
    return obj


def test_a_primary_record_survives_the_way_to_bytes_and_back() -> None:
    record = example_record(transcript=example_primary_transcript())
    assert read_record(canonical_bytes(record)) == record


def test_a_secondary_record_says_nothing_about_primary_school() -> None:
    found: Any = to_json(example_transcript())
    assert "primary" not in found
    assert {"level", "test_mark", "reassessed_level", "reassessed_test_mark", "assessments"}.isdisjoint(found["subjects"][0])


def test_a_primary_record_says_nothing_about_semesters_of_secondary_school() -> None:
    assert {"semester_1", "semester_2", "year", "after_summer"}.isdisjoint(to_json(example_primary_transcript()))


def test_whoever_asks_for_the_wrong_kind_of_year_is_told() -> None:
    primary, secondary = example_primary_transcript(), example_transcript()
    assert primary.primary_year is primary.primary
    assert secondary.secondary_year is secondary.year
    with pytest.raises(InvalidInputError, match="record-not-secondary"):
        _ = primary.secondary_year
    with pytest.raises(InvalidInputError, match="record-not-primary"):
        _ = secondary.primary_year


def test_the_required_fields_of_the_national_format_that_a_primary_year_fills_are_there() -> None:
    record = to_json(example_record(transcript=example_primary_transcript()))
    required = (
        *(GENERAL[tag] for tag in ("TONG_SO_BUOI_NGHI_CO_PHEP", "THONG_SO_BUOI_NGHI_KHONG_PHEP", "CAN_NANG", "CHIEU_CAO")),
        *(SUMMARY[tag] for tag in ("KET_QUA_XEP_LOAI", "DUOC_LEN_LOP", "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC", "NHAN_XET_GVCN")),
        *SUBJECT_ROW.values(),
        *COMPETENCES_AND_QUALITIES.values(),
    )
    for paths in required:
        assert any(_at(record, path) is not None for path in paths), paths


def test_earlier_marks_and_how_a_title_was_proposed_stay_with_the_school() -> None:
    full = example_primary_transcript()
    left = issued(full)
    assert "mid-semester-1" in str(to_json(full))
    for private in ("mid-semester-1", "end-semester-1", "Vượt trội", "class_agrees"):
        assert private not in str(to_json(left))
    assert [(s.level, s.test_mark) for s in left.subjects] == [(s.level, s.test_mark) for s in full.subjects]
    assert (left.primary_year.result, left.title) == (full.primary_year.result, full.title)
    assert issued(left) == left


def test_every_trait_has_its_field() -> None:
    qualities, competences = Qualities(*[TraitLevel.GOOD] * 5), Competences(*[TraitLevel.PASSED] * 10)
    assert [trait_level(qualities, competences, t) for t in QUALITIES] == [TraitLevel.GOOD] * 5
    assert [trait_level(qualities, competences, t) for t in (*GENERAL_COMPETENCES, *SPECIFIC_COMPETENCES)] == [TraitLevel.PASSED] * 10
    assert (*QUALITIES, *GENERAL_COMPETENCES, *SPECIFIC_COMPETENCES) == tuple(Trait)
    assert (len(QUALITIES), len(GENERAL_COMPETENCES), len(SPECIFIC_COMPETENCES)) == (5, 3, 7)
