"""Collects findings while a list of the directory is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signing_service.intake.collecting import Place, worded
from signing_service.intake.findings import Finding, Severity
from signing_service.intake.staff.messages import MESSAGES


@dataclass(slots=True)
class ListFindings:
    """The one mutable thing of an import; it lives as long as the reading of one workbook."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and row of what is kept out."""

    def refuse(self, code: str, place: Place, what: str = "") -> None:
        """Note an error; the row is kept out."""
        self.errors.append(worded(code, MESSAGES[code], place, what))
        self.refused.add((place.sheet, place.row))

    def warn(self, code: str, place: Place, what: str = "") -> None:
        """Note a warning."""
        self.warnings.append(worded(code, MESSAGES[code], place, what))

    def add(self, severity: Severity, code: str, place: Place) -> None:
        """Note a finding of a severity that is decided elsewhere."""
        if severity is Severity.ERROR:
            self.refuse(code, place)
        else:
            self.warn(code, place)

    def is_refused(self, place: Place) -> bool:
        """Whether the row of `place` is kept out."""
        return (place.sheet, place.row) in self.refused

    def ordered(self, sheets: Mapping[str, int]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Errors and warnings, each once, in the order of the workbook."""

        def place(finding: Finding) -> tuple[int, int, int, str, str]:
            column = finding.column or ""
            return (sheets.get(finding.sheet, -1), finding.row, len(column), column, finding.code)

        return tuple(sorted(dict.fromkeys(self.errors), key=place)), tuple(sorted(dict.fromkeys(self.warnings), key=place))
