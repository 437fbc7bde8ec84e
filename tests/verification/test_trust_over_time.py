"""Revocation, time and level: what certificates were worth when the signature provably existed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing_service.pki.authority import RevokedCertificate
from signing_service.signing.finish import finish
from signing_service.trust.certificates import read_certificate
from signing_service.trust.reasons import RevocationReason
from signing_service.verification.chain import build_chain, may_sign_documents, may_stamp_time
from signing_service.verification.report import Indication, Integrity, Level, Revocation, SubIndication, TimeSource, VerificationReport
from signing_service.verification.verify import verify
from tests.pki_factory import ExamplePki, example_pki
from tests.signing.case import ROLES, SigningCase, rendered


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return rendered()


@pytest.fixture
def case() -> SigningCase:
    return SigningCase(example_pki())


def signed(case: SigningCase, head: bytes) -> bytes:
    for role in ROLES:
        head = case.signed(head, role)
    return head


def with_store(case: SigningCase, pdf: bytes) -> bytes:
    """`pdf` with a security store as of now, revoked or not, and no document time-stamp."""
    material = case.material()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(one) for one in material.certificates],
        ocsps=[ocsp.OCSPResponse.load(one) for one in material.ocsps],
        crls=[crl.CertificateList.load(one) for one in material.crls],
    )
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko gives it no types
    return out.getvalue()


def judge(case: SigningCase, pdf: bytes, *, later: timedelta = timedelta(minutes=10)) -> VerificationReport:
    return verify(pdf, name="a", anchors=(case.pki.root.certificate,), at=datetime.now(UTC) + later)


def revoke(pki: ExamplePki, serial: int, *, in_seconds: float) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=in_seconds)
    pki.ledger.revoke(RevokedCertificate(serial, moment, RevocationReason.KEY_COMPROMISE))


def test_level_grows_with_what_is_there(case: SigningCase, unsigned: bytes) -> None:
    bare = signed(case, unsigned)
    stored = with_store(case, bare)
    finished = finish(bare, case.material(), case.pki.timestamper)
    reports = [judge(case, pdf) for pdf in (bare, stored, finished)]
    assert [{one.level for one in report.signatures} for report in reports] == [{Level.B_T}, {Level.B_LT}, {Level.B_LTA}]
    assert [(report.indication, report.sub_indication) for report in reports] == [
        (Indication.INDETERMINATE, SubIndication.TRY_LATER),
        (Indication.TOTAL_PASSED, None),
        (Indication.TOTAL_PASSED, None),
    ]


def test_revoked_before_the_time_stamp_has_failed(case: SigningCase, unsigned: bytes) -> None:
    pdf = signed(case, unsigned)
    revoke(case.pki, case.pki.principal.serial, in_seconds=-3600)
    report = judge(case, with_store(case, pdf))
    homeroom, principal, seal = report.signatures
    assert (report.indication, report.sub_indication) == (Indication.TOTAL_FAILED, SubIndication.REVOKED)
    assert (principal.revocation, principal.sub_indication) == (Revocation.REVOKED, SubIndication.REVOKED)
    assert principal.integrity is Integrity.INTACT
    assert {homeroom.indication, seal.indication} == {Indication.TOTAL_PASSED}


def test_revoked_after_the_time_stamp_was_good_when_it_signed(case: SigningCase, unsigned: bytes) -> None:
    pdf = signed(case, unsigned)
    revoke(case.pki, case.pki.principal.serial, in_seconds=60)
    report = judge(case, with_store(case, pdf))
    assert report.indication is Indication.TOTAL_PASSED
    assert {one.revocation for one in report.signatures} == {Revocation.GOOD}


def test_stamps_of_a_compromised_authority_prove_nothing(case: SigningCase, unsigned: bytes) -> None:
    pdf = signed(case, unsigned)
    revoke(case.pki, case.pki.tsa.serial, in_seconds=60)
    report = judge(case, with_store(case, pdf))
    assert {one.time_source for one in report.signatures} == {TimeSource.CLAIMED}
    assert all("timestamp-certificate-revoked" in one.reasons for one in report.signatures)
    later = judge(case, with_store(case, pdf), later=timedelta(days=1200))
    assert later.indication is Indication.INDETERMINATE


def test_revoked_without_a_proven_time_stays_open(case: SigningCase, unsigned: bytes) -> None:
    pdf = signed(case, unsigned)
    revoke(case.pki, case.pki.tsa.serial, in_seconds=60)
    revoke(case.pki, case.pki.principal.serial, in_seconds=60)
    principal = judge(case, with_store(case, pdf)).signatures[1]
    assert (principal.indication, principal.sub_indication) == (Indication.INDETERMINATE, SubIndication.REVOKED_NO_POE)


def test_a_signature_before_its_certificate_began_has_failed(case: SigningCase, unsigned: bytes) -> None:
    finished = finish(signed(case, unsigned), case.material(), case.pki.timestamper)
    report = judge(case, finished, later=timedelta(days=-1))
    assert (report.indication, report.sub_indication) == (Indication.TOTAL_FAILED, SubIndication.NOT_YET_VALID)


def test_a_path_needs_authorities(case: SigningCase) -> None:
    pki = case.pki
    person, issuing, root = (read_certificate(der) for der in (pki.homeroom.certificate, *pki.chain))
    assert build_chain(person, (issuing, root), (root,)) == (person, issuing, root)
    assert build_chain(person, (issuing,), (issuing,)) == (person, issuing)
    assert build_chain(person, (root,), (root,)) is None
    assert build_chain(person, (issuing, root), (read_certificate(example_pki().root.certificate),)) is None
    assert build_chain(person, (replace(issuing, is_authority=False), root), (root,)) is None
    assert build_chain(person, (replace(issuing, key_usage=frozenset({"cRLSign"})), root), (root,)) is None


def test_a_mesh_of_same_named_authorities_ends(case: SigningCase) -> None:
    issuing = read_certificate(case.pki.issuing.certificate)
    person = read_certificate(case.pki.homeroom.certificate)
    mesh = tuple(replace(issuing, der=bytes([number])) for number in range(200))
    assert build_chain(person, mesh, ()) is None


def test_each_certificate_to_its_purpose(case: SigningCase) -> None:
    pki = case.pki
    person, seal, tsa, responder, root = (
        read_certificate(der)
        for der in (pki.homeroom.certificate, pki.seal.certificate, pki.tsa.certificate, pki.ocsp.certificate, pki.root.certificate)
    )
    assert [may_sign_documents(one) for one in (person, seal, tsa, responder, root)] == [True, True, False, False, False]
    assert [may_stamp_time(one) for one in (person, seal, tsa, responder, root)] == [False, False, True, False, False]
