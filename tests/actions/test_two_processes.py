"""Two processes sign the same class at the same moment: each pupil gets one signature, and nobody is left out for no reason."""

from multiprocessing.context import ForkServerProcess
from pathlib import Path

from signing_service.signing.fields import SignatureField
from signing_service.signing.state import signature_state
from signing_service.workflow.case import CaseState, SigningRole
from tests.actions.test_crash_at_every_step import CLEAN
from tests.line import act, documents, opened, settings_in, take_in

PUPILS = 12


def _sign(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        receipt = act(service, SigningRole.HOMEROOM_TEACHER)
    known = {"head-moved", "intent-outstanding", "being-signed", "intent-gone", f"state-is-{CaseState.TEACHER_SIGNED}", "wrong-order"}
    assert {left.reason for left in receipt.left_out} <= known


def test_two_processes_sign_each_pupil_once(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        take_in(service, PUPILS)
        service.carrier().once()
    processes: list[ForkServerProcess] = [CLEAN.Process(target=_sign, args=(folder,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    with opened(settings_in(folder)) as service:
        ended = documents(service)
        assert [document.state for document in ended] == [CaseState.TEACHER_SIGNED] * PUPILS
        for document in ended:
            assert signature_state(service.blobs.get(document.head)).filled == (SignatureField.GVCN,)
        with service.database.read() as unit:
            assert unit.intents.with_value(limit=PUPILS) == ()


def test_what_is_done_in_a_reading_unit_is_not_kept(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        take_in(service, 1)
        (document,) = documents(service)
        with service.database.read() as unit:
            unit.documents.set_waiting(document.document, "never", head=document.head, state=document.state)
        assert documents(service) == (document,)


def test_a_reader_waits_for_no_writer(folder: Path) -> None:
    with opened(settings_in(folder)) as service:
        take_in(service, 1)
        with service.database.begin(), service.database.read() as unit:
            assert unit.documents.count_by_state()
