"""Makes the shipped sample of an award decision, cell by cell; `python -m tests.sample_awards` writes the file anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_SIGNATORY
from tests.samples.sheets import workbook_bytes

SHIPPED = Path(__file__).resolve().parents[1] / "signing_service" / "sample" / "khen-thuong-xa-ea-suong.xlsx"

_NOTICE = "(DỮ LIỆU MẪU TỰ ĐẶT ĐỂ DÙNG THỬ - KHÔNG CÓ NGƯỜI THẬT)"
_NUMBER = "0726/QĐ-UBND"
_TOP = 6
_MEMBERS = 9
_CAMPAIGNS = ("Mỗi buôn một tủ sách", "Lớp học không rác thải nhựa")
_PROJECTS = ("Kể chuyện bằng tranh", "Vườn rau lớp em", "Đọc sách cùng cha mẹ", "Toán học trên nương", "Bản đồ buôn em")
_FACTS: tuple[tuple[str, object], ...] = (
    ("Số quyết định", _NUMBER),
    ("Ngày ban hành", date(2026, 7, 22)),
    ("Cơ quan ban hành", SAMPLE_AUTHORITY.name),
    ("Thẩm quyền", SAMPLE_AUTHORITY.head_title),
    ("Người ký", SAMPLE_SIGNATORY.name),
    ("Mã định danh người ký", SAMPLE_SIGNATORY.code),
    ("Năm học", "2025-2026"),
    ("Căn cứ 1", "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"),
    ("Căn cứ 2", "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"),
    ("Căn cứ 3", "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ"),
    ("Căn cứ 4", "Biên bản họp Hội đồng Thi đua - Khen thưởng xã ngày 17/7/2026"),
    ("Theo đề nghị của", "Hội đồng Thi đua - Khen thưởng xã Ea Sương"),
    ("Số tập thể", 15),
    ("Số cá nhân", 44),
    *((f"Phong trào {number}", name) for number, name in enumerate(_CAMPAIGNS, start=1)),
    ("Nơi nhận", "Như Điều 3; Đảng ủy, Hội đồng nhân dân xã (b/c); Lưu: VT, HĐTĐKT"),
)
_COUNCIL = (
    ("Y Núi Xanh Niê", "Chủ tịch Hội đồng"),
    ("Trần Sương Sớm", "Phó Chủ tịch"),
    ("H'Mây Trắng Êban", "Phó Chủ tịch"),
    ("Nguyễn Thị Sớm Mai", "Thư ký"),
    ("Lê Rừng Già", "Uỷ viên"),
    ("Y Thác Đổ Ƀkrông", "Uỷ viên"),
    ("Phạm Thị Nắng Hạ", "Uỷ viên"),
    ("Võ Mưa Nguồn", "Uỷ viên"),
    ("Hoàng Thị Lúa Chín", "Uỷ viên"),
)
_SCHOOLS = (
    ("Trường TH&THCS Suối Mây", False),
    ("Trường Mẫu giáo Hoa Cà Phê", True),
    ("Trường Tiểu học Buôn Mưa", True),
    ("Trường THCS Thác Bạc", False),
    ("Trường PTDTBT TH&THCS Núi Sương", True),
)
_TEAMS = ("Tổ Khoa học tự nhiên", "Tổ Ngữ văn - Lịch sử", "Tổ Văn phòng", "Liên đội", "Chi đoàn giáo viên")
_FAMILY = ("Trần", "Lê", "Nguyễn Thị", "Y", "H'", "Phạm", "Hoàng Thị", "Đỗ", "Vũ Thị", "Nông", "Điểu")
_GIVEN = ("Ban Mai Vàng", "Gió Lành Xanh", "Trăng Rằm Sáng", "Sông Xa Biếc")
_CLANS = {"Y": " Niê Kđăm", "H'": " Mlô Duôn Du"}
_ETHNICITIES = {"Y": "Ê Đê", "H'": "Ê Đê", "Nông": "Nùng", "Điểu": "M'Nông"}


@dataclass(frozen=True, slots=True)
class _Grant:
    title: str
    occasion: str
    campaign: str | None
    achievement: str


def sample_awards() -> Workbook:
    """The workbook of the decision."""
    book = Workbook()
    _facts_sheet(book)
    _collective_sheet(book)
    _individual_sheet(book)
    _council_sheet(book)
    _refused_sheet(book)
    return book


def _facts_sheet(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.title = "Quyet dinh"
    _head(sheet, "QUYẾT ĐỊNH VỀ VIỆC KHEN THƯỞNG NĂM HỌC 2025-2026")
    _row(sheet, _TOP, ("STT", "Nội dung", "Giá trị"), bold=True)
    for number, (key, value) in enumerate(_FACTS, start=1):
        _row(sheet, _TOP + number, (number, key, value))


def _collective_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Tap the")
    _head(sheet, "DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG", f"(Kèm theo Quyết định số {_NUMBER})")
    plain = ("STT (số sổ vàng)", "Tên tập thể", "Danh hiệu/Hình thức khen thưởng", "Phong trào/Chuyên đề", "Loại khen", "Thành tích")
    column = _headings(sheet, (*plain, "Số người đạt LĐTT", "Tổng số người"), 1)
    column = _group(sheet, "Địa bàn", ("Xã/phường", "Vùng khó khăn", "Vùng DTTS&MN"), column)
    column = _group(sheet, "Kết quả bỏ phiếu của Hội đồng", ("Đồng ý", "Tổng số TV", "Tỷ lệ (%)"), column)
    _headings(sheet, ("Ghi chú",), column)
    names = [(school, remote) for school, remote in _SCHOOLS]
    names += [(f"{team}, {school}", remote) for team, (school, remote) in zip(_TEAMS, _SCHOOLS, strict=True)]
    names += [(f"{team}, {school}", remote) for team, (school, remote) in zip(_TEAMS[1:] + _TEAMS[:1], _SCHOOLS, strict=True)]
    for number, ((name, remote), grant) in enumerate(zip(names, _collective_grants(), strict=True), start=1):
        in_favour = _MEMBERS - number % 2
        workers = (7 + number % 3, 10 + number % 3) if grant.title.startswith("Tập thể") else (None, None)
        area = ("Xã Ea Sương", "x" if remote else None, "x")
        votes = (in_favour, _MEMBERS, _percent(in_favour, _MEMBERS).replace(".", ","))
        values = (number, name, grant.title, grant.campaign, grant.occasion, grant.achievement, *workers, *area, *votes)
        _row(sheet, _TOP + 1 + number, values)
    _row(sheet, _TOP + 18, ("Danh sách này có 15 tập thể./.",), first=2)


def _individual_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Ca nhan")
    _head(sheet, "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG", f"(Kèm theo Quyết định số {_NUMBER})")
    plain = ("STT (số sổ vàng)", "Mã định danh", "Ông/Bà", "Họ và tên", "Dân tộc", "Chức vụ", "Đơn vị công tác")
    column = _headings(sheet, plain, 1)
    column = _group(sheet, "Địa bàn", ("Xã/phường", "Vùng khó khăn", "Vùng DTTS&MN"), column)
    award = ("Danh hiệu/Hình thức khen thưởng", "Phong trào/Chuyên đề", "Loại khen", "Kết quả xếp loại chất lượng", "Sáng kiến")
    column = _headings(sheet, (*award, "Thành tích"), column)
    column = _group(sheet, "Kết quả bỏ phiếu của Hội đồng", ("Đồng ý", "Tổng số TV", "Tỷ lệ (%)"), column)
    _headings(sheet, ("Ghi chú",), column)
    schools = cycle(_SCHOOLS)
    people = zip(_people(), _individual_grants(), schools, strict=False)
    for number, ((salutation, name, ethnicity), grant, (school, remote)) in enumerate(people, start=1):
        in_favour = _MEMBERS - number % 2
        excellent = number % 2 == 0
        rating = "Hoàn thành xuất sắc nhiệm vụ" if excellent else "Hoàn thành tốt nhiệm vụ"
        initiative = f"9{300 + number}/QĐ-UBND" if grant.title.startswith("Chiến sĩ") and not excellent else None
        position = "Hiệu trưởng" if number % 11 == 1 else "Giáo viên"
        who = (number, f"9907{number:06}", salutation, name, ethnicity, position, school, "Xã Ea Sương", "x" if remote else None, "x")
        votes = (in_favour, _MEMBERS, float(_percent(in_favour, _MEMBERS)))
        values = (*who, grant.title, grant.campaign, grant.occasion, rating, initiative, grant.achievement, *votes)
        _row(sheet, _TOP + 1 + number, values)
    _row(sheet, _TOP + 47, ("Danh sách này có 44 cá nhân./.",), first=2)


def _council_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Hoi dong")
    _head(sheet, "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG XÃ EA SƯƠNG")
    _row(sheet, _TOP, ("STT", "Họ và tên", "Chức danh trong Hội đồng", "Có mặt", "Bỏ phiếu bằng văn bản"), bold=True)
    for number, (name, role) in enumerate(_COUNCIL, start=1):
        absent = number == _MEMBERS
        _row(sheet, _TOP + number, (number, name, role, None if absent else "x", "x" if absent else None))


def _refused_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("De nghi khong dat")
    _head(sheet, "DANH SÁCH ĐỀ NGHỊ KHÔNG ĐỦ ĐIỀU KIỆN")
    award = ("STT", "Loại", "Tên", "Danh hiệu đề nghị", "Xếp loại chất lượng", "Sáng kiến", "Đồng ý", "Tổng số TV")
    _row(sheet, _TOP, (*award, "Số người đạt LĐTT", "Tổng số người", "Có người bị kỷ luật", "Đang bị xem xét kỷ luật"), bold=True)
    good, best = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"
    rows: tuple[tuple[object, ...], ...] = (
        ("Cá nhân", "Lê Dốc Cao", "Chiến sĩ thi đua cơ sở", best, None, 7, _MEMBERS),
        ("Cá nhân", "Y Đèo Vắng Niê", "Lao động tiên tiến", good, None, 9, _MEMBERS, None, None, None, "x"),
        ("Tập thể", "Tổ Toán, Trường THCS Thác Bạc", "Tập thể lao động tiên tiến", None, None, 9, _MEMBERS, 6, 9),
    )
    for number, values in enumerate(rows, start=1):
        _row(sheet, _TOP + number, (number, *values))


def _collective_grants() -> Iterator[_Grant]:
    for percent in (99, 98, 97, 100, 99, 98, 100):
        yield _Grant(
            "Tập thể lao động tiên tiến", "Thường xuyên", None, f"Hoàn thành chỉ tiêu năm học 2025-2026; duy trì sĩ số {percent},5%."
        )
    for books, campaign in zip((320, 415, 512, 118, 240, 96), cycle(_CAMPAIGNS), strict=False):
        yield _Grant("Giấy khen", "Chuyên đề", campaign, f"Vận động {books} cuốn sách và đồ dùng học tập cho học sinh các buôn.")
    for pupils in (61, 48):
        yield _Grant("Giấy khen", "Đột xuất", None, f"Kịp thời đưa {pupils} học sinh đến nơi an toàn trong đợt mưa lũ tháng 11/2025.")


def _individual_grants() -> Iterator[_Grant]:
    for project, _ in zip(cycle(_PROJECTS), range(10), strict=False):
        achievement = f"Sáng kiến “{project}” được công nhận, áp dụng tại các trường trong xã; nhiều học sinh tiến bộ rõ rệt."
        yield _Grant("Chiến sĩ thi đua cơ sở", "Thường xuyên", None, achievement)
    for _ in range(14):
        yield _Grant("Lao động tiên tiến", "Thường xuyên", None, "Hoàn thành tốt nhiệm vụ năm học; tham gia đầy đủ các phong trào thi đua.")
    for hours, campaign in zip(range(20, 34), cycle(_CAMPAIGNS), strict=False):
        yield _Grant("Giấy khen", "Chuyên đề", campaign, f"Dành {hours} buổi tối hướng dẫn học sinh đọc sách và làm đồ dùng học tập.")
    for pupils in range(2, 8):
        yield _Grant("Giấy khen", "Đột xuất", None, f"Dũng cảm cứu {pupils} học sinh khi nước suối lên nhanh.")


def _people() -> Iterator[tuple[str, str, str]]:
    """Forty-four names that nobody bears: eleven beginnings, four poetic given names."""
    for given in _GIVEN:
        for family in _FAMILY:
            joint = "" if family == "H'" else " "
            salutation = "Bà" if family == "H'" or family.endswith("Thị") else "Ông"
            yield salutation, f"{family}{joint}{given}{_CLANS.get(family, '')}", _ETHNICITIES.get(family, "Kinh")


def _percent(part: int, whole: int) -> str:
    return f"{(part * 10_000 * 2 + whole) // (2 * whole) / 100:.2f}"


def _head(sheet: Worksheet, title: str, below: str | None = None) -> None:
    _row(sheet, 1, (SAMPLE_AUTHORITY.name.upper(),))
    _row(sheet, 1, ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",), first=6)
    _row(sheet, 2, ("Độc lập - Tự do - Hạnh phúc",), first=6)
    _row(sheet, 3, (_NOTICE,))
    _row(sheet, 4, (title, below), first=2)
    for letter, width in zip("ABCDEFG", (8, 34, 36, 26, 24, 20, 34), strict=True):
        sheet.column_dimensions[letter].width = width


def _headings(sheet: Worksheet, texts: Iterable[str], column: int) -> int:
    for text in texts:
        _row(sheet, _TOP, (text,), bold=True, first=column)
        sheet.merge_cells(start_row=_TOP, end_row=_TOP + 1, start_column=column, end_column=column)
        column += 1
    return column


def _group(sheet: Worksheet, text: str, parts: tuple[str, ...], column: int) -> int:
    _row(sheet, _TOP, (text,), bold=True, first=column)
    sheet.merge_cells(start_row=_TOP, end_row=_TOP, start_column=column, end_column=column + len(parts) - 1)
    _row(sheet, _TOP + 1, parts, bold=True, first=column)
    return column + len(parts)


def _row(sheet: Worksheet, row: int, values: Iterable[object], *, bold: bool = False, first: int = 1) -> None:
    thin = Side(style="thin")
    for column, value in enumerate(values, start=first):
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]  # the stubs narrow cell values more than openpyxl does
        if bold:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if row >= _TOP and value is not None:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


if __name__ == "__main__":
    SHIPPED.write_bytes(workbook_bytes(sample_awards()))
