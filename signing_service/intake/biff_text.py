"""Texts inside BIFF8 records ([MS-XLS] 2.5.293, 2.5.294): one byte or two a letter, formatting behind, cut where a record ends."""

import struct

_TWO_BYTES, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_RUN = 4


class Continued:
    """One record with its continuations, read from the front; taking more than is there is a `ValueError`."""

    def __init__(self, pieces: tuple[bytes, ...]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0
        self.left = sum(map(len, pieces))

    def take(self, count: int) -> bytes:
        """The next `count` bytes, across the ends of pieces."""
        if count > self.left:
            raise ValueError
        taken = b""
        while len(taken) < count:
            taken += self._some(count - len(taken))
        return taken

    def number(self) -> int:
        """An unsigned number of two bytes."""
        number: int = struct.unpack("<H", self.take(2))[0]
        return number

    def letters(self, count: int, *, wide: bool) -> str:
        """`count` letters; where a piece ends inside a text, the next one begins with the width of its letters."""
        if count > self.left:
            raise ValueError
        parts = []
        while count:
            if self._at == len(self._pieces[self._piece]):
                wide = bool(self.take(1)[0] & _TWO_BYTES)
            size = 2 if wide else 1
            raw = self._some(min(count, max(1, self._in_piece() // size)) * size)
            parts.append(raw.decode("utf-16-le" if wide else "latin-1"))
            count -= max(1, len(raw) // size)
        return "".join(parts)

    def _in_piece(self) -> int:
        return len(self._pieces[self._piece]) - self._at

    def _some(self, count: int) -> bytes:
        while self._in_piece() == 0:
            if self._piece + 1 == len(self._pieces):
                raise ValueError
            self._piece, self._at = self._piece + 1, 0
        raw = self._pieces[self._piece][self._at : self._at + count]
        self._at += len(raw)
        self.left -= len(raw)
        return raw


def read_text(record: Continued, *, short: bool = False) -> str:
    """The text at the front of what is left: its length in letters (one byte if `short`, else two), its flags, its letters."""
    count = record.take(1)[0] if short else record.number()
    flags = record.take(1)[0]
    runs = record.number() if flags & _RICH else 0
    phonetic = struct.unpack("<I", record.take(4))[0] if flags & _PHONETIC else 0
    text = record.letters(count, wide=bool(flags & _TWO_BYTES))
    record.take(runs * _RUN)
    record.take(phonetic)
    return text


def shared_texts(record: Continued, *, most: int) -> tuple[str, ...]:
    """The texts of the shared string table, by their numbers; more than `most` are a `ValueError`."""
    unique: int = struct.unpack("<4xI", record.take(8))[0]
    if unique > most:
        raise ValueError
    return tuple(read_text(record) for _ in range(unique))
