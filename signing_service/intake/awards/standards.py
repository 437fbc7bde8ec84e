"""Holds a row's nomination against the standard of its title, and names the cell at fault."""

from types import MappingProxyType
from typing import Final

from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.rows import AwardRow, percent_text
from signing_service.intake.text import folded
from signing_service.records.awards.catalogue import AwardCatalogue, TitleRule
from signing_service.records.awards.standards import Nomination, Shortfall, shortfalls

_CELLS: Final = MappingProxyType(
    {
        Shortfall.ADVANCED_WORKERS: Column.ADVANCED_WORKERS,
        Shortfall.ADVANCED_WORKERS_MISSING: Column.ADVANCED_WORKERS,
        Shortfall.MEMBER_DISCIPLINED: Column.DISCIPLINED,
        Shortfall.NEITHER_EXCELLENT_NOR_INITIATIVE: Column.INITIATIVE,
        Shortfall.RATING: Column.RATING,
        Shortfall.RATING_MISSING: Column.RATING,
        Shortfall.UNDER_DISCIPLINE: Column.UNDER_DISCIPLINE,
        Shortfall.VOTES: Column.IN_FAVOUR,
        Shortfall.VOTES_MISSING: Column.IN_FAVOUR,
    }
)


def titled(row: AwardRow, catalogue: AwardCatalogue) -> TitleRule | None:
    """The title that the row names, None where it names none that exists."""
    text = row.required(Column.TITLE)
    if not text:
        return None
    for title in catalogue.titles:
        if folded(text) in map(folded, (title.name, *title.spellings)):
            return title
    row.refuse("title-unknown", Column.TITLE, catalogue.identifier)
    return None


def check_standard(row: AwardRow, nomination: Nomination, title: TitleRule) -> None:
    """Refuse the row for every part of the standard that it misses."""
    for shortfall in shortfalls(nomination, title):
        row.refuse(shortfall.value, _CELLS[shortfall], _explained(shortfall, nomination, title))


def _explained(shortfall: Shortfall, nomination: Nomination, title: TitleRule) -> str:
    votes = nomination.votes
    if shortfall is Shortfall.VOTES and votes is not None:
        return f"{_share(votes.in_favour, votes.members)} < {title.votes_percent}%; {title.clause}"
    if shortfall is Shortfall.ADVANCED_WORKERS and nomination.advanced_workers is not None and nomination.headcount is not None:
        return f"{_share(nomination.advanced_workers, nomination.headcount)} < {title.advanced_workers_percent}%; {title.clause}"
    return title.clause


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {percent_text(part, whole)}%" if whole else f"{part}/{whole}"
