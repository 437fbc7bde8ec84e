"""A detached signature keeps every rule of the others, and strangers believe it."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from signing_service.errors import IntegrityError, RefusedError, SigningServiceError
from signing_service.pki.authority import RevokedCertificate
from signing_service.pki.names import SubjectName
from signing_service.signing.detached import PreparedDetached, detached_cms, prepare_detached
from signing_service.signing.finish import finish
from signing_service.signing.sign import SignatureValue, sign_prepared
from signing_service.trust.reasons import RevocationReason
from signing_service.verification.cms import check_cms
from tests.pki_factory import SCHOOL, ExamplePki, Identity, example_pki
from tests.signing.case import ROLES, SigningCase, rendered

CONTENT = b'{"subject_code":"TOAN"}'


@pytest.fixture(scope="module")
def pki() -> ExamplePki:
    return example_pki()


def prepared_by(pki: ExamplePki, signer: Identity, content: bytes = CONTENT, moment: datetime | None = None) -> PreparedDetached:
    return prepare_detached(
        content,
        certificate=signer.certificate,
        chain=pki.chain,
        ocsp=pki.responder.response_for(signer.certificate),
        moment=moment or datetime.now(UTC),
    )


def signed(pki: ExamplePki) -> bytes:
    prepared = prepared_by(pki, pki.homeroom)
    value = sign_prepared(prepared, pki.homeroom.key)
    return detached_cms(prepared, value, pki.timestamper.token(value.message_imprint))


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(SigningServiceError) as caught:
        work()
    return caught.value.code


def test_it_has_every_attribute_of_a_baseline_signature_and_no_content(pki: ExamplePki) -> None:
    container = signed(pki)
    found = check_cms(container, CONTENT, sub_filter="ETSI.CAdES.detached")
    assert found.signer == pki.homeroom.certificate
    assert found.names_signer
    assert found.claimed_time is not None
    assert len(found.timestamps) == 1
    attributes = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["signed_attrs"]
    assert {attribute["type"].native for attribute in attributes} == {
        "content_type",
        "message_digest",
        "signing_time",
        "signing_certificate_v2",
    }


def test_openssl_believes_it(pki: ExamplePki, tool: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_bytes(CONTENT)
    (tmp_path / "sheet.p7s").write_bytes(signed(pki))
    pem = b"".join(load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in pki.chain)
    (tmp_path / "chain.pem").write_bytes(pem)
    command = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "sheet.p7s", "-content", "sheet.json", "-CAfile", "chain.pem"]
    judged = subprocess.run([tool("openssl"), *command, "-purpose", "any"], cwd=tmp_path, capture_output=True, check=False)
    assert judged.returncode == 0, judged.stderr
    assert judged.stdout == CONTENT


def test_it_is_signed_once_and_never_from_what_lay_in_a_store(pki: ExamplePki) -> None:
    prepared = prepared_by(pki, pki.homeroom)
    value = sign_prepared(prepared, pki.homeroom.key)
    assert refusal(lambda: sign_prepared(prepared, pki.homeroom.key)) == "prepared-used"
    stored = PreparedDetached.from_bytes(prepared.to_bytes())
    assert refusal(lambda: sign_prepared(stored, pki.homeroom.key)) == "prepared-used"
    token = pki.timestamper.token(value.message_imprint)
    assert detached_cms(stored, value, token) == detached_cms(prepared, value, token)


@pytest.mark.parametrize(
    ("old", "new"), [(b'"content":"', b'"content":"0'), (b'"prepared_at":"20', b'"prepared_at":"21'), (b"detached/v1", b"detached/v2")]
)
def test_what_was_changed_in_the_store_is_not_used(pki: ExamplePki, old: bytes, new: bytes) -> None:
    stored = prepared_by(pki, pki.homeroom).to_bytes()
    assert old in stored
    with pytest.raises(IntegrityError, match="prepared-tampered"):
        PreparedDetached.from_bytes(stored.replace(old, new))


def test_content_and_attributes_belong_together(pki: ExamplePki) -> None:
    one, other = prepared_by(pki, pki.homeroom), prepared_by(pki, pki.homeroom, b"other")
    with pytest.raises(IntegrityError, match="prepared-tampered"):
        PreparedDetached(other.content, one.signed_attributes, one.certificate, one.prepared_at)


def test_a_seal_is_no_person(pki: ExamplePki) -> None:
    assert refusal(lambda: prepared_by(pki, pki.seal)) == "certificate-policy"


def test_nobody_signs_before_or_after_the_certificate(pki: ExamplePki) -> None:
    assert refusal(lambda: prepared_by(pki, pki.homeroom, moment=datetime.now(UTC) - timedelta(days=9000))) == "certificate-not-yet-valid"


def test_another_key_does_not_sign(pki: ExamplePki) -> None:
    with pytest.raises(RefusedError, match="key-certificate-mismatch"):
        sign_prepared(prepared_by(pki, pki.homeroom), pki.principal.key)


def test_a_time_stamp_over_something_else_is_not_taken(pki: ExamplePki) -> None:
    prepared = prepared_by(pki, pki.homeroom)
    value = sign_prepared(prepared, pki.homeroom.key)
    assert refusal(lambda: detached_cms(prepared, value, pki.timestamper.token(bytes(32)))) == "timestamp-mismatch"
    forged = SignatureValue(value.octets[:-1] + bytes([value.octets[-1] ^ 1]))
    assert refusal(lambda: detached_cms(prepared, forged, pki.timestamper.token(forged.message_imprint))) == "signature-invalid"


def sealed_with(case: SigningCase) -> bytes:
    head = rendered()
    for role in ROLES:
        head = case.signed(head, role)
    return head


def test_a_document_is_finished_only_when_the_lists_speak_of_every_detached_signer(pki: ExamplePki) -> None:
    case = SigningCase(pki)
    head = sealed_with(case)
    stale = case.material()
    sleep(1.1)  # thisUpdate is given in whole seconds
    container = signed(pki)
    assert refusal(lambda: finish(head, stale, pki.timestamper, detached=(container,))) == "validation-material-incomplete"
    assert finish(head, case.material(), pki.timestamper, detached=(container,)).startswith(head)


def test_a_detached_signer_who_was_revoked_before_stops_the_document(pki: ExamplePki) -> None:
    case = SigningCase(pki)
    head, teacher = sealed_with(case), pki.another("person", SubjectName("Ai Đó Mẫu", SCHOOL), pki.homeroom.key.purpose)
    prepared = prepared_by(pki, teacher)
    value = sign_prepared(prepared, teacher.key)
    container = detached_cms(prepared, value, pki.timestamper.token(value.message_imprint))
    pki.ledger.revoke(RevokedCertificate(teacher.serial, datetime.now(UTC) - timedelta(hours=1), RevocationReason.KEY_COMPROMISE))
    assert refusal(lambda: finish(head, case.material(), pki.timestamper, detached=(container,))) == "certificate-revoked"
