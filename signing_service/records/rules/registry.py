"""Which grading rules are in force for a class, by school year, level and grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings
from signing_service.records.transcript import EducationLevel


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A circular's grading rules as they apply to the grades it has reached."""

    identifier: str
    """The name that records carry."""
    authority: str
    level: EducationLevel
    form: str
    """Identifier of the transcript form that goes with the rules."""
    first_school_year: Mapping[int, int]
    """Grade to the calendar year in which its first school year under these rules began."""
    readings: Readings = DEFAULT_READINGS
    elective_subjects: frozenset[str] = frozenset()
    """Codes of the môn học lựa chọn, of which each pupil takes `readings.electives_required`; they count like compulsory ones."""


TT22_LOWER_SECONDARY: Final = RuleSet(
    identifier="tt22-2021",
    authority="TT 22/2021/TT-BGDĐT, Điều 5 đến 15",
    level=EducationLevel.LOWER_SECONDARY,
    form="thcs-2021",
    # Điều 21: grade 6 from 2021-2022, then one grade more each year.
    first_school_year=MappingProxyType({6: 2021, 7: 2022, 8: 2023, 9: 2024}),
)

TT22_UPPER_SECONDARY: Final = RuleSet(
    identifier="tt22-2021-thpt",
    authority="TT 22/2021/TT-BGDĐT, Điều 5 đến 15",
    level=EducationLevel.UPPER_SECONDARY,
    form="thpt-2021",
    # Điều 21: grade 10 from 2022-2023, then one grade more each year.
    first_school_year=MappingProxyType({10: 2022, 11: 2023, 12: 2024}),
    # TT 13/2022/TT-BGDĐT, sửa Chương trình giáo dục phổ thông: four of these nine.
    elective_subjects=frozenset({"DL", "KTPL", "VL", "HH", "SH", "CN", "TIN", "AN", "MT"}),
)

TT27_PRIMARY: Final = RuleSet(
    identifier="tt27-2020",
    authority="TT 27/2020/TT-BGDĐT, Điều 6 đến 13",
    level=EducationLevel.PRIMARY,
    form="tieu-hoc-2020",
    # Điều 19: grade 1 from 2020-2021, then one grade more each year.
    first_school_year=MappingProxyType({1: 2020, 2: 2021, 3: 2022, 4: 2023, 5: 2024}),
)

RULE_SETS: Final = (
    TT22_LOWER_SECONDARY,
    TT22_UPPER_SECONDARY,
    TT27_PRIMARY,
)
"""Newest first: a later circular goes in front."""


def rules_for(school_year: str, level: EducationLevel, grade: int) -> RuleSet:
    """The rules of a grade in a school year such as `2025-2026`.

    Raises:
        InvalidInputError: no known rules reach this grade in this year (`rules-unknown`).
    """
    start = int(school_year[:4])
    for rules in RULE_SETS:
        if rules.level is level and grade in rules.first_school_year and rules.first_school_year[grade] <= start:
            return rules
    raise InvalidInputError(
        "rules-unknown",
        vi=f"Chưa có quy định đánh giá cho khối {grade} năm học {school_year}; hãy kiểm tra khối và năm học ở đầu trang tính.",
        en=f"No grading rules are known for grade {grade} in {school_year}; check grade and school year at the top of the sheet.",
    )


def rules_named(identifier: str) -> RuleSet:
    """The rules that a record names.

    Raises:
        InvalidInputError: the name is not known (`rules-unknown`).
    """
    for rules in RULE_SETS:
        if rules.identifier == identifier:
            return rules
    raise InvalidInputError(
        "rules-unknown", vi="Học bạ dẫn quy định đánh giá chưa biết.", en="The record names grading rules that are not known."
    )
