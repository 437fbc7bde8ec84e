"""What only a primary-school transcript says (TT 27/2020): the national format asks for it, so the record has a place for it."""

from dataclasses import dataclass
from enum import StrEnum


class PrimarySubjectLevel(StrEnum):
    """Mức đạt được of a subject (TT 27/2020, Điều 7)."""

    COMPLETED_WELL = "T"
    COMPLETED = "H"
    NOT_COMPLETED = "C"


class TraitLevel(StrEnum):
    """Mức of a quality or competence (TT 27/2020, Điều 8)."""

    GOOD = "T"
    PASSED = "Đ"
    NEEDS_EFFORT = "C"


class PrimaryResult(StrEnum):
    """Kết quả giáo dục of the year (TT 27/2020, Điều 9), best first."""

    EXCELLENT = "Hoàn thành xuất sắc"
    GOOD = "Hoàn thành tốt"
    COMPLETED = "Hoàn thành"
    NOT_COMPLETED = "Chưa hoàn thành"


@dataclass(frozen=True, slots=True)
class Competences:
    """Three general and seven specific competences; a competence that was not assessed is None."""

    autonomy_and_self_study: TraitLevel | None = None
    communication_and_cooperation: TraitLevel | None = None
    problem_solving_and_creativity: TraitLevel | None = None
    language: TraitLevel | None = None
    calculation: TraitLevel | None = None
    science: TraitLevel | None = None
    technology: TraitLevel | None = None
    informatics: TraitLevel | None = None
    aesthetics: TraitLevel | None = None
    physical: TraitLevel | None = None


@dataclass(frozen=True, slots=True)
class Qualities:
    """The five qualities."""

    patriotism: TraitLevel | None = None
    kindness: TraitLevel | None = None
    diligence: TraitLevel | None = None
    honesty: TraitLevel | None = None
    responsibility: TraitLevel | None = None


@dataclass(frozen=True, slots=True)
class PrimaryYear:
    """The part of the year's result that secondary schools do not have."""

    result: PrimaryResult
    competences: Competences
    qualities: Qualities
    remark_on_qualities: str | None = None
    remark_on_general_competences: str | None = None
    remark_on_specific_competences: str | None = None
