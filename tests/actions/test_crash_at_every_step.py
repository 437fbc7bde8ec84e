"""The process is killed at every step of a class and started again: nothing is lost, doubled or unexplained."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.ids import DocumentId
from signing_service.signing.fields import FORMS
from signing_service.signing.state import signature_state
from signing_service.workflow.case import CaseState
from tests.line import SIGNERS, act, copy_house, documents, opened, run_to_the_end, settings_in, take_in

PUPILS = 2
CLEAN = multiprocessing.get_context("forkserver")
"""Every process begins as one that has typeset nothing and opened nothing, with the house already imported."""
CLEAN.set_forkserver_preload(["tests.line"])
_IN_EVERY_ACT = (Step.INTENT_STORED, Step.KEY_USED, Step.VALUE_STORED, Step.TIMESTAMPED, Step.REVISION_STORED, Step.SIGNED)
_ONCE = tuple(step for step in Step if step not in {*_IN_EVERY_ACT, Step.CLOSING_LOGGED} and not step.startswith("sheet"))
# The n-th time a step happens: for the first pupil in each of the three acts, and once in the middle of an act.
KILLS = [
    *((step, 1) for step in _ONCE),
    *((step, 1 + PUPILS * turn) for step in _IN_EVERY_ACT for turn in range(3)),
    (Step.SIGNED, 2),
    (Step.KEY_USED, 2),
    (Step.ARCHIVED, 2),
]


def _die_at(step: Step, time: int, folder: Path) -> None:
    seen: Counter[Step] = Counter()

    def listener(happened: Step, _document: DocumentId) -> None:
        seen[happened] += 1
        if happened is step and seen[step] == time:
            os.kill(os.getpid(), signal.SIGKILL)

    with opened(settings_in(folder)) as service:
        run_to_the_end(service, PUPILS, listener)


def _exit_code(work: Callable[..., None], *arguments: object) -> int | None:
    process = CLEAN.Process(target=work, args=arguments)
    process.start()
    process.join(120)
    return process.exitcode


def _carry_on(service: Service) -> None:
    while service.carrier().once().total:
        pass


def _without_a_signer(folder: Path) -> None:
    """What is signed is finished without the signer, and nothing is signed that was not."""
    with opened(settings_in(folder)) as service:
        with service.database.begin() as unit:
            valued = {intent.document for intent in unit.intents.with_value(limit=10)}
        before = {document.document: _filled(service, document.head) for document in documents(service)}
        _carry_on(service)
        for document in documents(service):
            assert _filled(service, document.head) == before[document.document] + (document.document in valued)
        with service.database.begin() as unit:
            assert unit.intents.with_value(limit=10) == ()


def _with_the_signers(folder: Path) -> None:
    """Later, everybody does their part again; what was done before is not done twice."""
    with opened(settings_in(folder), later=timedelta(minutes=5)) as service:
        take_in(service, PUPILS)
        _carry_on(service)
        for role in SIGNERS:
            act(service, role)
        _carry_on(service)
        ended = documents(service)
        assert [document.state for document in ended] == [CaseState.ARCHIVED] * PUPILS
        for document in ended:
            state = signature_state(service.blobs.get(document.head))
            assert state.filled == FORMS[0]
            assert state.finished
        with service.database.begin() as unit:
            commitments = [unit.commitments.get(document.document) for document in ended]
        assert sorted(str(commitment and commitment.index) for commitment in commitments) == [str(i) for i in range(PUPILS)]


def _filled(service: Service, head: str) -> int:
    data = service.blobs.get(head)  # type: ignore[arg-type] # a head is a digest
    return len(signature_state(data).filled) if data.startswith(b"%PDF") else 0


@pytest.mark.parametrize(("step", "time"), KILLS, ids=[f"{step}-{time}" for step, time in KILLS])
def test_a_killed_class_is_finished_with_one_signature_for_each_role(step: Step, time: int, prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copy_house(prepared, folder)
    assert _exit_code(_die_at, step, time, folder) == -signal.SIGKILL
    assert _exit_code(_without_a_signer, folder) == 0
    assert _exit_code(_with_the_signers, folder) == 0
