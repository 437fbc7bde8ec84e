"""The classes that ship with the program, so that everything can be tried without anybody's data: every name and number is invented."""

from typing import Final

from signing_service.sample.class_3a import CLASS_3A
from signing_service.sample.class_7b import CLASS_7B
from signing_service.sample.class_11b2 import CLASS_11B2
from signing_service.sample.sample_class import SampleClass

__all__ = [
    "CLASS_3A",
    "CLASS_7B",
    "CLASS_11B2",
    "SAMPLE_CLASSES",
    "SAMPLE_HOMEROOM_TEACHER",
    "SAMPLE_ISSUER",
    "SAMPLE_PRINCIPAL",
    "SAMPLE_STAFF",
    "SampleClass",
    "sample_class_workbook",
]

SAMPLE_CLASSES: Final = (CLASS_3A, CLASS_7B, CLASS_11B2)
"""One class of every school level: 35, 45 and 45 pupils."""

SAMPLE_ISSUER: Final = CLASS_7B.issuer
SAMPLE_PRINCIPAL: Final = CLASS_7B.principal
SAMPLE_HOMEROOM_TEACHER: Final = CLASS_7B.homeroom_teacher
SAMPLE_STAFF: Final = CLASS_7B.staff


def sample_class_workbook() -> bytes:
    """The `.xlsx` file of class 7B: 45 invented pupils with every mark of the year 2025-2026."""
    return CLASS_7B.workbook()
