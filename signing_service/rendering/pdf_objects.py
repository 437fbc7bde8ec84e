"""The few things we do to a file that Typst wrote: read its objects by the cross-reference table, change some, write it anew.

Typst writes a plain grammar: one revision, a classic cross-reference table, objects numbered from 1 without gaps, no object
streams, no encryption. Only that grammar is accepted here; foreign files are never read with this module.
"""

import hashlib
import re
from typing import Final

from signing_service.errors import IntegrityError

_TAIL: Final = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer\n<<(.*?)>>\nstartxref\n\d+\n%%EOF\s*$", re.DOTALL)
_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_INFO: Final = re.compile(rb"/Info \d+ 0 R")
_ENTRY_LENGTH: Final = 20


class PdfObjects:
    """The objects of one Typst file, by number; changed in place, then written as one revision."""

    def __init__(self, pdf: bytes) -> None:
        """Read a file that Typst wrote.

        Raises:
            IntegrityError: the bytes are not in Typst's grammar (`unexpected-pdf-grammar`).
        """
        start = int(self._found(re.search(rb"startxref\n(\d+)\n%%EOF\s*$", pdf)).group(1))
        tail = self._found(_TAIL.match(pdf, start))
        table = tail.group(2)
        offsets = [int(table[i : i + 10]) for i in range(_ENTRY_LENGTH, len(table), _ENTRY_LENGTH)]
        self._header = pdf[: min(offsets)]
        self._bodies: dict[int, bytes] = {}
        by_place = sorted((offset, number) for number, offset in enumerate(offsets, start=1))
        ends = [offset for offset, _ in by_place[1:]] + [start]
        for (offset, number), end in zip(by_place, ends, strict=True):
            opening = b"%d 0 obj\n" % number
            closed = pdf[offset:end].rstrip()
            if not closed.startswith(opening) or not closed.endswith(b"endobj"):
                raise self.unexpected()
            self._bodies[number] = closed[len(opening) : -len(b"endobj")].rstrip(b"\n")
        self.root = int(self._found(_ROOT.search(tail.group(3))).group(1))
        self._info = self._found(_INFO.search(tail.group(3))).group(0)

    @staticmethod
    def unexpected() -> IntegrityError:
        """The error to raise when the file is not as Typst writes it."""
        return IntegrityError(
            "unexpected-pdf-grammar",
            vi="Tệp PDF vừa dàn trang không đúng cấu trúc mong đợi; hãy kiểm tra phiên bản Typst đã cài.",
            en="The typeset PDF is not written as expected; check the installed Typst version.",
        )

    @classmethod
    def _found(cls, match: re.Match[bytes] | None) -> re.Match[bytes]:
        if match is None:
            raise cls.unexpected()
        return match

    def body(self, number: int) -> bytes:
        """The object's bytes between `obj` and `endobj`."""
        return self._bodies[number]

    def numbers_starting_with(self, prefix: bytes) -> list[int]:
        """Numbers of the objects whose bytes start so, ascending."""
        return sorted(number for number, body in self._bodies.items() if body.startswith(prefix))

    def only(self, prefix: bytes) -> int:
        """Number of the one object whose bytes start so.

        Raises:
            IntegrityError: there is none, or more than one (`unexpected-pdf-grammar`).
        """
        numbers = self.numbers_starting_with(prefix)
        if len(numbers) != 1:
            raise self.unexpected()
        return numbers[0]

    def find(self, number: int, pattern: bytes) -> re.Match[bytes]:
        """The first match in an object.

        Raises:
            IntegrityError: nothing matches (`unexpected-pdf-grammar`).
        """
        return self._found(re.search(pattern, self._bodies[number], re.DOTALL))

    def replace(self, number: int, body: bytes) -> None:
        """Put another object under the number."""
        self._bodies[number] = body

    def add(self, body: bytes) -> int:
        """Append an object and return its number."""
        number = len(self._bodies) + 1
        self._bodies[number] = body
        return number

    def change(self, number: int, pattern: bytes, replacement: bytes) -> None:
        """Replace the first place in an object that matches; the replacement may name the match's groups.

        Raises:
            IntegrityError: nothing matches (`unexpected-pdf-grammar`).
        """
        body = self._bodies[number]
        match = self.find(number, pattern)
        self._bodies[number] = body[: match.start()] + match.expand(replacement) + body[match.end() :]

    def write(self) -> bytes:
        """The whole file as one revision; its identifier is drawn from its content, so equal content gives equal bytes."""
        parts = [self._header]
        offsets = []
        place = len(self._header)
        for number in range(1, len(self._bodies) + 1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, self._bodies[number])
            offsets.append(place)
            parts.append(part)
            place += len(part)
        identifier = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(offsets) + 1, table))
        parts.append(
            b"trailer\n<</Size %d/Root %d 0 R%s/ID[<%s><%s>]>>\n" % (len(offsets) + 1, self.root, self._info, identifier, identifier)
        )
        parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(parts)
