"""The person at the server's own command line."""

from collections.abc import Iterable
from datetime import date

from signing_service.access.policy import Actor
from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode, SchoolCode

OPERATOR = PersonCode("operator")


def operator(schools: Iterable[SchoolCode], *, on: date) -> Actor:
    """Whoever runs a command on the server acts as the clerk of the schools concerned, for that day.

    The operating system decided who that is (SECURITY.md); a clerk may import, hand out and seal, and signs for nobody.
    """
    return Actor(OPERATOR, tuple(Appointment(OPERATOR, school, Office.CLERK, since=on, until=on) for school in sorted(schools)))
