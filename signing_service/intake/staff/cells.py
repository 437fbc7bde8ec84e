"""Reads the cells of one row of a list; every trouble is noted with its place and keeps the row out if it must."""

from datetime import date
from typing import Final

from signing_service.intake.cells import read_date
from signing_service.intake.characters import legacy_encoded, printable, printable_name
from signing_service.intake.collecting import Place
from signing_service.intake.personal_ids import PersonalId, read_personal_id
from signing_service.intake.staff.columns import ListColumn
from signing_service.intake.staff.findings import ListFindings
from signing_service.intake.staff.tables import ListTable
from signing_service.intake.text import straight_apostrophes, with_real_letters

LONGEST_TEXT: Final = 300
"""Characters of one cell."""


class RowCells:
    """One row of a list."""

    def __init__(self, table: ListTable, row: int, findings: ListFindings) -> None:
        self.table = table
        self.row = row
        self._findings = findings
        for column in table.columns:
            if spoiled := self._spoiled(column):
                self.refuse(spoiled, column)
        if row in table.sheet.facts.hidden_rows:
            findings.warn("row-hidden", table.place(row))

    def text(self, column: ListColumn) -> str | None:
        """One clean line, None when the cell is blank; characters that cannot be printed keep the row out."""
        text = straight_apostrophes(self.table.text(self.row, column))
        if not printable(text) or len(text) > LONGEST_TEXT:
            self.refuse("text-characters", column)
            return None
        return text or None

    def name(self, column: ListColumn) -> str | None:
        """The name of a person."""
        name = straight_apostrophes(with_real_letters(self.table.text(self.row, column)))
        if not name:
            self.refuse("name-missing", column)
        elif legacy_encoded(name):
            self.refuse("name-legacy-encoding", column)
        elif not printable_name(name):
            self.refuse("name-characters", column)
        else:
            return name
        return None

    def required(self, column: ListColumn) -> str | None:
        """A text that must be there."""
        text = self.text(column)
        if text is None and not self._is_spoiled(column):
            self.refuse("value-missing", column, what=column.value)
        return text

    def day(self, column: ListColumn) -> date | None:
        """A date, None when blank or wrong."""
        reading = read_date(self.table.value(self.row, column))
        if reading.trouble:
            self._findings.add(reading.severity, reading.trouble, self.place(column))
        return reading.value

    def personal_id(self, column: ListColumn) -> PersonalId | None:
        """A personal ID, None when blank or wrong."""
        if not self.table.text(self.row, column):
            return None
        reading = read_personal_id(self.table.value(self.row, column))
        if reading.trouble:
            self._findings.add(reading.severity, reading.trouble, self.place(column))
        return reading.value

    def place(self, column: ListColumn | None = None) -> Place:
        """A cell of this row, or the row where the list has no such column."""
        return self.table.place(self.row, column)

    def refuse(self, code: str, column: ListColumn | None, *, what: str = "") -> None:
        """Note an error at a cell of this row."""
        self._findings.refuse(code, self.place(column), what)

    def warn(self, code: str, column: ListColumn | None, *, what: str = "") -> None:
        """Note a warning at a cell of this row."""
        self._findings.warn(code, self.place(column), what)

    def _is_spoiled(self, column: ListColumn) -> bool:
        return self._spoiled(column) is not None

    def _spoiled(self, column: ListColumn) -> str | None:
        position = self.table.columns.get(column)
        if position is None:
            return None
        if (self.row, position) in self.table.sheet.facts.errors:
            return "formula-error"
        return "formula-without-value" if (self.row, position) in self.table.sheet.facts.without_value else None
