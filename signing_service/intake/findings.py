"""What intake has to say about one place of a workbook."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the row (or the sheet) out; a warning lets it in and tells a person."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct or to know, named by its place. Texts say the place's trouble and the remedy, never a child's name."""

    sheet: str
    """The sheet's name as it stands in the workbook, or an empty string for the file as a whole."""
    row: int
    """One-based, as the spreadsheet program counts; 0 for the sheet as a whole."""
    column: str | None
    """Column letter where one cell is at fault, None for the whole row."""
    code: str
    vi: str
    en: str

    def to_json(self) -> dict[str, str | int | None]:
        """The finding as the command line prints it."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "code": self.code, "vi": self.vi, "en": self.en}
