"""What kind of year a primary pupil had: levels and test marks are laid out by profile, and our rules say what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from signing_service.records.primary import AssessmentDate, PrimaryResult, PrimarySubjectLevel, Trait, TraitLevel
from signing_service.records.rules.primary_completion import completes_grade
from signing_service.records.rules.primary_results import PrimaryFigure, primary_result
from signing_service.records.rules.primary_titles import primary_title
from signing_service.records.transcript import Title
from tests.samples.class_sheets import SampleSubject
from tests.samples.people import Cohort, SamplePupil

_T, _H, _C = PrimarySubjectLevel.COMPLETED_WELL, PrimarySubjectLevel.COMPLETED, PrimarySubjectLevel.NOT_COMPLETED
_WELL_FROM = 7
_TEST_DATES = (AssessmentDate.END_SEMESTER_1, None)


class PrimaryProfile(Enum):
    """What kind of year a pupil had; the rules decide what follows from levels and marks. The value is the range of the marks."""

    EXCELLENT = (9, 10)
    MODEL = (7, 9)
    GOOD = (7, 10)
    COMPLETED = (5, 8)
    HELPED = (5, 7)


@dataclass(frozen=True, slots=True)
class PrimaryPupil:
    """A pupil and the kind of year; `outstanding` is what the pupil excels in, agreed by the class."""

    person: SamplePupil
    profile: PrimaryProfile
    outstanding: str | None = None


@dataclass(frozen=True, slots=True)
class PrimaryClass:
    """A primary class; the pupils whose ethnicity is among `learners` take the optional subject."""

    cohort: Cohort
    authority: str
    subjects: tuple[SampleSubject, ...]
    pupils: tuple[PrimaryPupil, ...]
    optional: str
    learners: frozenset[str]
    weak: str
    """The subject in which a pupil with `PrimaryProfile.HELPED` falls short."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment of one pupil: level and, where tested, mark by subject code; every quality and competence."""

    figures: Mapping[str, PrimaryFigure]
    traits: Mapping[Trait, TraitLevel]


@dataclass(frozen=True, slots=True)
class PrimaryYearOf:
    """Everything that the sheets say about one pupil before đánh giá bổ sung."""

    number: int
    pupil: PrimaryPupil
    earlier: Mapping[AssessmentDate, Assessment]
    end: Assessment
    result: PrimaryResult
    title: Title | None
    completed: bool


def years_of(of_class: PrimaryClass) -> tuple[PrimaryYearOf, ...]:
    """One year a pupil, in the order of the class list."""
    return tuple(_year(of_class, number, pupil) for number, pupil in enumerate(of_class.pupils, start=1))


def is_tested(subject: SampleSubject, when: AssessmentDate | None) -> bool:
    """Whether the subject has a test then: in grade 3 only at the end of a semester (Điều 7.1b); None is the end of the year."""
    return subject.scored and when in _TEST_DATES


def _year(of_class: PrimaryClass, number: int, pupil: PrimaryPupil) -> PrimaryYearOf:
    earlier = {when: _assessment(of_class, number, pupil, when) for when in AssessmentDate}
    end = _assessment(of_class, number, pupil, None)
    result = primary_result(tuple(end.figures.values()), end.traits)
    outstanding = pupil.outstanding is not None
    title = primary_title(result, outstanding=outstanding, class_agrees=outstanding)
    return PrimaryYearOf(number, pupil, earlier, end, result, title, completes_grade(result))


def _assessment(of_class: PrimaryClass, number: int, pupil: PrimaryPupil, when: AssessmentDate | None) -> Assessment:
    taken = [s for s in of_class.subjects if s.code != of_class.optional or pupil.person.ethnicity in of_class.learners]
    figures = {s.code: _figure(of_class, number, pupil, s, when) for s in taken}
    traits = {trait: _trait(number + place, pupil, when) for place, trait in enumerate(Trait)}
    return Assessment(figures, traits)


def _figure(of_class: PrimaryClass, number: int, pupil: PrimaryPupil, subject: SampleSubject, when: AssessmentDate | None) -> PrimaryFigure:
    turn = number * 3 + of_class.subjects.index(subject) * 5
    optional = subject.code == of_class.optional
    if pupil.profile is PrimaryProfile.HELPED and subject.code == of_class.weak:
        return PrimaryFigure(subject.code, _C, 4 if is_tested(subject, when) else None, optional)
    low, high = pupil.profile.value
    mark = low + turn % (high - low + 1)
    before = when is not None and pupil.profile is not PrimaryProfile.EXCELLENT and turn % 4 == 0
    level = _H if before or mark < _WELL_FROM or (pupil.profile is PrimaryProfile.COMPLETED and turn % 7 == 0) else _T
    if not is_tested(subject, when):
        return PrimaryFigure(subject.code, level, None, optional)
    return PrimaryFigure(subject.code, level, mark - (1 if before and mark > low else 0), optional)


def _trait(turn: int, pupil: PrimaryPupil, when: AssessmentDate | None) -> TraitLevel:
    weaker = pupil.profile in (PrimaryProfile.COMPLETED, PrimaryProfile.HELPED)
    step = 3 if weaker else 6
    passed = turn % step == 0 and (weaker or (when is not None and pupil.profile is not PrimaryProfile.EXCELLENT))
    return TraitLevel.PASSED if passed else TraitLevel.GOOD
