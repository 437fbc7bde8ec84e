"""The sample workbook with something done to it."""

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.sample import SAMPLE_ISSUER, SAMPLE_STAFF, sample_class_workbook

SCHOOLS = (KnownSchool(SAMPLE_ISSUER, SAMPLE_STAFF),)
TODAY = date(2026, 11, 24)


def changed(change: Callable[[Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(sample_class_workbook()))
    change(book)
    return _saved(book)


def read(data: bytes) -> IntakeResult:
    return read_transcripts(data, schools=SCHOOLS, today=TODAY)


def read_changed(change: Callable[[Workbook], None]) -> IntakeResult:
    return read(changed(change))


def read_with_cell(sheet: str, cell: str, value: object) -> IntakeResult:
    """One cell changed; the workbook is opened once for all tests and put right again."""
    book = _opened()
    place: Any = book[sheet][cell]
    before = place.value
    place.value = value
    try:
        return read(_saved(book))
    finally:
        place.value = before


@cache
def _opened() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(sample_class_workbook()))


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
