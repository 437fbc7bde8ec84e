"""Opens transactions: SQLite by default, PostgreSQL by configuration."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import IntegrityError as RowConflict
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import Session, create_engine

from signing_service.errors import ConflictError, UnavailableError
from signing_service.storage.unit_of_work import SqlUnitOfWork

_BUSY_TIMEOUT_SECONDS = 30

_ROLLED_BACK = "40"
"""SQLSTATE class of a transaction that was rolled back because of another one (PostgreSQL: serialisation failure, deadlock)."""

_TURN = 0x7369676E
"""The advisory lock that writing units of one PostgreSQL database take turns by; any number will do, as long as it is always this one."""

_READING = "reading"


def open_engine(url: str) -> Engine:
    """An engine whose writing transactions are durable and run one after another, and whose reading ones wait for nobody (ADR 6).

    SQLite takes its write lock at BEGIN (`BEGIN IMMEDIATE`), PostgreSQL an advisory lock: what a unit has read stays true until it
    commits, so the same code has the same guarantees in both. No exception text carries what was written: rows hold children's data.
    """
    engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)

    @event.listens_for(engine, "begin")
    def take_turn(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING, False)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
        elif not reading:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")

    return engine


def _postgresql(url: str) -> Engine:
    # READ COMMITTED: the first statement waits for the turn, and every later one has to see what was committed before it came.
    options = f"-c lock_timeout={_BUSY_TIMEOUT_SECONDS}s"
    return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True, connect_args={"options": options})


def _sqlite(url: str) -> Engine:
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

    return engine


class SqlDatabase:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**{_READING: True})

    @contextmanager
    def begin(self) -> Iterator[SqlUnitOfWork]:
        """One transaction, committed at the end of the `with` block, rolled back on any exception.

        Raises:
            ConflictError: a unique name is taken, or another unit overtook this one (`overtaken`).
            UnavailableError: the database does not answer (`database-unavailable`).
        """
        with _answers(), Session(self.engine) as session, session.begin():
            yield SqlUnitOfWork(session)

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """One transaction that only reads and waits for no writer; it is rolled back at the end, whatever was done in it.

        Raises:
            UnavailableError: the database does not answer (`database-unavailable`).
        """
        with _answers(), Session(self._reading) as session:
            yield SqlUnitOfWork(session)


@contextmanager
def _answers() -> Iterator[None]:
    """The database's refusals in this project's words."""
    try:
        yield
    except RowConflict:
        raise _overtaken() from None
    except (OperationalError, ProgrammingError) as error:
        if str(getattr(error.orig, "sqlstate", None)).startswith(_ROLLED_BACK):
            raise _overtaken() from None
        raise UnavailableError(
            "database-unavailable", vi="Cơ sở dữ liệu chưa trả lời; thử lại sau.", en="The database does not answer; try again."
        ) from error


def _overtaken() -> ConflictError:
    return ConflictError(
        "overtaken", vi="Dữ liệu vừa được người khác thay đổi; hãy tải lại rồi làm lại.", en="Somebody else wrote first; read again."
    )
