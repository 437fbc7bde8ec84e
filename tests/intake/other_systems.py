"""The sample class as other school systems would write it: the same facts under other headings, in other places."""

import io
import random
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook

from signing_service.sample import sample_class_workbook

_HEADING_ROWS = {"Danh sach HS": 1, "Phan cong GV": 1, "Hoc ki 1": 3, "Hoc ki 2": 3, "Ca nam": 2, "Nhan xet mon": 1, "Danh gia lai": 1}
_TOP = 6
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "STT": ("TT", "No."),
    "Mã học sinh": ("Mã HS", "Mã định danh Bộ GD&ĐT", "MÃ HỌC SINH", "Student code"),
    "Số định danh cá nhân": ("Số ĐDCN", "CCCD", "Mã định danh cá nhân"),
    "Họ và tên": ("Họ tên", "Họ và tên học sinh", "HỌ VÀ  TÊN", "Full name"),
    "Ngày sinh": ("Ngày, tháng, năm sinh", "Date of birth"),
    "Giới tính": ("Nam/Nữ", "Phái", "Gender"),
    "Dân tộc": ("Tên dân tộc", "Ethnicity"),
    "Họ tên cha": ("Họ và tên bố", "Họ và tên cha"),
    "Toán": ("Toán học", "Môn Toán", "TOÁN"),
    "LS&ĐL": ("Lịch sử và Địa lí", "Lịch sử và Địa lý", "LS-ĐL"),
    "KHTN": ("Khoa học tự nhiên",),
    "Tin": ("Tin học",),
    "Văn": ("Ngữ văn", "N.Văn", "Ngữ Văn"),
    "Ng.ngữ": ("Ngoại ngữ 1", "Tiếng Anh", "Ngoại ngữ 1 (Tiếng Anh)", "N.Ngữ"),
    "GDCD": ("Giáo dục công dân",),
    "C.nghệ": ("Công nghệ",),
    "GDTC": ("Giáo dục thể chất",),
    "Nghệ thuật": ("N.Thuật",),
    "NDGDCĐP": ("GDĐP", "Nội dung giáo dục của địa phương"),
    "HĐTN&HN": ("HĐTN, HN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTNHN"),
    "ĐĐGtx": ("TX", "Điểm TX", "ĐGTX", "Thường xuyên"),
    "ĐĐGgk": ("GK", "Điểm GK", "Giữa kỳ", "ĐĐG giữa kì"),
    "ĐĐGck": ("CK", "Điểm CK", "Cuối kỳ", "KT cuối kì"),
    "ĐTBmhk": ("TBmHK", "TBM", "ĐTB môn", "Điểm trung bình"),
    "KQ": ("Kết quả", "KQ môn"),
    "Kết quả học tập": ("KQHT", "Xếp loại học tập", "KQ học tập"),
    "Kết quả rèn luyện": ("KQRL", "Xếp loại rèn luyện", "KQ rèn luyện"),
    "Buổi nghỉ": ("Số buổi nghỉ",),
    "P": ("Có phép",),
    "K": ("Không phép",),
    "Tổng": ("Tổng số",),
    "Danh hiệu": ("Danh hiệu thi đua", "Khen thưởng"),
    "Nhận xét của GVCN": ("Nhận xét của giáo viên chủ nhiệm", "NX GVCN"),
    "Môn học/HĐGD": ("Môn học", "Tên môn học"),
    "Số tiết/năm": ("Số tiết cả năm",),
}
_SHEET_NAMES = {
    "Hoc ki 1": ("HK1", "Học kỳ I", "HKI"),
    "Hoc ki 2": ("HK2", "Học kỳ II", "HKII"),
    "Ca nam": ("CN", "Tổng hợp", "Cả năm"),
    "Danh sach HS": ("HoSo", "Lý lịch"),
}
_Column = tuple[tuple[str, ...], list[Any]]


def columns_of(book: Workbook, name: str) -> tuple[list[_Column], int]:
    """Headings from top to bottom and cells of every column, and the first row below the table."""
    sheet: Any = book[name]
    deep = _HEADING_ROWS[name]
    merged = {(row, column): sheet.cell(r.min_row, r.min_col).value for r in sheet.merged_cells.ranges for row, column in _cells(r)}
    last = next(row for row in range(_TOP + deep, sheet.max_row + 2) if sheet.cell(row, 2).value is None)
    columns = []
    for column in range(1, sheet.max_column + 1):
        headings = [merged.get((row, column), sheet.cell(row, column).value) for row in range(_TOP, _TOP + deep)]
        path = tuple(dict.fromkeys(str(h) for h in headings if h is not None))
        if path:
            columns.append((path, [sheet.cell(row, column).value for row in range(_TOP + deep, last)]))
    return columns, last


def _cells(merged: Any) -> list[tuple[int, int]]:
    return [(row, column) for row in range(merged.min_row, merged.max_row + 1) for column in range(merged.min_col, merged.max_col + 1)]


def sample() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(sample_class_workbook()))


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_another_system(seed: int) -> bytes:
    """Columns shuffled and renamed, rows shifted, columns and hidden rows added, sheets renamed; `seed` decides everything."""
    chance = random.Random(seed)  # noqa: S311 - a test's own reproducible chance
    old, new = sample(), Workbook()
    new.remove(new.worksheets[0])
    names = list(_HEADING_ROWS)
    chance.shuffle(names)
    for name in names:
        columns, last = columns_of(old, name)
        title = chance.choice((name, *_SHEET_NAMES.get(name, ())))
        _write(new.create_sheet(title), old[name], _shuffled(columns, chance), last, chance)
    return saved(new)


def _shuffled(columns: list[_Column], chance: random.Random) -> list[_Column]:
    """Groups under one heading stay together, in their order."""
    groups: dict[str, list[_Column]] = {}
    for path, cells in columns:
        groups.setdefault(path[0], []).append((path, cells))
    names = list(groups)
    chance.shuffle(names)
    renamed: dict[str, str] = {}
    found: list[_Column] = []
    for name in names:
        for path, cells in groups[name]:
            found.append((tuple(renamed.setdefault(h, chance.choice((h, *SYNONYMS.get(h, ())))) for h in path), cells))
    found.insert(chance.randrange(len(found)), (("Mã nội bộ",), [f"x{n}" for n in range(len(columns[0][1]))]))
    return found


def _write(sheet: Any, old: Any, columns: list[_Column], last: int, chance: random.Random) -> None:
    lead = chance.randrange(4)
    for row in range(1, _TOP):
        for column in range(1, 12):
            sheet.cell(lead + row, column).value = old.cell(row, column).value
    deep = max(len(path) for path, _ in columns)
    first = lead + _TOP + deep
    if chance.random() < 0.5:
        # A template's own names for its columns, hidden below the headings.
        for at in range(1, len(columns) + 1):
            sheet.cell(first, at).value = f"COL_{at}_ID"
        sheet.row_dimensions[first].hidden = True
        first += 1
    for at, (path, cells) in enumerate(columns, start=1):
        for down in range(deep):
            sheet.cell(lead + _TOP + down, at).value = path[down] if down < len(path) else None
        for down, value in enumerate(cells):
            sheet.cell(first + down, at).value = value
    for row in range(last, old.max_row + 1):
        for column in range(1, 12):
            sheet.cell(first + len(columns[0][1]) + row - last, column).value = old.cell(row, column).value


def as_one_sheet_per_subject(*, both_semesters_on_one: bool, marks_in_one_cell: bool = False) -> bytes:
    """Sổ điểm bộ môn: the marks of one subject on a sheet of its own, named by the sheet; summaries keep rèn luyện and absences."""
    old = sample()
    new = Workbook()
    new.remove(new.worksheets[0])
    for name in ("Danh sach HS", "Phan cong GV", "Ca nam", "Nhan xet mon", "Danh gia lai"):
        columns, last = columns_of(old, name)
        _write(new.create_sheet(name), old[name], columns, last, random.Random(1))  # noqa: S311 - a test's own reproducible chance
    of_semester = {number: columns_of(old, f"Hoc ki {number}")[0] for number in (1, 2)}
    subjects = [p[0] for p, _ in of_semester[1] if "ĐĐGgk" in p]
    identity = of_semester[1][:4]
    for subject in subjects:
        parts = {n: _joined([(p[1:], c) for p, c in of_semester[n] if p[0] == subject], join=marks_in_one_cell) for n in (1, 2)}
        if both_semesters_on_one:
            under = [((f"Học kỳ {'I' * n}", *path), cells) for n in (1, 2) for path, cells in parts[n]]
            _write(new.create_sheet(subject), old["Ca nam"], identity + under, 999, random.Random(1))  # noqa: S311 - as above
        else:
            for n in (1, 2):
                _write(new.create_sheet(f"{subject} HK{n}"), old[f"Hoc ki {n}"], identity + parts[n], 999, random.Random(1))  # noqa: S311 - as above
    for n in (1, 2):
        rest = [(p, c) for p, c in of_semester[n] if p[0] not in subjects]
        _write(new.create_sheet(f"Tổng hợp HK{n}"), old[f"Hoc ki {n}"], rest, 999, random.Random(1))  # noqa: S311 - as above
    return saved(new)


def _joined(parts: list[_Column], *, join: bool) -> list[_Column]:
    if not join:
        return parts
    regular = [cells for path, cells in parts if path[0] == "ĐĐGtx"]
    together = [" ".join(str(v) for v in row if v is not None) for row in zip(*regular, strict=True)]
    return [(("ĐĐGtx",), together), *(part for part in parts if part[0][0] != "ĐĐGtx")]
