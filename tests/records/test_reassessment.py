from dataclasses import replace
from datetime import date

import pytest

from signing_service.records.primary import PrimaryResult
from signing_service.records.reassessment import awaits_reassessment, is_reassessment_of
from signing_service.records.transcript import AfterReassessment, AfterSummer, Level, Promotion, PromotionStatus, Transcript
from tests.records_factory import example_primary_transcript, example_pupil, example_transcript

RETEST = Promotion(PromotionStatus.PENDING_RETEST, "Đánh giá lại", ("learning",), ("toan",))
PROMOTED = Promotion(PromotionStatus.PROMOTED, "Được lên lớp", (), ())
SECONDARY = example_transcript(promotion=RETEST, title=None)
CLOSED = replace(SECONDARY, after_summer=AfterSummer(Level.PASSED, Level.GOOD, PROMOTED, date(2026, 8, 3)))


def primary(*, decided: bool) -> Transcript:
    support = Promotion(PromotionStatus.PENDING_SUPPORT, "Hướng dẫn, giúp đỡ thêm", ("result",), ("toan",))
    year = example_primary_transcript(promotion=support, title=None).primary
    assert year is not None
    after = AfterReassessment(result=PrimaryResult.COMPLETED, promotion=PROMOTED) if decided else None
    return example_primary_transcript(promotion=support, title=None, primary=replace(year, after_reassessment=after))


@pytest.mark.parametrize(("before", "after"), [(SECONDARY, CLOSED), (primary(decided=False), primary(decided=True))])
def test_a_re_assessment_closes_an_open_year_and_changes_nothing_else_of_it(before: Transcript, after: Transcript) -> None:
    assert awaits_reassessment(before)
    assert not awaits_reassessment(after)
    assert is_reassessment_of(before, after)
    assert not is_reassessment_of(after, before)
    assert not is_reassessment_of(before, replace(after, pupil=example_pupil(name="Ai Khác Mẫu")))
    assert not is_reassessment_of(before, replace(after, class_name="9Z"))


def test_a_mark_of_the_re_assessment_is_no_change_of_the_year_and_a_mark_of_the_year_is() -> None:
    reassessed = replace(
        CLOSED, subjects=(replace(CLOSED.subjects[0], reassessed_mark=CLOSED.subjects[0].year_average), *CLOSED.subjects[1:])
    )
    changed = replace(CLOSED, subjects=(replace(CLOSED.subjects[0], year_average=CLOSED.subjects[1].year_average), *CLOSED.subjects[1:]))
    assert is_reassessment_of(SECONDARY, reassessed)
    assert CLOSED.subjects[0].year_average != CLOSED.subjects[1].year_average
    assert not is_reassessment_of(SECONDARY, changed)


def test_a_year_that_ended_is_not_open() -> None:
    assert not awaits_reassessment(example_transcript())
    assert not awaits_reassessment(example_transcript(promotion=Promotion(PromotionStatus.NOT_PROMOTED, "Ở lại lớp", (), ())))
