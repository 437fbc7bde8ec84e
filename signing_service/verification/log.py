"""What the evidence beside a file proves about the transparency log."""

from dataclasses import dataclass

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256
from signing_service.transparency.evidence import check_inclusion, read_evidence
from signing_service.transparency.note import VerifierKey
from signing_service.verification.report import LogReport


@dataclass(frozen=True, slots=True)
class LogFinding:
    """The report, the record digest that the evidence claims, and a stable code when the log does not hold the file."""

    report: LogReport | None
    record_digest: Sha256 | None
    reason: str | None


def look_into_log(evidence: bytes | None, file_sha256: Sha256, log_key: VerifierKey | None) -> LogFinding:
    """Nothing at hand proves nothing; unreadable or foreign evidence is told as a reason."""
    if evidence is None:
        return LogFinding(None, None, None)
    try:
        read = read_evidence(evidence)
    except InvalidInputError as error:
        return LogFinding(None, None, f"log-{error.code}")
    result = check_inclusion(read, file_sha256, log_key)
    return LogFinding(
        LogReport(included=result.included, checkpoint_size=result.checkpoint_size),
        read.record_digest if read.file_sha256 == file_sha256 else None,
        None if result.included else f"log-{result.reason.value}",
    )
