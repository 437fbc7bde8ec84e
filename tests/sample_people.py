"""The people of the sample class: nobody is called so, but the letters are those that a transcript must be able to show."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Profile(Enum):
    """What kind of year a pupil had; the rules decide what follows from the marks."""

    EXCELLENT = 94
    VERY_GOOD = 86
    FAIR = 73
    PASSED = 58
    ONE_SUBJECT_LOW = 84
    RETEST_PASSED = 57
    RETEST_FAILED = 53
    SUMMER_CONDUCT = 72
    ABSENT = 70


@dataclass(frozen=True, slots=True)
class SamplePupil:
    name: str
    sex: str
    ethnicity: str
    profile: Profile


_E, _V, _F, _P = Profile.EXCELLENT, Profile.VERY_GOOD, Profile.FAIR, Profile.PASSED

PUPILS = tuple(
    SamplePupil(name, sex, ethnicity, profile)
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

_HAMLETS = ("Buôn Suối Trong", "Thôn Cầu Tre", "Buôn Đá Trắng", "Thôn Nắng Sớm", "Buôn Hoa Rừng")
_JOBS = ("Trồng cà phê", "Nông dân", "Thợ hồ", "Buôn bán nhỏ", "Giáo viên", "Trồng hồ tiêu", "Thợ may")
_PARENTS = ("Rừng", "Biển", "Núi", "Sông", "Trời", "Đất", "Nước")


def birth_date(number: int) -> date:
    """In 2013, every pupil on another day."""
    return date(2013, 1 + number * 5 % 12, 1 + number * 7 % 28)


def personal_id(number: int, pupil: SamplePupil) -> str:
    """099 belongs to no province; then sex and century, year, and a running number."""
    return f"099{3 if pupil.sex == 'Nữ' else 2}13{700000 + number:06d}"


def pupil_code(number: int) -> str:
    return f"9907{number:06d}"


def parents(number: int, pupil: SamplePupil) -> tuple[str | None, str | None, str, str]:
    """Father with occupation (two pupils have none on paper), mother with occupation."""
    job = _JOBS[number % len(_JOBS)]
    first, last = _PARENTS[number % len(_PARENTS)], _PARENTS[(number * 3 + 1) % len(_PARENTS)]
    if pupil.ethnicity == "Ê Đê":
        father, mother = f"Y {first} Niê {last}", f"H'{last} Byă {first}"
    else:
        family = pupil.name.split()[0]
        father, mother = f"{family} Ông {first} {last}", f"Tô Thị {last} {first}"
    fatherless = number % 23 == 0
    return None if fatherless else father, None if fatherless else job, mother, _JOBS[(number + 3) % len(_JOBS)]


def hamlet(number: int) -> str:
    return _HAMLETS[number % len(_HAMLETS)]


def policy(number: int) -> str | None:
    return {4: "Hộ nghèo", 17: "Hộ cận nghèo", 30: "Con thương binh"}.get(number % 33)
