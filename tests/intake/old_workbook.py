"""Writes what openpyxl holds as an old `.xls` file (BIFF8 in a compound file), and single records for the hostile ones."""

import struct
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl.workbook.workbook import Workbook

_SECTOR = 512
_LONGEST_RECORD = 8224
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_DATE_STYLE = 1


def record(kind: int, body: bytes) -> bytes:
    """One record, cut into continuations where it is too long."""
    pieces = [body[at : at + _LONGEST_RECORD] for at in range(0, len(body), _LONGEST_RECORD)] or [b""]
    return b"".join(struct.pack("<HH", kind if n == 0 else 0x3C, len(piece)) + piece for n, piece in enumerate(pieces))


def text(value: str, *, short: bool = False) -> bytes:
    return struct.pack("<BB" if short else "<HB", len(value), 1) + value.encode("utf-16-le")


def as_xls(book: Workbook) -> bytes:
    strings: dict[str, int] = {}
    sheets = [_sheet(book[name], strings) for name in book.sheetnames]
    return compound(globals_and_sheets(book.sheetnames, sheets, strings=list(strings)))


def globals_and_sheets(names: Sequence[str], sheets: Sequence[bytes], *, strings: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """A whole stream; `sheets` are the records between BOF and EOF."""
    start = _beginning(0x05) + extra + record(0xE0, struct.pack("<HH16x", 0, 0)) + record(0xE0, struct.pack("<HH16x", 0, 14))
    shared = _shared(strings)
    listed = sum(len(record(0x85, b"\0" * 6 + text(name, short=True))) for name in names)
    at = len(start) + listed + len(shared) + len(record(0x0A, b""))
    bodies, bounds = [], []
    for name, sheet in zip(names, sheets, strict=True):
        bounds.append(record(0x85, struct.pack("<IBB", at, 0, 0) + text(name, short=True)))
        bodies.append(_beginning(0x10) + sheet + record(0x0A, b""))
        at += len(bodies[-1])
    return start + b"".join(bounds) + shared + record(0x0A, b"") + b"".join(bodies)


def compound(stream: bytes, *, name: str = "Workbook", chain: Sequence[int] | None = None) -> bytes:
    """A compound file of one stream; `chain` replaces the part of the allocation table that describes it."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    tables = -(-(count + 1) // (_SECTOR // 4 - 1))
    own = list(chain) if chain is not None else [*range(1, count), _END]
    numbers = own + [_END] + [_TABLE] * tables
    numbers += [_FREE] * (tables * (_SECTOR // 4) - len(numbers))
    directory = _entry("Root Entry", 5, _END, 0) + _entry(name, 2, 0, len(stream)) + bytes(256)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6xII", 62, 3, 0xFFFE, 9, 6, 0, tables)
    header += struct.pack("<IIIIIII", count, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *([count + 1 + n for n in range(tables)] + [_FREE] * (109 - tables)))
    return header + stream.ljust(count * _SECTOR, b"\0") + directory + struct.pack(f"<{len(numbers)}I", *numbers)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HBB3I36xIQ", len(raw), kind, 1, _FREE, _FREE, _FREE, start, size)


def _beginning(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HH12x", 0x0600, kind))


def _shared(strings: Sequence[str]) -> bytes:
    """Every string is cut where its record is full, in the middle of a text, as spreadsheet programs do."""
    pieces = [struct.pack("<II", len(strings), len(strings))]
    for value in strings:
        raw = text(value)
        if len(pieces[-1]) + 3 > _LONGEST_RECORD:
            pieces.append(b"")
        head, letters = raw[:3], raw[3:]
        pieces[-1] += head
        while letters:
            room = (_LONGEST_RECORD - len(pieces[-1])) // 2 * 2
            pieces[-1] += letters[:room]
            letters = letters[room:]
            if letters:
                pieces.append(b"\x01")
    return b"".join(struct.pack("<HH", 0xFC if n == 0 else 0x3C, len(piece)) + piece for n, piece in enumerate(pieces))


def _sheet(sheet: object, strings: dict[str, int]) -> bytes:
    made = []
    for number, dimension in sheet.row_dimensions.items():  # type: ignore[attr-defined]  # openpyxl's stubs name no common type of sheets
        if dimension.hidden:
            made.append(record(0x0208, struct.pack("<H10xHH", number - 1, 0x20, 0)))
    for row in sheet.iter_rows():  # type: ignore[attr-defined]  # as above
        made += [_cell(cell.row - 1, cell.column - 1, cell.value, strings) for cell in row if cell.value is not None]
    merged = [struct.pack("<HHHH", r.min_row - 1, r.max_row - 1, r.min_col - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]  # type: ignore[attr-defined]  # as above
    return b"".join(made) + record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged))


def _cell(row: int, column: int, value: object, strings: dict[str, int]) -> bytes:
    match value:
        case str():
            return record(0xFD, struct.pack("<HHHI", row, column, 0, strings.setdefault(value, len(strings))))
        case bool():
            return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))
        case datetime() | date():
            serial = (date(value.year, value.month, value.day) - date(1899, 12, 30)).days
            return record(0x0203, struct.pack("<HHHd", row, column, _DATE_STYLE, serial))
        case int() if -(2**29) <= value < 2**29:
            return record(0x027E, struct.pack("<HHHi", row, column, 0, value << 2 | 2))
        case int() | float():
            return record(0x0203, struct.pack("<HHHd", row, column, 0, value))
        case _:
            raise TypeError(type(value))
