"""Incremental updates written by hand, by somebody who does not care what a library allows (ISO 32000-1, 7.5.6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, PdfObject, StreamObject


def spelled(value: PdfObject) -> bytes:
    """`value` as it stands in a file."""
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object's body."""
    return b"<< " + entries + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def last_xref(pdf: bytes) -> int:
    """Where the newest cross-reference section starts."""
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def revision_ends(pdf: bytes) -> list[int]:
    """The length of the file after each of its revisions."""
    return [found.end() for found in re.finditer(rb"startxref\s+\d+\s+%%EOF\r?\n?", pdf)]


def xref_table(offsets: Mapping[int, int]) -> bytes:
    """A classic cross-reference section, one subsection an object."""
    return b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in sorted(offsets.items()))


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and what an attacker has to know of it."""

    pdf: bytes
    reader: PdfReader

    @property
    def size(self) -> int:
        """The next free object number."""
        size = self.reader.trailer["/Size"]
        assert isinstance(size, NumberObject)
        return size

    @property
    def root(self) -> int:
        """The catalog's object number."""
        return self.reference(self.reader.trailer, "/Root")

    @property
    def catalog(self) -> DictionaryObject:
        """The catalog."""
        return self.dictionary(self.root)

    def reference(self, holder: DictionaryObject, key: str) -> int:
        """The object number that `holder` has under `key`."""
        found = holder.raw_get(key)
        assert isinstance(found, IndirectObject)
        return found.idnum

    def dictionary(self, number: int) -> DictionaryObject:
        """A copy of the dictionary with that number, free to be changed."""
        found = self.reader.get_object(number)
        assert isinstance(found, DictionaryObject)
        return DictionaryObject(found)

    def data(self, number: int) -> bytes:
        """The decoded data of the stream with that number."""
        found = self.reader.get_object(number)
        assert isinstance(found, StreamObject)
        return found.get_data()

    def page(self, index: int = 0) -> tuple[int, DictionaryObject]:
        """A page's object number and a copy of its dictionary."""
        found = self.reader.pages[index].indirect_reference
        assert found is not None
        return found.idnum, self.dictionary(found.idnum)

    def field(self, name: str) -> tuple[int, DictionaryObject]:
        """A form field's object number and a copy of its dictionary."""
        for entry in self.array(self.form, "/Fields"):
            assert isinstance(entry, IndirectObject)
            if str(self.dictionary(entry.idnum)["/T"]) == name:
                return entry.idnum, self.dictionary(entry.idnum)
        raise KeyError(name)

    @property
    def form(self) -> DictionaryObject:
        """A copy of the form's dictionary."""
        found = self.catalog["/AcroForm"].get_object()
        assert isinstance(found, DictionaryObject)
        return DictionaryObject(found)

    def array(self, holder: DictionaryObject, key: str) -> ArrayObject:
        """A copy of an array, empty if there is none."""
        found = holder.get(key, ArrayObject()).get_object()
        assert isinstance(found, ArrayObject)
        return ArrayObject(found)

    def pointer(self, number: int) -> IndirectObject:
        """A reference to an object that may not exist yet."""
        return IndirectObject(number, 0, self.reader)

    def updated(self, objects: Mapping[int, bytes], *, root: int | None = None, prev: int | None = None, trailer: bytes = b"") -> bytes:
        """The file with one more revision, which defines `objects`; by default as correct as a revision can be."""
        parts, length, offsets = [self.pdf], len(self.pdf), dict[int, int]()
        for number, body in objects.items():
            offsets[number] = length
            parts.append(b"%d 0 obj\n" % number + body + b"\nendobj\n")
            length += len(parts[-1])
        identity = spelled(self.reader.trailer["/ID"]) if "/ID" in self.reader.trailer else b"[<00> <00>]"
        info = b" /Info %d 0 R" % self.reference(self.reader.trailer, "/Info") if "/Info" in self.reader.trailer else b""
        return (
            b"".join(parts)
            + xref_table(offsets)
            + b"trailer\n<< /Size %d /Root %d 0 R" % (max([self.size, *(n + 1 for n in offsets)]), root or self.root)
            + info
            + b" /ID "
            + identity
            + b" /Prev %d " % (last_xref(self.pdf) if prev is None else prev)
            + trailer
            + b">>\nstartxref\n%d\n%%%%EOF\n" % length
        )


def opened(pdf: bytes) -> Opened:
    """A file to be tampered with."""
    return Opened(pdf, PdfReader(BytesIO(pdf)))


def name(value: str) -> NameObject:
    """A PDF name."""
    return NameObject(value)
