"""Class 7B; `python -m tests.samples.class_7b` writes its file anew."""

from openpyxl import Workbook

from signing_service.sample import CLASS_7B
from tests.samples.class_sheets import SampleSubject
from tests.samples.people import Cohort, SamplePupil
from tests.samples.secondary_sheets import secondary_workbook
from tests.samples.secondary_years import Profile, SecondaryClass, SecondaryPupil
from tests.samples.sheets import ship

_E, _V, _F, _P = Profile.EXCELLENT, Profile.VERY_GOOD, Profile.FAIR, Profile.PASSED

_SUBJECTS = (
    SampleSubject("TOAN", "Toán", "Toán", 140, 4, scored=True),
    SampleSubject("LSDL", "Lịch sử và Địa lí", "LS&ĐL", 105, 4, scored=True),
    SampleSubject("KHTN", "Khoa học tự nhiên", "KHTN", 140, 4, scored=True),
    SampleSubject("TIN", "Tin học", "Tin", 35, 2, scored=True),
    SampleSubject("NV", "Ngữ văn", "Văn", 140, 4, scored=True),
    SampleSubject("NN1", "Ngoại ngữ 1 (Tiếng Anh)", "Ng.ngữ", 105, 4, scored=True),
    SampleSubject("GDCD", "Giáo dục công dân", "GDCD", 35, 2, scored=True),
    SampleSubject("CN", "Công nghệ", "C.nghệ", 35, 2, scored=True),
    SampleSubject("GDTC", "Giáo dục thể chất", "GDTC", 70, 2, scored=False),
    SampleSubject("NT", "Nghệ thuật", "Nghệ thuật", 70, 2, scored=False),
    SampleSubject("GDDP", "Nội dung giáo dục của địa phương", "NDGDCĐP", 35, 2, scored=False),
    SampleSubject("TNHN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN&HN", 105, 2, scored=False),
)
_PUPILS = tuple(
    SecondaryPupil(SamplePupil(name, sex, ethnicity), profile)
    for name, sex, ethnicity, profile in (
        ("H'Ƀăm Niê Sương", "Nữ", "Ê Đê", _E),
        ("Y Ƀlĕ Byă Gió", "Nam", "Ê Đê", _F),
        ("Nguyễn Suối Ngàn", "Nữ", "Kinh", _V),
        ("Trần Bình Minh Sớm", "Nam", "Kinh", _P),
        ("H'Lŏ Êban Mưa", "Nữ", "Ê Đê", _F),
        ("Lê Thị Thác Bạc Nhỏ", "Nữ", "Kinh", _E),
        ("Y Tê̆h Kđăm", "Nam", "Ê Đê", _P),
        ("Phạm Mây Trôi", "Nam", "Kinh", _F),
        ("Điểu Lá Rừng", "Nam", "M'Nông", Profile.RETEST_PASSED),
        ("Hoàng Thị Nắng Mai", "Nữ", "Kinh", _V),
        ("Vũ Đồi Thông", "Nam", "Kinh", _F),
        ("Thị Brơi Măng Non", "Nữ", "M'Nông", _F),
        ("Đỗ Sao Khuya", "Nam", "Kinh", _P),
        ("H'Yŭn Ayŭn Cỏ", "Nữ", "Ê Đê", _V),
        ("Bùi Sông Xa", "Nam", "Kinh", _F),
        ("Nông Trăng Bản", "Nam", "Tày", _F),
        ("Đặng Thị Hoa Rơm", "Nữ", "Kinh", _P),
        ("Y Ñhuăt Mlô Đá", "Nam", "Ê Đê", Profile.ABSENT),
        ("Ngô Hạt Sương Mai", "Nữ", "Kinh", _E),
        ("H'Ơr Ƀuôn Krông Suối", "Nữ", "Ê Đê", _F),
        ("Dương Gió Lành", "Nam", "Kinh", _F),
        ("Lý Thị Chiều Vàng", "Nữ", "Kinh", _V),
        ("Điểu Nai Tơ", "Nam", "M'Nông", _P),
        ("Hồ Thị Bông Gạo", "Nữ", "Kinh", _F),
        ("Y Čư Hwing Lửa", "Nam", "Ê Đê", _V),
        ("Võ Cánh Diều Xanh", "Nam", "Kinh", _F),
        ("H'Hŏ Ktla Bướm", "Nữ", "Ê Đê", _P),
        ("Trương Thị Tiếng Chim", "Nữ", "Kinh", _V),
        ("Giàng A Núi Xa", "Nam", "Mông", _F),
        ("Đinh Mùa Lúa", "Nữ", "Kinh", _P),
        ("Thị Mơr Nấm Rừng", "Nữ", "M'Nông", Profile.RETEST_FAILED),
        ("Phan Ngọn Đèn Nhỏ", "Nam", "Kinh", _F),
        ("H'Rĭm Niê Hoa Pơ Lang", "Nữ", "Ê Đê", _V),
        ("Mai Con Đường Đất", "Nam", "Kinh", _P),
        ("Lâm Thị Bến Nước", "Nữ", "Kinh", _F),
        ("Y Ơ̆t Êñuôl Cầu Vồng", "Nam", "Ê Đê", _F),
        ("Tạ Hòn Sỏi Trắng", "Nam", "Kinh", Profile.SUMMER_CONDUCT),
        ("Cao Thị Vườn Chè", "Nữ", "Kinh", _V),
        ("Hà Chuồn Chuồn Ớt", "Nam", "Tày", _P),
        ("Đoàn Thị Mây Hồng Nhạt", "Nữ", "Kinh", _E),
        ("Điểu Ong Mật", "Nam", "M'Nông", _F),
        ("Châu Thị Sen Cạn", "Nữ", "Kinh", _F),
        ("H'Ê̆ng Ƀyă Kơ Nia", "Nữ", "Ê Đê", Profile.ONE_SUBJECT_LOW),
        ("Lưu Đám Mưa Rào", "Nam", "Kinh", _P),
        ("Quách Thị Đom Đóm", "Nữ", "Kinh", _F),
    )
)
_CLASS = SecondaryClass(
    cohort=Cohort(CLASS_7B, grade=7, birth_year=2013, first_number=700_000),
    authority="ỦY BAN NHÂN DÂN XÃ EA SƯƠNG",
    subjects=_SUBJECTS,
    pupils=_PUPILS,
    weak={
        Profile.RETEST_PASSED: ("KHTN", "NN1", "CN"),
        Profile.RETEST_FAILED: ("TOAN", "LSDL", "NV", "NN1"),
        Profile.ONE_SUBJECT_LOW: ("NN1",),
    },
    retests={
        Profile.RETEST_PASSED: (("KHTN", "6.0"), ("NN1", "5.5"), ("CN", "5.0")),
        Profile.RETEST_FAILED: (("TOAN", "4.0"), ("LSDL", "5.0"), ("NV", "3.5"), ("NN1", "4.5")),
    },
    slip="NT",
)


def workbook_7b() -> Workbook:
    """45 pupils, lower secondary."""
    return secondary_workbook(_CLASS)


if __name__ == "__main__":
    ship(CLASS_7B, workbook_7b())
