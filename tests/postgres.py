"""A real PostgreSQL server for the tests: started on a socket of its own, gone with the session."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

_INSTALLED = Path("/usr/lib/postgresql")
_UNPRIVILEGED = "postgres"


def server_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, newest version first; None where PostgreSQL is not installed."""
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        return Path(on_path).resolve().parent
    versions = sorted(_INSTALLED.glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]), reverse=True)
    return versions[0].parent if versions else None


@contextmanager
def running_server(programs: Path) -> Iterator[Path]:
    """A server until the block ends; yields the folder of its socket. It listens on no network address."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
    data, socket = folder / "data", folder / "socket"
    socket.mkdir()
    as_owner: list[str] = []
    if os.geteuid() == 0:
        # The server refuses to run as root.
        shutil.chown(folder, _UNPRIVILEGED)
        shutil.chown(socket, _UNPRIVILEGED)
        as_owner = ["setpriv", f"--reuid={_UNPRIVILEGED}", f"--regid={_UNPRIVILEGED}", "--init-groups"]

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run(str(programs / "initdb"), "-D", str(data), "-U", _UNPRIVILEGED, "-A", "trust", "-E", "UTF8", "--locale=C")
    control = (str(programs / "pg_ctl"), "-D", str(data), "-w")
    options = f"-k {socket} -c listen_addresses='' -c fsync=off -c max_connections=100"
    try:
        run(*control, "-o", options, "-l", str(folder / "log"), "start")
        yield socket
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def create_database(socket: Path, name: str, *, like: str | None = None) -> str:
    """A fresh database, empty or a copy of another one that nobody is connected to; returns its SQLAlchemy URL."""
    with psycopg.connect(host=str(socket), user=_UNPRIVILEGED, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like or "template0"}"')
    return f"postgresql+psycopg://{_UNPRIVILEGED}@/{name}?host={quote(str(socket), safe='')}"
