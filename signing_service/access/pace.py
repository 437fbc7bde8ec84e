"""How often somebody may try: a bucket of tokens for each client and one for all together, in bounded memory."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from signing_service.errors import RefusedError

_MOST_CLIENTS: Final = 10_000
_HOUSEHOLD_BITS: Final = 64
"""Whoever holds an IPv6 address holds the other addresses of its /64 as well."""


class TooManyTriesError(RefusedError):
    """The pace is too high for now (`too-many-tries`)."""

    def __init__(self, retry_after_seconds: int) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(
            "too-many-tries",
            vi=f"Thao tác quá nhanh; xin đợi {retry_after_seconds} giây rồi thử lại.",
            en=f"Too many tries; wait {retry_after_seconds} seconds, then try again.",
        )


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may be used at once, and how many seconds bring one more."""

    burst: int
    seconds_each: float


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: datetime

    def fill(self, allowance: Allowance, now: datetime) -> None:
        seconds = max(0.0, (now - self.filled_at).total_seconds())
        self.left = min(float(allowance.burst), self.left + seconds / allowance.seconds_each)
        self.filled_at = now


class Pace:
    """Thread-safe; the clients heard of longest ago are forgotten beyond ten thousand, the common bucket never is."""

    def __init__(self, each: Allowance, together: Allowance) -> None:
        self._each, self._together = each, together
        self._clients: OrderedDict[str, _Bucket] = OrderedDict()
        self._everybody: _Bucket | None = None
        self._lock = Lock()

    def take(self, client: str, now: datetime) -> None:
        """Use up one try, of the client's and of everybody's.

        Raises:
            TooManyTriesError: nothing is left for this client, or for all together; nothing was used up.
        """
        with self._lock:
            buckets = self._buckets(client, now)
            for bucket, allowance in buckets:
                if bucket.left < 1:
                    raise TooManyTriesError(int((1 - bucket.left) * allowance.seconds_each) + 1)
            for bucket, _ in buckets:
                bucket.left -= 1

    def give_back(self, client: str, now: datetime) -> None:
        """Count a try as none: it was a right one."""
        with self._lock:
            for bucket, allowance in self._buckets(client, now):
                bucket.left = min(float(allowance.burst), bucket.left + 1)

    def _buckets(self, client: str, now: datetime) -> tuple[tuple[_Bucket, Allowance], ...]:
        key = household(client)
        own = self._clients.setdefault(key, _Bucket(self._each.burst, now))
        self._clients.move_to_end(key)
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        everybody = self._everybody = self._everybody or _Bucket(self._together.burst, now)
        own.fill(self._each, now)
        everybody.fill(self._together, now)
        return (own, self._each), (everybody, self._together)


def household(client: str) -> str:
    """The client's address, of IPv6 its first half; whatever is no address stands for itself."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        return f"{int(address) >> _HOUSEHOLD_BITS:x}"
    return str(address)
