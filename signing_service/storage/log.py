"""The transparency log's three stores: the order of the leaves, the tiles, the checkpoint. Each call is one transaction."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from signing_service.errors import IntegrityError
from signing_service.storage.database import SqlDatabase
from signing_service.storage.tables import LogCheckpointRow, LogLeafRow, LogTileRow
from signing_service.transparency.leaf import Commitment

_NEWEST = "newest"
_PER_QUERY = 500
"""Parameters in one statement; SQLite takes 32,766 at most."""


class SqlLeafSequence:
    """Places 0, 1, 2, … given once."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def claim(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        """The place of each commitment: the one it has, or the next free one."""
        with self._database.begin() as unit:
            given = {row.commitment: row.place for row in _rows_of(unit.session, commitments)}
            following = _length(unit.session)
            for commitment in commitments:
                if commitment not in given:
                    unit.session.add(LogLeafRow(place=following, commitment=commitment))
                    given[commitment] = following
                    following += 1
            unit.session.flush()
            return tuple(given[commitment] for commitment in commitments)

    def length(self) -> int:
        """How many places are given."""
        with self._database.begin() as unit:
            return _length(unit.session)

    def read(self, start: int, stop: int) -> tuple[Commitment, ...]:
        """The commitments at places `start` up to, not including, `stop`."""
        query = select(LogLeafRow).where(LogLeafRow.place >= start, LogLeafRow.place < stop).order_by(col(LogLeafRow.place))
        with self._database.begin() as unit:
            return tuple(Commitment(row.commitment) for row in unit.session.exec(query))


def _rows_of(session: Session, commitments: Sequence[Commitment]) -> Iterator[LogLeafRow]:
    for start in range(0, len(commitments), _PER_QUERY):
        yield from session.exec(select(LogLeafRow).where(col(LogLeafRow.commitment).in_(commitments[start : start + _PER_QUERY])))


def _length(session: Session) -> int:
    last = session.exec(select(func.max(LogLeafRow.place))).one()
    return 0 if last is None else last + 1


class SqlTileStore:
    """Tiles by path, written once."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def read(self, path: str) -> bytes | None:
        """The bytes at `path`, or None."""
        with self._database.begin() as unit:
            row = unit.session.get(LogTileRow, path)
            return row.data if row else None

    def create(self, path: str, data: bytes) -> None:
        """Store `data` at `path`, unless exactly these bytes are there already."""
        with self._database.begin() as unit:
            row = unit.session.get(LogTileRow, path)
            if row is None:
                unit.session.add(LogTileRow(path=path, data=data))
            elif row.data != data:
                raise IntegrityError(
                    "log-tile-differs", vi="Ô nhật ký đã có nội dung khác; dừng lại để kiểm tra.", en="Other bytes stand at this tile."
                )


class SqlCheckpointStore:
    """The newest signed checkpoint."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def latest(self) -> str | None:
        """The newest note, or None before the first."""
        with self._database.begin() as unit:
            row = unit.session.get(LogCheckpointRow, _NEWEST)
            return row.note if row else None

    def swap(self, old: str | None, new: str) -> bool:
        """Replace `old` by `new`; False, and nothing changed, if `old` is not the newest any more."""
        with self._database.begin() as unit:
            row = unit.session.get(LogCheckpointRow, _NEWEST)
            if (row.note if row else None) != old:
                return False
            if row is None:
                row = LogCheckpointRow(name=_NEWEST, note=new)
            row.note = new
            unit.session.add(row)
            return True
