"""What an award workbook became: the decision and its lines, and everything that a person should look at."""

from dataclasses import dataclass

from signing_service.intake.awards.annex import ReadLine
from signing_service.intake.findings import Finding
from signing_service.records.awards.decision import AwardDecision
from signing_service.records.canonical import to_json
from signing_service.records.jcs import JsonValue


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """The decision and the sheet that states it."""

    sheet: str
    row: int
    """Where its number stands."""
    decision: AwardDecision


@dataclass(frozen=True, slots=True)
class AwardIntake:
    """The result of reading one workbook."""

    decision: ReadDecision | None
    """None unless the decision and every line of its annex is sound: a decision without one of its recipients would be another decision."""
    lines: tuple[ReadLine, ...]
    """The sound lines of the annex, also where there is no decision."""
    errors: tuple[Finding, ...]
    """Those of refused nominations among them: they are outside the decision and do not stop it."""
    warnings: tuple[Finding, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """The answer of `import awards ... --dry-run --json`: `{records: [{sheet, row, record}], errors: [..], warnings: [..]}`."""
        decision: list[JsonValue] = []
        if self.decision is not None:
            decision = [{"sheet": self.decision.sheet, "row": self.decision.row, "record": to_json(self.decision.decision)}]
        lines: list[JsonValue] = [{"sheet": read.sheet, "row": read.row, "record": to_json(read.line)} for read in self.lines]
        return {
            "records": decision + lines,
            "errors": [dict(finding.to_json()) for finding in self.errors],
            "warnings": [dict(finding.to_json()) for finding in self.warnings],
        }
