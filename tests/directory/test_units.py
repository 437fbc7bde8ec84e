from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.directory.units import DISTRICTS_ENDED, Merger, OrganisationUnit, name_on, renamed, require_may_merge, unit_now
from signing_service.errors import IntegrityError, InvalidInputError, RefusedError
from signing_service.ids import UnitCode
from tests.directory.house import HILL, VALLEY, find

DAY = date(2025, 9, 1)


def test_a_renamed_unit_is_called_by_the_name_of_the_day() -> None:
    school = renamed(HILL, "Trường THCS Mây Mới", since=DAY)
    assert name_on(school, DAY - timedelta(days=1)) == HILL.name
    assert name_on(school, DAY) == "Trường THCS Mây Mới"


def test_each_of_several_names_has_its_days() -> None:
    school = renamed(renamed(HILL, "Tên Hai", since=DAY), "Tên Ba", since=date(2026, 1, 1))
    assert [name_on(school, day) for day in (date(2020, 1, 1), DAY, date(2025, 12, 31), date(2026, 1, 1))] == [
        HILL.name,
        "Tên Hai",
        "Tên Hai",
        "Tên Ba",
    ]


def test_the_same_name_again_is_no_renaming() -> None:
    assert renamed(HILL, HILL.name, since=DAY) == HILL


def test_a_renaming_before_an_earlier_one_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        renamed(renamed(HILL, "Tên Hai", since=DAY), "Tên Ba", since=DAY)
    assert refusal.value.code == "rename-date"


def test_a_district_is_named_for_days_before_the_two_tiers_only() -> None:
    school = replace(HILL, district="Huyện Mây Cũ")
    assert school.district_on(DISTRICTS_ENDED - timedelta(days=1)) == "Huyện Mây Cũ"
    assert school.district_on(DISTRICTS_ENDED) is None


def test_a_merged_unit_answers_for_itself_until_the_day_of_the_merger() -> None:
    merged = replace(HILL, merged_into=Merger(VALLEY.code, DAY))
    look_up = {HILL.code: merged, VALLEY.code: VALLEY}.get
    assert unit_now(HILL.code, look_up, on=DAY - timedelta(days=1)) == HILL.code
    assert unit_now(HILL.code, look_up, on=DAY) == VALLEY.code
    assert unit_now(UnitCode("12345678"), look_up, on=DAY) == "12345678"


@given(st.integers(min_value=1, max_value=8))
def test_mergers_are_followed_to_the_last_successor(length: int) -> None:
    chain: dict[UnitCode, OrganisationUnit] = {
        UnitCode(str(n)): replace(HILL, code=UnitCode(str(n)), merged_into=Merger(UnitCode(str(n + 1)), DAY)) for n in range(length)
    }
    chain[UnitCode(str(length))] = replace(HILL, code=UnitCode(str(length)))
    assert all(unit_now(code, chain.get, on=DAY) == str(length) for code in chain)


def test_mergers_in_a_circle_are_an_error_and_never_an_endless_search() -> None:
    circle = {
        HILL.code: replace(HILL, merged_into=Merger(VALLEY.code, DAY)),
        VALLEY.code: replace(VALLEY, merged_into=Merger(HILL.code, DAY)),
    }
    with pytest.raises(IntegrityError):
        unit_now(HILL.code, circle.get, on=DAY)


def test_nobody_can_make_a_circle_of_mergers() -> None:
    merged = replace(VALLEY, merged_into=Merger(HILL.code, DAY))
    for target, look_up in ((HILL.code, find), (VALLEY.code, {VALLEY.code: merged, HILL.code: HILL}.get)):
        with pytest.raises(RefusedError) as refusal:
            require_may_merge(HILL.code, Merger(target, DAY), look_up)
        assert refusal.value.code == "merger-circle"
    require_may_merge(HILL.code, Merger(VALLEY.code, DAY), find)
