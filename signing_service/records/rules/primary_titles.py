"""Which title does a primary pupil earn at the end of the year (TT 27/2020, Điều 13.1a and b)?"""

from signing_service.records.primary import PrimaryResult
from signing_service.records.rules.readings import DEFAULT_READINGS, Readings
from signing_service.records.transcript import Title


def primary_title(result: PrimaryResult, *, outstanding: bool, class_agrees: bool, readings: Readings = DEFAULT_READINGS) -> Title | None:
    """Học sinh Xuất sắc, Học sinh Tiêu biểu, or none; decided at the end of the year, never after extra help.

    Args:
        result: The year's result.
        outstanding: Whether the pupil excels in a subject, or made clear progress in a quality or competence.
        class_agrees: Whether the class acknowledged it.
        readings: The readings in force.
    """
    if result is PrimaryResult.EXCELLENT:
        return Title.EXCELLENT
    proposed = outstanding and (class_agrees or not readings.class_must_agree)
    return Title.MODEL if result is PrimaryResult.GOOD and proposed else None
