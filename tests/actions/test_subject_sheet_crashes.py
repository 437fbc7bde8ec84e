"""The process is killed at every step of the subject sheets and started again: none is signed twice, lost, or without its teacher."""

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
from signing_service.workflow.case import CaseState
from tests.line import documents, opened, settings_in
from tests.sheet_line import (
    SUBJECTS,
    TEACHERS,
    a_transcript,
    copied,
    run_with_teachers,
    set_up_with_teachers,
    sheets,
    sign_and_end,
    sign_sheets,
    take_in,
)

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.sheet_line"])
KILLS = [
    (Step.SHEET_STORED, 1),
    (Step.SHEET_STORED, 3),
    (Step.CONSENT_REDEEMED, 1),
    (Step.SHEET_INTENT_STORED, 1),
    (Step.SHEET_INTENT_STORED, 2),
    (Step.SHEET_KEY_USED, 1),
    (Step.SHEET_VALUE_STORED, 1),
    (Step.SHEET_VALUE_STORED, 3),
    (Step.SHEET_SIGNED, 1),
    (Step.SHEET_SIGNED, 3),
    (Step.RENDERED, 1),
    (Step.FINISHED, 1),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "data"
    set_up_with_teachers(folder)
    return folder


def _die_at(step: Step, time: int, folder: Path) -> None:
    seen: Counter[Step] = Counter()

    def listener(happened: Step, _document: DocumentId) -> None:
        seen[happened] += 1
        if happened is step and seen[step] == time:
            os.kill(os.getpid(), signal.SIGKILL)

    with opened(settings_in(folder)) as service:
        run_with_teachers(service, 1, listener)


def _without_a_teacher(folder: Path) -> None:
    """What is signed is completed without the teacher, and nothing is signed that was not."""
    with opened(settings_in(folder)) as service:
        with service.database.begin() as unit:
            valued = {intent.sheet for intent in unit.subject_sheets.with_value(limit=10)}
        before = _signed(service)
        while service.carrier().once().total:
            pass
        assert _signed(service) == before | valued
        with service.database.begin() as unit:
            assert unit.subject_sheets.with_value(limit=10) == ()


def _with_the_teachers(folder: Path) -> None:
    """Later, everybody does their part again; what was done before is not done twice."""
    with opened(settings_in(folder), later=timedelta(minutes=5)) as service:
        before = {sheet.sheet: sheet.signed for sheet in sheets(service) if sheet.signed is not None}
        take_in(service, a_transcript(0))
        for person in TEACHERS:
            sign_sheets(service, person)
        sign_and_end(service)
        after = {sheet.sheet: sheet.signed for sheet in sheets(service)}
        assert {sheet: after[sheet] for sheet in before} == before
        assert sorted((sheet.subject, sheet.version) for sheet in sheets(service)) == sorted((subject, 1) for subject in SUBJECTS)
        assert [document.state for document in documents(service)] == [CaseState.ARCHIVED]


def _signed(service: Service) -> set[str]:
    return {sheet.sheet for sheet in sheets(service) if sheet.signed is not None}


def _exit_code(work: Callable[..., None], *arguments: object) -> int | None:
    process = CLEAN.Process(target=work, args=arguments)
    process.start()
    process.join(120)
    return process.exitcode


@pytest.mark.parametrize(("step", "time"), KILLS, ids=[f"{step}-{time}" for step, time in KILLS])
def test_a_killed_act_leaves_every_sheet_signed_once(step: Step, time: int, prepared: Path, tmp_path: Path) -> None:
    folder = copied(prepared, tmp_path / "data")
    assert _exit_code(_die_at, step, time, folder) == -signal.SIGKILL
    assert _exit_code(_without_a_teacher, folder) == 0
    assert _exit_code(_with_the_teachers, folder) == 0
