"""Which verification links a PDF carries, even one that no reader can follow: whoever copies a page copies its link with it."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from signing_service.ids import LinkToken

_LINK: Final = re.compile(rb"/v/([0-9a-hjkmnp-tv-z]{32})(?![0-9A-Za-z])")
_STREAM: Final = re.compile(rb"stream\r?\n")
_MOST_LINKS: Final = 8
_MOST_INFLATED: Final = 64 * 1024 * 1024
"""Octets over all streams; a page's link stands in a small one."""


def links_in(pdf: bytes) -> tuple[LinkToken, ...]:
    """The tokens of links that stand in the file as text, plain or deflated, at most eight, in the order of their first place."""
    found: dict[bytes, None] = {}
    for piece in _pieces(pdf):
        found |= dict.fromkeys(_LINK.findall(piece))
        if len(found) >= _MOST_LINKS:
            break
    return tuple(LinkToken(token.decode("ascii")) for token in list(found)[:_MOST_LINKS])


def _pieces(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    left = _MOST_INFLATED
    for begin in _STREAM.finditer(pdf):
        if left <= 0:
            return
        end = pdf.find(b"endstream", begin.end())
        if end < 0:
            return
        try:
            inflated = zlib.decompressobj().decompress(pdf[begin.end() : end], left)
        except zlib.error:
            continue
        left -= len(inflated)
        yield inflated
