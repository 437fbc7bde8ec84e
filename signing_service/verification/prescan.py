"""Limits that are cheap to check on raw bytes, before any parser sees them."""

import re
from enum import StrEnum
from typing import Final

_HEADER_WITHIN: Final = 1024
_MOST_REVISIONS: Final = 100
_MOST_OBJECTS: Final = 200_000
_MOST_XREF_ENTRIES: Final = 500_000
_WIDEST_XREF_ENTRY: Final = 16

_SIZE = re.compile(rb"/Size[\x00\t\n\x0c\r ]+([0-9]+)")
_WIDTHS = re.compile(rb"/W[\x00\t\n\x0c\r ]*\[([^\]]{0,64})\]")
_WIDTHS_BEGIN = re.compile(rb"/(?:W|#57)(?=[\x00\t\n\x0c\r %\[])")
_GAP = re.compile(rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*+)*+")
_NOTHING = rb"[\x00\t\n\x0c\r ]*+(?:\+?+[0.]++(?![1-9])|-[0-9.]++|false)"
_NO_WIDTH = re.compile(rb"\[(?:(?:" + _NOTHING + rb"){3}|(?:" + _NOTHING + rb"){0,2}[\x00\t\n\x0c\r ]*+%)")
_PARAMETERS = re.compile(rb"/Params[\x00\t\n\x0c\r ]*<<[^<>]*\Z")
_NEAR: Final = 300
_OBJECT = re.compile(rb"[0-9][\x00\t\n\x0c\r ]+obj\b")


class LimitExceeded(StrEnum):
    """Why a file is not given to a parser; the values are stable reason codes."""

    REVISIONS = "limit-revisions"
    OBJECTS = "limit-objects"
    XREF_SIZE = "limit-xref-size"
    XREF_WIDTH = "limit-xref-width"


def is_pdf(data: bytes) -> bool:
    """Whether `%PDF-` stands in the first 1,024 bytes (ISO 32000-1, annex H, note 13)."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def exceeded_limit(pdf: bytes) -> LimitExceeded | None:
    """The first limit that `pdf` exceeds: 100 revisions, 200,000 objects, 500,000 cross-reference entries of 1 to 16 bytes."""
    if pdf.count(b"startxref") > 2 * _MOST_REVISIONS:
        return LimitExceeded.REVISIONS
    if sum(1 for _ in _OBJECT.finditer(pdf)) > _MOST_OBJECTS:
        return LimitExceeded.OBJECTS
    if any(_is_too_large(found) for found in _SIZE.finditer(pdf)):
        return LimitExceeded.XREF_SIZE
    for widths in _WIDTHS.findall(pdf):
        parts = widths.split()
        # Fonts use /W too, with more numbers; a cross-reference stream has exactly three (ISO 32000-1, 7.5.8.2).
        is_xref = len(parts) == 3 and all(part.isdigit() for part in parts)  # noqa: PLR2004 - three fields, by the clause above
        if is_xref and sum(map(int, parts)) in {0, *range(_WIDEST_XREF_ENTRY + 1, 100)} and b"/XRef" in pdf:
            return LimitExceeded.XREF_WIDTH
    return LimitExceeded.XREF_WIDTH if _has_rows_without_width(pdf) else None


def _has_rows_without_width(pdf: bytes) -> bool:
    """Whether some /W, however spelled, begins with three widths of nothing: a reader would make rows for ever without reading a byte.

    A comment among them counts as well: nobody who means no harm writes one there.
    """
    looked_at = 0
    for found in _WIDTHS_BEGIN.finditer(pdf):
        gap = _GAP.match(pdf, found.end())
        end = found.end() if gap is None else gap.end()
        looked_at += end - found.end()
        if looked_at > len(pdf) or _NO_WIDTH.match(pdf, end):
            # Comments read over and over are no honest file either.
            return True
    return False


def _is_too_large(size: re.Match[bytes]) -> bool:
    """Attachments tell their size by the same name, inside /Params (ISO 32000-1, 7.11.4.2)."""
    digits = size[1].lstrip(b"0")
    if len(digits) <= len(str(_MOST_XREF_ENTRIES)) and int(digits or b"0") <= _MOST_XREF_ENTRIES:
        return False
    return _PARAMETERS.search(size.string, max(0, size.start() - _NEAR), size.start()) is None
