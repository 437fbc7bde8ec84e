"""Signers whose tokens hold RSA-3072 keys, in either padding, beside P-256: the same file, believed by the same programs."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms

from signing_service.errors import RefusedError
from signing_service.pki.names import SubjectName
from signing_service.ports import KeyPurpose
from signing_service.signing.finish import finish
from signing_service.signing.prepare import prepare
from signing_service.signing.revisions import filled_fields, open_pdf
from signing_service.verification.report import Indication, Level
from signing_service.verification.verify import verify
from tests.judges import judge_dss
from tests.pki_factory import EphemeralKey, example_pki
from tests.signing.case import ROLES, SigningCase, rendered

PROFILES = ("person-rsa-3072", "person-rsa-3072-pss", "seal-rsa-3072-pss")


@pytest.fixture(scope="module")
def rsa_case() -> SigningCase:
    return SigningCase(example_pki(signer_profiles=PROFILES))


@pytest.fixture(scope="module")
def signed(rsa_case: SigningCase) -> bytes:
    head = rendered()
    for role in ROLES:
        head = rsa_case.signed(head, role)
    return finish(head, rsa_case.material(), rsa_case.pki.timestamper)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, signed: bytes) -> Path:
    path = tmp_path_factory.mktemp("rsa") / "rsa.pdf"
    path.write_bytes(signed)
    return path


def test_each_signature_names_the_padding_that_its_profile_binds_the_key_to(signed: bytes) -> None:
    named = []
    for field in filled_fields(open_pdf(signed)):
        info = cms.ContentInfo.load(field.container)["content"]["signer_infos"][0]
        named.append(info["signature_algorithm"]["algorithm"].native)
    assert named[:3] == ["sha256_rsa", "rsassa_pss", "rsassa_pss"]


def test_our_verifier_believes_every_signature(rsa_case: SigningCase, signed: bytes) -> None:
    report = verify(signed, name="rsa.pdf", anchors=[rsa_case.pki.root.certificate], at=datetime.now(UTC))
    assert report.indication is Indication.TOTAL_PASSED
    assert [signature.level for signature in report.signatures] == [Level.B_LTA] * 3


def test_eu_dss_passes_every_signature_as_b_lta(rsa_case: SigningCase, file: Path, tmp_path: Path) -> None:
    trust = tmp_path / "trust.pem"
    trust.write_bytes(rsa_case.pki.anchors_pem)
    (answer,) = judge_dss([file], trust=trust)
    for signature in answer["signatures"]:
        assert (signature["indication"], signature["level"], signature["errors"]) == ("TOTAL_PASSED", "PAdES-BASELINE-LTA", [])


def test_pdfsig_finds_every_signature_valid(file: Path, tool: Callable[[str], str]) -> None:
    told = subprocess.run([tool("pdfsig"), "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 3


@pytest.mark.parametrize("profile", ["person-rsa-3072", "person-rsa-3072-pss"])
def test_a_profile_takes_no_key_of_another_kind(rsa_case: SigningCase, profile: str) -> None:
    subject, p_256 = SubjectName("Người Ký Ví Dụ", "Trường THCS Ví Dụ"), rsa_case.pki.tsa.key
    with pytest.raises(RefusedError, match="certificate-key-algorithm"):
        rsa_case.pki.issuing.issue(profile, subject, p_256.public_key)
    with pytest.raises(RefusedError, match="certificate-key-algorithm"):
        rsa_case.pki.issuing.issue("person", subject, rsa_case.pki.homeroom.key.public_key)


def test_a_persons_rsa_certificate_cannot_seal(rsa_case: SigningCase) -> None:
    person = rsa_case.pki.another("person-rsa-3072-pss", SubjectName("Ai Đó", "Trường THCS Ví Dụ"), KeyPurpose.PERSON_SIGNATURE)
    assert isinstance(person.key, EphemeralKey)
    head = rendered()
    for role in ROLES[:2]:
        head = rsa_case.signed(head, role)
    request = rsa_case.request(head, ROLES[2], certificate=person.certificate, ocsp=rsa_case.pki.responder.response_for(person.certificate))
    with pytest.raises(RefusedError, match="certificate-policy"):
        prepare(request)
