"""Makes small staff lists and school lists, row by row."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

STAFF_HEADINGS = (
    "STT",
    "Mã định danh CBGVNV",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Mã đơn vị",
    "Đơn vị công tác",
    "Chức vụ",
    "Môn dạy",
    "Lớp dạy",
    "Chủ nhiệm lớp",
    "Vai trò ký số",
    "Chứng thư số",
    "Trạng thái",
    "Ghi chú",
)
TEACHER: dict[str, object] = {
    "Mã định danh CBGVNV": "9908100001",
    "Họ và tên": "Lê Mây Trắng",
    "Ngày sinh": "05/04/1985",
    "Giới tính": "Nữ",
    "Số định danh cá nhân": "099185000001",
    "Mã đơn vị": "99000801",
    "Đơn vị công tác": "Trường THCS Đồi Mây",
    "Chức vụ": "Giáo viên",
    "Môn dạy": "Toán",
    "Lớp dạy": "7A",
    "Vai trò ký số": "GVBM",
    "Chứng thư số": "Đã cấp",
    "Trạng thái": "Đang làm việc",
}
OTHER: dict[str, object] = TEACHER | {
    "Mã định danh CBGVNV": "9908100002",
    "Họ và tên": "Y Gió Êban",
    "Giới tính": "Nam",
    "Số định danh cá nhân": "099085000002",
}
FIRST_ROW = 5


def staff_workbook(
    *people: Mapping[str, object],
    headings: Sequence[str] = STAFF_HEADINGS,
    head: str = "NĂM HỌC 2025 - 2026",
    renamed: Mapping[str, str] = {},
) -> bytes:
    """A staff list whose first person stands in `FIRST_ROW`; `renamed` puts other words over a column."""
    return list_workbook([renamed.get(h, h) for h in headings], [[p.get(h) for h in headings] for p in people], head=head)


def list_workbook(headings: Sequence[str], rows: Sequence[Sequence[object]], *, head: str = "") -> bytes:
    """One sheet with a line above the headings in row 4."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sach"
    sheet["A2"] = head or None
    for column, heading in enumerate(headings, start=1):
        sheet.cell(4, column, heading)
    for row, values in enumerate(rows, start=FIRST_ROW):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value  # type: ignore[assignment] # a test's cell may hold anything
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
