"""The process is killed at every step of an award decision and started again: one decision, one certificate a line, each signed once."""

from pathlib import Path

import pytest

from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState
from tests.award_line import a_decision, issue_award, set_up_office
from tests.crash import Told, ended, kill_at, recovers
from tests.line import copy_house, opened, settings_in

DOCUMENTS = 2
_IN_EVERY_ACT = (
    Step.CONSENT_REDEEMED,
    Step.INTENT_STORED,
    Step.KEY_USED,
    Step.VALUE_STORED,
    Step.TIMESTAMPED,
    Step.REVISION_STORED,
    Step.SIGNED,
)
_ONCE = (
    Step.RECORD_STORED,
    Step.RENDERED,
    Step.FINAL_REVISION_STORED,
    Step.FINISHED,
    Step.SALT_DRAWN,
    Step.LEAF_APPENDED,
    Step.LOGGED,
    Step.VERIFIED,
    Step.ARCHIVED,
)
# For the decision itself in the act of the authority, for its certificate in that of the seal.
KILLS = [
    *((step, 1) for step in _ONCE),
    *((step, time) for step in _IN_EVERY_ACT for time in (1, 2 * DOCUMENTS)),
]
_SAMPLE = [(Step.RECORD_STORED, 1), (Step.VALUE_STORED, 1), (Step.LEAF_APPENDED, 1)]
HOUSES = [*(("sqlite", *kill) for kill in KILLS), *(("postgresql", *kill) for kill in _SAMPLE)]


@pytest.fixture(scope="module")
def office(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with an office whose head has a key; copied, never changed."""
    folder = tmp_path_factory.mktemp("office") / "data"
    copy_house(prepared, folder)
    with opened(settings_in(folder)) as service:
        set_up_office(service)
    return folder


def an_award_line(service: Service, told: Told) -> None:
    issue_award(service, a_decision(collectives=0), told)


@pytest.mark.parametrize(("prepared", "step", "time"), HOUSES, indirect=["prepared"], ids=["-".join(map(str, house)) for house in HOUSES])
def test_a_killed_award_decision_is_issued_once_with_its_certificates(step: Step, time: int, office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copy_house(office, folder)
    kill_at(step, time, folder, an_award_line)
    assert ended(recovers(folder, an_award_line)) == {
        (DocumentKind.AWARD_DECISION, CaseState.ARCHIVED): 1,
        (DocumentKind.AWARD_CERTIFICATE, CaseState.ARCHIVED): DOCUMENTS - 1,
    }
