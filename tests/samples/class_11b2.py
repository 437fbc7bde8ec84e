"""Class 11B2; `python -m tests.samples.class_11b2` writes its file anew."""

from openpyxl import Workbook

from signing_service.sample import CLASS_11B2
from tests.samples.class_sheets import SampleSubject
from tests.samples.people import Cohort, SamplePupil
from tests.samples.secondary_sheets import secondary_workbook
from tests.samples.secondary_years import Profile, SecondaryClass, SecondaryPupil
from tests.samples.sheets import ship

_E, _V, _F, _P = Profile.EXCELLENT, Profile.VERY_GOOD, Profile.FAIR, Profile.PASSED

_SUBJECTS = (
    SampleSubject("TOAN", "Toán", "Toán", 105, 4, scored=True),
    SampleSubject("NV", "Ngữ văn", "Văn", 105, 4, scored=True),
    SampleSubject("NN1", "Ngoại ngữ 1 (Tiếng Anh)", "Ng.ngữ", 105, 4, scored=True),
    SampleSubject("LS", "Lịch sử", "Sử", 52, 3, scored=True),
    SampleSubject("GDQP", "Giáo dục quốc phòng và an ninh", "GDQP", 35, 2, scored=True),
    SampleSubject("VL", "Vật lí", "Lí", 70, 3, scored=True),
    SampleSubject("HH", "Hoá học", "Hóa", 70, 3, scored=True),
    SampleSubject("SH", "Sinh học", "Sinh", 70, 3, scored=True),
    SampleSubject("TIN", "Tin học", "Tin", 70, 3, scored=True),
    SampleSubject("DL", "Địa lí", "Địa", 70, 3, scored=True),
    SampleSubject("KTPL", "Giáo dục kinh tế và pháp luật", "GDKT&PL", 70, 3, scored=True),
    SampleSubject("CN", "Công nghệ", "C.nghệ", 70, 3, scored=True),
    SampleSubject("TDT", "Tiếng dân tộc thiểu số (Tiếng Ê Đê)", "T.Ê đê", 105, 4, scored=True),
    SampleSubject("AN", "Âm nhạc", "Nhạc", 70, 2, scored=False),
    SampleSubject("MT", "Mĩ thuật", "M.thuật", 70, 2, scored=False),
    SampleSubject("GDTC", "Giáo dục thể chất", "GDTC", 70, 2, scored=False),
    SampleSubject("TNHN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN&HN", 105, 2, scored=False),
    SampleSubject("GDDP", "Nội dung giáo dục của địa phương", "NDGDCĐP", 35, 2, scored=False),
)
_SCIENCE = ("VL", "HH", "SH", "TIN")
_ENGINEERING = ("VL", "HH", "TIN", "CN")
_BIOLOGY = ("HH", "SH", "CN", "DL")
_SOCIETY = ("DL", "KTPL", "VL", "TIN")
_ECONOMY = ("DL", "KTPL", "SH", "CN")
_ARTS = ("DL", "KTPL", "AN", "MT")
_EDE = ("TDT",)

_PUPILS = tuple(
    SecondaryPupil(SamplePupil(name, sex, ethnicity), profile, chosen)
    for name, sex, ethnicity, profile, chosen in (
        ("Y Ƀlĭm Kđăm Thung Lũng", "Nam", "Ê Đê", _V, _SCIENCE + _EDE),
        ("Nguyễn Thị Cánh Đồng", "Nữ", "Kinh", _E, _SCIENCE),
        ("Trần Ngọn Khói", "Nam", "Kinh", _F, _ENGINEERING),
        ("H'Nuĕ Êban Lúa Mới", "Nữ", "Ê Đê", _F, _ARTS + _EDE),
        ("Lê Bóng Tre", "Nam", "Kinh", _P, _SOCIETY),
        ("Điểu Čhơ Sương Đêm", "Nam", "M'Nông", _F, _ECONOMY),
        ("Phạm Thị Giếng Làng", "Nữ", "Kinh", _V, _SOCIETY),
        ("Y Nŏ Hđơk Mặt Trời", "Nam", "Ê Đê", Profile.RETEST_PASSED, _ENGINEERING),
        ("Hoàng Thị Rạng Đông", "Nữ", "Kinh", _E, _BIOLOGY),
        ("Vũ Cơn Mưa", "Nam", "Kinh", _F, _SCIENCE),
        ("Thị Mbơ Lá Non", "Nữ", "M'Nông", _F, _ARTS),
        ("Đỗ Vầng Trăng", "Nam", "Kinh", _F, _ENGINEERING),
        ("H'Ô̆m Ayŭn Bồ Câu", "Nữ", "Ê Đê", _V, _ECONOMY + _EDE),
        ("Bùi Thị Cỏ May", "Nữ", "Kinh", _P, _SOCIETY),
        ("Nông Thị Suối Khe", "Nữ", "Nùng", _F, _BIOLOGY),
        ("Đặng Bến Đò", "Nam", "Kinh", _F, _SCIENCE),
        ("Y Wư̆n Mlô Hạt Thóc", "Nam", "Ê Đê", _P, _ENGINEERING + _EDE),
        ("Ngô Thị Lá Sen", "Nữ", "Kinh", _V, _SCIENCE),
        ("Dương Tiếng Sóng", "Nam", "Kinh", Profile.ONE_SUBJECT_LOW, _SOCIETY),
        ("H'Ñoăt Niê Chim Ri", "Nữ", "Ê Đê", _F, _ECONOMY),
        ("Lý Núi Đôi", "Nam", "Tày", _F, _BIOLOGY),
        ("Hồ Thị Ánh Lửa", "Nữ", "Kinh", _E, _ENGINEERING),
        ("Điểu Krŏng Mật Ngọt", "Nam", "M'Nông", Profile.RETEST_FAILED, _SOCIETY),
        ("Võ Thị Bụi Phấn", "Nữ", "Kinh", _F, _ARTS),
        ("Y Jŭt Hwing Mỏm Đá", "Nam", "Ê Đê", _F, _SCIENCE + _EDE),
        ("Trương Hoa Cà", "Nữ", "Kinh", _V, _BIOLOGY),
        ("Giàng Thị Sương Núi", "Nữ", "Mông", _P, _ECONOMY),
        ("Đinh Thảm Cỏ", "Nam", "Kinh", _F, _ENGINEERING),
        ("H'Pê̆ Ktla Vòng Tay", "Nữ", "Ê Đê", _F, _SOCIETY),
        ("Phan Thị Đêm Hè", "Nữ", "Kinh", _V, _SCIENCE),
        ("Y Ring Êñuôl Nhịp Chiêng", "Nam", "Ê Đê", Profile.ABSENT, _ARTS + _EDE),
        ("Mai Dòng Kênh", "Nam", "Kinh", _F, _ENGINEERING),
        ("Thị Srưm Bắp Non", "Nữ", "M'Nông", _P, _ECONOMY),
        ("Lâm Thị Trái Sim", "Nữ", "Kinh", _F, _BIOLOGY),
        ("Tạ Chân Trời", "Nam", "Kinh", _V, _SCIENCE),
        ("H'Dŏng Rchăm Sao Hôm", "Nữ", "Ê Đê", _F, _SOCIETY + _EDE),
        ("Cao Con Thuyền", "Nam", "Kinh", _P, _SOCIETY),
        ("Hà Thị Quả Mơ", "Nữ", "Tày", _F, _BIOLOGY),
        ("Đoàn Bờ Đê", "Nam", "Kinh", Profile.SUMMER_CONDUCT, _ENGINEERING),
        ("Châu Thị Khóm Trúc", "Nữ", "Kinh", _V, _ARTS),
        ("Điểu Rơ̆m Thác Đổ", "Nam", "M'Nông", _F, _ECONOMY),
        ("Lưu Thị Giọt Nắng", "Nữ", "Kinh", _E, _SCIENCE),
        ("Y Kĭt Buôn Yă Cồng Vang", "Nam", "Ê Đê", _P, _SOCIETY + _EDE),
        ("Quách Áng Mây", "Nam", "Kinh", _F, _ENGINEERING),
        ("Triệu Thị Hoa Mận", "Nữ", "Nùng", _V, _BIOLOGY),
    )
)
_CLASS = SecondaryClass(
    cohort=Cohort(CLASS_11B2, grade=11, birth_year=2009, first_number=711_000),
    authority="SỞ GIÁO DỤC VÀ ĐÀO TẠO ĐẮK LẮK",
    subjects=_SUBJECTS,
    pupils=_PUPILS,
    weak={
        Profile.RETEST_PASSED: ("NN1", "LS", "VL", "HH"),
        Profile.RETEST_FAILED: ("TOAN", "NN1", "LS", "VL"),
        Profile.ONE_SUBJECT_LOW: ("NN1",),
    },
    retests={
        Profile.RETEST_PASSED: (("NN1", "5.5"), ("LS", "6.0"), ("VL", "5.0"), ("HH", "5.5")),
        Profile.RETEST_FAILED: (("TOAN", "4.0"), ("NN1", "3.0"), ("LS", "5.0"), ("VL", "4.5")),
    },
    slip="GDDP",
    electives=frozenset({"VL", "HH", "SH", "TIN", "DL", "KTPL", "CN", "AN", "MT", "TDT"}),
    optional=frozenset({"TDT"}),
)


def workbook_11b2() -> Workbook:
    """45 pupils, upper secondary, in six combinations of chosen subjects."""
    return secondary_workbook(_CLASS)


if __name__ == "__main__":
    ship(CLASS_11B2, workbook_11b2())
