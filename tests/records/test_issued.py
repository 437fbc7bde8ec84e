from dataclasses import replace

from signing_service.records.canonical import to_json
from signing_service.records.issued import issued
from signing_service.records.parties import StaffMember
from signing_service.records.transcript import PromotionStatus
from tests.records_factory import example_transcript


def test_a_handed_out_record_holds_no_single_mark_no_staff_id_and_no_reason() -> None:
    transcript = example_transcript()
    teacher = StaffMember("Cô Mẫu", personal_id="099185000001")
    full = replace(
        transcript,
        homeroom_teacher=teacher,
        principal=teacher,
        subjects=tuple(replace(subject, teacher=teacher) for subject in transcript.subjects),
        promotion=replace(transcript.promotion, status=PromotionStatus.NOT_PROMOTED, reasons=("vắng quá 45 buổi",)),
    )
    text = str(to_json(issued(full)))
    assert "midterm" in str(to_json(full))
    for private in ("midterm", "regular", "099185000001", "vắng quá 45 buổi"):
        assert private not in text


def test_what_the_form_prints_stays() -> None:
    transcript = example_transcript()
    kept = issued(transcript)
    assert [subject.year_average for subject in kept.subjects] == [subject.year_average for subject in transcript.subjects]
    assert [subject.remark for subject in kept.subjects] == [subject.remark for subject in transcript.subjects]
    assert (kept.pupil, kept.year, kept.title, kept.remarks) == (transcript.pupil, transcript.year, transcript.title, transcript.remarks)
    assert issued(kept) == kept
