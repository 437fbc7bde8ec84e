"""What a school could still slip under a teacher's name, and what anybody could: each is found, and the honest file passes."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from asn1crypto import cms

from signing_service.ids import PersonCode, Sha256, ShortCode
from signing_service.pki.authority import RevokedCertificate
from signing_service.pki.names import SubjectName
from signing_service.records.canonical import canonical_bytes
from signing_service.records.issued import issued
from signing_service.records.parties import StaffMember
from signing_service.records.sheet_reference import SheetCapacity
from signing_service.records.subject_sheet import SHEETS_ATTACHMENT, SheetSignatory, SignedSheet
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.attachments import Attachment, Relationship
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.transcript import render_transcript
from signing_service.signing.cms import signed_data, timestamp_of
from signing_service.signing.finish import finish
from signing_service.trust.reasons import RevocationReason
from signing_service.verification.belief import Context
from signing_service.verification.chain import readable
from signing_service.verification.facts import gather
from signing_service.verification.material import read_dss
from signing_service.verification.record import CarriedSheets
from signing_service.verification.report import Indication, Rerendered, Revocation, SubIndication, TimeSource, VerificationReport
from signing_service.verification.subject_sheets import SheetFindings, judge_sheets
from signing_service.verification.times import prove_times
from signing_service.verification.verify import verify
from tests.pki_factory import BASE_URL, ExamplePki, example_pki
from tests.signing.case import ROLES, SigningCase
from tests.verification.sheet_case import PUPILS, SUBJECTS, TEACHER, Sheet, attachment_of, record_on, resigned, sheet_for

LINK = PrintedLink(f"{BASE_URL}/v/0123456789abcdefghjkmnpqrstvwxyz", ShortCode("ABCD-EFGH-JKMN"))

FOR_ANOTHER = SheetSignatory(PersonCode("GV-0002"), "Y Blŏ Niê Ví Dụ", SheetCapacity.PRINCIPAL, StaffMember("Người Đã Đi Mẫu"))


@dataclass(frozen=True, slots=True)
class Honest:
    """An honest class, one file of it, and what that file proves."""

    pki: ExamplePki
    maths: Sheet
    letters: Sheet
    other_class: Sheet
    by_principal: Sheet
    pdf: bytes
    context: Context
    end: int

    @property
    def record(self) -> TranscriptRecord:
        return record_on(self.maths, self.letters)

    @property
    def own(self) -> tuple[SignedSheet, SignedSheet]:
        return self.maths.of_pupil(), self.letters.of_pupil()

    def judged(self, record: TranscriptRecord, *sheets: SignedSheet) -> SheetFindings:
        return judge_sheets(CarriedSheets(record, attachment_of(*sheets)), self.end, self.context)


def signed_file(pki: ExamplePki, record: TranscriptRecord, attachment: bytes | None, detached: tuple[bytes, ...]) -> bytes:
    """A file that the school's own people signed, whatever it says."""
    file = (
        ()
        if attachment is None
        else (Attachment(SHEETS_ATTACHMENT, "application/json", attachment, Relationship.SUPPLEMENT, "Phiếu điểm môn học"),)
    )
    case = SigningCase(pki)
    head = render_transcript(record, LINK, record_json=canonical_bytes(record), attachments=file).pdf
    for role in ROLES:
        head = case.signed(head, role)
    return finish(head, case.material(), pki.timestamper, detached=detached)


def reported(pki: ExamplePki, pdf: bytes) -> VerificationReport:
    return verify(pdf, name="a", anchors=(pki.root.certificate,), at=datetime.now(UTC))


@pytest.fixture(scope="module")
def honest() -> Honest:
    pki = example_pki()
    maths, letters = (sheet_for(pki, subject) for subject in SUBJECTS)
    other_class = sheet_for(pki, "TOAN", class_name="7B")
    by_principal = sheet_for(pki, "TOAN", pki.principal, signer=FOR_ANOTHER)
    attachment = attachment_of(maths.of_pupil(), letters.of_pupil())
    pdf = signed_file(pki, record_on(maths, letters), attachment, (maths.signature, letters.signature))
    at = datetime.now(UTC)
    facts = gather(pdf)
    trusted, latest = readable((pki.root.certificate,)), read_dss(facts.graph)
    context = Context(trusted, at, prove_times(facts.signatures, latest, trusted, at), latest)
    return Honest(pki, maths, letters, other_class, by_principal, pdf, context, min(one.end or 0 for one in facts.signatures))


def codes(found: SheetFindings) -> tuple[set[str], set[Indication]]:
    return {reason for one in found.reports for reason in one.reasons}, {one.indication for one in found.reports}


def test_an_honest_file_passes_and_every_sheet_is_proven_in_time(honest: Honest) -> None:
    report = reported(honest.pki, honest.pdf)
    assert report.indication is Indication.TOTAL_PASSED, report.reasons
    assert report.record is not None
    assert report.record.rerendered is Rerendered.EQUAL
    assert [one.subject for one in report.subject_sheets] == list(SUBJECTS)
    for sheet in report.subject_sheets:
        assert (sheet.time_source, sheet.revocation, sheet.bound, sheet.reasons) == (TimeSource.TIMESTAMP, Revocation.GOOD, True, ())


def test_next_year_it_still_passes(honest: Honest) -> None:
    later = verify(honest.pdf, name="a", anchors=(honest.pki.root.certificate,), at=datetime.now(UTC) + timedelta(days=300))
    assert later.indication is Indication.TOTAL_PASSED


def test_stripped_references_are_missed(honest: Honest) -> None:
    record = replace(honest.record, subject_sheets=None)
    assert honest.judged(record, *honest.own) == SheetFindings((), "subject-sheets-not-named")


def test_a_missing_attachment_is_missed_in_the_whole_file(honest: Honest) -> None:
    report = reported(honest.pki, signed_file(honest.pki, honest.record, None, ()))
    assert (report.indication, report.sub_indication) == (Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE)
    assert "subject-sheets-missing" in report.reasons
    assert [one.bound for one in report.subject_sheets] == [False, False]


def test_a_changed_figure_is_found_in_the_whole_file(honest: Honest) -> None:
    rows = issued(PUPILS[0]).subjects
    better = (replace(rows[0], year_average=Decimal("9.9")), *rows[1:])
    record = replace(honest.record, transcript=replace(honest.record.transcript, subjects=better))
    signatures = (honest.maths.signature, honest.letters.signature)
    report = reported(honest.pki, signed_file(honest.pki, record, attachment_of(*honest.own), signatures))
    assert report.indication is Indication.INDETERMINATE
    assert "subject-sheet-not-believed" in report.reasons
    assert [one.reasons for one in report.subject_sheets] == [("sheet-line-differs",), ()]


@pytest.mark.parametrize(
    "changes",
    [
        {"year_average": Decimal("9.9")},
        {"remark": "Xuất sắc."},
        {"teacher": StaffMember("Người Khác Mẫu")},
        {"reassessed_mark": Decimal("8.0")},
        {"code": "TOAN2"},
    ],
    ids=str,
)
def test_any_change_of_a_printed_row_is_found(honest: Honest, changes: dict[str, Any]) -> None:
    rows = honest.record.transcript.subjects
    changed = tuple(replace(row, **changes) if row.code == "TOAN" else row for row in rows)
    record = replace(honest.record, transcript=replace(honest.record.transcript, subjects=changed))
    found = honest.judged(record, *honest.own)
    assert found.reports[0].reasons == ("sheet-line-differs",)
    assert found.reports[1].indication is Indication.TOTAL_PASSED


def test_sheets_in_each_others_place_are_found(honest: Honest) -> None:
    maths, letters = honest.own
    reasons, indications = codes(honest.judged(honest.record, letters, maths))
    assert {"sheet-digest-differs", "sheet-of-another-class", "sheet-line-differs"} <= reasons
    assert indications == {Indication.INDETERMINATE}


def test_the_sheet_of_another_subject_under_this_name_is_found(honest: Honest) -> None:
    reference = replace(honest.letters.reference, subject_code="TOAN")
    found = honest.judged(replace(honest.record, subject_sheets=(reference,)), honest.letters.of_pupil())
    assert set(found.reports[0].reasons) == {"sheet-of-another-class", "sheet-line-differs"}


def test_the_sheet_of_another_class_is_found(honest: Honest) -> None:
    found = honest.judged(record_on(honest.other_class), honest.other_class.of_pupil())
    assert found.reports[0].reasons == ("sheet-of-another-class",)


def test_another_childs_line_is_found(honest: Honest) -> None:
    found = honest.judged(record_on(honest.maths), honest.maths.of_pupil(1))
    assert found.reports[0].reasons == ("sheet-line-differs",)


def test_a_certificate_from_elsewhere_with_the_same_name_is_found(honest: Honest) -> None:
    elsewhere = example_pki()
    foreign = sheet_for(elsewhere, "TOAN")
    (judged,) = honest.judged(record_on(foreign), foreign.of_pupil()).reports
    assert (judged.indication, judged.sub_indication) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)
    assert judged.bound


def test_the_signature_of_somebody_else_is_found(honest: Honest) -> None:
    by_principal = resigned(honest.pki, honest.maths.of_pupil(), honest.pki.principal)
    assert "sheet-signer-differs" in honest.judged(record_on(honest.maths), by_principal).reports[0].reasons


def test_the_school_seal_is_nobodys_signature(honest: Honest) -> None:
    sealed = Sheet(honest.maths.content, _by_seal(honest), honest.maths.kept)
    assert "sheet-signer-differs" in honest.judged(record_on(sealed), sealed.of_pupil()).reports[0].reasons


def _by_seal(honest: Honest) -> bytes:
    """A CMS that the signing room would refuse to make."""
    content = cms.ContentInfo.load(honest.maths.signature)
    info = content["content"]["signer_infos"][0]
    seal = cms.Certificate.load(honest.pki.seal.certificate)
    content["content"]["certificates"] = [seal]
    info["sid"] = {"issuer_and_serial_number": {"issuer": seal.issuer, "serial_number": seal.serial_number}}
    octets = b"\x31" + info["signed_attrs"].dump()[1:]
    info["signature"] = honest.pki.seal.key.sign(octets, purpose=honest.pki.seal.key.purpose)
    info["unsigned_attrs"] = []
    der: bytes = content.dump(force=True)
    return der


@pytest.mark.parametrize(
    "changes",
    [
        {"signer": "Người Khác Mẫu"},
        {"capacity": SheetCapacity.PRINCIPAL},
        {"in_place_of": "Người Khác Mẫu"},
        {"signed_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_what_the_page_says_of_the_signer_is_what_was_signed(honest: Honest, changes: dict[str, Any]) -> None:
    record = replace(honest.record, subject_sheets=(replace(honest.maths.reference, **changes),))
    assert honest.judged(record, honest.maths.of_pupil()).reports[0].reasons == ("sheet-reference-differs",)


def test_who_signs_for_another_is_named_and_believed(honest: Honest) -> None:
    (judged,) = honest.judged(record_on(honest.by_principal), honest.by_principal.of_pupil()).reports
    assert (judged.indication, judged.capacity, judged.in_place_of) == (
        Indication.TOTAL_PASSED,
        SheetCapacity.PRINCIPAL,
        "Người Đã Đi Mẫu",
    )


def flipped_signature(sheet: SignedSheet) -> SignedSheet:
    der = bytearray(base64.b64decode(sheet.signature))
    value = cms.ContentInfo.load(bytes(der))["content"]["signer_infos"][0]["signature"].native
    der[bytes(der).index(value) + len(value) - 1] ^= 1
    return replace(sheet, signature=base64.b64encode(bytes(der)).decode())


def changed_sheet(sheet: SignedSheet) -> SignedSheet:
    return replace(sheet, sheet=sheet.sheet.replace('"class_name":"7A"', '"class_name":"7B"'))


def not_base64(sheet: SignedSheet) -> SignedSheet:
    return replace(sheet, signature="không phải base64")


@pytest.mark.parametrize("forge", [flipped_signature, changed_sheet, not_base64])
def test_a_signature_that_does_not_fit_fails_the_sheet(honest: Honest, forge: Callable[[SignedSheet], SignedSheet]) -> None:
    (judged,) = honest.judged(record_on(honest.maths), forge(honest.maths.of_pupil())).reports
    assert judged.indication is Indication.TOTAL_FAILED


def test_a_time_stamp_from_another_sheet_fails_the_sheet(honest: Honest) -> None:
    info = cms.ContentInfo.load(honest.maths.signature)["content"]["signer_infos"][0]
    moved = signed_data(
        attributes=b"\x31" + info["signed_attrs"].dump()[1:],
        value=info["signature"].native,
        certificate=honest.pki.homeroom.certificate,
        chain=(),
        timestamp_token=timestamp_of(honest.letters.signature),
    )
    sheet = replace(honest.maths.of_pupil(), signature=base64.b64encode(moved).decode())
    (judged,) = honest.judged(record_on(honest.maths), sheet).reports
    assert judged.indication is Indication.TOTAL_FAILED
    assert "timestamp-foreign" in judged.reasons


@pytest.mark.parametrize(("salt", "path"), [(Sha256("0" * 64), None), (None, ()), (None, (Sha256("0" * 64),) * 80)])
def test_another_salt_or_path_leads_nowhere(honest: Honest, salt: Sha256 | None, path: tuple[Sha256, ...] | None) -> None:
    own = honest.maths.of_pupil()
    forged = replace(own, salt=own.salt if salt is None else salt, path=own.path if path is None else path)
    assert honest.judged(record_on(honest.maths), forged).reports[0].reasons == ("sheet-line-differs",)


def test_a_subject_named_twice_or_a_sheet_too_many_is_found(honest: Honest) -> None:
    twice = replace(honest.record, subject_sheets=(honest.maths.reference,) * 2)
    assert honest.judged(twice, honest.maths.of_pupil(), honest.maths.of_pupil()).reason == "subject-sheets-differ"
    assert honest.judged(record_on(honest.maths), *honest.own).reason == "subject-sheets-differ"
    many = replace(honest.record, subject_sheets=(honest.maths.reference,) * 51)
    assert honest.judged(many, *[honest.maths.of_pupil()] * 51).reason == "limit-subject-sheets"


@pytest.mark.parametrize("attachment", [b"", b"{}", b'{"sheets":[{}]}', b"\xff\xfe", b'{"sheets": []}'])
def test_what_is_no_file_of_sheets_is_said_to_be_none(honest: Honest, attachment: bytes) -> None:
    found = judge_sheets(CarriedSheets(honest.record, attachment), honest.end, honest.context)
    assert found.reason == "subject-sheets-unreadable"
    assert {one.indication for one in found.reports} == {Indication.INDETERMINATE}


def test_a_file_without_sheets_needs_none(honest: Honest) -> None:
    plain = replace(honest.record, subject_sheets=None)
    assert judge_sheets(CarriedSheets(plain, None), honest.end, honest.context) == SheetFindings((), None)


def test_who_was_revoked_before_signing_is_not_believed_and_afterwards_does_not_matter() -> None:
    for moved, expected in ((timedelta(hours=-1), Indication.TOTAL_FAILED), (timedelta(seconds=1), Indication.TOTAL_PASSED)):
        pki = example_pki()
        teacher = pki.another("person", _subject_of(TEACHER), pki.homeroom.key.purpose)
        sheet = sheet_for(pki, "TOAN", teacher)
        pki.ledger.revoke(RevokedCertificate(teacher.serial, datetime.now(UTC) + moved, RevocationReason.CESSATION_OF_OPERATION))
        report = reported(pki, signed_file(pki, record_on(sheet), attachment_of(sheet.of_pupil()), ()))
        assert report.indication is expected
        assert report.subject_sheets[0].indication is expected


def _subject_of(signatory: SheetSignatory) -> SubjectName:
    return SubjectName(signatory.name, "Trường THCS Ví Dụ", serial_number=signatory.person)
