from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from signing_service.errors import InvalidInputError
from signing_service.records.parties import Parent, StaffMember
from signing_service.records.transcript import AfterSummer, CommentLevel, Level, Promotion, PromotionStatus, Transcript
from signing_service.rendering.secondary_form import printed_secondary_form
from tests.records_factory import example_primary_transcript, example_pupil, example_record, example_transcript
from tests.rendering.documents import upper_secondary_transcript


def _printed(transcript: Transcript) -> dict[str, Any]:
    return cast("dict[str, Any]", printed_secondary_form(example_record(transcript=transcript)))


def _entries(lines: list[dict[str, Any]]) -> dict[str, str]:
    return {line["label"]: line["value"] for line in lines}


def test_marks_carry_a_decimal_comma_and_one_decimal() -> None:
    base = example_transcript()
    whole = replace(base.subjects[0], year_average=Decimal(10), reassessed_mark=Decimal(5))
    subject = _printed(replace(base, subjects=(whole,)))["groups"][0]["subjects"][0]
    assert (subject["semester-1"], subject["semester-2"], subject["year"], subject["reassessed"]) == ("8,9", "9,2", "10,0", "5,0")


def test_comment_subjects_are_written_out() -> None:
    base = example_transcript()
    failed = replace(base.subjects[-1], year_comment=CommentLevel.NOT_PASSED, reassessed_comment=CommentLevel.PASSED, semester_1=None)
    subject = _printed(replace(base, subjects=(failed,)))["groups"][0]["subjects"][0]
    assert (subject["semester-1"], subject["semester-2"], subject["year"], subject["reassessed"]) == ("", "Đạt", "Chưa đạt", "Đạt")


def test_dates_are_day_month_year() -> None:
    printed = _printed(example_transcript())
    assert _entries(printed["pupil"]["lines"])["Ngày sinh"] == "05/10/2013"
    assert printed["history"][0] == ["2024 – 2025", "6A", "Trường TH&THCS Suối Mẫu", "05/09/2024"]


def test_the_place_line_tells_the_day_in_vietnam() -> None:
    record = example_record(created_at=datetime(2026, 5, 31, 17, 30, tzinfo=UTC))
    assert printed_secondary_form(record)["place-and-date"] == "Ea Mẫu, ngày 01 tháng 06 năm 2026"


def test_missing_entries_stay_on_the_form_and_optional_ones_appear_only_when_known() -> None:
    bare = example_pupil(personal_id=None, birth_place=None, father=None, register_number=None)
    entries = _entries(_printed(example_transcript(pupil=bare))["pupil"]["lines"])
    assert entries["Số định danh cá nhân"] == ""
    assert entries["Họ và tên cha"] == ""
    assert "Người giám hộ" not in entries
    assert "Chiều cao" not in entries
    full = example_pupil(guardian=Parent(name="Bà Mẫu"), policy_category="Hộ nghèo", height_cm=Decimal("140.50"), weight_kg=Decimal(38))
    entries = _entries(_printed(example_transcript(pupil=full))["pupil"]["lines"])
    assert (entries["Người giám hộ"], entries["Diện chính sách"]) == ("Bà Mẫu", "Hộ nghèo")
    assert (entries["Chiều cao"], entries["Cân nặng"]) == ("140,5 cm", "38 kg")


def test_the_summer_has_its_row_and_its_outcome() -> None:
    after = AfterSummer(
        learning=Level.PASSED,
        conduct=Level.FAIR,
        promotion=Promotion(status=PromotionStatus.PROMOTED, label="Được lên lớp", reasons=(), retest_subjects=()),
        reassessed_on=date(2026, 8, 12),
    )
    pending = Promotion(status=PromotionStatus.PENDING_RETEST, label="Đánh giá lại trong hè", reasons=(), retest_subjects=("TOAN", "NT"))
    printed = _printed(example_transcript(after_summer=after, promotion=pending, title=None))
    assert printed["results"][-1] == ["Sau đánh giá lại, rèn luyện hè", "Đạt", "Khá", "", "", ""]
    outcome = _entries(printed["outcome"])
    assert outcome["Kết quả cả năm"] == "Đánh giá lại trong hè"
    assert outcome["Môn phải đánh giá lại"] == "Toán, Nghệ thuật"
    assert outcome["Sau đánh giá lại, rèn luyện hè (ngày 12/08/2026)"] == "Được lên lớp"
    assert outcome["Khen thưởng"] == "Không"


def test_absences_are_counted_together() -> None:
    assert _printed(example_transcript())["results"][2] == ["Cả năm", "Tốt", "Tốt", "2", "1", "3"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (None, ["HIỆU TRƯỞNG"]),
        ("Hiệu trưởng", ["HIỆU TRƯỞNG"]),
        ("Phó Hiệu trưởng", ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]),
        ("Quyền Hiệu trưởng", ["QUYỀN HIỆU TRƯỞNG"]),
    ],
)
def test_a_deputy_signs_for_the_head(title: str | None, lines: list[str]) -> None:
    assert _printed(example_transcript(principal=StaffMember(name="Mẫu", title=title)))["principal-title"] == lines


def test_without_a_history_the_year_itself_stands_there() -> None:
    assert _printed(example_transcript(study_history=()))["history"] == [["2025 – 2026", "7A", "Trường TH&THCS Suối Mẫu", ""]]


def test_the_letterhead_falls_back_on_the_commune() -> None:
    base = example_transcript()
    assert _printed(base)["authority"] == "Sở Giáo dục và Đào tạo Đắk Lắk"
    assert _printed(replace(base, issuer=replace(base.issuer, department_name="")))["authority"] == "Xã Ea Mẫu"


def test_upper_secondary_subjects_are_grouped_by_who_chose_them() -> None:
    groups = {
        group["name"]: [subject["name"] for subject in group["subjects"]] for group in _printed(upper_secondary_transcript())["groups"]
    }
    assert {name: len(subjects) for name, subjects in groups.items()} == {
        "Môn học và hoạt động giáo dục bắt buộc": 8,
        "Môn học lựa chọn": 4,
        "Môn học tự chọn": 1,
    }
    assert groups["Môn học lựa chọn"] == ["Vật lí", "Hoá học", "Giáo dục kinh tế và pháp luật", "Âm nhạc"]


def test_a_chosen_subject_is_not_called_free_even_where_the_class_as_a_whole_need_not_take_it() -> None:
    base = upper_secondary_transcript()
    everything_optional = replace(
        base, subjects=tuple(replace(s, optional=s.code in {"VL", "HH", "KTPL", "AN", "TDT"}) for s in base.subjects)
    )
    marks = {subject["name"]: subject["mark"] for group in _printed(everything_optional)["groups"] for subject in group["subjects"]}
    assert [name for name, mark in marks.items() if mark] == ["Tiếng dân tộc thiểu số (Tiếng Ê Đê)"]


def test_lower_secondary_has_one_group_without_a_name_and_marks_the_free_subject() -> None:
    base = example_transcript()
    second_language = replace(base.subjects[0], code="NN2", name="Ngoại ngữ 2 (Tiếng Pháp)", optional=True)
    (group,) = _printed(replace(base, subjects=(*base.subjects, second_language)))["groups"]
    assert group["name"] is None
    assert [subject["mark"] for subject in group["subjects"]] == [""] * 12 + ["tự chọn"]


def test_a_primary_year_does_not_fit_the_secondary_form() -> None:
    with pytest.raises(InvalidInputError, match="record-not-secondary"):
        _printed(example_primary_transcript(form="thcs-2021"))
