"""A small primary class as a workbook, with headings, order and depth as a test wants them; everybody in it is invented."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.sample import SAMPLE_ISSUER, SAMPLE_STAFF

Cell: TypeAlias = str | int | float | date | None
Cells: TypeAlias = tuple[Cell, ...]
Columns: TypeAlias = dict[tuple[str, ...], Cells]

FIRST_ROW: Final = 6
"""Of the headings."""
CODES: Final = ("9900100001", "9900100002", "9900100003")
_NAMES: Final = ("H'Mẫu Một Niê", "Trần Mẫu Hai", "Y Mẫu Ba Kđăm")
_SEXES: Final = ("Nữ", "Nam", "Nam")
_BORN: Final = (date(2016, 3, 1), date(2016, 4, 2), date(2016, 5, 3))

IDENTITY: Final[Mapping[tuple[str, ...], Cells]] = {
    ("STT",): (1, 2, 3),
    ("Mã học sinh",): CODES,
    ("Họ và tên",): _NAMES,
    ("Ngày sinh",): tuple(f"{day:%d/%m/%Y}" for day in _BORN),
}
PUPILS: Final[Mapping[tuple[str, ...], Cells]] = {
    ("STT",): (1, 2, 3),
    ("Mã học sinh",): CODES,
    ("Số định danh cá nhân",): ("099316000011", "099216000012", "099216000013"),
    ("Họ và tên",): _NAMES,
    ("Ngày sinh",): _BORN,
    ("Giới tính",): _SEXES,
    ("Dân tộc",): ("Ê Đê", "Kinh", "Ê Đê"),
    ("Quốc tịch",): ("Việt Nam",) * 3,
}

LEVELS: Final[Mapping[str, Cells]] = {
    "TV": ("T", "T", "H"),
    "TOAN": ("T", "T", "C"),
    "NN1": ("T", "T", "H"),
    "LSDL": ("T", "T", "T"),
    "KH": ("T", "T", "H"),
    "TIN": ("T", "T", "T"),
    "CN": ("T", "T", "T"),
    "DD": ("T", "T", "T"),
    "GDTC": ("T", "T", "T"),
    "AN": ("T", "T", "T"),
    "MT": ("T", "T", "H"),
    "HDTN": ("T", "T", "T"),
}
MARKS: Final[Mapping[str, Cells]] = {
    "TV": (9, 8, 6),
    "TOAN": (10, 7, 4),
    "NN1": (9, 9, "5"),
    "LSDL": (9, 8, 7),
    "KH": (9, 10, 6),
    "TIN": (10, 9, 7),
    "CN": (9, 7, 8),
}
TRAITS: Final = (
    "Yêu nước",
    "Nhân ái",
    "Chăm chỉ",
    "Trung thực",
    "Trách nhiệm",
    "Tự chủ và tự học",
    "Giao tiếp và hợp tác",
    "Giải quyết vấn đề và sáng tạo",
    "Ngôn ngữ",
    "Tính toán",
    "Khoa học",
    "Công nghệ",
    "Tin học",
    "Thẩm mĩ",
    "Thể chất",
)
HEADINGS: Final[Mapping[str, str]] = {
    "TV": "TV",
    "TOAN": "Toán",
    "NN1": "T.Anh",
    "LSDL": "LS&ĐL",
    "KH": "K.học",
    "TIN": "Tin",
    "CN": "C.nghệ",
    "DD": "Đ.đức",
    "GDTC": "GDTC",
    "AN": "Â.nhạc",
    "MT": "M.thuật",
    "HDTN": "HĐTN",
}
GROUPS: Final = ("Phẩm chất", "Năng lực chung", "Năng lực đặc thù")
ENDS: Final[Mapping[tuple[str, ...], Cells]] = {
    ("Nghỉ có phép",): (1, 0, 4),
    ("Nghỉ không phép",): (0, "", 1),
    ("Kết quả giáo dục",): ("Hoàn thành xuất sắc", "Hoàn thành tốt", "Chưa hoàn thành"),
    ("Vượt trội/tiến bộ",): ("", "Vượt trội môn Toán", ""),
    ("Tập thể lớp công nhận",): ("", "x", ""),
    ("Khen thưởng",): ("Học sinh Xuất sắc", "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện", ""),
    ("Hoàn thành chương trình lớp học",): ("x", "x", ""),
    ("Nhận xét phẩm chất",): ("Biết giúp bạn.", "Trung thực.", "Cần chăm chỉ hơn."),
    ("Nhận xét năng lực chung",): ("Tự giác.", "Hợp tác tốt.", "Cần chủ động."),
    ("Nhận xét năng lực đặc thù",): ("Tính toán nhanh.", "Đọc hay.", "Cần luyện tính."),
    ("Nhận xét của GVCN",): ("Chăm ngoan.", "Tích cực.", "Cần ôn tập thêm trong hè."),
}
SUPPORT: Final[Mapping[tuple[str, ...], Cells]] = {
    ("STT",): (1,),
    ("Mã học sinh",): CODES[2:],
    ("Họ và tên",): _NAMES[2:],
    ("Môn",): ("Toán",),
    ("Mức đạt được",): ("H",),
    ("Điểm KT lại",): (6,),
    ("Ngày",): (date(2026, 6, 20),),
    ("Hiệu trưởng quyết định",): ("",),
}


def trait_group(name: str) -> str:
    """The heading above a quality or competence."""
    position = TRAITS.index(name)
    return GROUPS[0 if position < 5 else 1 if position < 8 else 2]


def year_columns() -> Columns:
    """The sheet of the year's end as the outside class has it: three rows of headings."""
    subjects: Columns = {}
    for code, levels in LEVELS.items():
        subjects["Môn học và hoạt động giáo dục", HEADINGS[code], "Mức đạt được"] = levels
        if code in MARKS:
            subjects["Môn học và hoạt động giáo dục", HEADINGS[code], "Điểm KTĐK"] = MARKS[code]
    traits: Columns = {(trait_group(name), name): ("T", "T", "Đ") for name in TRAITS}
    return {**IDENTITY, **subjects, **traits, **ENDS}


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay the class out; the defaults are those of the outside class."""

    class_line: str = "Khối 4 - Lớp 4A"
    year: Mapping[tuple[str, ...], Cells] = field(default_factory=year_columns)
    year_name: str = "Cuoi nam"
    year_title: str = "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC CUỐI NĂM, NĂM HỌC 2025 - 2026"
    pupils: Mapping[tuple[str, ...], Cells] = field(default_factory=lambda: PUPILS)
    support: Mapping[tuple[str, ...], Cells] | None = field(default_factory=lambda: SUPPORT)
    more: Mapping[str, tuple[str, Mapping[tuple[str, ...], Cells]]] = field(default_factory=dict)
    """Sheet name to title and columns."""
    merged: bool = True
    numbered: bool = False

    def with_year(self, **changes: Cells) -> "Layout":
        """Columns of the year's sheet, by their last heading, with other cells."""
        return replace(self, year={path: changes.get(path[-1], cells) for path, cells in self.year.items()})

    def without_year(self, *headings: str) -> "Layout":
        """The year's sheet without the columns whose first or last heading is among `headings`."""
        return replace(self, year={p: cells for p, cells in self.year.items() if not {p[0], p[-1]} & set(headings)})


def read(layout: Layout) -> IntakeResult:
    return read_transcripts(workbook(layout), schools=(KnownSchool(SAMPLE_ISSUER, SAMPLE_STAFF),), today=date(2026, 11, 24))


def workbook(layout: Layout) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book.create_sheet("Danh sach HS"), layout, "DANH SÁCH HỌC SINH, NĂM HỌC 2025 - 2026", layout.pupils)
    for name, (title, columns) in layout.more.items():
        _sheet(book.create_sheet(name), layout, title, columns)
    _sheet(book.create_sheet(layout.year_name), layout, layout.year_title, layout.year)
    if layout.support is not None:
        _sheet(book.create_sheet("Danh gia bo sung"), layout, "ĐÁNH GIÁ BỔ SUNG, NĂM HỌC 2025 - 2026", layout.support)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet(sheet: Worksheet, layout: Layout, title: str, columns: Mapping[tuple[str, ...], Cells]) -> None:
    sheet["A1"], sheet["A2"] = "ỦY BAN NHÂN DÂN XÃ EA MẪU", SAMPLE_ISSUER.school_name.upper()
    sheet["H1"], sheet["H2"], sheet["H3"] = title, layout.class_line, "Giáo viên chủ nhiệm: Lê Thị Suối Mẫu"
    depth = max(map(len, columns))
    for column, (path, cells) in enumerate(columns.items(), start=1):
        for level, text in enumerate(path):
            sheet.cell(FIRST_ROW + level, column, text)
        first = FIRST_ROW + depth
        if layout.numbered:
            sheet.cell(first, column, f"({column})")
            first += 1
        for row, value in enumerate(cells, start=first):
            sheet.cell(row, column, value)
    _headings(sheet, list(columns), depth, merged=layout.merged)
    bottom = sheet.max_row + 2
    sheet.cell(bottom, 8, "Ea Mẫu, ngày 28 tháng 5 năm 2026")
    sheet.cell(bottom + 1, 2, "GIÁO VIÊN CHỦ NHIỆM")
    sheet.cell(bottom + 1, 8, "HIỆU TRƯỞNG")
    sheet.cell(bottom + 4, 8, "Trần Thị Nguyên Mẫu")


def _headings(sheet: Worksheet, paths: Sequence[tuple[str, ...]], depth: int, *, merged: bool) -> None:
    """One heading for neighbours that share it; merged, or written once with blank cells after it."""
    for level in range(depth):
        start = 0
        while start < len(paths):
            end = start
            while end + 1 < len(paths) and level < len(paths[start]) - 1 and paths[end + 1][: level + 1] == paths[start][: level + 1]:
                end += 1
            for column in range(start + 2, end + 2):
                sheet.cell(FIRST_ROW + level, column).value = None
            if merged and end > start:
                sheet.merge_cells(start_row=FIRST_ROW + level, end_row=FIRST_ROW + level, start_column=start + 1, end_column=end + 1)
            start = end + 1
    if merged:
        for column, path in enumerate(paths, start=1):
            if len(path) == 1 < depth:
                sheet.merge_cells(start_row=FIRST_ROW, end_row=FIRST_ROW + depth - 1, start_column=column, end_column=column)
