"""What a signature covers, read from raw bytes before anything is hashed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

_NUMBERS: Final = 4
_MOST_CONTENTS: Final = 2 * 1024 * 1024 + 2
_HEX_TOKEN = re.compile(rb"<[0-9A-Fa-f\x00\t\n\x0c\r ]*>")
_WHITE = b"\x00\t\n\x0c\r "
_END_OF_FILE = b"%%EOF"


@dataclass(frozen=True, slots=True)
class Covered:
    """Two covered stretches with one hole: bytes 0 to `hole_start`, and `hole_end` to `end`."""

    hole_start: int
    hole_end: int
    end: int

    def of(self, pdf: bytes) -> bytes:
        """The covered bytes."""
        return pdf[: self.hole_start] + pdf[self.hole_end : self.end]

    def hole(self, pdf: bytes) -> bytes:
        """The bytes between the stretches."""
        return pdf[self.hole_start : self.hole_end]


def read_byte_range(value: Any, pdf: bytes) -> Covered | None:  # noqa: ANN401 - a foreign PDF object of any kind
    """The range, if it is exactly four non-negative integers, the first 0, ordered and inside the file."""
    if not isinstance(value, list) or len(value) != _NUMBERS or not all(isinstance(number, int) for number in value):
        return None
    start, first, second, rest = (int(number) for number in value)
    if start != 0 or not 0 < first < second or rest <= 0 or second + rest > len(pdf) or second - first > _MOST_CONTENTS:
        return None
    return Covered(first, second, second + rest)


def g1_hole_is_the_contents(covered: Covered, pdf: bytes, contents: bytes) -> bool:
    """G1: the hole is exactly one hexadecimal token, and it decodes to this dictionary's /Contents."""
    hole = covered.hole(pdf)
    if _HEX_TOKEN.fullmatch(hole) is None:
        return False
    digits = hole[1:-1].translate(None, _WHITE).decode("ascii")
    return bytes.fromhex(digits + "0" * (len(digits) % 2)) == contents


def holes_are_apart(ranges: Iterable[Covered]) -> bool:
    """Whether no two signatures share a byte of their holes."""
    ordered = sorted((covered.hole_start, covered.hole_end) for covered in ranges)
    return all(before[1] <= after[0] for before, after in pairwise(ordered))


def revision_end(covered: Covered, pdf: bytes) -> int | None:
    """Where the covered revision ends, an end-of-line after `%%EOF` included; None when the range stops elsewhere."""
    if not pdf[: covered.end].rstrip(_WHITE).endswith(_END_OF_FILE):
        return None
    end = covered.end
    while end < len(pdf) and pdf[end] in b"\r\n" and end < covered.end + 2:
        end += 1
    return end
