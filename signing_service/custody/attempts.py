"""Counting the guesses at a PIN, where a crash cannot uncount them."""

from typing import Protocol

from signing_service.ids import KeyId

MOST_ATTEMPTS = 5
"""Openings in a row without success before the key is locked for good: a forgotten PIN means a new key and certificate."""


class AttemptLedger(Protocol):
    """A durable counter for each key.

    Both methods commit before they return, in a transaction of their own, and are safe under concurrency.
    """

    def begin(self, key_id: KeyId) -> int:
        """Count one more attempt and return how many there were since the last success, this one included."""
        ...

    def succeeded(self, key_id: KeyId) -> None:
        """Set the count back to zero."""
        ...
