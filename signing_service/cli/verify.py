"""`signing-service verify`: offline, with nothing of the service but the verifier."""

import argparse
import json
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.utils import CryptographyDeprecationWarning

from signing_service.clock import VIETNAM, SystemClock
from signing_service.errors import InvalidInputError
from signing_service.shipped import shipped_path
from signing_service.transparency.evidence import evidence_path
from signing_service.transparency.note import VerifierKey
from signing_service.transparency.trust_list import read_log_key
from signing_service.trust.certificates import load_anchors
from signing_service.verification.report import Indication, VerificationReport
from signing_service.verification.report_json import report_to_json
from signing_service.verification.verify import exit_code, verify

_WRONG_CALL = 2
_WORDS = {
    Indication.TOTAL_PASSED: "HỢP LỆ · TOTAL-PASSED",
    Indication.INDETERMINATE: "CHƯA KẾT LUẬN ĐƯỢC · INDETERMINATE",
    Indication.TOTAL_FAILED: "KHÔNG HỢP LỆ · TOTAL-FAILED",
}


@dataclass(frozen=True, slots=True)
class _Trust:
    anchors: tuple[bytes, ...]
    log_key: VerifierKey | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PDF files")
    parser.add_argument(
        "--evidence", type=Path, metavar="BUNDLE", help="evidence of a single FILE (default: FILE.evidence where it exists)"
    )
    parser.add_argument("--trust", type=Path, metavar="PEM", help="trust list: anchors, and the log's key (default: the shipped anchors)")
    parser.add_argument("--at", metavar="TIME", help="validation time, RFC 3339 (default: now)")
    parser.add_argument("--json", action="store_true", help="one JSON array, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Verify every file; 0 all TOTAL-PASSED, 1 any TOTAL-FAILED, 3 any INDETERMINATE, 2 no PDF or a wrong call."""
    if arguments.evidence is not None and len(arguments.files) != 1:
        raise InvalidInputError("wrong-call", vi="--evidence chỉ dùng với một tệp.", en="--evidence goes with a single file.")
    trust = _trust(arguments.trust)
    at = SystemClock().now() if arguments.at is None else _moment(arguments.at)
    # What a library thinks of a stranger's certificate is no answer to the caller; what we think of it stands in the report.
    warnings.simplefilter("ignore", CryptographyDeprecationWarning)
    reports: list[VerificationReport] = []
    unreadable: list[tuple[Path, InvalidInputError]] = []
    for file in arguments.files:
        try:
            reports.append(_report(file, arguments.evidence, trust, at))
        except InvalidInputError as error:
            unreadable.append((file, error))
    _print(reports, as_json=arguments.json)
    for file, refusal in unreadable:
        sys.stderr.write(f"{_shown(str(file))}: {refusal.vi} · {refusal.en} [{refusal.code}]\n")
    return _WRONG_CALL if unreadable else exit_code(reports)


def _report(file: Path, evidence: Path | None, trust: _Trust, at: datetime) -> VerificationReport:
    pdf = _read(file)
    beside = evidence_path(file)
    bundle = _read(evidence) if evidence is not None else (_read(beside) if beside.is_file() else None)
    return verify(pdf, name=str(file), anchors=trust.anchors, at=at, evidence=bundle, log_key=trust.log_key)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInputError("file-unreadable", vi="Không mở được tệp.", en=f"The file cannot be opened: {error.strerror}.") from None


def _trust(file: Path | None) -> _Trust:
    if file is None:
        anchors = [
            anchor for shipped in sorted(shipped_path("keys", "anchors").glob("*.pem")) for anchor in load_anchors(shipped.read_bytes())
        ]
        return _Trust(tuple(anchor.der for anchor in anchors), None)
    data = _read(file)
    return _Trust(tuple(anchor.der for anchor in load_anchors(data)), read_log_key(data.decode("utf-8", "replace")))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInputError(
            "wrong-call", vi="--at cần thời điểm dạng 2040-01-01T00:00:00Z.", en="--at takes a moment such as 2040-01-01T00:00:00Z."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(text: str) -> str:
    """A name that somebody else chose, on one line: what could move a cursor or write a verdict of its own is escaped."""
    return "".join(character if character.isprintable() else character.encode("unicode_escape").decode() for character in text)


def _print(reports: Sequence[VerificationReport], *, as_json: bool) -> None:
    if as_json:
        # ASCII alone: a file name that is no UTF-8 and a terminal that knows no Vietnamese still get valid JSON.
        sys.stdout.write(json.dumps([report_to_json(report) for report in reports], indent=2) + "\n")
        return
    for report in reports:
        sub = f" ({report.sub_indication})" if report.sub_indication else ""
        sys.stdout.write(f"{_shown(report.file)}: {_WORDS[report.indication]}{sub}\n")
        for signature in report.signatures:
            when = f"{signature.signed_at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}" if signature.signed_at else "?"
            reasons = f" — {', '.join(signature.reasons)}" if signature.reasons else ""
            who = f"{signature.signer or '?'}{reasons}"
            sys.stdout.write(f"    {_shown(signature.field):<6} {signature.level:<5} {signature.indication:<14} {when}  {_shown(who)}\n")
        for reason in report.reasons:
            sys.stdout.write(f"    {_shown(reason)}\n")
    if any(report.indication is Indication.TOTAL_PASSED for report in reports):
        sys.stdout.write(
            "Hợp lệ nghĩa là tệp nguyên vẹn như lúc ký; còn hiệu lực hay đã thu hồi, hãy tra theo đường dẫn."
            " · Passed speaks of the file as signed; whether it is current, ask its link.\n"
        )
