"""No forged transcript is believed: not as a whole, and not as intact and unchanged after signing."""

import random
import re
from datetime import timedelta

import pytest

from signing_service.verification.report import Indication, Integrity, Level, Modification, TimeSource, VerificationReport
from signing_service.verification.verify import verify
from tests.verification import forged_signatures as forged
from tests.verification.attacks import ATTACKS
from tests.verification.conftest import Issued
from tests.verification.updates import revision_ends

SEED = 20261124


def judge(pdf: bytes, issued: Issued, *, trusted_too: bytes | None = None, later: timedelta = timedelta(0)) -> VerificationReport:
    anchors = (*issued.anchors, trusted_too) if trusted_too else issued.anchors
    return verify(pdf, name="hoc-ba.pdf", anchors=anchors, at=issued.at + later)


def is_believed(report: VerificationReport) -> bool:
    """What a reader of the report could take for a yes."""
    intact = bool(report.signatures) and all(signature.integrity is Integrity.INTACT for signature in report.signatures)
    return report.indication is Indication.TOTAL_PASSED or (intact and not report.modified_after_signing)


def said(report: VerificationReport) -> str:
    """For the message of a failed test."""
    fields = [(s.field, s.integrity.value, s.modification.value, s.indication.value, s.reasons) for s in report.signatures]
    return f"{report.indication} {report.sub_indication} modified={report.modified_after_signing} {report.reasons} {fields}"


@pytest.mark.parametrize("years", [0, 2])
@pytest.mark.parametrize("with_evidence", [True, False])
def test_the_genuine_file_passes(issued: Issued, years: int, with_evidence: bool) -> None:  # noqa: FBT001 - a test's parameter
    report = verify(
        issued.pdf,
        name="hoc-ba.pdf",
        anchors=issued.anchors,
        at=issued.at + timedelta(days=365 * years),
        evidence=issued.evidence if with_evidence else None,
        log_key=issued.log_key,
    )
    assert report.indication is Indication.TOTAL_PASSED, said(report)
    assert not report.modified_after_signing
    assert [signature.field for signature in report.signatures][:3] == ["GVCN", "HT", "DAU"]
    assert {signature.level for signature in report.signatures} == {Level.B_LTA}
    assert {signature.modification for signature in report.signatures} <= {Modification.NONE, Modification.PERMITTED}
    assert (report.log is not None and report.log.included) is with_evidence


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_without_a_key(issued: Issued, attack: str) -> None:
    report = judge(ATTACKS[attack](issued.pdf, issued.other), issued)
    assert not is_believed(report), said(report)


@pytest.mark.parametrize("attack", ["isa-page-content", "record-of-another-pupil", "garbage-appended"])
def test_attack_is_not_saved_by_genuine_evidence(issued: Issued, attack: str) -> None:
    forgery = ATTACKS[attack](issued.pdf, issued.other)
    report = verify(forgery, name="hoc-ba.pdf", anchors=issued.anchors, at=issued.at, evidence=issued.evidence, log_key=issued.log_key)
    assert report.log is None or not report.log.included
    assert not is_believed(report), said(report)


FORGERIES = {
    "sneaky-signature-over-the-marks": forged.sneaky_signature_over_the_marks,
    "shadow-dangling-reference-defined-later": forged.prepared_dangling_reference,
    "shadow-second-definition-made-valid-later": forged.prepared_two_definitions,
    "byte-range-hole-wider-than-the-value": forged.hole_wider_than_the_value,
}


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("forgery", FORGERIES)
def test_attack_with_a_key(issued: Issued, forgery: str, trusted: bool) -> None:  # noqa: FBT001 - a test's parameter
    forged_file = FORGERIES[forgery](issued.pdf)
    report = judge(forged_file, issued, trusted_too=forged.attacker().certificate if trusted else None)
    assert not is_believed(report), said(report)


def test_form_filled_in_is_named_never_green_and_never_called_unmodified(issued: Issued) -> None:
    report = judge(forged.text_field_changed(issued.pdf, b"loi khac", b"(loi khac)"), issued, trusted_too=forged.attacker().certificate)
    assert report.indication is not Indication.TOTAL_PASSED
    assert report.indication is Indication.INDETERMINATE
    assert (report.signatures[0].modification, report.modified_after_signing) == (Modification.FORBIDDEN, True), said(report)
    assert "form-filled: ghichu" in report.signatures[0].reasons, said(report)


def test_new_picture_of_the_same_value_is_a_modification(issued: Issued) -> None:
    report = judge(forged.text_field_changed(issued.pdf, b"loi mau", b"(loi khac)"), issued, trusted_too=forged.attacker().certificate)
    assert not is_believed(report), said(report)


def test_outsider_signing_invisibly_makes_no_total_passed(issued: Issued) -> None:
    """Permitted by the certification, but his certificate leads nowhere; the genuine signatures keep their verdict."""
    report = judge(forged.signed_by_attacker(issued.pdf, "THEM"), issued)
    assert report.indication is not Indication.TOTAL_PASSED, said(report)
    assert report.signatures[-1].field == "THEM"
    assert report.signatures[-1].signer != "Kẻ Giả Mạo" or report.signatures[-1].indication is not Indication.TOTAL_PASSED


def test_outsiders_own_transcript_is_not_trusted(issued: Issued) -> None:
    report = judge(forged.signed_by_attacker(forged.unsigned(issued.pdf), "GVCN"), issued)
    assert report.indication is not Indication.TOTAL_PASSED, said(report)


def test_signature_timestamp_copied_from_another_file_proves_no_time(issued: Issued) -> None:
    report = judge(forged.token_of_another_signature(issued.pdf, issued.other), issued)
    assert report.indication is not Indication.TOTAL_PASSED, said(report)
    seal = next(signature for signature in report.signatures if signature.field == "DAU")
    assert seal.time_source is TimeSource.CLAIMED, said(report)
    assert seal.level in {Level.B_B, Level.NONE}


@pytest.mark.parametrize(
    ("positions", "part"), [(50, 0), *(pytest.param(2000, part, marks=pytest.mark.long, id=f"long-{part}") for part in range(10))]
)
def test_every_signed_byte_counts(issued: Issued, positions: int, part: int) -> None:
    """Everything the last time-stamp covers; the octets of its own token are covered by nothing (see the time-stamp attacks)."""
    chance = random.Random(SEED)  # noqa: S311 - a sample that can be drawn again
    begins, ends = (int(number) for number in re.findall(rb"/ByteRange ?\[ ?0 (\d+) (\d+) \d+ *\]", issued.pdf)[-1])
    covered = [*range(begins), *range(ends, len(issued.pdf))]
    for position in chance.sample(covered, positions)[200 * part : 200 * (part + 1)]:
        changed = bytearray(issued.pdf)
        changed[position] ^= 1
        report = judge(bytes(changed), issued)
        assert not is_believed(report), f"byte {position}: {said(report)}"


def test_no_truncated_file_is_believed(issued: Issued) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a sample that can be drawn again
    for length in sorted(chance.sample(range(2000, len(issued.pdf)), 50)):
        assert length not in revision_ends(issued.pdf)
        report = judge(issued.pdf[:length], issued)
        assert not is_believed(report), f"cut at {length}: {said(report)}"


def test_earlier_revision_says_what_it_is(issued: Issued) -> None:
    """A file cut after a revision is a genuine unfinished one: nothing in it is wrong, and it is never enough."""
    draft, *signed, _ = revision_ends(issued.pdf)
    assert judge(issued.pdf[:draft], issued).signatures == ()
    for count, end in enumerate(signed, start=1):
        report = judge(issued.pdf[:end], issued)
        assert report.indication is Indication.INDETERMINATE, said(report)
        assert len(report.signatures) == count
        assert all(signature.integrity is Integrity.INTACT for signature in report.signatures)
        assert Level.B_LTA not in {signature.level for signature in report.signatures}
