"""Does the pupil move up, and if not, what stands against it (TT 22/2021, Điều 12 to 14)?"""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from signing_service.records.rules.levels import SubjectFigure
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings
from signing_service.records.transcript import CommentLevel, Level, Promotion, PromotionStatus

LABELS: Final = MappingProxyType(
    {
        PromotionStatus.PROMOTED: "Được lên lớp",
        PromotionStatus.NOT_PROMOTED: "Không được lên lớp",
        PromotionStatus.PENDING_RETEST: "Đánh giá lại trong hè",
        PromotionStatus.PENDING_SUMMER_CONDUCT: "Rèn luyện trong hè",
        PromotionStatus.PENDING_BOTH: "Đánh giá lại và rèn luyện trong hè",
    }
)

_PASSED_FROM: Final = Decimal("5.0")
_LEARNING_NOT_PASSED: Final = "học tập cả năm Chưa đạt"
_CONDUCT_NOT_PASSED: Final = "rèn luyện cả năm Chưa đạt"


def retest_subjects(learning: Level, figures: Sequence[SubjectFigure]) -> tuple[str, ...]:
    """Codes of the subjects to be assessed again: below 5.0 or Chưa đạt, and only if the year's learning is Chưa đạt (Điều 13)."""
    if learning is not Level.NOT_PASSED:
        return ()
    return tuple(f.code for f in figures if _failed(f))


def promotion_of_year(
    learning: Level, conduct: Level, sessions_missed: int, figures: Sequence[SubjectFigure], readings: Readings = DEFAULT_READINGS
) -> Promotion:
    """Where the pupil stands at the end of the second semester, before any summer act."""
    reasons = _reasons(learning, conduct, sessions_missed, readings)
    if sessions_missed > readings.sessions_allowed:
        # No summer act can undo the absences, so nothing is pending.
        return _promotion(PromotionStatus.NOT_PROMOTED, reasons)
    match learning is Level.NOT_PASSED, conduct is Level.NOT_PASSED:
        case False, False:
            return _promotion(PromotionStatus.PROMOTED, ())
        case True, False:
            status = PromotionStatus.PENDING_RETEST
        case False, True:
            status = PromotionStatus.PENDING_SUMMER_CONDUCT
        case _:
            status = PromotionStatus.PENDING_BOTH
    return _promotion(status, reasons, retest_subjects(learning, figures))


def promotion_after_summer(learning: Level, conduct: Level, sessions_missed: int, readings: Readings = DEFAULT_READINGS) -> Promotion:
    """The final word, once re-assessment and the summer's rèn luyện are known (Điều 12.1)."""
    reasons = _reasons(learning, conduct, sessions_missed, readings)
    return _promotion(PromotionStatus.NOT_PROMOTED if reasons else PromotionStatus.PROMOTED, reasons)


def _reasons(learning: Level, conduct: Level, sessions_missed: int, readings: Readings) -> tuple[str, ...]:
    reasons = []
    if learning is Level.NOT_PASSED:
        reasons.append(_LEARNING_NOT_PASSED)
    if conduct is Level.NOT_PASSED:
        reasons.append(_CONDUCT_NOT_PASSED)
    if sessions_missed > readings.sessions_allowed:
        reasons.append(f"nghỉ {sessions_missed} buổi (> {readings.sessions_allowed})")
    return tuple(reasons)


def _promotion(status: PromotionStatus, reasons: tuple[str, ...], subjects: tuple[str, ...] = ()) -> Promotion:
    return Promotion(status=status, label=LABELS[status], reasons=reasons, retest_subjects=subjects)


def _failed(figure: SubjectFigure) -> bool:
    return figure.comment is CommentLevel.NOT_PASSED or (figure.average is not None and figure.average < _PASSED_FROM)
