"""Who is asking, and how often they may: wrong codes use up an allowance, right ones cost nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from signing_service.access.pace import Allowance, Pace


@dataclass(frozen=True, slots=True)
class Paces:
    """The allowances of one process.

    A short code has 60 bits: ten wrong ones a second would need centuries for one of ten million documents. An access code has 40 and a
    slower pace of its own in the database; what is bounded here is the work that comparing costs.
    """

    now: Callable[[], datetime]
    short_codes: Pace = field(default_factory=lambda: Pace(Allowance(10, 12.0), Allowance(120, 0.1)))
    access_codes: Pace = field(default_factory=lambda: Pace(Allowance(10, 30.0), Allowance(60, 0.25)))
    uploads: Pace = field(default_factory=lambda: Pace(Allowance(10, 10.0), Allowance(60, 0.5)))


def client_of(request: Request) -> str:
    """The address the request came from: behind a proxy that the settings name, the one that the proxy saw."""
    return request.client.host if request.client is not None else "-"
