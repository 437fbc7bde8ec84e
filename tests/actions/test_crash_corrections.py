"""The process is killed while an issued transcript is extracted from, recalled and replaced: one stands, and the log says all once."""

from pathlib import Path

import pytest

from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState
from tests.correction_line import extract_from, of_pupil, seal_extracts, take_back, take_corrected
from tests.crash import Told, ended, explained, kill_at, recovers
from tests.line import CLASS, SIGNERS, a_pupil, act, copy_house, opened, run_to_the_end, settings_in
from tests.records_factory import example_transcript

_ACTS = 1 + len(SIGNERS)
# The leaves, in order: of the extract's issuance, of the two recalls, of the replacement, and of the supersession.
KILLS = [
    ("extract-drawn", 1),
    (Step.INTENT_STORED, 1),
    (Step.VALUE_STORED, 1),
    (Step.SIGNED, 1),
    (Step.FINISHED, 1),
    (Step.SALT_DRAWN, 1),
    (Step.LEAF_APPENDED, 1),
    (Step.ARCHIVED, 1),
    ("recall-requested", 1),
    ("recall-decided", 1),
    (Step.LEAF_APPENDED, 2),
    (Step.CLOSING_LOGGED, 1),
    (Step.LEAF_APPENDED, 3),
    (Step.CLOSING_LOGGED, 2),
    (Step.RECORD_STORED, 1),
    (Step.RENDERED, 1),
    (Step.VALUE_STORED, _ACTS),
    (Step.SIGNED, _ACTS),
    (Step.LOGGED, 2),
    (Step.VERIFIED, 2),
    (Step.ARCHIVED, 2),
    (Step.LEAF_APPENDED, 5),
    (Step.CLOSING_LOGGED, 3),
]
_SAMPLE = [("recall-decided", 1), (Step.LEAF_APPENDED, 2), (Step.ARCHIVED, 2)]
HOUSES = [*(("sqlite", *kill) for kill in KILLS), *(("postgresql", *kill) for kill in _SAMPLE)]


@pytest.fixture(scope="module")
def issued(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that has issued one transcript; copied, never changed."""
    folder = tmp_path_factory.mktemp("issued") / "data"
    copy_house(prepared, folder)
    with opened(settings_in(folder)) as service:
        run_to_the_end(service, 1)
    return folder


def a_correction(service: Service, told: Told) -> None:
    for do in (_extract, _recall, _replace):
        do(service, told)
        service.carrier(told).once()


def _extract(service: Service, told: Told) -> None:
    source = of_pupil(service, CLASS, a_pupil(0).code)
    assert source is not None
    extract_from(service, source, told)
    seal_extracts(service, CLASS, told)


def _recall(service: Service, told: Told) -> None:
    document = of_pupil(service, CLASS, a_pupil(0).code)
    assert document is not None
    take_back(service, document, told)


def _replace(service: Service, told: Told) -> None:
    corrected = a_pupil(0, name="H'Mẫu Đã Sửa Ƀuôn Yă")
    take_corrected(service, example_transcript(pupil=corrected), told)
    service.carrier(told).once()
    for role in SIGNERS:
        act(service, role, told)


@pytest.mark.parametrize(("prepared", "step", "time"), HOUSES, indirect=["prepared"], ids=["-".join(map(str, house)) for house in HOUSES])
def test_a_killed_correction_leaves_one_transcript_that_stands_and_one_that_points_to_it(
    step: str, time: int, issued: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    copy_house(issued, folder)
    kill_at(step, time, folder, a_correction)
    documents = recovers(folder, a_correction)
    assert ended(documents) == {
        (DocumentKind.TRANSCRIPT, CaseState.SUPERSEDED): 1,
        (DocumentKind.TRANSCRIPT, CaseState.ARCHIVED): 1,
        (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.RECALLED): 1,
    }
    old, new = (document for document in documents if document.kind is DocumentKind.TRANSCRIPT)
    assert new.replaces == old.document


def test_an_extract_on_its_way_when_its_transcript_is_recalled_does_not_outlive_it(issued: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copy_house(issued, folder)
    with opened(settings_in(folder)) as service:
        for do in (_extract, _recall):
            do(service, lambda _step, _document: None)
        assert service.carrier().once().archived == 1
        assert ended(explained(service)) == {
            (DocumentKind.TRANSCRIPT, CaseState.RECALLED): 1,
            (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.RECALLED): 1,
        }
