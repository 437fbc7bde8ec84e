"""What only a primary-school transcript says (TT 27/2020): the national format asks for it, so the record has a place for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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


class Trait(StrEnum):
    """The five qualities, three general and seven specific competences; each value is the field of `Qualities` or `Competences`."""

    PATRIOTISM = "patriotism"
    KINDNESS = "kindness"
    DILIGENCE = "diligence"
    HONESTY = "honesty"
    RESPONSIBILITY = "responsibility"
    AUTONOMY_AND_SELF_STUDY = "autonomy_and_self_study"
    COMMUNICATION_AND_COOPERATION = "communication_and_cooperation"
    PROBLEM_SOLVING_AND_CREATIVITY = "problem_solving_and_creativity"
    LANGUAGE = "language"
    CALCULATION = "calculation"
    SCIENCE = "science"
    TECHNOLOGY = "technology"
    INFORMATICS = "informatics"
    AESTHETICS = "aesthetics"
    PHYSICAL = "physical"


QUALITIES: Final = tuple(Trait)[:5]
GENERAL_COMPETENCES: Final = tuple(Trait)[5:8]
SPECIFIC_COMPETENCES: Final = tuple(Trait)[8:]


class AssessmentDate(StrEnum):
    """When primary pupils are assessed before the end of the year (TT 27/2020, Điều 7.1 and 8.1)."""

    MID_SEMESTER_1 = "mid-semester-1"
    END_SEMESTER_1 = "end-semester-1"
    MID_SEMESTER_2 = "mid-semester-2"


@dataclass(frozen=True, slots=True)
class SubjectAssessment:
    """One subject at one assessment; `test_mark` from 0 to 10 where there was a test."""

    when: AssessmentDate
    level: PrimarySubjectLevel | None
    test_mark: int | None = None


@dataclass(frozen=True, slots=True)
class TraitAssessment:
    """Qualities and competences at one assessment, and what the homeroom teacher wrote then."""

    when: AssessmentDate
    competences: Competences
    qualities: Qualities
    remark: str | None = None


def trait_level(qualities: Qualities, competences: Competences, trait: Trait) -> TraitLevel | None:
    """The level of one trait, None where it was not assessed."""
    level: TraitLevel | None = getattr(qualities if trait in QUALITIES else competences, trait.value)
    return level
