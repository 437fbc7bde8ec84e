"""What is the rèn luyện of the year, given both semesters (TT 22/2021, Điều 8.2b)?"""

from types import MappingProxyType
from typing import Final

from signing_service.records.transcript import Level

_GOOD, _FAIR, _PASSED, _NOT_PASSED = Level.GOOD, Level.FAIR, Level.PASSED, Level.NOT_PASSED

_BY_SECOND_THEN_FIRST: Final = MappingProxyType(
    {
        _GOOD: MappingProxyType({_GOOD: _GOOD, _FAIR: _GOOD, _PASSED: _FAIR, _NOT_PASSED: _FAIR}),
        _FAIR: MappingProxyType({_GOOD: _FAIR, _FAIR: _FAIR, _PASSED: _FAIR, _NOT_PASSED: _PASSED}),
        _PASSED: MappingProxyType({_GOOD: _FAIR, _FAIR: _PASSED, _PASSED: _PASSED, _NOT_PASSED: _PASSED}),
        _NOT_PASSED: MappingProxyType({_GOOD: _NOT_PASSED, _FAIR: _NOT_PASSED, _PASSED: _NOT_PASSED, _NOT_PASSED: _NOT_PASSED}),
    }
)


def conduct_of_year(semester_1: Level, semester_2: Level) -> Level:
    """The year's rèn luyện: the second semester leads, the first one can lift or lower it."""
    return _BY_SECOND_THEN_FIRST[semester_2][semester_1]
