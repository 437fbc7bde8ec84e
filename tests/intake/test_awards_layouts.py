"""Award workbooks of other houses: other orders, other headings, no merged cells, and sheets that are missing or doubled."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.intake.awards.result import AwardIntake
from tests.intake.changed_awards import read, read_changed

_LISTS = ("Tap the", "Ca nhan")
_FIRST_DATA_ROW = 8


def _plain() -> AwardIntake:
    return read_changed(lambda _: None)


def _same(intake: AwardIntake) -> None:
    assert intake.errors == ()
    assert intake.decision is not None
    plain = _plain().decision
    assert plain is not None
    assert intake.decision.decision == plain.decision


def _flattened(sheet: Worksheet) -> None:
    """One heading row, nothing merged, the group's name in front of its parts."""
    for merged in list(sheet.merged_cells.ranges):
        group = sheet.cell(merged.min_row, merged.min_col).value
        sheet.unmerge_cells(str(merged))
        if merged.min_col != merged.max_col:
            for column in range(merged.min_col, merged.max_col + 1):
                sheet.cell(6, column).value = f"{group} - {sheet.cell(7, column).value}"
    sheet.delete_rows(7)


def _columns_reversed(sheet: Worksheet) -> None:
    for merged in list(sheet.merged_cells.ranges):
        group = sheet.cell(merged.min_row, merged.min_col).value
        sheet.unmerge_cells(str(merged))
        for column in range(merged.min_col, merged.max_col + 1):
            sheet.cell(merged.min_row, column).value = group
    for row in sheet.iter_rows(min_row=6):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def _on_lists(change: Callable[[Worksheet], None]) -> Callable[[Workbook], None]:
    def apply(book: Workbook) -> None:
        for name in _LISTS:
            change(book[name])

    return apply


def _renamed(book: Workbook) -> None:
    spellings = {
        "STT (số sổ vàng)": "TT",
        "Tên tập thể": "TÊN ĐƠN VỊ",
        "Mã định danh": "Mã cán bộ",
        "Ông/Bà": "Danh xưng",
        "Họ và tên": "HỌ TÊN",
        "Chức vụ": "Chức danh, chức vụ",
        "Đơn vị công tác": "Đơn vị",
        "Danh hiệu/Hình thức khen thưởng": "Danh hiệu",
        "Phong trào/Chuyên đề": "Phong trào",
        "Loại khen": "Loại hình khen thưởng",
        "Kết quả xếp loại chất lượng": "Xếp loại",
        "Thành tích": "Tóm tắt thành tích",
        "Số người đạt LĐTT": "Số LĐTT",
        "Tổng số người": "Sĩ số",
        "Đồng ý": "Số phiếu đồng ý",
        "Tổng số TV": "Tổng số thành viên Hội đồng",
        "Tỷ lệ (%)": "TỶ LỆ %",
    }
    for name in _LISTS:
        for row in book[name].iter_rows(min_row=6, max_row=7):
            for cell in row:
                if cell.value in spellings:
                    cell.value = spellings[str(cell.value)]


def _facts_moved(book: Workbook) -> None:
    sheet = book["Quyet dinh"]
    rows: list[list[Any]] = [[cell.value for cell in row[1:3]] for row in sheet.iter_rows(min_row=7, max_row=sheet.max_row)]
    sheet.delete_rows(5, sheet.max_row)
    for number, (key, value) in enumerate(reversed(rows), start=5):
        sheet.cell(number, 4).value = f"{key}:"
        sheet.cell(number, 6).value = value


@pytest.mark.parametrize(
    "change",
    [
        _on_lists(_flattened),
        _on_lists(_columns_reversed),
        _renamed,
        lambda book: book.move_sheet("Quyet dinh", 3),
        lambda book: setattr(book["Tap the"], "title", "Sheet3"),
        lambda book: book["Ca nhan"].insert_rows(1, 4),
        lambda book: book["Ca nhan"].insert_cols(1, 2),
    ],
)
def test_another_layout_gives_the_same_decision(change: Callable[[Workbook], None]) -> None:
    _same(read_changed(change))


def test_keys_may_stand_in_any_order_and_column() -> None:
    intake = read_changed(_facts_moved)
    assert intake.decision is not None
    decision = intake.decision.decision
    assert decision.number == "0726/QĐ-UBND"
    assert len(decision.legal_bases) == 4


def test_titles_may_be_abbreviated() -> None:
    def change(book: Workbook) -> None:
        for row in book["Ca nhan"].iter_rows(min_row=_FIRST_DATA_ROW):
            for cell in row:
                if cell.value in {"Chiến sĩ thi đua cơ sở", "Lao động tiên tiến"}:
                    cell.value = {"C": "CSTĐCS", "L": "LĐTT"}[str(cell.value)[0]]

    _same(read_changed(change))


def test_group_headings_between_the_rows_are_passed_over() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Ca nhan"]
        sheet.insert_rows(18)
        sheet["A18"], sheet["D18"] = "II", "Danh hiệu Lao động tiên tiến"

    intake = read_changed(change)
    assert [finding.code for finding in intake.warnings] == ["row-passed-over"]
    assert intake.decision is not None


def test_a_hidden_row_is_read_and_pointed_out() -> None:
    def change(book: Workbook) -> None:
        book["Ca nhan"].row_dimensions[20].hidden = True

    intake = read_changed(change)
    assert [(finding.row, finding.code) for finding in intake.warnings] == [(20, "row-hidden")]
    assert intake.decision is not None


def test_a_formula_that_was_never_computed_is_refused() -> None:
    def change(book: Workbook) -> None:
        book["Ca nhan"]["Q8"] = "=9-1"

    assert "formula-without-value" in [finding.code for finding in read_changed(change).errors]


def test_a_decision_may_have_one_list_only() -> None:
    def change(book: Workbook) -> None:
        del book["Ca nhan"]
        book["Quyet dinh"]["C20"] = 0

    intake = read_changed(change)
    assert intake.errors == ()
    assert intake.decision is not None
    assert intake.decision.decision.articles[0].startswith("Tặng danh hiệu Tập thể lao động tiên tiến và tặng Giấy khen cho 15 tập thể")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book.remove(book["Quyet dinh"]), "sheet-missing"),
        (lambda book: [book.remove(book[name]) for name in _LISTS], "sheet-missing"),
        (lambda book: book.copy_worksheet(book["Ca nhan"]), "sheet-doubled"),
        (lambda book: book["Ca nhan"].delete_cols(11), "heading-missing"),
        (lambda book: book["Ca nhan"].delete_cols(16), "heading-missing"),
    ],
)
def test_what_is_missing_or_doubled_is_named(change: Callable[[Workbook], None], code: str) -> None:
    intake = read_changed(change)
    assert intake.decision is None
    assert code in [finding.code for finding in intake.errors]


def test_a_file_that_is_no_workbook_is_one_error_without_a_sheet() -> None:
    intake = read(b"PK\x03\x04 nothing")
    assert (intake.decision, intake.lines, len(intake.errors)) == (None, (), 1)
    assert intake.errors[0].sheet == ""


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    sheet=st.sampled_from(("Quyet dinh", "Tap the", "Ca nhan", "Hoi dong")),
    row=st.integers(1, 60),
    column=st.integers(1, 20),
    value=st.one_of(
        st.none(), st.integers(-5, 10**9), st.floats(allow_nan=False, allow_infinity=False), st.text("ạ1Đx%/,.=😀\n ", max_size=12)
    ),
)
def test_any_value_in_any_cell_gives_an_answer(sheet: str, row: int, column: int, value: object) -> None:
    def change(book: Workbook) -> None:
        cell: Any = book[sheet].cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.data_type, cell._value = ("s", value) if isinstance(value, str) else ("n", value)  # past openpyxl's own checks

    intake = read_changed(change)
    assert intake.to_json().keys() == {"records", "errors", "warnings"}
    assert (intake.decision is None) <= bool(intake.errors)


def test_a_decision_may_be_written_as_decisions_are_written() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Quyet dinh"]
        sheet.delete_rows(1, sheet.max_row)
        lines = (
            "ỦY BAN NHÂN DÂN XÃ EA SƯƠNG",
            "Số: 0726/QĐ-UBND",
            "Ea Sương, ngày 22 tháng 7 năm 2026",
            "Về việc: Khen thưởng năm học 2025-2026",
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
            "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025;",
            "Phong trào 1: Mỗi buôn một tủ sách",
            "Phong trào 2: Lớp học không rác thải nhựa",
            "Điều 1. Khen thưởng các tập thể, cá nhân có tên trong danh sách.",
            "Điều 2. Quyết định có hiệu lực từ ngày ký.",
            "Nơi nhận: Như Điều 1; Lưu: VT.",
            "Người ký: Y Núi Xanh Niê",
            "Mã người ký: 9907990001",
        )
        for row, line in enumerate(lines, start=1):
            sheet.cell(row, 1).value = line

    intake = read_changed(change)
    assert intake.errors == ()
    assert intake.decision is not None
    decision = intake.decision.decision
    assert (decision.number, decision.dated.isoformat()) == ("0726/QĐ-UBND", "2026-07-22")
    assert [basis.dated.isoformat() for basis in decision.legal_bases if basis.dated] == ["2022-06-15", "2025-06-14"]
    assert decision.articles[1] == "Quyết định có hiệu lực từ ngày ký."
    assert decision.sent_to == ("Như Điều 1;", "Lưu: VT.")
    assert decision.subject == "Khen thưởng năm học 2025-2026"


def test_the_form_of_address_may_lead_the_name() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Ca nhan"]
        for row in range(_FIRST_DATA_ROW, _FIRST_DATA_ROW + 44):
            sheet.cell(row, 4).value = f"{sheet.cell(row, 3).value} {sheet.cell(row, 4).value}"
        sheet.cell(6, 3).value = "Cột không dùng"

    _same(read_changed(change))


def test_the_golden_book_may_have_a_column_of_its_own() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Ca nhan"]
        sheet["A6"], sheet["T6"] = "STT", "Số sổ vàng"
        for row in range(_FIRST_DATA_ROW, _FIRST_DATA_ROW + 44):
            sheet.cell(row, 1).value, sheet.cell(row, 20).value = None, 100 + row

    intake = read_changed(change)
    assert intake.errors == ()
    assert intake.decision is not None
    assert [line.number for line in intake.decision.decision.individuals[:2]] == [108, 109]


def test_votes_and_members_may_stand_in_one_cell() -> None:
    def change(book: Workbook) -> None:
        for name, column in (("Tap the", 12), ("Ca nhan", 17)):
            sheet = book[name]
            for merged in [m for m in sheet.merged_cells.ranges if m.min_col == column]:
                sheet.unmerge_cells(str(merged))
            sheet.cell(7, column).value = "Số phiếu"
            for row in range(_FIRST_DATA_ROW, sheet.max_row):
                if sheet.cell(row, column + 1).value is not None:
                    sheet.cell(row, column).value = f"{sheet.cell(row, column).value}/{sheet.cell(row, column + 1).value}"
            sheet.delete_cols(column + 1)

    _same(read_changed(change))
