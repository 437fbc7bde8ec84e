"""Attacks on what a file is made of: signature dictionaries, byte ranges, cross-reference chain, whole files (USF, ISA, SWA of 2019)."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from pypdf.generic import ArrayObject, NumberObject

from tests.verification.updates import Opened, last_xref, name, opened, revision_ends, spelled, stream, xref_table

Attack = Callable[[bytes, bytes], bytes]

PAINT = b"\nq 1 1 1 rg 60 300 480 300 re f 0 0 0 rg 80 400 300 60 re f Q\n"
"""Hides the marks under a white sheet with something else on it."""

_SIGNATURES = {"GVCN": 0, "HT": 1, "DAU": 2, "DTS": 3}
_BYTE_RANGE = re.compile(rb"/ByteRange \[[^\]]*\] *")
_CONTENTS = re.compile(rb"/Contents <[0-9a-f]{2000,}>")


def _nth(pattern: re.Pattern[bytes], pdf: bytes, which: str) -> re.Match[bytes]:
    return list(pattern.finditer(pdf))[_SIGNATURES[which]]


def _in_place(pdf: bytes, found: re.Match[bytes], replacement: bytes) -> bytes:
    """Every other byte stays where it was: offsets still fit."""
    assert len(replacement) <= len(found[0])
    return pdf[: found.start()] + replacement.ljust(len(found[0])) + pdf[found.end() :]


# Universal forgery: a signature without a value, or without anything that it covers.


def universal_forgeries() -> Iterator[tuple[str, Attack]]:
    contents = {"missing": b"/Nothing <00>", "null": b"/Contents null", "empty": b"/Contents <>", "zero": b"/Contents <00>"}
    ranges = {
        "missing": b"/Nothing [0]",
        "null": b"/ByteRange null",
        "empty": b"/ByteRange []",
        "zeros": b"/ByteRange [0 0 0 0]",
    }
    for field in ("GVCN", "DTS"):
        for how, value in contents.items():
            yield f"usf-contents-{how}-{field}", partial(_overwritten, pattern=_CONTENTS, field=field, value=value)
        for how, value in ranges.items():
            yield f"usf-byte-range-{how}-{field}", partial(_overwritten, pattern=_BYTE_RANGE, field=field, value=value)


def _overwritten(pdf: bytes, _: bytes, *, pattern: re.Pattern[bytes], field: str, value: bytes) -> bytes:
    return _in_place(pdf, _nth(pattern, pdf, field), value)


def byte_range_tricks() -> Iterator[tuple[str, Attack]]:
    for field in ("GVCN", "DTS"):
        for how in ("overlap", "gap", "six-numbers", "negative", "floats", "not-from-0", "past-the-end", "swapped"):
            yield f"byte-range-{how}-{field}", partial(_with_twisted_range, field=field, how=how)
        yield f"byte-range-thousand-pairs-{field}", partial(_with_thousand_pairs, field=field)


def _with_twisted_range(pdf: bytes, _: bytes, *, field: str, how: str) -> bytes:
    return _in_place(pdf, _nth(_BYTE_RANGE, pdf, field), _twisted(pdf, field, how))


def _twisted(pdf: bytes, field: str, how: str) -> bytes:
    first, second, rest = map(int, re.findall(rb"\d+", _nth(_BYTE_RANGE, pdf, field)[0])[1:])
    twisted = {
        "overlap": (0, first, first - 10, rest),
        "gap": (0, first, second + 40, rest - 40),
        "six-numbers": (0, first, second, 10, second + 10, rest - 10),
        "negative": (0, first, second, -rest),
        "floats": (0.0, float(first), float(second), float(rest)),
        "not-from-0": (1, first - 1, second, rest),
        "past-the-end": (0, first, second, 99999999),
        "swapped": (second, rest, 0, first),
    }[how]
    return b"/ByteRange [" + b" ".join(str(number).encode() for number in twisted) + b"]"


def _with_thousand_pairs(pdf: bytes, _: bytes, *, field: str) -> bytes:
    file = opened(pdf)
    number = file.reference(file.field(field)[1], "/V")
    signature = file.dictionary(number)
    signature[name("/ByteRange")] = ArrayObject([NumberObject(0), NumberObject(100)] * 4000)
    return file.updated({number: spelled(signature)})


# Incremental saving: content put behind the signed revision.


def painted(file: Opened) -> dict[int, bytes]:
    _, page = file.page()
    contents = file.reference(page, "/Contents")
    return {contents: stream(b"", file.data(contents) + PAINT)}


def isa_page_content(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    return file.updated(painted(file))


def isa_page_content_without_xref(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    return pdf + b"".join(b"%d 0 obj\n" % number + body + b"\nendobj\n" for number, body in painted(file).items())


def isa_body_without_trailer(pdf: bytes, other: bytes) -> bytes:
    return isa_page_content_without_xref(pdf, other) + b"xref\n0 0\n%%EOF\n"


def isa_trailer_without_xref(pdf: bytes, other: bytes) -> bytes:
    return isa_page_content_without_xref(pdf, other) + b"trailer\n<< /Root %d 0 R >>\n%%%%EOF\n" % opened(pdf).root


def isa_copies_the_last_startxref(pdf: bytes, other: bytes) -> bytes:
    return isa_page_content_without_xref(pdf, other) + b"startxref\n%d\n%%%%EOF\n" % last_xref(pdf)


def isa_new_object_in_contents_array(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, page = file.page()
    page[name("/Contents")] = ArrayObject([page.raw_get("/Contents"), file.pointer(file.size)])
    return file.updated({file.size: stream(b"", PAINT), number: spelled(page)})


# Signature wrapping: the signed bytes are moved, and something else stands between them.


def swa_hole_filled(pdf: bytes, _: bytes) -> bytes:
    """The last signature's second stretch moves back; in front of it, where the old table was, a new table shows another page content.

    Digest and signature value still fit: only the ByteRange of a fresh signature dictionary changes, and it stands in the hole.
    """
    file = opened(pdf)
    first, second, rest = map(int, re.findall(rb"\d+", _nth(_BYTE_RANGE, pdf, "DTS")[0])[1:])
    number = file.reference(file.field("DTS")[1], "/V")
    token = pdf[first:second]
    old_xref = last_xref(pdf)
    filler = bytearray(pdf[:second])
    offsets = dict[int, int]()
    content_number, content = next(iter(painted(file).items()))
    table_at = old_xref
    filler += b" " * (table_at - len(filler))
    # Objects come behind the table, because the moved `startxref` still names its old place.
    placeholder = xref_table({number: 0, content_number: 0}) + _trailer(file, 0)
    behind = table_at + len(placeholder) + 40
    content_object = b"%d 0 obj\n" % content_number + content + b"\nendobj\n"
    offsets[content_number] = behind
    offsets[number] = behind + len(content_object)
    moved_to = offsets[number] + len(token) + 300
    signature = (
        b"%d 0 obj\n<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange [0 %d %d %d] /Contents "
        % (number, first, moved_to, rest)
        + token
        + b" >>\nendobj\n"
    )
    filler += xref_table(offsets) + _trailer(file, _previous_xref(pdf))
    filler += b" " * (behind - len(filler)) + content_object + signature
    filler += b" " * (moved_to - len(filler))
    return bytes(filler) + pdf[second:]


def _previous_xref(pdf: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-2])


def _trailer(file: Opened, prev: int) -> bytes:
    return b"trailer\n<< /Size %d /Root %d 0 R /ID %s /Prev %010d >>\n" % (file.size, file.root, spelled(file.reader.trailer["/ID"]), prev)


def swa_signature_copied_into_a_later_revision(pdf: bytes, _: bytes) -> bytes:
    """Field and signature are defined anew beside another page content, as if the signature belonged to the new revision."""
    file = opened(pdf)
    number, field = file.field("DTS")
    signature = spelled(file.dictionary(file.reference(field, "/V")))
    field[name("/V")] = file.pointer(file.size)
    return file.updated({number: spelled(field), file.size: signature, **painted(file)})


# Files put together.


def two_files_end_to_end(pdf: bytes, other: bytes) -> bytes:
    return pdf + other


def two_files_other_first(pdf: bytes, other: bytes) -> bytes:
    return other + pdf


def last_revision_of_another_file(pdf: bytes, other: bytes) -> bytes:
    return pdf[: revision_ends(pdf)[-2]] + other[revision_ends(other)[-2] :]


def signature_of_another_file(pdf: bytes, other: bytes) -> bytes:
    return _in_place(pdf, _nth(_CONTENTS, pdf, "DAU"), _nth(_CONTENTS, other, "DAU")[0])


def timestamp_of_another_file(pdf: bytes, other: bytes) -> bytes:
    return _in_place(pdf, _nth(_CONTENTS, pdf, "DTS"), _nth(_CONTENTS, other, "DTS")[0])


# The cross-reference chain.


def prev_loop(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    objects = painted(file)
    plain = file.updated(objects)
    return file.updated(objects, prev=last_xref(plain))


def prev_skips_every_signature(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    return file.updated(painted(file), prev=int(re.findall(rb"startxref\s+(\d+)", pdf)[0]))


def prev_skips_the_timestamp(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    return file.updated({file.size: b"null"}, prev=_previous_xref(pdf))


def hybrid_xref_stream(pdf: bytes, _: bytes) -> bytes:
    """The visible table is empty of tricks; the stream behind /XRefStm, which older readers ignore, holds another page content."""
    file = opened(pdf)
    ((number, body),) = painted(file).items()
    content_at = len(pdf)
    pdf += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    stream_at = len(pdf)
    rows = b"\x01" + content_at.to_bytes(4, "big") + b"\x00"
    entries = b"/Type /XRef /Size %d /W [1 4 1] /Index [%d 1] /Root %d 0 R" % (file.size + 1, number, file.root)
    pdf += b"%d 0 obj\n" % file.size + stream(entries, rows) + b"\nendobj\n"
    table_at = len(pdf)
    return (
        pdf
        + xref_table({file.size: stream_at})
        + b"trailer\n<< /Size %d /Root %d 0 R /Prev %d /XRefStm %d >>\n" % (file.size + 1, file.root, last_xref(file.pdf), stream_at)
        + b"startxref\n%d\n%%%%EOF\n" % table_at
    )


def garbage_appended(pdf: bytes, _: bytes) -> bytes:
    return pdf + b"rac ruoi" * 40


def page_content_changed_in_place(pdf: bytes, _: bytes) -> bytes:
    """The same length, so that every offset still fits."""
    at = opened(pdf).reader.xref[0][opened(pdf).reference(opened(pdf).page()[1], "/Contents")] + 300
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


STRUCTURE_ATTACKS: dict[str, Attack] = {
    **dict(universal_forgeries()),
    **dict(byte_range_tricks()),
    **{
        attack.__name__.replace("_", "-"): attack
        for attack in (
            isa_page_content,
            isa_page_content_without_xref,
            isa_body_without_trailer,
            isa_trailer_without_xref,
            isa_copies_the_last_startxref,
            isa_new_object_in_contents_array,
            swa_hole_filled,
            swa_signature_copied_into_a_later_revision,
            two_files_end_to_end,
            two_files_other_first,
            last_revision_of_another_file,
            signature_of_another_file,
            timestamp_of_another_file,
            prev_loop,
            prev_skips_every_signature,
            prev_skips_the_timestamp,
            hybrid_xref_stream,
            garbage_appended,
            page_content_changed_in_place,
        )
    },
}
