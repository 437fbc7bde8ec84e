"""The transparency log's three stores: the order of the leaves, the tiles, the checkpoint. Each call is one transaction."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from signing_service.errors import IntegrityError
from signing_service.storage.database import SqlDatabase
from signing_service.storage.tables import LogCheckpointRow, LogLeafRow, LogTileRow
from signing_service.transparency.leaf import Commitment

_NEWEST = "newest"


class SqlLeafSequence:
    """Places 0, 1, 2, … given once."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    def claim(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        """The place of each commitment: the one it has, or the next free one."""
        with self._database.begin() as unit:
            following = _length(unit.session)
            places = []
            for commitment in commitments:
                row = unit.session.exec(select(LogLeafRow).where(LogLeafRow.commitment == commitment)).one_or_none()
                if row is None:
                    row = LogLeafRow(place=following, commitment=commitment)
                    unit.session.add(row)
                    unit.session.flush()
                    following += 1
                places.append(row.place)
            return tuple(places)

    def length(self) -> int:
        """How many places are given."""
        with self._database.begin() as unit:
            return _length(unit.session)

    def read(self, start: int, stop: int) -> tuple[Commitment, ...]:
        """The commitments at places `start` up to, not including, `stop`."""
        query = select(LogLeafRow).where(LogLeafRow.place >= start, LogLeafRow.place < stop).order_by(col(LogLeafRow.place))
        with self._database.begin() as unit:
            return tuple(Commitment(row.commitment) for row in unit.session.exec(query))


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
