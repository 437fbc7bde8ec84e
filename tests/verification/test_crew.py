"""Judging in processes of its own: whoever is killed leaves none of them behind."""

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from signing_service.verification.crew import crew_of


def _ask_for_ever(told: Connection) -> None:
    with crew_of(1) as crew:
        told.send(crew._executor.submit(os.getpid).result())
        time.sleep(60)


def _is_alive(process: int) -> bool:
    try:
        # A zombie that nobody has collected yet works no more.
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_service_leaves_no_judging_process_behind() -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    service = context.Process(target=_ask_for_ever, args=(there,))
    service.start()
    judging = here.recv()
    assert _is_alive(judging)
    service.kill()
    service.join()
    until = time.monotonic() + 10
    while _is_alive(judging) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_alive(judging)
