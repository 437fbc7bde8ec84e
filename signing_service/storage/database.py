"""Opens transactions: SQLite by default, PostgreSQL by configuration."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import IntegrityError as RowConflict
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine

from signing_service.errors import ConflictError, UnavailableError
from signing_service.storage.unit_of_work import SqlUnitOfWork

_BUSY_TIMEOUT_SECONDS = 30

_ROLLED_BACK = "40"
"""SQLSTATE class of a transaction that was rolled back because of another one (PostgreSQL: serialisation failure, deadlock)."""


def open_engine(url: str) -> Engine:
    """An engine whose transactions are durable and serialised.

    SQLite takes its write lock at BEGIN (`BEGIN IMMEDIATE`), so a read inside a unit cannot be overtaken before its write; PostgreSQL
    runs SERIALIZABLE and reports an overtaken unit as a conflict. No exception text carries what was written: rows hold children's data.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True, hide_parameters=True)
    if file := make_url(url).database:
        # SQLite gives its companions the mode of the file, and would itself let everybody read it.
        Path(file).touch(mode=0o600)
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own type
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_immediately(connection: Any) -> None:  # noqa: ANN401 - the driver's own type
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class SqlDatabase:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[SqlUnitOfWork]:
        """One transaction, committed at the end of the `with` block, rolled back on any exception.

        Raises:
            ConflictError: a unique name is taken, or another unit overtook this one (`overtaken`).
            UnavailableError: the database does not answer (`database-unavailable`).
        """
        try:
            with Session(self.engine) as session, session.begin():
                yield SqlUnitOfWork(session)
        except RowConflict:
            raise _overtaken() from None
        except OperationalError as error:
            if str(getattr(error.orig, "sqlstate", None)).startswith(_ROLLED_BACK):
                raise _overtaken() from None
            raise UnavailableError(
                "database-unavailable", vi="Cơ sở dữ liệu chưa trả lời; thử lại sau.", en="The database does not answer; try again."
            ) from error


def _overtaken() -> ConflictError:
    return ConflictError(
        "overtaken", vi="Dữ liệu vừa được người khác thay đổi; hãy tải lại rồi làm lại.", en="Somebody else wrote first; read again."
    )
