"""Which title does the pupil earn at the end of the year (TT 22/2021, Điều 15.1)?"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from signing_service.records.rules.levels import SubjectFigure
from signing_service.records.transcript import Level, Title

_EXCELLENT_FROM: Final = Decimal("9.0")
_EXCELLENT_SUBJECTS: Final = 6


def title_of_year(learning: Level, conduct: Level, figures: Sequence[SubjectFigure]) -> Title | None:
    """Học sinh Xuất sắc, Học sinh Giỏi, or none; decided before the summer and not changed by it."""
    if learning is not Level.GOOD or conduct is not Level.GOOD:
        return None
    excellent = sum(f.average is not None and f.average >= _EXCELLENT_FROM for f in figures)
    return Title.EXCELLENT if excellent >= _EXCELLENT_SUBJECTS else Title.VERY_GOOD
