"""One line of a page: a label in two languages and a value; and moments as people in Vietnam write them."""

from dataclasses import dataclass
from datetime import datetime

from signing_service.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the record, such as the school."""

    vi: str
    en: str
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in two languages."""

    vi: str
    en: str


def vietnam_time(moment: datetime) -> str:
    """`dd/mm/yyyy HH:MM` in Vietnam of an aware moment."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
