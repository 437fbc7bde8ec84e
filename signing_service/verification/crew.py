"""Several files judged at once: one process for each core, since judging is all computing. For files that we made, not for strangers'.

The processes begin empty (no key, no database), and what they are given and give back are values.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from multiprocessing import get_context, parent_process

from signing_service.errors import UnavailableError
from signing_service.transparency.note import VerifierKey
from signing_service.verification.report import VerificationReport
from signing_service.verification.verify import verify


class Crew:
    """Judges files in processes of its own; safe to use from several threads."""

    def __init__(self, executor: ProcessPoolExecutor, size: int) -> None:
        self._executor = executor
        self.size = size
        """How many files are judged at once."""

    def judge(
        self,
        pdf: bytes,
        *,
        name: str,
        anchors: Sequence[bytes],
        at: datetime,
        evidence: bytes | None = None,
        log_key: VerifierKey | None = None,
    ) -> VerificationReport:
        """As `verify`; waits until a process is free.

        Raises:
            NotAPdfError: as `verify`.
            UnavailableError: a process of the crew was killed (`verifier-died`); what waited for it is asked again by a new crew.
        """
        job = partial(verify, pdf, name=name, anchors=tuple(anchors), at=at, evidence=evidence, log_key=log_key)
        try:
            return self._executor.submit(job).result()
        except BrokenExecutor:
            raise UnavailableError(
                "verifier-died",
                vi="Tiến trình kiểm tra đã dừng đột ngột; khởi động lại dịch vụ.",
                en="A judging process ended unexpectedly; start the service again.",
            ) from None


@contextmanager
def crew_of(size: int) -> Iterator[Crew]:
    """A crew of so many processes until the block ends; each starts when it is first needed."""
    with ProcessPoolExecutor(size, mp_context=get_context("spawn"), initializer=_end_with_the_service) as executor:
        yield Crew(executor, size)


def _end_with_the_service() -> None:
    """A process of the crew does not outlive the one that asks: where that is killed, nobody is left to send it home."""
    threading.Thread(target=_wait_and_leave, daemon=True).start()


def _wait_and_leave() -> None:
    asking = parent_process()
    if asking is not None:
        asking.join()
        os._exit(1)
