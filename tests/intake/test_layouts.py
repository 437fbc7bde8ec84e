"""Tables are found by their headings: where they stand, in which order and how they are spelled may differ."""

from openpyxl.workbook.workbook import Workbook

from signing_service.intake.headings import subject_code
from signing_service.intake.text import folded, name_key
from signing_service.records.canonical import transcript_digest
from signing_service.sample import sample_class_workbook
from tests.intake.changed_sample import read, read_changed, read_with_cell


def _digests(workbook: bytes | None = None) -> list[str]:
    result = read(workbook or sample_class_workbook())
    return [transcript_digest(row.transcript) for row in result.records]


def test_columns_may_stand_in_another_order() -> None:
    def swap(book: Workbook) -> None:
        sheet = book["Danh sach HS"]
        for row in range(6, 52):
            for one, other in (("G", "L"), ("D", "F")):
                sheet[f"{one}{row}"].value, sheet[f"{other}{row}"].value = sheet[f"{other}{row}"].value, sheet[f"{one}{row}"].value

    result = read_changed(swap)
    assert result.errors == ()
    assert [transcript_digest(row.transcript) for row in result.records] == _digests()


def test_a_table_may_begin_further_down_and_further_right() -> None:
    def move(book: Workbook) -> None:
        book["Ca nam"].insert_rows(5, 4)
        book["Nhan xet mon"].insert_cols(1, 2)

    result = read_changed(move)
    # openpyxl does not move merged ranges with their cells, so this is also the case of headings that were never merged.
    assert len(result.records) == 45
    assert [transcript_digest(row.transcript) for row in result.records] == _digests()


def test_headings_over_several_columns_need_not_be_merged() -> None:
    def unmerge(book: Workbook) -> None:
        for name in ("Hoc ki 1", "Hoc ki 2", "Ca nam"):
            for merged in list(book[name].merged_cells.ranges):
                book[name].unmerge_cells(str(merged))

    result = read_changed(unmerge)
    assert (result.errors, result.warnings) == ((), ())
    assert [transcript_digest(row.transcript) for row in result.records] == _digests()


def test_sheets_may_stand_in_another_order_and_be_called_otherwise() -> None:
    def rename(book: Workbook) -> None:
        book.move_sheet("Danh sach HS", 5)
        book["Danh sach HS"].title = "Trang 1"
        book["Ca nam"].title = "Tong hop"
        book["Hoc ki 1"].title = "HKI"

    result = read_changed(rename)
    assert (result.errors, len(result.records)) == ((), 45)


def test_a_sheet_that_nobody_knows_is_left_out_aloud_and_an_empty_one_silently() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Trang tinh1")
        book.create_sheet("Ghi nho")["A1"] = "Nhớ nộp trước thứ sáu"

    result = read_changed(add)
    assert [(w.sheet, w.code) for w in result.warnings] == [("Ghi nho", "sheet-not-recognised")]
    assert len(result.records) == 45


def test_subjects_are_known_by_full_names_and_abbreviations() -> None:
    for code, spellings in {
        "LSDL": ("LS&ĐL", "Lịch sử và Địa lí", "LỊCH SỬ VÀ ĐỊA LÝ", "Ls - Đl"),
        "NN1": ("Ng.ngữ", "Ngoại ngữ 1 (Tiếng Anh)", "Ngoại ngữ", "Tiếng Anh"),
        "GDDP": ("NDGDCĐP", "Nội dung giáo dục của địa phương", "GDĐP"),
        "TNHN": ("HĐTN&HN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN, HN"),
        "NV": ("Văn", "Ngữ văn", "N.Văn"),
    }.items():
        for spelling in spellings:
            assert subject_code(spelling) == code, spelling
    assert subject_code("Ghi chú") is None


def test_headings_are_compared_without_case_accents_and_spaces() -> None:
    assert folded("Họ\nvà tên ") == folded("HỌ  VÀ TÊN") == folded("Ho\u0323 va\u0300 te\u0302n") == "hovaten"


def test_two_spellings_of_one_name_are_one_name_and_two_names_are_two() -> None:
    assert name_key("H’HEN  Niê ") == name_key("H'Hen Niê")
    assert name_key("Lộc Thị Thuỷ") == name_key("Lộc Thị Thủy")
    assert name_key("Lộc Thị Thúy") != name_key("Lộc Thị Thủy")
    assert name_key("Y Blo Niê") != name_key("Y Ƀlŏ Niê")


def test_a_missing_required_sheet_is_named() -> None:
    def remove(book: Workbook) -> None:
        del book["Hoc ki 2"]

    result = read_changed(remove)
    assert result.records == ()
    assert [(e.code, e.sheet) for e in result.errors] == [("sheet-missing", "")]
    assert "Hoc ki 2" in result.errors[0].vi


def test_a_sheet_of_another_class_or_year_is_refused_as_a_whole() -> None:
    for cell, text, code in (
        ("H1", "NHẬN XÉT CỦA GIÁO VIÊN MÔN HỌC, NĂM HỌC 2024 - 2025", "school-year-wrong"),
        ("H2", "Khối 7 - Lớp 7A - (Cả năm)", "class-differs"),
    ):
        result = read_with_cell("Nhan xet mon", cell, text)
        assert [(e.code, e.sheet, e.column) for e in result.errors] == [(code, "Nhan xet mon", "H")]
        assert all(subject.remark is None for row in result.records for subject in row.transcript.subjects)


def test_a_year_that_has_not_begun_and_a_grade_without_rules_are_refused() -> None:
    future = read_with_cell("Danh sach HS", "H1", "DANH SÁCH HỌC SINH, NĂM HỌC 2030 - 2031")
    assert [e.code for e in future.errors] == ["school-year-future"]
    beyond = read_with_cell("Danh sach HS", "H2", "Khối 13 - Lớp 13A - (Cả năm)")
    assert [e.code for e in beyond.errors] == ["level-unsupported"]


def test_the_year_sheet_and_the_remarks_may_be_absent() -> None:
    def remove(book: Workbook) -> None:
        for name in ("Ca nam", "Nhan xet mon", "Danh gia lai", "Phan cong GV"):
            del book[name]

    result = read_changed(remove)
    assert (result.errors, len(result.records)) == ((), 45)
    first = result.records[0].transcript
    assert first.year == read(sample_class_workbook()).records[0].transcript.year
    assert first.subjects[0].periods_per_year is None
