"""What a workbook became: the good rows as transcripts, and everything that a person should look at."""

from dataclasses import dataclass

from signing_service.intake.findings import Finding
from signing_service.records.canonical import to_json
from signing_service.records.jcs import JsonValue
from signing_service.records.transcript import Transcript


@dataclass(frozen=True, slots=True)
class ImportedTranscript:
    """One pupil's transcript and the row of the class list that it came from."""

    sheet: str
    row: int
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """Good rows kept, bad rows refused and listed."""

    records: tuple[ImportedTranscript, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """The answer of `import ... --dry-run --json`: `{records: [{sheet, row, record}], errors: [..], warnings: [..]}`."""
        return {
            "records": [{"sheet": r.sheet, "row": r.row, "record": to_json(r.transcript)} for r in self.records],
            "errors": [dict(finding.to_json()) for finding in self.errors],
            "warnings": [dict(finding.to_json()) for finding in self.warnings],
        }
