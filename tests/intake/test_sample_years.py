"""The shipped primary and upper-secondary classes show every kind of year that a form must be able to carry."""

from collections import Counter
from datetime import date

import pytest

from signing_service.intake.reading import read_transcripts
from signing_service.intake.schools import KnownSchool
from signing_service.records.primary import PrimaryResult
from signing_service.records.transcript import FigureOrigin, PromotionStatus, Title, Transcript
from signing_service.sample import CLASS_3A, CLASS_11B2, SampleClass

_ELECTIVES = frozenset({"VL", "HH", "SH", "TIN", "DL", "KTPL", "CN", "AN", "MT"})
_LETTERS = ("H'", "Y ", "Ƀ", "Ñ", "Č", "ŏ", "ĭ", "ŭ", "ơ̆", "ĕ")


def _transcripts(sample: SampleClass) -> tuple[Transcript, ...]:
    result = read_transcripts(sample.workbook(), schools=(KnownSchool(sample.issuer, sample.staff),), today=date(2026, 11, 24))
    return tuple(row.transcript for row in result.records)


@pytest.fixture(scope="module")
def primary() -> tuple[Transcript, ...]:
    return _transcripts(CLASS_3A)


@pytest.fixture(scope="module")
def upper() -> tuple[Transcript, ...]:
    return _transcripts(CLASS_11B2)


def test_the_primary_class_has_every_result(primary: tuple[Transcript, ...]) -> None:
    years = [transcript.primary for transcript in primary if transcript.primary]
    results = Counter(year.result for year in years)
    assert set(results) == set(PrimaryResult)
    assert results[PrimaryResult.NOT_COMPLETED] == 1
    assert all(year.result_origin is FigureOrigin.COMPUTED for year in years)
    assert Counter(transcript.title for transcript in primary) == {None: 25, Title.EXCELLENT: 5, Title.MODEL: 5}


def test_the_one_who_was_helped_completes_the_grade_with_the_new_mark(primary: tuple[Transcript, ...]) -> None:
    (helped,) = (t for t in primary if t.primary and t.primary.after_reassessment)
    assert helped.promotion.status is PromotionStatus.PENDING_SUPPORT
    assert helped.title is None
    assert helped.primary is not None
    assert helped.primary.after_reassessment is not None
    assert helped.primary.after_reassessment.result is PrimaryResult.COMPLETED
    assert [(s.code, s.test_mark, s.reassessed_test_mark) for s in helped.subjects if s.reassessed_level] == [("TOAN", 4, 6)]


def test_all_thirty_five_complete_the_grade(primary: tuple[Transcript, ...]) -> None:
    assert all(transcript.completion and transcript.completion.grade_completed for transcript in primary)


def test_primary_pupils_are_assessed_three_times_before_the_end(primary: tuple[Transcript, ...]) -> None:
    for transcript in primary:
        assert transcript.primary is not None
        assert len(transcript.primary.assessments or ()) == 3
        assert all(len(subject.assessments or ()) == 3 for subject in transcript.subjects)


def test_only_ede_children_of_the_primary_class_learn_their_language(primary: tuple[Transcript, ...]) -> None:
    for transcript in primary:
        assert ("TDT" in {s.code for s in transcript.subjects}) == (transcript.pupil.ethnicity == "Ê Đê")


def test_the_upper_secondary_class_has_six_combinations_of_four(upper: tuple[Transcript, ...]) -> None:
    combinations = Counter(frozenset(s.code for s in transcript.subjects) & _ELECTIVES for transcript in upper)
    assert {len(one) for one in combinations} == {4}
    assert len(combinations) == 6
    assert min(combinations.values()) >= 4


def test_some_choose_ede_beside_their_four(upper: tuple[Transcript, ...]) -> None:
    learners = [transcript for transcript in upper if any(s.code == "TDT" and s.optional for s in transcript.subjects)]
    assert 5 <= len(learners) < len(upper)
    assert {transcript.pupil.ethnicity for transcript in learners} == {"Ê Đê"}


def test_the_upper_secondary_class_has_every_kind_of_year(upper: tuple[Transcript, ...]) -> None:
    assert Counter(transcript.title for transcript in upper) == {None: 32, Title.VERY_GOOD: 9, Title.EXCELLENT: 4}
    before = Counter(transcript.promotion.status for transcript in upper)
    assert before == {
        PromotionStatus.PROMOTED: 41,
        PromotionStatus.PENDING_RETEST: 2,
        PromotionStatus.PENDING_SUMMER_CONDUCT: 1,
        PromotionStatus.NOT_PROMOTED: 1,
    }
    after = Counter(t.after_summer.promotion.status for t in upper if t.after_summer)
    assert after == {PromotionStatus.PROMOTED: 2, PromotionStatus.NOT_PROMOTED: 1}
    assert any(t.year and t.year.lifted_because_of for t in upper)


@pytest.mark.parametrize("of_class", ["primary", "upper"])
def test_names_carry_the_letters_of_the_highlands(of_class: str, request: pytest.FixtureRequest) -> None:
    names = " ".join(transcript.pupil.name for transcript in request.getfixturevalue(of_class)).casefold()
    for letters in _LETTERS:
        assert letters.casefold() in names, letters
