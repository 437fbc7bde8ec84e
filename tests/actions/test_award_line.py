"""An award decision and its certificates go through the whole line and are believed by everybody."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from signing_service.actions.cancel_award import decide_cancellation, request_cancellation
from signing_service.actions.look_up_link import LinkVerdict, look_up_link
from signing_service.bootstrap import Service
from signing_service.records.kinds import DocumentKind
from signing_service.verification.report import Indication, Level, Rerendered
from signing_service.verification.verify import verify
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.recall import RecallReason
from tests.award_line import (
    HEAD,
    OFFICE_CLERK,
    a_decision,
    award_act,
    award_documents,
    issue_award,
    office_actor,
    set_up_office,
    take_decision,
)
from tests.judges import judge_dss, judge_verapdf


@pytest.fixture
def office(service: Service) -> Service:
    set_up_office(service)
    return service


def test_the_decision_and_each_certificate_are_archived_and_believed_by_everybody(
    office: Service, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    documents = award_documents(office, issue_award(office, a_decision()))
    assert [document.kind for document in documents] == [DocumentKind.AWARD_DECISION, *[DocumentKind.AWARD_CERTIFICATE] * 2]
    assert [document.state for document in documents] == [CaseState.ARCHIVED] * 3
    files = [tmp_path / f"{place}.pdf" for place in range(3)]
    for document, file in zip(documents, files, strict=True):
        pdf = office.blobs.get(document.head)
        file.write_bytes(pdf)
        report = verify(pdf, name=file.name, anchors=office.anchors, at=office.clock.now())
        assert report.indication is Indication.TOTAL_PASSED
        roles = [(signature.role, signature.level) for signature in report.signatures]
        assert roles == [("award-authority", Level.B_LTA), ("office-seal", Level.B_LTA)]
        assert report.record is not None
        assert (report.record.kind, report.record.rerendered) == (document.kind, Rerendered.EQUAL)
        told = subprocess.run([tool("pdfsig"), "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
        assert told.count("Signature is Valid") == 2
    trust = tmp_path / "trust.pem"
    trust.write_text(office.trust_list())
    for answer in judge_dss(files, trust=trust):
        for signature in answer["signatures"]:
            assert (signature["indication"], signature["level"], signature["errors"]) == ("TOTAL_PASSED", "PAdES-BASELINE-LTA", [])
    for answer in judge_verapdf(tuple(files)):
        assert answer["3a"] == answer["ua1"] == {"compliant": True, "failed": {}}


def test_the_seal_waits_for_the_authority_and_a_transcripts_roles_sign_nothing_here(office: Service) -> None:
    file = take_decision(office, a_decision())
    office.carrier().once()
    assert award_act(office, SigningRole.OFFICE_SEAL, file).signed == ()
    assert len(award_act(office, SigningRole.AWARD_AUTHORITY, file).signed) == 3
    assert award_act(office, SigningRole.AWARD_AUTHORITY, file).signed == ()


def test_a_cancelled_award_says_so_by_its_link_before_anything_else(office: Service) -> None:
    file = issue_award(office, a_decision())
    decision, collective, individual = award_documents(office, file)
    clerk, head = office_actor(office, OFFICE_CLERK), office_actor(office, HEAD)
    request_cancellation(clerk, file, individual.subject, explanation="Kê khai không đúng", database=office.database, clock=office.clock)
    decide_cancellation(head, file, individual.subject, approve=True, remark="09/QĐ", database=office.database, clock=office.clock)
    answers = {
        document.subject: look_up_link(document.link_token, database=office.database, blobs=office.blobs, now=office.clock.now())
        for document in (decision, collective, individual)
    }
    assert answers[decision.subject].verdict is answers[collective.subject].verdict is LinkVerdict.VALID
    assert answers[individual.subject].verdict is LinkVerdict.REVOKED
    assert answers[individual.subject].revocation_reason is RecallReason.AWARD_CANCELLED
    assert office.carrier().once().closings == 1
