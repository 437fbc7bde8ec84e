"""What cells say, and what is said about those that say nothing sound. Places are those of the sample's first pupil."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.cells import read_comment, read_count, read_date, read_level, read_mark
from signing_service.intake.characters import legacy_encoded, printable, printable_name
from signing_service.intake.ethnicities import official_name
from signing_service.intake.personal_ids import read_personal_id
from signing_service.intake.result import IntakeResult
from signing_service.records.canonical import transcript_digest
from signing_service.records.transcript import CommentLevel, Level
from signing_service.rendering.glyphs import undrawable_characters
from tests.intake.changed_sample import read_changed, read_with_cell


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        (8, "8.0"),
        (7.5, "7.5"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        (" 6 ", "6.0"),
        ("９", "9.0"),
        ("9\u00a0", "9.0"),
        (0, "0.0"),
        ("0", "0.0"),
        (10.0, "10.0"),
    ],
)
def test_a_mark_may_be_written_as_schools_write_it(cell: str | float, mark: str) -> None:
    reading = read_mark(cell)
    assert (str(reading.value), reading.trouble) == (mark, None)


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        (11, "mark-out-of-range"),
        (-7, "mark-out-of-range"),
        (85, "mark-out-of-range"),
        (float("inf"), "mark-out-of-range"),
        ("1O", "mark-not-a-number"),
        ("7;5", "mark-not-a-number"),
        ("tám", "mark-not-a-number"),
        ("7,5,0", "mark-not-a-number"),
        ("1e1", "mark-not-a-number"),
        (True, "mark-not-a-number"),
        (datetime(2026, 5, 7), "mark-is-date"),  # noqa: DTZ001 - a date cell has no time zone
        (date(2026, 5, 7), "mark-is-date"),
    ],
)
def test_what_is_no_mark_is_never_guessed(cell: str | float | date, trouble: str) -> None:
    reading = read_mark(cell)
    assert (reading.value, reading.trouble) == (None, trouble)


def test_a_second_decimal_is_rounded_aloud_and_float_noise_silently() -> None:
    assert (read_mark("6,75").value, read_mark("6,75").trouble) == (Decimal("6.8"), "mark-two-decimals")
    assert (read_mark(7.300000000000001).value, read_mark(7.300000000000001).trouble) == (Decimal("7.3"), None)


@given(st.integers(0, 100))
def test_every_mark_is_read_alike_from_number_and_text(tenths: int) -> None:
    mark = Decimal(tenths) / 10
    assert read_mark(float(mark)).value == read_mark(str(mark).replace(".", ",")).value == mark


@given(st.text(max_size=12))
def test_no_text_makes_the_reading_of_a_cell_fail(text: str) -> None:
    for reading in (read_mark(text), read_comment(text), read_count(text), read_date(text), read_personal_id(text), read_level(text, "x")):
        assert reading.value is None or reading.trouble is None or reading.severity == "warning"


@pytest.mark.parametrize("text", ["Đ", "đ", "Đạt", " ĐẠT ", "Ð", "Ɖ"])
def test_spellings_of_passed(text: str) -> None:
    assert read_comment(text).value is CommentLevel.PASSED


@pytest.mark.parametrize("text", ["X", "8", "D", "C", "Tốt"])
def test_what_is_neither_passed_nor_not_passed(text: str) -> None:
    assert read_comment(text).trouble == "comment-value-invalid"


def test_levels_of_the_old_circular_are_not_translated() -> None:
    assert read_level(" TỐT", "conduct-invalid").value is Level.GOOD
    assert [read_level(t, "conduct-invalid").trouble for t in ("TB", "Trung bình", "Yếu")] == ["conduct-invalid"] * 3


@pytest.mark.parametrize("text", ["4/1/2014", "04-01-2014", "04.01.2014", "2014-01-04", "４/1/2014"])
def test_spellings_of_a_date(text: str) -> None:
    assert read_date(text).value == date(2014, 1, 4)


@pytest.mark.parametrize("text", ["31/02/2014", "02/25/2014", "0/1/2014", "hôm qua", "1/2014"])
def test_days_that_do_not_exist(text: str) -> None:
    assert read_date(text).trouble == "date-impossible"


def test_dates_that_are_read_aloud() -> None:
    assert (read_date("05/08/14").value, read_date("05/08/14").trouble) == (date(2014, 8, 5), "date-two-digit-year")
    assert (read_date(41821.0).value, read_date(41821.0).trouble) == (date(2014, 7, 1), "date-as-serial-number")


def test_names_of_all_peoples_here_are_names() -> None:
    for name in (
        "Y Ƀlŏ Ƀuôn Dap",
        "H'Ŭt Čil Pang Ting",
        "Giàng A Ỷ",
        "Y Tê̆h Kđăm",
        "Y Ơ̆t Êñuôl",
        "Nguyễn Hoàng Ngọc Bảo Khánh Thuỵ",
        "H’Hen Niê",
    ):
        assert printable_name(name), name
        assert not legacy_encoded(name), name


def test_what_cannot_be_printed_is_no_name() -> None:
    for name in ("Nguyễn 👏 An", "Trần\x07 An", "Lê An 2", "𠄼", "Nguyễn\u202eAn", "<b>An</b>", "=An"):
        assert not printable_name(name), name
    assert legacy_encoded("NguyÔn ThÞ B×nh")


def test_whatever_intake_lets_through_the_document_can_draw() -> None:
    allowed = "".join(chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000 and printable(chr(point)))
    assert len(allowed) > 700
    assert undrawable_characters(allowed) == ()


def test_peoples_are_recognised_in_their_spellings() -> None:
    assert [official_name(t) for t in ("Ê-đê", "ê đê", "M'Nông", "Mnông", "H'Mông", "KINH")] == [
        "Ê Đê",
        "Ê Đê",
        "M'Nông",
        "M'Nông",
        "Mông",
        "Kinh",
    ]
    assert official_name("Atlantis") is None


def _codes(result: IntakeResult) -> list[tuple[str, str, int, str | None]]:
    return [(f.code, f.sheet, f.row, f.column) for f in result.errors]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("Danh sach HS", "D7", "Nguyễn 🌟 Sao", "name-characters"),
        ("Danh sach HS", "D7", "Hoa\u202eban", "name-characters"),
        ("Danh sach HS", "D7", None, "name-missing"),
        ("Danh sach HS", "E7", "31/02/2013", "date-impossible"),
        ("Danh sach HS", "E7", "01/02/1950", "date-implausible"),
        ("Danh sach HS", "F7", "?", "sex-invalid"),
        ("Danh sach HS", "G7", None, "value-missing"),
        ("Danh sach HS", "K7", "Buôn 🌳", "text-characters"),
        ("Danh sach HS", "C7", "12345", "personal-id-length"),
        ("Hoc ki 1", "F9", None, "regular-mark-missing"),
        ("Hoc ki 1", "J9", None, "midterm-mark-missing"),
        ("Hoc ki 1", "K9", "vắng", "mark-not-a-number"),
        ("Hoc ki 1", "L9", 1, "stated-average-differs"),
        ("Hoc ki 1", "BH9", "CĐ", "stated-comment-differs"),
        ("Hoc ki 1", "BX9", "Đạt", "stated-learning-differs"),
        ("Hoc ki 1", "BY9", None, "conduct-missing"),
        ("Hoc ki 1", "BZ9", "ba", "absence-not-a-number"),
        ("Hoc ki 1", "CC9", "Giỏi 👏", "text-characters"),
        ("Ca nam", "F8", 1, "stated-average-differs"),
        ("Ca nam", "R8", "Khá", "stated-learning-differs"),
        ("Ca nam", "S8", "Khá", "stated-conduct-differs"),
        ("Ca nam", "T8", "Toán", "stated-retest-differs"),
        ("Ca nam", "U8", 30, "stated-absences-differ"),
        ("Ca nam", "X8", "Học sinh Tiên tiến", "stated-title-differs"),
        ("Ca nam", "Y8", "Ở lại lớp", "stated-promotion-differs"),
    ],
)
def test_one_bad_cell_refuses_one_row_and_is_named(sheet: str, cell: str, value: object, code: str) -> None:
    result = read_with_cell(sheet, cell, value)
    letters, row = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert _codes(result) == [(code, sheet, row, letters)]
    assert len(result.records) == 44
    assert 7 not in {record.row for record in result.records}
    assert cell in result.errors[0].vi
    assert cell in result.errors[0].en


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("Danh sach HS", "C7", None, "personal-id-missing"),
        ("Danh sach HS", "F7", "Nam", "sex-differs-from-personal-id"),
        ("Danh sach HS", "G7", "Người Cây", "ethnicity-unknown"),
        ("Danh sach HS", "L7", "Xã Ea Sương, huyện Ea Cũ", "district-named"),
        ("Hoc ki 1", "CB9", 40, "absence-total-differs"),
        ("Hoc ki 1", "CC9", "Ngoan. " * 100, "text-too-long"),
        ("Ca nam", "X8", None, "title-not-stated"),
    ],
)
def test_what_a_person_should_look_at_is_told_and_taken(sheet: str, cell: str, value: object, code: str) -> None:
    result = read_with_cell(sheet, cell, value)
    assert [(f.code, f.sheet) for f in result.warnings] == [(code, sheet)]
    assert (len(result.records), result.errors) == (45, ())


def test_a_pupil_who_left_gets_no_transcript_and_no_error() -> None:
    result = read_with_cell("Danh sach HS", "U7", "Chuyển trường từ 12/01/2026")
    assert (len(result.records), result.errors, [w.code for w in result.warnings]) == (44, (), ["pupil-left"])


def test_a_correction_of_one_mark_changes_one_transcript() -> None:
    def correct(book: Workbook) -> None:
        # Both marks weigh one, so the average stays and only the transcript's marks change.
        sheet = book["Hoc ki 1"]
        sheet["F9"].value, sheet["G9"].value = sheet["G9"].value, sheet["F9"].value

    before, after = read_changed(lambda _: None), read_changed(correct)
    assert after.errors == ()
    changed = [
        (one.row, transcript_digest(one.transcript) != transcript_digest(other.transcript))
        for one, other in zip(before.records, after.records, strict=True)
    ]
    assert [row for row, differs in changed if differs] == [7]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("D7", "Vẽ bùa", "retest-subject-unknown"),
        ("D7", "Toán", "retest-not-due"),
        ("D8", "KHTN", "retest-doubled"),
        ("F7", "x", "mark-not-a-number"),
        ("E7", "9,9", "stated-average-differs"),
    ],
)
def test_a_bad_cell_of_the_summer_sheet_is_named(cell: str, value: object, code: str) -> None:
    result = read_with_cell("Danh gia lai", cell, value)
    assert [(e.code, e.column, e.row) for e in result.errors] == [(code, cell[0], int(cell[1:]))]
    assert len(result.records) == 44


def test_the_json_form_is_that_of_the_contract() -> None:
    answer = read_with_cell("Hoc ki 1", "K9", "vắng").to_json()
    assert list(answer) == ["records", "errors", "warnings"]
    records, errors = answer["records"], answer["errors"]
    assert isinstance(records, list)
    assert isinstance(records[0], dict)
    assert list(records[0]) == ["sheet", "row", "record"]
    assert isinstance(errors, list)
    assert isinstance(errors[0], dict)
    assert list(errors[0]) == ["sheet", "row", "column", "code", "vi", "en"]
