"""What this service certified, as a protocol; `storage` fulfils it with the guarantees of `repositories.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing_service.ids import KeyId


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate this service issued, and to whom."""

    serial: int
    certificate: bytes
    profile: str
    owner: str
    key: KeyId | None
    issued_at: datetime
    revoked_at: datetime | None = None
    revocation_reason: str | None = None


class Certificates(Protocol):
    """What this service issued."""

    def add(self, certificate: StoredCertificate) -> None:
        """Add an issued certificate."""
        ...

    def by_serial(self, serial: int) -> StoredCertificate | None:
        """A certificate by its serial number, or None."""
        ...

    def of_owner(self, owner: str) -> StoredCertificate | None:
        """The newest certificate of an owner, or None."""
        ...

    def of_profile(self, profile: str) -> tuple[StoredCertificate, ...]:
        """Every certificate of a profile, newest first."""
        ...

    def revoke(self, serial: int, *, at: datetime, reason: str) -> None:
        """Mark as revoked, once and for good.

        Raises:
            ConflictError: unknown or revoked before.
        """
        ...

    def revoked(self) -> tuple[StoredCertificate, ...]:
        """Every revoked certificate."""
        ...
