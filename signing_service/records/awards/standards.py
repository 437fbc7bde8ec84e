"""Does a nomination meet the standard of its title? Percentages are compared as whole numbers, never as rounded figures."""

from dataclasses import dataclass
from enum import StrEnum

from signing_service.records.awards.catalogue import Requirement, TitleRule
from signing_service.records.awards.decision import Rating, Votes

_BEST_FIRST = tuple(Rating)
_WHOLE = 100


class Shortfall(StrEnum):
    """Why a nomination has to be refused."""

    ADVANCED_WORKERS = "advanced-workers-below-standard"
    ADVANCED_WORKERS_MISSING = "advanced-workers-missing"
    MEMBER_DISCIPLINED = "member-disciplined"
    NEITHER_EXCELLENT_NOR_INITIATIVE = "neither-excellent-rating-nor-initiative"
    RATING = "rating-below-standard"
    RATING_MISSING = "rating-missing"
    UNDER_DISCIPLINE = "under-discipline"
    VOTES = "votes-below-standard"
    VOTES_MISSING = "votes-missing"


@dataclass(frozen=True, slots=True)
class Nomination:
    """What the standard looks at; None where it is not stated."""

    votes: Votes | None = None
    rating: Rating | None = None
    initiative: str | None = None
    advanced_workers: int | None = None
    headcount: int | None = None
    disciplined: bool = False
    """A member of the collective was disciplined."""
    under_discipline: bool = False
    """A disciplinary case about the person is open."""


def shortfalls(nomination: Nomination, title: TitleRule) -> tuple[Shortfall, ...]:
    """Every part of the standard that the nomination misses, empty when it meets all of it."""
    found = (_rating(nomination, title), _excellence(nomination, title), _votes(nomination, title), _workers(nomination, title))
    disciplined = (
        (Shortfall.MEMBER_DISCIPLINED, nomination.disciplined and Requirement.NOBODY_DISCIPLINED in title.requires),
        (Shortfall.UNDER_DISCIPLINE, nomination.under_discipline and Requirement.NOT_UNDER_DISCIPLINE in title.requires),
    )
    return (*(shortfall for shortfall in found if shortfall is not None), *(shortfall for shortfall, met in disciplined if met))


def reaches(part: int, whole: int, percent: int) -> bool:
    """Whether `part` of `whole` is at least `percent` per cent, exactly; nothing of nothing reaches no share."""
    return whole > 0 and part * _WHOLE >= percent * whole


def _rating(nomination: Nomination, title: TitleRule) -> Shortfall | None:
    if title.rating_at_least is None:
        return None
    if nomination.rating is None:
        return Shortfall.RATING_MISSING
    enough = _BEST_FIRST.index(nomination.rating) <= _BEST_FIRST.index(title.rating_at_least)
    return None if enough else Shortfall.RATING


def _excellence(nomination: Nomination, title: TitleRule) -> Shortfall | None:
    if Requirement.EXCELLENT_OR_INITIATIVE not in title.requires or nomination.rating is Rating.EXCELLENT or nomination.initiative:
        return None
    return Shortfall.NEITHER_EXCELLENT_NOR_INITIATIVE


def _votes(nomination: Nomination, title: TitleRule) -> Shortfall | None:
    if title.votes_percent is None:
        return None
    if nomination.votes is None:
        return Shortfall.VOTES_MISSING
    enough = reaches(nomination.votes.in_favour, nomination.votes.members, title.votes_percent)
    return None if enough else Shortfall.VOTES


def _workers(nomination: Nomination, title: TitleRule) -> Shortfall | None:
    if title.advanced_workers_percent is None:
        return None
    if nomination.advanced_workers is None or nomination.headcount is None:
        return Shortfall.ADVANCED_WORKERS_MISSING
    enough = reaches(nomination.advanced_workers, nomination.headcount, title.advanced_workers_percent)
    return None if enough else Shortfall.ADVANCED_WORKERS
