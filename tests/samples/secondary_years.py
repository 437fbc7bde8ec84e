"""What kind of year a secondary pupil had: the marks are laid out by profile, and our rules say what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from signing_service.records.rules.averages import semester_average, semester_comment, year_average
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_of_year
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import CommentLevel, CommentMarks, Level, Promotion, ScoredMarks, Title
from tests.samples.class_sheets import SampleSubject
from tests.samples.people import Cohort, SamplePupil

_CONDUCTS = {"T": Level.GOOD, "K": Level.FAIR, "Đ": Level.PASSED, "C": Level.NOT_PASSED}
_SWING = (3, -5, 8, -2, 5, -7, 0, 2, -4, 6, -3)


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
class SecondaryPupil:
    """A pupil, the kind of year, and the codes of the subjects that the pupil chose, the optional ones among them."""

    person: SamplePupil
    profile: Profile
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondaryClass:
    """A lower- or upper-secondary class."""

    cohort: Cohort
    authority: str
    subjects: tuple[SampleSubject, ...]
    pupils: tuple[SecondaryPupil, ...]
    weak: Mapping[Profile, tuple[str, ...]]
    """In which subjects a pupil with such a year is weak."""
    retests: Mapping[Profile, tuple[tuple[str, str], ...]]
    """What the re-assessment in the summer found, by subject."""
    slip: str
    """A comment subject in which some pupils do not pass."""
    electives: frozenset[str] = frozenset()
    """Subjects that only those take who chose them."""
    optional: frozenset[str] = frozenset()
    """Those among them that are môn tự chọn."""


@dataclass(frozen=True, slots=True)
class Semester:
    """Marks and figures of the subjects taken, in the order of the class's subjects."""

    marks: Mapping[str, ScoredMarks | CommentMarks]
    figures: Mapping[str, SubjectFigure]
    learning: Level
    conduct: Level
    with_leave: int
    without_leave: int


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that the sheets say about one pupil before the summer."""

    number: int
    pupil: SecondaryPupil
    semesters: tuple[Semester, Semester]
    figures: Mapping[str, SubjectFigure]
    learning: Level
    conduct: Level
    title: Title | None
    promotion: Promotion


def years_of(of_class: SecondaryClass) -> tuple[Year, ...]:
    """One year a pupil, in the order of the class list."""
    return tuple(_year(of_class, number, pupil) for number, pupil in enumerate(of_class.pupils, start=1))


def _year(of_class: SecondaryClass, number: int, pupil: SecondaryPupil) -> Year:
    first, second = (_semester(of_class, number, pupil, semester) for semester in (1, 2))
    figures = {code: _of_year(first.figures[code], second.figures[code]) for code in first.figures}
    listed = tuple(figures.values())
    learning, conduct = learning_result(listed).level, conduct_of_year(first.conduct, second.conduct)
    missed = first.with_leave + first.without_leave + second.with_leave + second.without_leave
    promotion = promotion_of_year(learning, conduct, missed, listed)
    return Year(number, pupil, (first, second), figures, learning, conduct, title_of_year(learning, conduct, listed), promotion)


def _of_year(one: SubjectFigure, two: SubjectFigure) -> SubjectFigure:
    if one.average is None or two.average is None:
        return SubjectFigure(one.code, None, two.comment, two.optional)
    return SubjectFigure(one.code, year_average(one.average, two.average), None, two.optional)


def _semester(of_class: SecondaryClass, number: int, pupil: SecondaryPupil, semester: int) -> Semester:
    taken = [s for s in of_class.subjects if s.code not in of_class.electives or s.code in pupil.chosen]
    marks = {subject.code: _marks(of_class, number, pupil, subject, semester) for subject in taken}
    figures = {code: _figure(code, entered, optional=code in of_class.optional) for code, entered in marks.items()}
    conducts = {Profile.SUMMER_CONDUCT: "TC", Profile.PASSED: "KT", Profile.RETEST_FAILED: "KK"}.get(pupil.profile, "TT")
    with_leave, without_leave = (14, 10) if pupil.profile is Profile.ABSENT else ((number + semester) % 4, number % 3 % 2)
    learning = learning_result(tuple(figures.values())).level
    return Semester(marks, figures, learning, _CONDUCTS[conducts[semester - 1]], with_leave, without_leave)


def _figure(code: str, marks: ScoredMarks | CommentMarks, *, optional: bool) -> SubjectFigure:
    if isinstance(marks, ScoredMarks):
        return SubjectFigure(code, semester_average(marks), None, optional)
    return SubjectFigure(code, None, semester_comment(marks), optional)


def _marks(
    of_class: SecondaryClass, number: int, pupil: SecondaryPupil, subject: SampleSubject, semester: int
) -> ScoredMarks | CommentMarks:
    place = of_class.subjects.index(subject)
    if not subject.scored:
        passed, failed = CommentLevel.PASSED, CommentLevel.NOT_PASSED
        slips = pupil.profile is Profile.PASSED and number % 9 == 4 and subject.code == of_class.slip
        return CommentMarks((passed, passed), passed, failed if slips else passed)
    base = pupil.profile.value - 12 * (semester == 1 and pupil.profile is Profile.RETEST_PASSED)
    if subject.code in of_class.weak.get(pupil.profile, ()):
        base = 36 + 2 * (place % 3)
    assert subject.regular is not None
    entered = [_mark(base + _SWING[(number * 3 + place * 5 + semester * 2 + turn) % len(_SWING)]) for turn in range(subject.regular + 2)]
    return ScoredMarks(tuple(entered[:-2]), entered[-2], entered[-1])


def _mark(tenths: int) -> Decimal:
    """To the quarter marks that teachers give: .0, .3, .5, .8; at most 10."""
    whole, rest = divmod(min(tenths, 100), 10)
    return Decimal(whole * 10 + max(step for step in (0, 3, 5, 8) if step <= rest)) / 10
