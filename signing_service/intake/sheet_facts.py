"""What a sheet's XML says beyond its values: hidden rows, formulas, errors, and how large the sheet really is."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from signing_service.intake.container import not_xlsx, too_large
from signing_service.intake.limits import WorkbookLimits

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONSHIP_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Positions are (row, column), both one-based."""

    hidden_rows: frozenset[int]
    formulas: frozenset[tuple[int, int]]
    without_value: frozenset[tuple[int, int]]
    """Formulas that were never computed: the file holds no value for them."""
    errors: frozenset[tuple[int, int]]
    """Cells whose value is an error such as #DIV/0!."""


def facts_by_sheet(parts: Mapping[str, bytes], limits: WorkbookLimits) -> Mapping[str, SheetFacts]:
    """Facts for each worksheet by its name.

    Raises:
        InvalidInputError: no readable workbook (`workbook-not-xlsx`) or one beyond the limits (`workbook-too-large`).
    """
    try:
        paths = _worksheet_paths(parts)
        if len(paths) > limits.sheets:
            raise too_large()
        lengths = _shared_text_lengths(parts.get("xl/sharedStrings.xml"))
        scans = {name: _Scan(limits, lengths) for name in paths}
        for name, path in paths.items():
            scans[name].read(parts[path])
    except (ET.ParseError, LookupError, ValueError):
        raise not_xlsx() from None
    if sum(scan.text for scan in scans.values()) > limits.text:
        raise too_large()
    return {name: scan.facts() for name, scan in scans.items()}


def column_number(letters: str) -> int:
    """`A` is 1, `Z` 26, `AA` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _worksheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    relations = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314 - parts with a document type were refused before, so there are no entities
    targets = {r.get("Id"): r.get("Target", "") for r in relations if r.get("Type", "").endswith("/worksheet")}
    book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - parts with a document type were refused before, so there are no entities
    found = {}
    for sheet in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATIONSHIP_ID))
        if target is not None:
            found[sheet.attrib["name"]] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return found


def _shared_text_lengths(part: bytes | None) -> list[int]:
    if part is None:
        return []
    root = ET.fromstring(part)  # noqa: S314 - parts with a document type were refused before, so there are no entities
    return [sum(len(t.text or "") for t in item.iter(f"{_MAIN}t")) for item in root.iterfind(f"{_MAIN}si")]


class _Scan:
    """One pass over one sheet, stopping at the first cell beyond the limits."""

    def __init__(self, limits: WorkbookLimits, shared_text_lengths: list[int]) -> None:
        self._limits = limits
        self._lengths = shared_text_lengths
        self._hidden: set[int] = set()
        self._formulas: set[tuple[int, int]] = set()
        self._without_value: set[tuple[int, int]] = set()
        self._errors: set[tuple[int, int]] = set()
        self._row = 0
        self._column = 0
        self._cells = 0
        self._merged_ranges = 0
        self.text = 0

    def read(self, part: bytes) -> None:
        for event, element in ET.iterparse(io.BytesIO(part), ("start", "end")):  # noqa: S314 - as above
            if element.tag == f"{_MAIN}row":
                self._start_row(element) if event == "start" else element.clear()
            elif element.tag == f"{_MAIN}c" and event == "end":
                self._cell(element)
            elif element.tag == f"{_MAIN}mergeCell" and event == "end":
                self._count_merged_range()

    def facts(self) -> SheetFacts:
        return SheetFacts(frozenset(self._hidden), frozenset(self._formulas), frozenset(self._without_value), frozenset(self._errors))

    def _start_row(self, element: ET.Element) -> None:
        self._row, self._column = int(element.get("r", self._row + 1)), 0
        if element.get("hidden") in ("1", "true"):
            self._hidden.add(self._row)

    def _cell(self, element: ET.Element) -> None:
        self._place(element.get("r"))
        self._cells += 1
        if self._cells > self._limits.cells or self._row > self._limits.rows or self._column > self._limits.columns:
            raise too_large()
        value = element.findtext(f"{_MAIN}v") or ""
        kind = element.get("t")
        length = self._lengths[int(value)] if kind == "s" and value else sum(map(len, element.itertext()))
        if length > self._limits.cell_text:
            raise too_large()
        self.text += length
        position = (self._row, self._column)
        if element.find(f"{_MAIN}f") is not None:
            self._formulas.add(position)
            if not value:
                self._without_value.add(position)
        if kind == "e":
            self._errors.add(position)

    def _count_merged_range(self) -> None:
        self._merged_ranges += 1
        if self._merged_ranges > self._limits.merged_ranges:
            raise too_large()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _CELL.fullmatch(reference)
        if match is None:
            raise ValueError
        self._column, self._row = column_number(match[1]), int(match[2])
