"""Collects findings while a workbook is read, and remembers which pupils can no longer get a transcript."""

from dataclasses import dataclass, field

from signing_service.intake.findings import Finding, Severity
from signing_service.intake.messages import MESSAGES
from signing_service.intake.workbook import column_letters


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row (`column` None) or a whole sheet (`row` 0)."""

    sheet: str
    row: int = 0
    column: int | None = None


@dataclass(slots=True)
class Findings:
    """The one mutable thing of an import; it lives as long as the reading of one workbook."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Pupil codes with at least one error."""

    def refuse(self, code: str, place: Place, *, pupil: str | None = None, what: str = "") -> None:
        """Note an error; `pupil` is the code of the pupil whose row is thereby refused."""
        self.errors.append(_finding(code, place, what))
        if pupil is not None:
            self.refused.add(pupil)

    def warn(self, code: str, place: Place, *, what: str = "") -> None:
        """Note a warning."""
        self.warnings.append(_finding(code, place, what))

    def add(self, severity: Severity, code: str, place: Place, *, pupil: str | None = None) -> None:
        """Note a finding of a severity that is decided elsewhere."""
        if severity is Severity.ERROR:
            self.refuse(code, place, pupil=pupil)
        else:
            self.warn(code, place)


def _finding(code: str, place: Place, what: str) -> Finding:
    return worded(code, MESSAGES[code], place, what)


def worded(code: str, texts: tuple[str, str], place: Place, what: str) -> Finding:
    """A finding in the words of `texts` (Vietnamese, English), each led by its place; `{what}` is filled in."""
    vi, en = (text.replace("{what}", what) for text in texts)
    letters = column_letters(place.column) if place.column is not None else None
    return Finding(
        sheet=place.sheet,
        row=place.row,
        column=letters,
        code=code,
        vi=f"{_where(place, letters, ('Tệp', 'Trang tính', 'ô', 'hàng'))}: {vi}.",
        en=f"{_where(place, letters, ('File', 'Sheet', 'cell', 'row'))}: {en}.",
    )


def _where(place: Place, letters: str | None, words: tuple[str, str, str, str]) -> str:
    file, sheet, cell, row = words
    if not place.sheet:
        return file
    named = f"{sheet} “{place.sheet.strip()}”"
    if letters is not None:
        return f"{named}, {cell} {letters}{place.row}"
    return f"{named}, {row} {place.row}" if place.row else named
