"""The sample of an award decision with something done to it."""

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.awards.reading import read_awards
from signing_service.intake.awards.result import AwardIntake
from signing_service.sample.awards import SAMPLE_AUTHORITY, sample_award_workbook

TODAY = date(2026, 11, 24)


def read(data: bytes) -> AwardIntake:
    return read_awards(data, authorities=(SAMPLE_AUTHORITY,), today=TODAY)


def read_changed(change: Callable[[Workbook], None]) -> AwardIntake:
    """The whole workbook handed to `change` first; the list of refused nominations is left out."""
    book = openpyxl.load_workbook(io.BytesIO(sample_award_workbook()))
    del book["De nghi khong dat"]
    change(book)
    return read(_saved(book))


def read_with(*cells: tuple[str, str, object]) -> AwardIntake:
    """Some cells changed; the workbook is opened once for all tests and put right again."""
    book = _opened()
    places: list[tuple[Any, object]] = []
    for sheet, cell, value in cells:
        place: Any = book[sheet][cell]
        places.append((place, place.value))
        place.value = value
    try:
        return read(_saved(book))
    finally:
        for place, before in reversed(places):
            place.value = before


@cache
def _opened() -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(sample_award_workbook()))
    del book["De nghi khong dat"]
    return book


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
