"""Class 3A; `python -m tests.samples.class_3a` writes its file anew."""

from openpyxl import Workbook

from signing_service.sample import CLASS_3A
from tests.samples.class_sheets import SampleSubject
from tests.samples.people import Cohort, SamplePupil
from tests.samples.primary_sheets import primary_workbook
from tests.samples.primary_years import PrimaryClass, PrimaryProfile, PrimaryPupil
from tests.samples.sheets import ship

_E, _M, _G, _C = PrimaryProfile.EXCELLENT, PrimaryProfile.MODEL, PrimaryProfile.GOOD, PrimaryProfile.COMPLETED

_SUBJECTS = (
    SampleSubject("TV", "Tiếng Việt", "TV", 245, None, scored=True),
    SampleSubject("TOAN", "Toán", "Toán", 175, None, scored=True),
    SampleSubject("NN1", "Ngoại ngữ 1 (Tiếng Anh)", "T.Anh", 140, None, scored=True),
    SampleSubject("TIN", "Tin học và Công nghệ (Tin học)", "Tin", 35, None, scored=True),
    SampleSubject("CN", "Tin học và Công nghệ (Công nghệ)", "C.nghệ", 35, None, scored=True),
    SampleSubject("DD", "Đạo đức", "Đ.đức", 35, None, scored=False),
    SampleSubject("TNXH", "Tự nhiên và Xã hội", "TN&XH", 70, None, scored=False),
    SampleSubject("GDTC", "Giáo dục thể chất", "GDTC", 70, None, scored=False),
    SampleSubject("AN", "Nghệ thuật (Âm nhạc)", "Â.nhạc", 35, None, scored=False),
    SampleSubject("MT", "Nghệ thuật (Mĩ thuật)", "M.thuật", 35, None, scored=False),
    SampleSubject("HDTN", "Hoạt động trải nghiệm", "HĐTN", 105, None, scored=False),
    SampleSubject("TDT", "Tiếng dân tộc (Tiếng Ê Đê)", "T.Ê đê", 70, None, scored=False),
)
_PUPILS = tuple(
    PrimaryPupil(SamplePupil(name, sex, ethnicity), profile, outstanding)
    for name, sex, ethnicity, profile, outstanding in (
        ("Y Ƀin Niê Nắng Sớm", "Nam", "Ê Đê", _E, None),
        ("Trần Thị Hạt Mưa", "Nữ", "Kinh", _C, None),
        ("H'Lê̆ Byă Bông Lau", "Nữ", "Ê Đê", _M, "Vượt trội môn Tiếng Việt"),
        ("Nguyễn Gió Đồng", "Nam", "Kinh", _C, None),
        ("Điểu Ƀlơ Suối Đá", "Nam", "M'Nông", _G, None),
        ("Lê Thị Đóa Quỳ", "Nữ", "Kinh", _E, None),
        ("Phạm Cây Sồi", "Nam", "Kinh", _G, None),
        ("H'Ŏn Êban Ánh Trăng", "Nữ", "Ê Đê", _C, None),
        ("Hoàng Sóc Nâu", "Nam", "Kinh", _M, "Tiến bộ nổi bật về năng lực tính toán"),
        ("Thị Drơ̆m Hoa Mua", "Nữ", "M'Nông", _G, None),
        ("Vũ Thị Mầm Xanh", "Nữ", "Kinh", _C, None),
        ("Y Čĭn Mlô Cánh Rừng", "Nam", "Ê Đê", _G, None),
        ("Đỗ Thị Vầng Mây", "Nữ", "Kinh", _E, None),
        ("Bùi Hòn Cuội", "Nam", "Kinh", PrimaryProfile.HELPED, None),
        ("Nông Thị Nương Ngô", "Nữ", "Tày", _C, None),
        ("Y Ŭn Kđăm Sương Sớm", "Nam", "Ê Đê", _C, None),
        ("Đặng Thị Bờ Suối", "Nữ", "Kinh", _M, "Vượt trội môn Tin học"),
        ("Ngô Trưa Hè", "Nam", "Kinh", _G, None),
        ("H'Ñĭm Ktla Lá Biếc", "Nữ", "Ê Đê", _G, None),
        ("Dương Thị Chuồn Kim", "Nữ", "Kinh", _C, None),
        ("Giàng Thị Đào Rừng", "Nữ", "Mông", _M, "Vượt trội về phẩm chất nhân ái"),
        ("Lý Con Suối", "Nam", "Nùng", _C, None),
        ("Điểu Trĕng Tổ Ong", "Nam", "M'Nông", _C, None),
        ("Hồ Thị Bông Súng", "Nữ", "Kinh", _E, None),
        ("Y Ơ̆n Ayŭn Đại Ngàn", "Nam", "Ê Đê", _G, None),
        ("Võ Thị Cánh Bướm", "Nữ", "Kinh", _G, None),
        ("Trương Vườn Cam", "Nam", "Kinh", _C, None),
        ("H'Ƀrô̆ Hwing Mưa Rào", "Nữ", "Ê Đê", _M, "Vượt trội môn Toán"),
        ("Đinh Thị Ngọn Cỏ", "Nữ", "Kinh", _C, None),
        ("Phan Trời Thu", "Nam", "Kinh", _G, None),
        ("Thị Mlư̆ Quả Dâu", "Nữ", "M'Nông", _C, None),
        ("Mai Đường Làng", "Nam", "Kinh", _G, None),
        ("Y Lĭng Hđơk Trống Nhỏ", "Nam", "Ê Đê", _C, None),
        ("Lâm Thị Sao Mai", "Nữ", "Kinh", _E, None),
        ("Tạ Ngọn Núi", "Nam", "Kinh", _G, None),
    )
)
_CLASS = PrimaryClass(
    cohort=Cohort(CLASS_3A, grade=3, birth_year=2017, first_number=703_000),
    authority="ỦY BAN NHÂN DÂN XÃ EA SƯƠNG",
    subjects=_SUBJECTS,
    pupils=_PUPILS,
    optional="TDT",
    learners=frozenset({"Ê Đê"}),
    weak="TOAN",
)


def workbook_3a() -> Workbook:
    """35 pupils, primary."""
    return primary_workbook(_CLASS)


if __name__ == "__main__":
    ship(CLASS_3A, workbook_3a())
