"""Collects findings while an award workbook is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signing_service.intake.awards.messages import MESSAGES
from signing_service.intake.collecting import Place, worded
from signing_service.intake.findings import Finding


@dataclass(slots=True)
class AwardFindings:
    """The one mutable thing of an import; it lives as long as the reading of one workbook."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def refuse(self, code: str, place: Place, what: str = "") -> None:
        """Note an error."""
        self.errors.append(worded(code, MESSAGES[code], place, what))

    def warn(self, code: str, place: Place, what: str = "") -> None:
        """Note a warning."""
        self.warnings.append(worded(code, MESSAGES[code], place, what))

    def ordered(self, sheets: Mapping[str, int]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Errors and warnings, each once, in the order of the workbook."""

        def place(finding: Finding) -> tuple[int, int, int, str, str]:
            column = finding.column or ""
            return (sheets.get(finding.sheet, -1), finding.row, len(column), column, finding.code)

        return tuple(sorted(dict.fromkeys(self.errors), key=place)), tuple(sorted(dict.fromkeys(self.warnings), key=place))
