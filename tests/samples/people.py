"""The people of the sample classes: nobody is called so, but the letters are those that a transcript must be able to show."""

from dataclasses import dataclass
from datetime import date

from signing_service.sample import SampleClass

_HAMLETS = ("Buôn Suối Trong", "Thôn Cầu Tre", "Buôn Đá Trắng", "Thôn Nắng Sớm", "Buôn Hoa Rừng")
_JOBS = ("Trồng cà phê", "Nông dân", "Thợ hồ", "Buôn bán nhỏ", "Giáo viên", "Trồng hồ tiêu", "Thợ may")
_PARENTS = ("Rừng", "Biển", "Núi", "Sông", "Trời", "Đất", "Nước")


@dataclass(frozen=True, slots=True)
class SamplePupil:
    """Who a pupil is; what kind of year they had stands beside it."""

    name: str
    sex: str
    ethnicity: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """Pupils of one class, numbered from 1 in the order of the class list."""

    sample: SampleClass
    grade: int
    birth_year: int
    first_number: int
    """Where the running numbers of the personal IDs begin."""

    def birth_date(self, number: int) -> date:
        """In the cohort's year, every pupil on another day."""
        return date(self.birth_year, 1 + number * 5 % 12, 1 + number * 7 % 28)

    def personal_id(self, number: int, pupil: SamplePupil) -> str:
        """099 belongs to no province; then sex and century, year, and a running number."""
        return f"099{3 if pupil.sex == 'Nữ' else 2}{self.birth_year % 100:02d}{self.first_number + number:06d}"

    def pupil_code(self, number: int) -> str:
        return f"99{self.grade:02d}{number:06d}"

    def register_number(self, number: int) -> str:
        return f"{self.grade:02d}/{number + 60:04d}"


def parents(number: int, pupil: SamplePupil) -> tuple[str | None, str | None, str, str]:
    """Father with occupation (some pupils have none on paper), mother with occupation."""
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
