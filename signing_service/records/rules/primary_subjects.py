"""Which subjects and activities does a primary grade have, and which of them end with a test (TT 32/2018; TT 27/2020, Điều 7.1b)?"""

from types import MappingProxyType
from typing import Final

NAMES: Final = MappingProxyType(
    {
        "TV": "Tiếng Việt",
        "TOAN": "Toán",
        "NN1": "Ngoại ngữ 1",
        "LSDL": "Lịch sử và Địa lí",
        "KH": "Khoa học",
        "THCN": "Tin học và Công nghệ",
        "TIN": "Tin học và Công nghệ (Tin học)",
        "CN": "Tin học và Công nghệ (Công nghệ)",
        "DD": "Đạo đức",
        "TNXH": "Tự nhiên và Xã hội",
        "GDTC": "Giáo dục thể chất",
        "NT": "Nghệ thuật",
        "AN": "Nghệ thuật (Âm nhạc)",
        "MT": "Nghệ thuật (Mĩ thuật)",
        "HDTN": "Hoạt động trải nghiệm",
        "TDT": "Tiếng dân tộc",
        "NN2": "Ngoại ngữ 2",
    }
)
"""Code to the name on the form, in its order; the two parts of Tin học và Công nghệ and of Nghệ thuật may also stand as one subject."""

_ALL_GRADES: Final = frozenset({"TV", "TOAN", "DD", "GDTC", "NT", "AN", "MT", "HDTN"})
_YOUNGER: Final = frozenset({"TNXH"})
_FROM_3: Final = frozenset({"NN1", "THCN", "TIN", "CN"})
_FROM_4: Final = frozenset({"LSDL", "KH"})
_ALWAYS_OPTIONAL: Final = frozenset({"TDT", "NN2"})
_OPTIONAL_UNTIL_2: Final = frozenset({"NN1"})
_TESTED: Final = frozenset({"TV", "TOAN", "NN1", "LSDL", "KH", "THCN", "TIN", "CN"})
_LAST_GRADE_WITH_NATURE_AND_SOCIETY: Final = 3
_FIRST_GRADE_WITH_LANGUAGE: Final = 3
_FIRST_GRADE_WITH_SCIENCE: Final = 4


def compulsory_subjects(grade: int) -> frozenset[str]:
    """Codes of the subjects that count in the result of a grade from 1 to 5."""
    subjects = _ALL_GRADES
    if grade <= _LAST_GRADE_WITH_NATURE_AND_SOCIETY:
        subjects |= _YOUNGER
    if grade >= _FIRST_GRADE_WITH_LANGUAGE:
        subjects |= _FROM_3
    return subjects | _FROM_4 if grade >= _FIRST_GRADE_WITH_SCIENCE else subjects


def optional_subjects(grade: int) -> frozenset[str]:
    """Codes of the subjects that a pupil of the grade may leave out: Ngoại ngữ 1 in grades 1 and 2, Tiếng dân tộc, Ngoại ngữ 2."""
    return _ALWAYS_OPTIONAL if grade >= _FIRST_GRADE_WITH_LANGUAGE else _ALWAYS_OPTIONAL | _OPTIONAL_UNTIL_2


def ends_with_test(code: str, grade: int) -> bool:
    """Whether the compulsory subject has a test at the end of the year (Điều 7.1b)."""
    return code in _TESTED & compulsory_subjects(grade)
