"""The person at the server's own command line."""

from collections.abc import Iterable
from datetime import date

from signing_service.access.policy import Actor
from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode, SchoolCode

OPERATOR = PersonCode("operator")


def operator(schools: Iterable[SchoolCode], *, on: date) -> Actor:
    """Whoever runs a command on the server may do a clerk's work for the schools concerned, for that day, save sealing.

    The operating system decided who that is (SECURITY.md). A seal is used in an act of the clerk, and a signature is a person's own.
    """
    return Actor(OPERATOR, tuple(Appointment(OPERATOR, school, Office.OPERATOR, since=on, until=on) for school in sorted(schools)))
