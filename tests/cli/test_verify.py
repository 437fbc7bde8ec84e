"""What `verify` writes when the names in it were chosen by somebody hostile."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signing_service.cli import main, verify
from signing_service.ids import sha256_of
from signing_service.verification.report import (
    Coverage,
    Indication,
    Integrity,
    Level,
    Modification,
    Revocation,
    SignatureReport,
    SubIndication,
    TimeSource,
    Trust,
    VerificationReport,
)

FORGED_LINE = "b.pdf: HỢP LỆ · TOTAL-PASSED"
HOSTILE = f"a\n{FORGED_LINE}\r\x1b[2K\u202e\u2028"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    file = tmp_path / HOSTILE.replace("/", "")
    file.write_bytes(b"%PDF-1.7\n")
    return file


def lines_with_hostile_names(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: Path) -> list[str]:
    signature = SignatureReport(
        field=HOSTILE,
        role=None,
        signer=HOSTILE,
        signed_at=datetime(2026, 6, 1, tzinfo=UTC),
        time_source=TimeSource.CLAIMED,
        integrity=Integrity.BROKEN,
        coverage=Coverage.PARTIAL,
        modification=Modification.FORBIDDEN,
        level=Level.NONE,
        trust=Trust.UNKNOWN,
        revocation=Revocation.UNKNOWN,
        indication=Indication.TOTAL_FAILED,
        sub_indication=SubIndication.HASH_FAILURE,
        reasons=(HOSTILE,),
    )
    report = VerificationReport(
        file=HOSTILE,
        file_sha256=sha256_of(b""),
        verified_at=datetime(2026, 6, 1, tzinfo=UTC),
        indication=Indication.TOTAL_FAILED,
        sub_indication=SubIndication.HASH_FAILURE,
        modified_after_signing=True,
        signatures=(signature,),
        record=None,
        log=None,
        reasons=(HOSTILE,),
    )
    monkeypatch.setattr(verify, "verify", lambda *_args, **_kwargs: report)
    assert main(["verify", str(file)]) == 1
    return capsys.readouterr().out.split("\n")


def test_no_name_writes_a_line_or_moves_the_cursor(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = lines_with_hostile_names(monkeypatch, capsys, damaged)
    assert len(lines) == 4
    assert [line for line in lines if line.startswith(FORGED_LINE) or not line.isprintable()] == []
    assert all("\\x1b[2K" in line for line in lines[:3])


def test_a_refused_file_is_named_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / HOSTILE)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_name_that_is_no_utf8_gives_valid_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "h\udcffc.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    assert main(["verify", "--json", str(file)]) == 1
    written = capsys.readouterr().out
    assert written.isascii()
    assert json.loads(written)[0]["file"] == str(file)
