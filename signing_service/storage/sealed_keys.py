"""Sealed private keys and their attempt counters; what is stored here opens nothing by itself."""

from dataclasses import dataclass

from sqlmodel import col, select

from signing_service.ids import KeyId
from signing_service.storage.database import SqlDatabase
from signing_service.storage.tables import SealedKeyRow


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A sealed key as bytes; `custody` knows what is inside."""

    key: KeyId
    owner: str
    purpose: str
    sealed: bytes


class SqlSealedKeys:
    """Keys by owner, newest first."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def add(self, key: StoredKey) -> None:
        """Store a key; it becomes its owner's current one."""
        with self._database.begin() as unit:
            unit.session.add(SealedKeyRow(key=key.key, owner=key.owner, purpose=key.purpose, sealed=key.sealed))

    def replace(self, key: StoredKey) -> None:
        """Store the same key sealed anew, after the server secret was rotated."""
        with self._database.begin() as unit:
            row = unit.session.exec(select(SealedKeyRow).where(SealedKeyRow.key == key.key)).one()
            row.sealed = key.sealed
            unit.session.add(row)

    def current(self, owner: str) -> StoredKey | None:
        """The owner's newest key, or None."""
        query = select(SealedKeyRow).where(SealedKeyRow.owner == owner).order_by(col(SealedKeyRow.position).desc()).limit(1)
        with self._database.begin() as unit:
            row = unit.session.exec(query).one_or_none()
            return _stored(row) if row else None

    def of(self, owner: str, key: KeyId) -> StoredKey | None:
        """This key of the owner, or None."""
        query = select(SealedKeyRow).where(SealedKeyRow.owner == owner, SealedKeyRow.key == key)
        with self._database.begin() as unit:
            row = unit.session.exec(query).one_or_none()
            return _stored(row) if row else None

    def all(self) -> tuple[StoredKey, ...]:
        """Every key, oldest first."""
        with self._database.begin() as unit:
            return tuple(_stored(row) for row in unit.session.exec(select(SealedKeyRow).order_by(col(SealedKeyRow.position))))


def _stored(row: SealedKeyRow) -> StoredKey:
    return StoredKey(KeyId(row.key), row.owner, row.purpose, row.sealed)


class SqlAttemptLedger:
    """Counts openings of a key since the last that succeeded; each count is durable before the key is tried."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def begin(self, key_id: KeyId) -> int:
        """Count one more attempt; returns how many there are since the last success."""
        with self._database.begin() as unit:
            row = unit.session.exec(select(SealedKeyRow).where(SealedKeyRow.key == key_id)).one()
            row.attempts += 1
            unit.session.add(row)
            return row.attempts

    def succeeded(self, key_id: KeyId) -> None:
        """Start counting anew."""
        with self._database.begin() as unit:
            row = unit.session.exec(select(SealedKeyRow).where(SealedKeyRow.key == key_id)).one()
            row.attempts = 0
            unit.session.add(row)
