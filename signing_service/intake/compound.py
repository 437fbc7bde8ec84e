"""The OLE2 compound file around an old `.xls` workbook ([MS-CFB]): its one stream, found without trusting any number in the file."""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from signing_service.intake.container import encrypted, not_xlsx, too_large, unsafe
from signing_service.intake.limits import WorkbookLimits

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")

_HEADER: Final = 512
_BYTE_ORDER: Final = 0xFFFE
_SECTOR_SHIFTS: Final = {3: 9, 4: 12}
_MINI_SHIFT: Final = 6
_MINI_CUTOFF: Final = 4096
_LAST_SECTOR: Final = 0xFFFFFFFA
_DIFAT_IN_HEADER: Final = 109
_ENTRY: Final = 128
_NAME_BYTES: Final = 64
_ROOT: Final = 5
_STREAM: Final = 2
_LARGEST_DIRECTORY: Final = 4096
"""Entries; a workbook with macros has some dozens."""


def workbook_stream(data: bytes, limits: WorkbookLimits) -> bytes:
    """The bytes of the stream `Workbook` (Excel 97 to 2003).

    Raises:
        InvalidInputError: `workbook-not-xlsx`, `workbook-encrypted` (a protected `.xlsx` is a compound file too), `workbook-too-large`
            or `workbook-unsafe` (a chain of sectors that runs in a circle, or two streams of one name).
    """
    if len(data) > limits.file_bytes:
        raise too_large()
    try:
        return _CompoundFile(data, limits).workbook()
    except (struct.error, IndexError, UnicodeDecodeError):
        raise not_xlsx() from None


class _CompoundFile:
    def __init__(self, data: bytes, limits: WorkbookLimits) -> None:
        version, order, shift, mini_shift = struct.unpack_from("<HHHH", data, 26)
        if not data.startswith(MAGIC) or order != _BYTE_ORDER or _SECTOR_SHIFTS.get(version) != shift or mini_shift != _MINI_SHIFT:
            raise not_xlsx()
        self._data = data
        self._limits = limits
        self._size = 1 << shift
        self._sectors = max(0, len(data) - self._size + self._size - 1) // self._size
        self._fat = self._allocation_table()

    def workbook(self) -> bytes:
        directory_start, mini_fat_start = struct.unpack_from("<I8xI", self._data, 48)
        entries = tuple(_entries(self._chained(self._fat, directory_start, self._sectors)))
        if any(name in ("encryptedpackage", "encryptioninfo") for name, *_ in entries):
            raise encrypted()
        found = [(start, size) for name, kind, start, size in entries if kind == _STREAM and name == "workbook"]
        if len(found) > 1:
            raise unsafe()
        if not found:
            raise not_xlsx()
        start, size = found[0]
        if size > self._limits.unpacked_bytes:
            raise too_large()
        stream = self._small(entries, mini_fat_start, start) if size < _MINI_CUTOFF else self._chained(self._fat, start, self._sectors)
        if len(stream) < size:
            raise not_xlsx()
        return stream[:size]

    def _allocation_table(self) -> Sequence[int]:
        in_header = struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", self._data, 76)
        sectors = [sector for sector in in_header if sector < _LAST_SECTOR]
        following, steps = struct.unpack_from("<I", self._data, 68)[0], 0
        while following < _LAST_SECTOR:
            steps += 1
            if steps > self._sectors:
                raise unsafe()
            *listed, following = _numbers(self._sector(following))
            sectors += [sector for sector in listed if sector < _LAST_SECTOR]
        if len(sectors) > self._sectors:
            raise not_xlsx()
        return [number for sector in sectors for number in _numbers(self._sector(sector))]

    def _small(self, entries: Sequence[tuple[str, int, int, int]], mini_fat_start: int, start: int) -> bytes:
        """A stream below 4096 bytes lies in 64-byte sectors inside the root's stream."""
        root = next(entry for entry in entries if entry[1] == _ROOT)
        within = self._chained(self._fat, root[2], self._sectors)
        table = _numbers(self._chained(self._fat, mini_fat_start, self._sectors))
        return b"".join(
            within[sector << _MINI_SHIFT : (sector + 1) << _MINI_SHIFT] for sector in _chain(table, start, _MINI_CUTOFF >> _MINI_SHIFT)
        )

    def _chained(self, table: Sequence[int], start: int, most: int) -> bytes:
        return b"".join(map(self._sector, _chain(table, start, most)))

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if begin >= len(self._data):
            raise not_xlsx()
        # The last sector may be cut short by programs that do not pad.
        return self._data[begin : begin + self._size].ljust(self._size, b"\0")


def _chain(table: Sequence[int], start: int, most: int) -> Iterator[int]:
    for _ in range(most + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        start = table[start]
    raise unsafe()


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector)


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of each entry."""
    if len(directory) > _LARGEST_DIRECTORY * _ENTRY:
        raise too_large()
    for at in range(0, len(directory), _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + _NAME_BYTES)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind:
            name = directory[at : at + max(0, min(length, _NAME_BYTES) - 2)].decode("utf-16-le")
            yield name.casefold(), kind, start, size
