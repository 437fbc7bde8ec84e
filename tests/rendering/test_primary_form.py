from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from signing_service.errors import InvalidInputError
from signing_service.records.primary import PrimaryResult, PrimarySubjectLevel, Trait, TraitLevel
from signing_service.records.transcript import AfterReassessment, Promotion, PromotionStatus, Transcript
from signing_service.rendering.primary_form import printed_primary_form
from tests.records_factory import example_primary_transcript, example_record, example_transcript
from tests.rendering.documents import primary_record, rendered, text_of


def _printed(transcript: Transcript) -> dict[str, Any]:
    return cast("dict[str, Any]", printed_primary_form(example_record(transcript=transcript)))


def _outcome(transcript: Transcript) -> dict[str, str]:
    return {line["label"]: line["value"] for line in _printed(transcript)["outcome"]}


def test_levels_are_written_out_and_only_tested_subjects_have_a_mark() -> None:
    subjects = {subject["name"]: (subject["level"], subject["test-mark"]) for subject in _printed(example_primary_transcript())["subjects"]}
    assert subjects["Toán"] == ("Hoàn thành tốt", "10")
    assert subjects["Đạo đức"] == ("Hoàn thành tốt", "")


def test_the_three_groups_of_traits_carry_their_own_remarks() -> None:
    groups = _printed(example_primary_transcript())["traits"]
    assert [(group["name"], len(group["rows"])) for group in groups] == [
        ("Phẩm chất chủ yếu", 5),
        ("Năng lực chung", 3),
        ("Năng lực đặc thù", 7),
    ]
    assert groups[0]["remark"] == "Biết giúp đỡ bạn, có trách nhiệm với lớp."
    assert groups[0]["rows"][0] == ["Yêu nước", "Tốt"]


def test_technology_and_informatics_have_no_row_in_grades_that_do_not_learn_them() -> None:
    base = example_primary_transcript()
    competences = replace(base.primary_year.competences, technology=None, informatics=None, science=None, physical=TraitLevel.NEEDS_EFFORT)
    rows = dict(_printed(replace(base, primary=replace(base.primary_year, competences=competences)))["traits"][2]["rows"])
    assert rows == {"Ngôn ngữ": "Tốt", "Tính toán": "Tốt", "Khoa học": "", "Thẩm mĩ": "Tốt", "Thể chất": "Cần cố gắng"}


def test_the_outcome_names_result_award_completion_and_absences() -> None:
    assert _outcome(example_primary_transcript()) == {
        "Kết quả giáo dục": "Hoàn thành tốt",
        "Số buổi nghỉ học": "2 có phép, 0 không phép",
        "Khen thưởng": "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
        "Thành tích vượt trội, tiến bộ": "Vượt trội môn Toán",
        "Hoàn thành chương trình": "Hoàn thành chương trình lớp 4",
    }


def test_extra_help_shows_what_it_was_for_and_what_it_made_of_the_year() -> None:
    base = example_primary_transcript(title=None, completion=None)
    mathematics = replace(
        base.subjects[1],
        level=PrimarySubjectLevel.NOT_COMPLETED,
        test_mark=3,
        reassessed_level=PrimarySubjectLevel.COMPLETED,
        reassessed_test_mark=6,
    )
    passed = Promotion(status=PromotionStatus.PROMOTED, label="Hoàn thành chương trình lớp 4", reasons=(), retest_subjects=())
    year = replace(
        base.primary_year,
        result=PrimaryResult.NOT_COMPLETED,
        support_traits=(Trait.CALCULATION,),
        after_reassessment=AfterReassessment(PrimaryResult.COMPLETED, passed, date(2026, 8, 12)),
    )
    pending = Promotion(PromotionStatus.PENDING_SUPPORT, "Chưa hoàn thành, đánh giá bổ sung", (), ("TOAN",))
    transcript = replace(base, subjects=(base.subjects[0], mathematics, *base.subjects[2:]), primary=year, promotion=pending)
    printed = _printed(transcript)
    assert printed["reassessed"] is True
    assert printed["subjects"][1]["reassessed"] == "Hoàn thành · 6"
    outcome = _outcome(transcript)
    assert outcome["Nội dung cần đánh giá bổ sung"] == "Toán, Tính toán"
    assert outcome["Sau đánh giá bổ sung (ngày 12/08/2026)"] == "Hoàn thành; Hoàn thành chương trình lớp 4"
    assert outcome["Hoàn thành chương trình"] == "Chưa hoàn thành, đánh giá bổ sung"
    assert "Đánh giá bổ sung" in text_of(rendered(example_record(transcript=transcript)).pdf)


def test_the_pages_say_what_the_form_says() -> None:
    text = text_of(rendered(primary_record()).pdf)
    for words in ("TIỂU HỌC", "H'Mẫu Ƀuôn Krông Êban", "Mức đạt được", "Chiều cao: 129 cm", "30,1 kg", "Giải quyết vấn đề và sáng tạo"):
        assert words in text


def test_the_teacher_column_stands_only_where_somebody_is_named() -> None:
    base = example_primary_transcript()
    nobody = replace(base, subjects=tuple(replace(subject, teacher=None) for subject in base.subjects))
    with_column, without = (text_of(rendered(example_record(transcript=transcript)).pdf) for transcript in (base, nobody))
    assert "Nhận xét Giáo viên" in with_column
    assert "Nhận xét Giáo viên" not in without


def test_a_secondary_year_does_not_fit_the_primary_form() -> None:
    with pytest.raises(InvalidInputError, match="record-not-primary"):
        _printed(example_transcript(form="tieu-hoc-2020"))
