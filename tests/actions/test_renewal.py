"""What runs for months goes on with renewed certificates, and a crash between key and certificate stops nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signing_service.actions.enrol_signer import Enrolment
from signing_service.actions.known_schools import school_of
from signing_service.actions.set_up_authorities import ISSUING, OCSP, ROOT, TSA
from signing_service.bootstrap import KeyRoom, Service, open_service
from signing_service.cli import main
from signing_service.clock import SystemClock
from signing_service.custody.pin import Pin
from signing_service.directory.people import Office
from signing_service.errors import UnavailableError
from signing_service.ports import KeyPurpose
from signing_service.workflow.case import CaseState, SigningRole
from tests.line import HOMEROOM, HOMEROOM_PIN, SIGNERS, TRANSCRIPT, act, documents, run_to_the_end, settings_in, take_in


@dataclass
class MovedClock:
    """The machine's clock; a test moves it on."""

    by: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return SystemClock().now() + self.by


@contextmanager
def running(folder: Path) -> Iterator[tuple[Service, MovedClock]]:
    clock = MovedClock()
    with open_service(settings_in(folder), clock=clock) as service:
        yield service, clock


def test_a_process_that_runs_for_months_takes_up_the_renewed_ocsp_certificate(folder: Path) -> None:
    with running(folder) as (service, clock):
        take_in(service, 1)
        service.carrier().once()
        clock.by = timedelta(days=80)
        assert service.renew() == ("ocsp-responder",)
        clock.by = timedelta(days=100)
        for role in SIGNERS:
            assert act(service, role).left_out == ()
        service.carrier().once()
        assert [(document.state, document.waiting_for) for document in documents(service)] == [(CaseState.ARCHIVED, None)]


PURPOSES = {
    ROOT: KeyPurpose.ROOT_CA,
    ISSUING: KeyPurpose.ISSUING_CA,
    TSA: KeyPurpose.TIMESTAMPING,
    OCSP: KeyPurpose.OCSP_RESPONDER,
}


class CrashError(Exception):
    """The process ends here."""


def test_a_crash_between_a_new_key_and_its_certificate_leaves_the_old_pair_at_work(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create_and_crash(self: KeyRoom, *arguments: Any) -> None:
        create(self, *arguments)
        raise CrashError

    create = KeyRoom.create
    monkeypatch.setattr(KeyRoom, "create", create_and_crash)
    with pytest.raises(CrashError):
        Enrolment(service.database, service.keys, service.clock, service.identity.base_url).person(
            HOMEROOM, school_of(TRANSCRIPT.issuer), Office.HOMEROOM_TEACHER, Pin("một mã PIN khác")
        )
    take_in(service, 1)
    service.carrier().once()
    assert act(service, SigningRole.HOMEROOM_TEACHER).left_out == ()


@pytest.mark.parametrize("owner", [ROOT, ISSUING, TSA, OCSP])
def test_a_key_without_a_certificate_yet_stops_no_authority(folder: Path, owner: str) -> None:
    """As a crash, or two installations at once, leave it."""
    with running(folder) as (service, _clock):
        service.keys.create(owner, PURPOSES[owner], None)
    with running(folder) as (service, _clock):
        service.enrolment().person(HOMEROOM, school_of(TRANSCRIPT.issuer), Office.HOMEROOM_TEACHER, Pin(HOMEROOM_PIN))
        run_to_the_end(service, 1)
        assert [(document.state, document.waiting_for) for document in documents(service)] == [(CaseState.ARCHIVED, None)]


def test_a_worker_outlives_a_database_that_does_not_answer_for_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([UnavailableError("database-unavailable", vi="chưa trả lời", en="silent"), KeyboardInterrupt()])

    def once(_self: object) -> None:
        raise next(answers)

    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(folder))
    if (url := settings_in(folder).database_url) is not None:
        monkeypatch.setenv("SIGNING_SERVICE_DATABASE_URL", url)
    monkeypatch.setattr("signing_service.actions.carry_on.Carrier.once", once)
    assert main(["worker", "--pause", "0"]) == 130
    assert "database-unavailable" in capsys.readouterr().err
