"""Collects findings while an award workbook is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from signing_service.intake.awards.messages import MESSAGES
from signing_service.intake.collecting import Place
from signing_service.intake.findings import Finding
from signing_service.intake.workbook import column_letters

_VIETNAMESE: Final = ("Tệp", "Trang tính", "ô", "hàng")
_ENGLISH: Final = ("File", "Sheet", "cell", "row")


@dataclass(slots=True)
class AwardFindings:
    """The one mutable thing of an import; it lives as long as the reading of one workbook."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def refuse(self, code: str, place: Place, what: str = "") -> None:
        """Note an error."""
        self.errors.append(_finding(code, place, what))

    def warn(self, code: str, place: Place, what: str = "") -> None:
        """Note a warning."""
        self.warnings.append(_finding(code, place, what))

    def ordered(self, sheets: Mapping[str, int]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Errors and warnings, each once, in the order of the workbook."""

        def place(finding: Finding) -> tuple[int, int, int, str, str]:
            column = finding.column or ""
            return (sheets.get(finding.sheet, -1), finding.row, len(column), column, finding.code)

        return tuple(sorted(dict.fromkeys(self.errors), key=place)), tuple(sorted(dict.fromkeys(self.warnings), key=place))


def _finding(code: str, place: Place, what: str) -> Finding:
    vi, en = (text.replace("{what}", what) for text in MESSAGES[code])
    letters = None if place.column is None else column_letters(place.column)
    return Finding(
        place.sheet, place.row, letters, code, f"{_where(place, letters, _VIETNAMESE)}: {vi}.", f"{_where(place, letters, _ENGLISH)}: {en}."
    )


def _where(place: Place, letters: str | None, words: tuple[str, str, str, str]) -> str:
    file, sheet, cell, row = words
    if not place.sheet:
        return file
    named = f"{sheet} “{place.sheet.strip()}”"
    if letters is not None:
        return f"{named}, {cell} {letters}{place.row}"
    return f"{named}, {row} {place.row}" if place.row else named
