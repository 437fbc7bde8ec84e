"""The process is killed at every step of a class and started again: nothing is lost, doubled or unexplained."""

from pathlib import Path

import pytest

from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState
from tests.crash import CLEAN as CLEAN  # noqa: PLC0414 - the test of two processes begins its own in the same way
from tests.crash import Told, ended, kill_at, recovers
from tests.line import copy_house, run_to_the_end

PUPILS = 2
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
# The other database keeps the same promises by the same code; where it could differ is at the edge of a transaction.
_SAMPLE = [
    (Step.RECORD_STORED, 1),
    (Step.INTENT_STORED, 1),
    (Step.VALUE_STORED, 3),
    (Step.SIGNED, 2),
    (Step.SALT_DRAWN, 1),
    (Step.LEAF_APPENDED, 1),
    (Step.ARCHIVED, 1),
]
HOUSES = [*(("sqlite", *kill) for kill in KILLS), *(("postgresql", *kill) for kill in _SAMPLE)]


def a_class_line(service: Service, told: Told) -> None:
    run_to_the_end(service, PUPILS, told)


@pytest.mark.parametrize(("prepared", "step", "time"), HOUSES, indirect=["prepared"], ids=["-".join(map(str, house)) for house in HOUSES])
def test_a_killed_class_is_finished_with_one_signature_for_each_role(step: Step, time: int, prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copy_house(prepared, folder)
    kill_at(step, time, folder, a_class_line)
    assert ended(recovers(folder, a_class_line)) == {(DocumentKind.TRANSCRIPT, CaseState.ARCHIVED): PUPILS}
