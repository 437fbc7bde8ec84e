"""The pace holds each client and all together, forgets nobody it has to remember, and stays small."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.access.pace import Allowance, Pace, TooManyTriesError

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
PLENTY = Allowance(1_000_000, 0.000_001)


def test_the_burst_passes_the_next_waits_exactly_as_long_as_it_is_told() -> None:
    pace = Pace(Allowance(3, 10.0), PLENTY)
    for _ in range(3):
        pace.take("203.0.113.7", NOW)
    with pytest.raises(TooManyTriesError) as refusal:
        pace.take("203.0.113.7", NOW)
    wait = timedelta(seconds=refusal.value.retry_after_seconds)
    with pytest.raises(TooManyTriesError):
        pace.take("203.0.113.7", NOW + wait / 3)
    pace.take("203.0.113.7", NOW + wait)


def test_one_client_does_not_use_up_what_another_has() -> None:
    pace = Pace(Allowance(1, 10.0), PLENTY)
    pace.take("203.0.113.7", NOW)
    pace.take("203.0.113.8", NOW)


def test_all_together_are_held_however_many_addresses_they_have() -> None:
    pace = Pace(Allowance(10, 1.0), Allowance(50, 1.0))
    passed = 0
    for number in range(200):
        try:
            pace.take(f"203.0.113.{number}", NOW)
            passed += 1
        except TooManyTriesError:
            continue
    assert passed == 50


def test_an_ipv6_household_counts_as_one() -> None:
    pace = Pace(Allowance(1, 10.0), PLENTY)
    pace.take("2001:db8:1:2::3", NOW)
    with pytest.raises(TooManyTriesError):
        pace.take("2001:db8:1:2:ffff::9", NOW)
    pace.take("2001:db8:1:3::3", NOW)


def test_what_is_given_back_may_be_used_again_and_never_more_than_the_burst() -> None:
    pace = Pace(Allowance(2, 1000.0), PLENTY)
    pace.take("a", NOW)
    for _ in range(5):
        pace.give_back("a", NOW)
    pace.take("a", NOW)
    pace.take("a", NOW)
    with pytest.raises(TooManyTriesError):
        pace.take("a", NOW)


def test_a_hundred_thousand_addresses_do_not_fill_the_memory() -> None:
    pace = Pace(Allowance(1, 10.0), PLENTY)
    for number in range(30_000):
        pace.take(f"client {number}", NOW)
    assert len(pace._clients) <= 10_000


def test_a_clock_that_is_set_back_gives_nothing_away() -> None:
    pace = Pace(Allowance(1, 10.0), PLENTY)
    pace.take("a", NOW)
    with pytest.raises(TooManyTriesError):
        pace.take("a", NOW - timedelta(hours=1))


@given(seconds=st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_no_rhythm_of_tries_gets_more_than_burst_and_time_allow(seconds: list[float]) -> None:
    pace, now, passed = Pace(Allowance(4, 5.0), PLENTY), NOW, 0
    for pause in seconds:
        now += timedelta(seconds=pause)
        try:
            pace.take("a", now)
            passed += 1
        except TooManyTriesError:
            continue
    assert passed <= 4 + (now - NOW).total_seconds() / 5.0 + 0.001
