"""The catalogue of titles: chosen by date, exact at its thresholds, and each entry with its clause."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.records.awards.authority import AuthorityKind
from signing_service.records.awards.catalogue import catalogue_named, catalogue_on, read_catalogues, shipped_catalogues
from signing_service.records.awards.decision import Rating, Votes
from signing_service.records.awards.standards import Nomination, Shortfall, reaches, shortfalls

_NOW = catalogue_on(date(2026, 7, 20))
_BASIC = _NOW.title("chien-si-thi-dua-co-so")
_SOUND = Nomination(votes=Votes(12, 15), rating=Rating.EXCELLENT)


def _titles(nomination: Nomination, key: str) -> tuple[Shortfall, ...]:
    return shortfalls(nomination, _NOW.title(key))


@pytest.mark.parametrize(
    ("day", "identifier"),
    [
        (date(2024, 1, 1), "awards-2024-01"),
        (date(2025, 6, 30), "awards-2024-01"),
        (date(2025, 7, 1), "awards-2025-07"),
        (date(2026, 9, 30), "awards-2025-07"),
        (date(2026, 10, 1), "awards-2026-10"),
    ],
)
def test_the_day_of_the_decision_chooses_the_catalogue(day: date, identifier: str) -> None:
    assert catalogue_on(day).identifier == identifier
    assert catalogue_named(identifier) is catalogue_on(day)


def test_a_day_before_every_catalogue_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="award-catalogue-unknown"):
        catalogue_on(date(2023, 12, 31))


def test_the_periods_follow_each_other_without_gap_or_overlap() -> None:
    oldest_first = shipped_catalogues()[::-1]
    for earlier, later in pairwise(oldest_first):
        assert earlier.until is not None
        assert earlier.until + timedelta(days=1) == later.since
    assert oldest_first[-1].until is None


def test_the_period_of_the_unread_amendment_says_that_it_is_carried_over() -> None:
    assert [c.identifier for c in shipped_catalogues() if not c.confirmed] == ["awards-2026-10"]
    newest = catalogue_on(date(2026, 11, 24))
    assert all("chuyển tiếp" in title.clause and not title.clause_read for title in newest.titles)


def test_every_entry_names_its_clause_and_every_spelling_one_title() -> None:
    for catalogue in shipped_catalogues():
        assert all(title.clause for title in catalogue.titles)
        assert all(decider.clause for decider in catalogue.deciders)
        names = [spelling.casefold() for title in catalogue.titles for spelling in (title.name, *title.spellings)]
        assert len(names) == len(set(names))


def test_communes_grant_titles_only_since_the_district_tier_ended() -> None:
    key = "lao-dong-tien-tien"
    assert AuthorityKind.COMMUNE not in catalogue_on(date(2025, 6, 30)).title(key).granted_by
    assert AuthorityKind.COMMUNE in catalogue_on(date(2025, 7, 1)).title(key).granted_by


def test_a_school_grants_giay_khen_and_nothing_else() -> None:
    assert [t.key for t in _NOW.titles if AuthorityKind.SCHOOL in t.granted_by] == ["giay-khen"]


def test_twelve_of_fifteen_is_exactly_eighty_percent_and_passes() -> None:
    assert shortfalls(_SOUND, _BASIC) == ()
    assert shortfalls(replace(_SOUND, votes=Votes(11, 15)), _BASIC) == (Shortfall.VOTES,)


@given(members=st.integers(1, 200), percent=st.integers(1, 100), in_favour=st.integers(0, 200))
def test_a_threshold_is_compared_without_rounding(members: int, percent: int, in_favour: int) -> None:
    assert reaches(in_favour, members, percent) == (Fraction(in_favour, members) >= Fraction(percent, 100))


def test_nothing_of_nothing_reaches_no_share() -> None:
    assert not reaches(0, 0, 1)


@pytest.mark.parametrize(
    ("nomination", "found"),
    [
        (replace(_SOUND, rating=Rating.GOOD), (Shortfall.NEITHER_EXCELLENT_NOR_INITIATIVE,)),
        (replace(_SOUND, rating=Rating.GOOD, initiative="9302/QĐ-SGDĐT"), ()),
        (replace(_SOUND, rating=Rating.COMPLETED, initiative="9302/QĐ-SGDĐT"), (Shortfall.RATING,)),
        (replace(_SOUND, rating=None, initiative="9302/QĐ-SGDĐT"), (Shortfall.RATING_MISSING,)),
        (replace(_SOUND, votes=None), (Shortfall.VOTES_MISSING,)),
        (replace(_SOUND, under_discipline=True), (Shortfall.UNDER_DISCIPLINE,)),
    ],
)
def test_the_standard_of_the_basic_emulation_title(nomination: Nomination, found: tuple[Shortfall, ...]) -> None:
    assert shortfalls(nomination, _BASIC) == found


@pytest.mark.parametrize(
    ("workers", "headcount", "disciplined", "found"),
    [
        (14, 20, False, ()),
        (9, 13, False, (Shortfall.ADVANCED_WORKERS,)),
        (5, 6, True, (Shortfall.MEMBER_DISCIPLINED,)),
        (None, 6, False, (Shortfall.ADVANCED_WORKERS_MISSING,)),
    ],
)
def test_the_standard_of_an_advanced_collective(
    workers: int | None, headcount: int, *, disciplined: bool, found: tuple[Shortfall, ...]
) -> None:
    nomination = Nomination(Votes(15, 15), advanced_workers=workers, headcount=headcount, disciplined=disciplined)
    assert _titles(nomination, "tap-the-lao-dong-tien-tien") == found


def test_an_advanced_worker_needs_a_good_rating_and_no_share_of_votes() -> None:
    assert _titles(Nomination(rating=Rating.GOOD), "lao-dong-tien-tien") == ()
    assert _titles(Nomination(rating=Rating.COMPLETED), "lao-dong-tien-tien") == (Shortfall.RATING,)


def test_a_provincial_title_needs_ninety_percent() -> None:
    assert _titles(Nomination(Votes(18, 20)), "chien-si-thi-dua-tinh") == ()
    assert _titles(Nomination(Votes(17, 20)), "chien-si-thi-dua-tinh") == (Shortfall.VOTES,)


def test_a_province_can_bring_its_own_catalogue(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "signing_service/records/awards/dated/awards-2025-07.toml"
    stricter = shipped.read_text("utf-8").replace("votes_percent = 80", "votes_percent = 85").replace("awards-2025-07", "awards-own")
    (tmp_path / "own.toml").write_text(stricter, "utf-8")
    own = read_catalogues(tmp_path)
    assert shortfalls(_SOUND, catalogue_on(date(2026, 7, 20), own).title("chien-si-thi-dua-co-so")) == (Shortfall.VOTES,)


@pytest.mark.parametrize("text", ["identifier = 3", "no toml", 'identifier = "x"\nunknown = 1'])
def test_a_broken_catalogue_is_refused_by_its_file_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidInputError, match=r"own\.toml") as refusal:
        read_catalogues(tmp_path)
    assert refusal.value.code == "award-catalogue-invalid"
