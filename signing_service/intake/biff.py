"""The records of an old `.xls` workbook (BIFF8, [MS-XLS]) as sheets of plain values.

Read by us and not by a library: the fast reader behind `.xlsx` trusts the lengths that a `.xls` states and ends the whole process when one
of them is false. Here every length is held against the bytes that are there.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Final, TypeAlias

from signing_service.intake.biff_dates import DateFormats, moment
from signing_service.intake.biff_text import Continued, read_text, shared_texts
from signing_service.intake.compound import workbook_stream
from signing_service.intake.container import encrypted, not_xlsx, too_large
from signing_service.intake.limits import WorkbookLimits
from signing_service.intake.sheet_facts import SheetFacts

Value: TypeAlias = str | int | float | bool | date | datetime | None
Position: TypeAlias = tuple[int, int]


class _Kind(IntEnum):
    """The records that are read; all others are passed over."""

    BOF = 0x0809
    EOF = 0x000A
    CONTINUE = 0x003C
    FILEPASS = 0x002F
    BOUNDSHEET = 0x0085
    SST = 0x00FC
    DATEMODE = 0x0022
    FORMAT = 0x041E
    XF = 0x00E0
    ROW = 0x0208
    MERGED = 0x00E5
    LABEL = 0x0204
    RSTRING = 0x00D6
    LABEL_SST = 0x00FD
    NUMBER = 0x0203
    RK = 0x027E
    MUL_RK = 0x00BD
    BOOL_ERR = 0x0205
    FORMULA = 0x0006
    STRING = 0x0207


_CELLS: Final = (_Kind.LABEL, _Kind.RSTRING, _Kind.LABEL_SST, _Kind.NUMBER, _Kind.RK, _Kind.BOOL_ERR, _Kind.FORMULA)
_BIFF8: Final = 0x0600
_WORKSHEET: Final = 0
_ROW_HIDDEN: Final = 0x20
_NOT_A_NUMBER: Final = b"\xff\xff"
_RESULT_TEXT, _RESULT_BOOL, _RESULT_ERROR, _RESULT_EMPTY = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class BiffSheet:
    """One worksheet; positions are one-based."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    """Each as long as its last cell."""
    merged: tuple[tuple[int, int, int, int], ...]
    facts: SheetFacts


def read_biff(data: bytes, limits: WorkbookLimits) -> tuple[BiffSheet, ...]:
    """The worksheets of an `.xls` file, in the workbook's order.

    Raises:
        InvalidInputError: `workbook-not-xlsx`, `workbook-encrypted`, `workbook-too-large` or `workbook-unsafe`.
    """
    stream = workbook_stream(data, limits)
    try:
        head = _Head(stream, limits)
        if len(head.sheets) > limits.sheets:
            raise too_large()
        room = limits.text
        found = []
        for name, offset in head.sheets:
            scan = _Scan(head, limits)
            scan.read(_records(stream, offset))
            room -= scan.text
            if room < 0:
                raise too_large()
            found.append(scan.sheet(name))
    except (struct.error, LookupError, ValueError, OverflowError):
        raise not_xlsx() from None
    return tuple(found)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, Continued]]:
    """Type and content of each record of one substream, continuations joined to what they continue."""
    first, body, at = _record(stream, at)
    if first != _Kind.BOF or struct.unpack_from("<H", body)[0] != _BIFF8:
        raise ValueError
    kind, pieces = first, [body]
    while kind != _Kind.EOF:
        following, body, at = _record(stream, at)
        if following == _Kind.CONTINUE:
            pieces.append(body)
            continue
        yield kind, Continued(tuple(pieces))
        kind, pieces = following, [body]


def _record(stream: bytes, at: int) -> tuple[int, bytes, int]:
    kind, length = struct.unpack_from("<HH", stream, at)
    body = stream[at + 4 : at + 4 + length]
    if len(body) < length:
        raise ValueError
    return kind, body, at + 4 + length


class _Head:
    """What the workbook says before its sheets."""

    def __init__(self, stream: bytes, limits: WorkbookLimits) -> None:
        self.sheets: list[tuple[str, int]] = []
        self.texts: Sequence[str] = ()
        formats: dict[int, str] = {}
        styles: list[int] = []
        since_1904 = False
        for kind, record in _records(stream, 0):
            if kind == _Kind.FILEPASS:
                raise encrypted()
            if kind == _Kind.BOUNDSHEET:
                offset, type_of_sheet = struct.unpack("<IxB", record.take(6))
                name = read_text(record, short=True)
                if type_of_sheet == _WORKSHEET:
                    self.sheets.append((name, offset))
            elif kind == _Kind.SST:
                self.texts = shared_texts(record, most=limits.cells)
            elif kind == _Kind.FORMAT:
                number = record.number()
                formats[number] = read_text(record)
            elif kind == _Kind.XF:
                styles.append(struct.unpack("<2xH", record.take(4))[0])
            elif kind == _Kind.DATEMODE:
                since_1904 = record.number() == 1
        self.dates = DateFormats(formats, tuple(styles), since_1904=since_1904)


@dataclass(slots=True)
class _Scan:
    """One pass over one sheet, stopping at the first cell beyond the limits."""

    head: _Head
    limits: WorkbookLimits
    text: int = 0
    _cells: defaultdict[int, dict[int, Value]] = field(default_factory=lambda: defaultdict(dict))
    _count: int = 0
    _hidden: set[int] = field(default_factory=set)
    _formulas: set[Position] = field(default_factory=set)
    _errors: set[Position] = field(default_factory=set)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    _awaits_text: Position | None = None

    def read(self, records: Iterator[tuple[int, Continued]]) -> None:
        for kind, record in records:
            if kind == _Kind.ROW:
                row, options = struct.unpack("<H10xH", record.take(14))
                if options & _ROW_HIDDEN:
                    self._hidden.add(row + 1)
            elif kind == _Kind.MERGED:
                self._merge(record)
            elif kind == _Kind.STRING:
                if self._awaits_text is not None:
                    self._put(self._awaits_text, read_text(record))
                self._awaits_text = None
            elif kind == _Kind.MUL_RK:
                self._many(record)
            elif kind in _CELLS:
                row, column, style = struct.unpack("<HHH", record.take(6))
                self._one(kind, (row + 1, column + 1), style, record)

    def sheet(self, name: str) -> BiffSheet:
        return BiffSheet(
            name=name,
            rows=tuple(_line(self._cells.get(row, {})) for row in range(1, max(self._cells, default=0) + 1)),
            merged=tuple(self._merged),
            facts=SheetFacts(frozenset(self._hidden), frozenset(self._formulas), frozenset(), frozenset(self._errors)),
        )

    def _one(self, kind: int, at: Position, style: int, record: Continued) -> None:
        match kind:
            case _Kind.LABEL_SST:
                self._put(at, self.head.texts[struct.unpack("<I", record.take(4))[0]])
            case _Kind.LABEL | _Kind.RSTRING:
                self._put(at, read_text(record))
            case _Kind.NUMBER:
                self._put(at, self._number(struct.unpack("<d", record.take(8))[0], style))
            case _Kind.RK:
                self._put(at, self._number(_compressed(record.take(4)), style))
            case _Kind.BOOL_ERR:
                value, is_error = record.take(2)
                self._error(at) if is_error else self._put(at, bool(value))
            case _:
                self._formula(at, style, record.take(8))

    def _formula(self, at: Position, style: int, result: bytes) -> None:
        self._formulas.add(at)
        if result[6:] != _NOT_A_NUMBER:
            self._put(at, self._number(struct.unpack("<d", result)[0], style))
            return
        kind = result[0]
        if kind == _RESULT_TEXT:
            self._awaits_text = at
        elif kind == _RESULT_BOOL:
            self._put(at, bool(result[2]))
        elif kind == _RESULT_ERROR:
            self._error(at)
        elif kind != _RESULT_EMPTY:
            raise ValueError

    def _many(self, record: Continued) -> None:
        row, first = struct.unpack("<HH", record.take(4))
        while record.left > 2:  # noqa: PLR2004 - what is left at the end is the number of the last column
            style = record.number()
            first += 1
            self._put((row + 1, first), self._number(_compressed(record.take(4)), style))

    def _merge(self, record: Continued) -> None:
        count = record.number()
        if count + len(self._merged) > self.limits.merged_ranges:
            raise too_large()
        for _ in range(count):
            top, bottom, left, right = struct.unpack("<HHHH", record.take(8))
            self._merged.append((top + 1, left + 1, bottom + 1, right + 1))

    def _error(self, at: Position) -> None:
        self._errors.add(at)
        self._put(at, "#ERROR")

    def _number(self, number: float, style: int) -> Value:
        if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - this is how a NaN is recognised
            raise ValueError
        as_date = moment(number, since_1904=self.head.dates.since_1904) if self.head.dates.is_date(style) else None
        if as_date is not None:
            return as_date
        return int(number) if number.is_integer() else number

    def _put(self, at: Position, value: Value) -> None:
        row, column = at
        self._count += 1
        if self._count > self.limits.cells or row > self.limits.rows or column > self.limits.columns:
            raise too_large()
        if isinstance(value, str):
            if len(value) > self.limits.cell_text:
                raise too_large()
            self.text += len(value)
        self._cells[row][column] = value


def _line(cells: Mapping[int, Value]) -> tuple[Value, ...]:
    return tuple(cells.get(column) for column in range(1, max(cells, default=0) + 1))


def _compressed(packed: bytes) -> float:
    """An RK number: 30 bits of a double or of an integer, the two low bits saying which, and whether it was multiplied by 100."""
    bits: int = struct.unpack("<i", packed)[0]
    number = float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    return number / 100 if bits & 1 else number
