"""What a verdict promises: on our own files, over the years, by other people's anchors, and in the words of the contract."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from signing_service.errors import UnavailableError
from signing_service.ids import Sha256, sha256_of
from signing_service.transparency.evidence import evidence_bytes, read_evidence
from signing_service.verification import verify as verify_module
from signing_service.verification.report import (
    Coverage,
    CurrentStatus,
    Indication,
    Integrity,
    Level,
    Modification,
    Rerendered,
    Revocation,
    SubIndication,
    TimeSource,
    Trust,
    VerificationReport,
)
from signing_service.verification.report_json import report_to_json
from signing_service.verification.report_schema import report_schema
from signing_service.verification.verify import NotAPdfError, exit_code, verify
from tests.pki_factory import example_pki
from tests.verification.conftest import Issued

VALIDATOR = Draft202012Validator(report_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def judge(issued: Issued, pdf: bytes | None = None, *, days: int = 0, anchors: tuple[bytes, ...] | None = None) -> VerificationReport:
    return verify(
        issued.pdf if pdf is None else pdf,
        name="hoc-ba.pdf",
        anchors=issued.anchors if anchors is None else anchors,
        at=issued.at + timedelta(days=days),
    )


def test_our_own_file_is_told_in_full(issued: Issued) -> None:
    report = verify(issued.pdf, name="hoc-ba.pdf", anchors=issued.anchors, at=issued.at, evidence=issued.evidence, log_key=issued.log_key)
    assert (report.indication, report.sub_indication) == (Indication.TOTAL_PASSED, None)
    assert (report.file, report.file_sha256, report.verified_at) == ("hoc-ba.pdf", sha256_of(issued.pdf), issued.at)
    assert [(one.field, one.role) for one in report.signatures] == [
        ("GVCN", "homeroom-teacher"),
        ("HT", "principal"),
        ("DAU", "school-seal"),
    ]
    for one in report.signatures:
        assert (one.integrity, one.coverage, one.modification) == (Integrity.INTACT, Coverage.WHOLE_REVISION, Modification.PERMITTED)
        assert (one.level, one.trust, one.revocation) == (Level.B_LTA, Trust.TRUSTED, Revocation.GOOD)
        assert (one.time_source, one.reasons) == (TimeSource.TIMESTAMP, ())
        assert one.signed_at is not None
        assert timedelta(0) <= issued.at - one.signed_at < timedelta(minutes=5)
    assert report.record is not None
    assert (report.record.kind, report.record.digest_ok) == ("transcript", True)
    assert report.record.digest == read_evidence(issued.evidence).record_digest
    assert report.record.rerendered is Rerendered.EQUAL
    assert report.log is not None
    assert report.log.included
    assert (report.current_status, report.reasons) == (CurrentStatus.NOT_CHECKED, ())


@pytest.mark.parametrize("days", [0, 365, 730, 1280])
def test_time_stamps_outlive_the_signers(issued: Issued, days: int) -> None:
    report = judge(issued, days=days)
    assert report.indication is Indication.TOTAL_PASSED
    assert {one.level for one in report.signatures} == {Level.B_LTA}


def test_nothing_is_proven_once_the_time_stamp_authority_has_ended(issued: Issued) -> None:
    report = judge(issued, days=2500)
    assert (report.indication, report.sub_indication) == (Indication.INDETERMINATE, SubIndication.OUT_OF_BOUNDS_NO_POE)
    assert {one.integrity for one in report.signatures} == {Integrity.INTACT}
    assert not report.modified_after_signing
    assert Level.B_LTA not in {one.level for one in report.signatures}


def test_nothing_is_proven_before_it_was_signed(issued: Issued) -> None:
    assert judge(issued, days=-1).indication is not Indication.TOTAL_PASSED


def test_without_anchors_trust_stays_unknown(issued: Issued) -> None:
    report = judge(issued, anchors=())
    assert (report.indication, report.sub_indication) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)
    assert not report.modified_after_signing
    signers = [one for one in report.signatures if one.role is not None]
    assert {(one.integrity, one.trust) for one in signers} == {(Integrity.INTACT, Trust.UNKNOWN)}


def test_by_anchors_of_strangers_it_is_untrusted(issued: Issued) -> None:
    report = judge(issued, anchors=(example_pki().root.certificate, b"no certificate"))
    assert (report.indication, report.sub_indication) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)
    assert {one.trust for one in report.signatures if one.role is not None} == {Trust.UNTRUSTED}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@example(place=0.0, bit=0)
def test_no_single_bit_can_change(issued: Issued, place: float, bit: int) -> None:
    changed = bytearray(issued.pdf)
    offset = int(place * len(changed))
    # The case of a hexadecimal digit is no part of what it means.
    changed[offset] ^= 1 << bit if bit != 5 else 1
    try:
        report = judge(issued, bytes(changed))
    except NotAPdfError:
        return
    assert report.indication is not Indication.TOTAL_PASSED


def test_cut_short_is_damaged(issued: Issued) -> None:
    report = judge(issued, issued.pdf[: len(issued.pdf) // 3])
    assert report.indication is not Indication.TOTAL_PASSED
    assert judge(issued, b"%PDF-1.7\nnothing").sub_indication is SubIndication.FORMAT_FAILURE


def test_what_is_no_pdf_is_refused_in_vietnamese_first(issued: Issued) -> None:
    with pytest.raises(NotAPdfError) as refused:
        judge(issued, b"x" * 1020 + b"%PDF-1.7")
    assert refused.value.code == "not-a-pdf"
    assert "không phải là PDF" in refused.value.vi


def test_evidence_of_another_file_proves_nothing_of_this_one(issued: Issued) -> None:
    report = verify(issued.other, name="b", anchors=issued.anchors, at=issued.at, evidence=issued.evidence, log_key=issued.log_key)
    assert report.log is not None
    assert not report.log.included
    assert "log-other-file" in report.reasons
    assert report.record is not None
    assert report.record.digest_ok


def test_evidence_that_names_another_record_speaks_against_the_file(issued: Issued) -> None:
    evidence = read_evidence(issued.evidence)
    lying = evidence_bytes(
        type(evidence)(
            leaf=evidence.leaf,
            record_digest=Sha256("0" * 64),
            leaf_index=evidence.leaf_index,
            tree_size=evidence.tree_size,
            inclusion_proof=evidence.inclusion_proof,
            checkpoint=evidence.checkpoint,
            log_key=evidence.log_key,
            issued_at=evidence.issued_at,
        )
    )
    report = verify(issued.pdf, name="a", anchors=issued.anchors, at=issued.at, evidence=lying, log_key=issued.log_key)
    assert report.indication is Indication.INDETERMINATE
    assert report.record is not None
    assert not report.record.digest_ok


@pytest.mark.parametrize("evidence", [b"", b"{}", b"\xff" * 100])
def test_unreadable_evidence_is_told(issued: Issued, evidence: bytes) -> None:
    report = verify(issued.pdf, name="a", anchors=issued.anchors, at=issued.at, evidence=evidence, log_key=issued.log_key)
    assert report.log is None
    assert any(reason.startswith("log-") for reason in report.reasons)


def test_a_log_that_nobody_vouched_for_proves_nothing(issued: Issued) -> None:
    report = verify(issued.pdf, name="a", anchors=issued.anchors, at=issued.at, evidence=issued.evidence)
    assert report.log is not None
    assert not report.log.included
    assert "log-log-key-unknown" in report.reasons


def test_a_page_that_does_not_follow_from_the_record_is_not_believed(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    from signing_service.rendering import transcript  # noqa: PLC0415 - patched where the verifier imports it late

    honest = transcript.render_transcript

    def another(*arguments: object, **named: object) -> object:
        rendered = honest(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
        return type(rendered)(
            rendered.pdf.replace(b"/Count", b"/count", 1), rendered.sha256, rendered.template, rendered.typst_version, rendered.fonts
        )

    monkeypatch.setattr(transcript, "render_transcript", another)
    report = judge(issued)
    assert report.record is not None
    assert report.record.rerendered is Rerendered.DIFFERENT
    assert report.indication is Indication.INDETERMINATE
    assert "record-differs-from-pages" in report.reasons


def test_another_typesetter_is_not_asked(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    from signing_service.rendering import typesetter  # noqa: PLC0415 - patched where the verifier imports it late

    monkeypatch.setattr(typesetter, "TYPST_VERSION", "0.0.1")
    report = judge(issued)
    assert report.record is not None
    assert report.record.rerendered is Rerendered.NOT_TRIED
    assert report.indication is Indication.TOTAL_PASSED


def test_a_typesetter_that_does_not_answer_is_no_verdict(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    from signing_service.rendering import transcript  # noqa: PLC0415 - patched where the verifier imports it late

    def unavailable(*_: object, **__: object) -> None:
        raise UnavailableError("typesetter-after-fork", vi="Không dàn trang được.", en="Cannot typeset.")

    monkeypatch.setattr(transcript, "render_transcript", unavailable)
    report = judge(issued)
    assert report.record is not None
    assert report.record.rerendered is Rerendered.NOT_TRIED
    assert report.indication is Indication.TOTAL_PASSED


@pytest.mark.parametrize("raised", [ZeroDivisionError, RecursionError, MemoryError, KeyError, StopIteration])
def test_whatever_a_parser_raises_ends_in_the_report(issued: Issued, raised: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: bytes) -> None:
        raise raised

    monkeypatch.setattr(verify_module, "gather", failing)
    report = judge(issued)
    assert (report.indication, report.sub_indication) == (Indication.TOTAL_FAILED, SubIndication.FORMAT_FAILURE)


def test_exit_codes_follow_the_contract(issued: Issued) -> None:
    passed, undecided, failed = judge(issued), judge(issued, anchors=()), judge(issued, b"%PDF-1.7\nnothing")
    named = {"p": passed, "u": undecided, "f": failed}
    for letters in product("puf", repeat=2):
        wanted = 1 if "f" in letters else 3 if "u" in letters else 0
        assert exit_code([named[letter] for letter in letters]) == wanted
    assert exit_code([]) == 0


def test_every_report_fits_the_schema(issued: Issued) -> None:
    reports = (
        verify(issued.pdf, name="a", anchors=issued.anchors, at=issued.at, evidence=issued.evidence, log_key=issued.log_key),
        judge(issued, anchors=()),
        judge(issued, b"%PDF-1.7\nnothing"),
    )
    for report in reports:
        written = json.loads(json.dumps(report_to_json(report)))
        assert [error.message for error in VALIDATOR.iter_errors(written)] == []


PLAIN = """
import sys
from datetime import UTC, datetime
from importlib.abc import MetaPathFinder

ABSENT = {"typst", "sqlmodel", "sqlalchemy", "fastapi", "starlette", "uvicorn"}

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(name=name)

sys.meta_path.insert(0, Absent())
from signing_service.verification.verify import verify
report = verify(sys.stdin.buffer.read(), name="a", anchors=(bytes.fromhex(sys.argv[1]),), at=datetime.fromisoformat(sys.argv[2]))
ours = {"signing_service." + room for room in ("custody", "storage", "actions", "signing", "bootstrap")}
print(report.indication.value, report.record.rerendered.value, sorted(m for m in sys.modules if m in ours or m.partition(".")[0] in ABSENT))
"""


def test_a_stranger_verifies_without_our_service_and_without_a_typesetter(issued: Issued) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, issued.anchors[0].hex(), issued.at.astimezone(UTC).isoformat()],
        input=issued.pdf,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.decode().strip(), done.stderr.decode()) == ("TOTAL-PASSED not-tried []", "")


def test_a_moment_far_away_is_answered_too(issued: Issued) -> None:
    for year in (1970, 9999):
        report = verify(issued.pdf, name="a", anchors=issued.anchors, at=datetime(year, 1, 1, tzinfo=UTC))
        assert report.indication is not Indication.TOTAL_PASSED
