"""How large a workbook may be: an upload is hostile until it has been measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """Upper bounds, each well above the largest honest class workbook (about 0.5 MB unpacked)."""

    file_bytes: int = 10_000_000
    parts: int = 300
    unpacked_bytes: int = 20_000_000
    """All parts together, counted while unpacking: the sizes that the archive declares are not believed."""
    sheets: int = 40
    rows: int = 2_000
    columns: int = 400
    cells: int = 120_000
    """Filled cells of one sheet."""
    merged_ranges: int = 2_000
    """Of one sheet."""
    cell_text: int = 5_000
    """Characters of one cell: comparing and normalising a text may cost the square of its length."""
    text: int = 2_000_000
    """Characters of all cells together: one long shared text may be referenced by very many cells."""


DEFAULT_LIMITS = WorkbookLimits()
