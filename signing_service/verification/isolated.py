"""Verifies a stranger's file in a process of its own, and believes one line of it."""

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Self

from signing_service.errors import UnavailableError
from signing_service.ids import LinkToken, sha256_of
from signing_service.transparency.note import VerifierKey
from signing_service.verification.confinement import WALL_SECONDS
from signing_service.verification.job import Job, send_job
from signing_service.verification.prescan import is_pdf
from signing_service.verification.report import CurrentStatus, Indication, VerificationReport
from signing_service.verification.report_reading import MalformedReportError, report_from_json
from signing_service.verification.verify import NotAPdfError

LARGEST_PDF: Final = 20 * 1024 * 1024
"""Octets of an uploaded file."""

LARGEST_EVIDENCE: Final = 1024 * 1024
"""Octets of an uploaded evidence bundle; ours have a few thousand."""

GAVE_UP: Final = "verification-exceeded-limits"
"""Reason in the report when the child ended without an answer: out of time or memory, or brought down by the file."""

_LONGEST_LINE: Final = 1024 * 1024
_MOST_LINKS: Final = 8
_START_SECONDS: Final = 30
_TOKEN: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{32}", re.ASCII)


class BusyError(UnavailableError):
    """Too many files wait already (`verifier-busy`)."""

    def __init__(self) -> None:
        super().__init__(
            "verifier-busy",
            vi="Đang có nhiều tệp chờ kiểm tra; xin thử lại sau một phút.",
            en="Many files are waiting to be checked; try again in a minute.",
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """What a child found in a file."""

    report: VerificationReport
    links: tuple[LinkToken, ...]
    """Verification links that stand in the file, whoever put them there."""


class IsolatedVerifier:
    """A warm parent and its children, one for each file. Thread-safe; started by the first `with` and ended by its end.

    Args:
        at_once: Children that work at the same time; one a core.
        waiting: Files that may wait beside those.
    """

    def __init__(self, *, at_once: int = 2, waiting: int = 8) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._door = threading.BoundedSemaphore(at_once + waiting)
        self._starting = threading.Lock()
        self._parent: _Parent | None = None

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            if self._parent is not None:
                self._parent.end()
                self._parent = None

    @property
    def is_superuser(self) -> bool:
        """Whether children keep the superuser's name, without its powers, because only it may read where the program lies."""
        return self._started().is_superuser

    @property
    def has_network(self) -> bool:
        """Whether children could reach a network, because the system forbids taking it from them."""
        return self._started().has_network

    def look(
        self,
        pdf: bytes,
        *,
        name: str,
        anchors: Sequence[bytes],
        at: datetime,
        evidence: bytes | None = None,
        log_key: VerifierKey | None = None,
    ) -> Looked:
        """Judge a file as `verify` does, in a child with limits; waits for its turn.

        Raises:
            NotAPdfError: `%PDF-` is not within the first 1,024 bytes.
            UnavailableError: too many wait (`verifier-busy`), or no process can be started (`verifier-not-started`).
        """
        if not is_pdf(pdf):
            raise NotAPdfError
        job = Job(pdf, name, tuple(anchors), at.astimezone(UTC).replace(microsecond=0), evidence, log_key)
        with self._turn():
            line = _line_of(self._child(), job)
        return _believed(line, job) or _gave_up(job)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._door.acquire(blocking=False):
            raise BusyError
        try:
            with self._places:
                yield
        finally:
            self._door.release()

    def _child(self) -> socket.socket:
        """A socket to a fresh child; a parent that has died meanwhile is started again, once."""
        try:
            return self._started().fork()
        except OSError:
            try:
                return self._started().fork()
            except OSError:
                raise _not_started() from None

    def _started(self) -> "_Parent":
        with self._starting:
            if self._parent is not None and not self._parent.lives():
                self._parent.end()
                self._parent = None
            if self._parent is None:
                self._parent = _Parent()
            return self._parent


class _Parent:
    """The warm parent, seen from outside."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            # -I: neither the environment nor the working directory decide what is imported.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-m", "signing_service.verification.warm_parent", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._control.settimeout(_START_SECONDS)
        try:
            told = json.loads(self._control.recv(64))
            self.has_network, self.is_superuser = bool(told["network"]), bool(told["superuser"])
        except (OSError, ValueError):
            self.end()
            raise _not_started() from None
        self._control.settimeout(WALL_SECONDS)

    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def fork(self) -> socket.socket:
        """A socket whose other end a new child reads.

        Raises:
            OSError: the parent is gone.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                socket.send_fds(self._control, [b"J"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def end(self) -> None:
        """End it with every child."""
        self._control.close()
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _line_of(connection: socket.socket, job: Job) -> bytes:
    """The one line that the child writes; shorter when it ends before, is over its time, or writes without end."""
    deadline = time.monotonic() + WALL_SECONDS
    received = bytearray()
    with connection:
        try:
            connection.settimeout(WALL_SECONDS)
            send_job(job, connection)
            while len(received) <= _LONGEST_LINE and not received.endswith(b"\n"):
                connection.settimeout(max(0.001, deadline - time.monotonic()))
                chunk = connection.recv(65536)
                if not chunk:
                    break
                received += chunk
        except OSError:
            return b""
    return bytes(received)


def _believed(line: bytes, job: Job) -> Looked | None:
    """The answer, if it is one whole line of the contract about this very file."""
    if len(line) > _LONGEST_LINE or not line.endswith(b"\n"):
        return None
    try:
        answer = json.loads(line)
        if not isinstance(answer, dict) or set(answer) != {"report", "links"}:
            return None
        report, links = report_from_json(answer["report"]), _links(answer["links"])
    except (ValueError, RecursionError, MalformedReportError):
        return None
    seen = (report.file, report.file_sha256, report.verified_at, report.current_status)
    is_about_this = seen == (job.name, sha256_of(job.pdf), job.at, CurrentStatus.NOT_CHECKED)
    return Looked(report, links) if is_about_this else None


def _links(obj: object) -> tuple[LinkToken, ...]:
    if not isinstance(obj, list) or len(obj) > _MOST_LINKS or not all(isinstance(link, str) and _TOKEN.fullmatch(link) for link in obj):
        raise MalformedReportError
    return tuple(LinkToken(link) for link in obj)


def _gave_up(job: Job) -> Looked:
    report = VerificationReport(
        file=job.name,
        file_sha256=sha256_of(job.pdf),
        verified_at=job.at,
        indication=Indication.INDETERMINATE,
        sub_indication=None,
        modified_after_signing=False,
        signatures=(),
        record=None,
        log=None,
    )
    return Looked(replace(report, reasons=(GAVE_UP,)), ())


def _not_started() -> UnavailableError:
    return UnavailableError(
        "verifier-not-started",
        vi="Không khởi động được bộ kiểm tra; người quản trị cần xem quyền đọc của bản cài đặt.",
        en="The verifier cannot be started; the administrator has to look at who may read the installation.",
    )
