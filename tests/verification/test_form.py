"""Right signatures that are not those of the form: too few, the wrong people's, a person's where a seal belongs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from signing_service.ids import PersonCode, SchoolCode, ShortCode
from signing_service.pki.profiles import certificate_profile
from signing_service.ports import KeyPurpose
from signing_service.records.canonical import canonical_bytes
from signing_service.records.parties import StaffMember
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.transcript import render_transcript
from signing_service.shipped import shipped_path
from signing_service.verification import form
from signing_service.verification.report import Indication, SubIndication, VerificationReport
from signing_service.verification.verify import verify
from signing_service.workflow.case import SigningRole
from tests.pki_factory import BASE_URL, example_pki
from tests.records_factory import example_record, example_transcript
from tests.signing.case import HOMEROOM_TEACHER, PRINCIPAL, ROLES, SigningCase, rendered
from tests.verification.test_trust_over_time import with_store


def judged(case: SigningCase, head: bytes, roles: int = len(ROLES)) -> VerificationReport:
    """Signed by so many, and completed as anybody can who has the answers of the authorities: our own `finish` would refuse."""
    for role in ROLES[:roles]:
        head = case.signed(head, role)
    pdf = with_store(case, head)
    return verify(pdf, name="a", anchors=(case.pki.root.certificate,), at=datetime.now(UTC) + timedelta(minutes=10))


def naming(homeroom_teacher: StaffMember = HOMEROOM_TEACHER, principal: StaffMember = PRINCIPAL, school: str = "99000001") -> bytes:
    issuer = replace(example_transcript().issuer, school_code=SchoolCode(school))
    record = example_record(transcript=example_transcript(issuer=issuer, homeroom_teacher=homeroom_teacher, principal=principal))
    link = PrintedLink(f"{BASE_URL}/v/0123456789abcdefghjkmnpqrstvwxyz", ShortCode("ABCD-EFGH-JKMN"))
    return render_transcript(record, link, record_json=canonical_bytes(record)).pdf


def test_all_three_signatures_of_the_named_make_a_transcript() -> None:
    assert judged(SigningCase(example_pki()), rendered()).indication is Indication.TOTAL_PASSED


@pytest.mark.parametrize("roles", [1, 2])
def test_a_transcript_that_was_never_sealed_does_not_pass(roles: int) -> None:
    """Whoever keeps a file that was returned before sealing can add public revocation data to it, and every signature then holds."""
    report = judged(SigningCase(example_pki()), rendered(), roles)
    assert {one.indication for one in report.signatures} == {Indication.TOTAL_PASSED}
    assert (report.indication, report.sub_indication) == (Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE)
    assert report.reasons == ("signature-of-form-missing",)


@pytest.mark.parametrize(
    "pdf",
    [
        naming(StaffMember("Nguyễn Thị Ví Dụ", PersonCode("GV-9999"))),
        naming(principal=StaffMember("Ai Đó Khác", None)),
        naming(school="99000002"),
    ],
    ids=["namesake", "another name", "another school's seal"],
)
def test_a_signature_of_whom_the_page_does_not_name_does_not_pass(pdf: bytes) -> None:
    report = judged(SigningCase(example_pki()), pdf)
    assert (report.indication, report.reasons) == (Indication.INDETERMINATE, ("signer-not-named",))


def test_a_persons_certificate_in_the_field_of_the_seal_is_seen() -> None:
    pki = example_pki()
    assert list(form._holder_problems(pki.homeroom.certificate, SigningRole.SCHOOL_SEAL, example_record())) == [
        "certificate-of-another-kind"
    ]
    assert list(form._holder_problems(pki.seal.certificate, SigningRole.PRINCIPAL, example_record())) == ["certificate-of-another-kind"]
    assert list(form._holder_problems(pki.seal.certificate, SigningRole.SCHOOL_SEAL, example_record())) == []


def test_the_policies_are_those_of_the_shipped_profiles() -> None:
    names = [path.stem for path in shipped_path("keys", "profiles").glob("*.toml")]
    signers = [certificate_profile(name) for name in names]
    kinds = {KeyPurpose.PERSON_SIGNATURE, KeyPurpose.ORGANISATION_SEAL}
    assert {one.policy: one.key_purpose for one in signers if one.key_purpose in kinds} == form._PURPOSES
