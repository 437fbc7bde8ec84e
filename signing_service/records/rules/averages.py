"""What is the average or the comment of one subject (TT 22/2021, Điều 6 and Điều 9.1)?

Exact decimals, rounded half up to one decimal: the circular names no method, and this is what schools use. The year is made from the
rounded semester averages, as the form prints them.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from signing_service.records.transcript import AssessmentKind, CommentLevel, CommentMarks, ScoredMarks

_MIDTERM_WEIGHT: Final = 2
_FINAL_WEIGHT: Final = 3
_SECOND_SEMESTER_WEIGHT: Final = 2
_REGULAR_MARKS_BY_PERIODS: Final = ((35, 2), (70, 3))
_REGULAR_MARKS_ABOVE: Final = 4
_REGULAR_MARKS_COMMENT: Final = 2


def regular_marks_required(kind: AssessmentKind, periods_per_year: int) -> int:
    """How many regular assessments a semester must have (Điều 6.2): 2, 3 or 4 by the periods (tiết) of the year, always 2 for comments."""
    if kind is AssessmentKind.COMMENT:
        return _REGULAR_MARKS_COMMENT
    for most, count in _REGULAR_MARKS_BY_PERIODS:
        if periods_per_year <= most:
            return count
    return _REGULAR_MARKS_ABOVE


def semester_average(marks: ScoredMarks) -> Decimal:
    """ĐTBmhk = (ΣĐĐGtx + 2·ĐĐGgk + 3·ĐĐGck) / (số ĐĐGtx + 5)."""
    total = sum(marks.regular, Decimal()) + _MIDTERM_WEIGHT * marks.midterm + _FINAL_WEIGHT * marks.final
    return _divided(total, len(marks.regular) + _MIDTERM_WEIGHT + _FINAL_WEIGHT)


def year_average(semester_1: Decimal, semester_2: Decimal) -> Decimal:
    """ĐTBmcn = (ĐTBmhkI + 2·ĐTBmhkII) / 3, from the rounded semester averages."""
    return _divided(semester_1 + _SECOND_SEMESTER_WEIGHT * semester_2, 1 + _SECOND_SEMESTER_WEIGHT)


def semester_comment(marks: CommentMarks) -> CommentLevel:
    """Đạt when every assessment was made and is Đạt (Điều 9.1a)."""
    passed = all(level is CommentLevel.PASSED for level in (*marks.regular, marks.midterm, marks.final))
    return CommentLevel.PASSED if passed else CommentLevel.NOT_PASSED


def year_comment(semester_2: CommentLevel) -> CommentLevel:
    """The year's level of a comment-only subject is that of the second semester (Điều 9.1a)."""
    return semester_2


def rounded_mark(mark: Decimal) -> Decimal:
    """A mark to one decimal, half up (Điều 5.3)."""
    return mark.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _divided(total: Decimal, by: int) -> Decimal:
    # A quotient of decimals is cut at the context's precision before it is rounded; fractions stay exact until the one rounding.
    tenths = Fraction(total) / by * 10
    return Decimal((2 * tenths.numerator + tenths.denominator) // (2 * tenths.denominator)).scaleb(-1)
