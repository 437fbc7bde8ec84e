"""Which characters the text font can draw, read from the font's own character map."""

import struct
import unicodedata
from functools import lru_cache
from typing import Final

from signing_service.rendering.typesetter import text_font_file

_UNICODE_FULL: Final = ((3, 10), (0, 4), (0, 6))
_SEGMENTED_COVERAGE: Final = 12
_NOT_PRINTABLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, formatting characters and private use: they draw nothing, or nothing that everybody reads alike."""


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    """Every code point with a glyph (OpenType `cmap`, format 12)."""
    data = text_font_file().read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4s4xII", data, 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, offset, _length in records if tag == b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    subtables = {(p, e): cmap + offset for p, e, offset in (struct.unpack_from(">HHI", data, cmap + 4 + 8 * i) for i in range(count))}
    start = next(subtables[key] for key in _UNICODE_FULL if key in subtables)
    if struct.unpack_from(">H", data, start)[0] != _SEGMENTED_COVERAGE:
        raise ValueError(text_font_file().name)
    groups = struct.unpack_from(">I", data, start + 12)[0]
    points: set[int] = set()
    for i in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * i)
        points.update(range(first if glyph else first + 1, last + 1))
    return frozenset(points)


def undrawable_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` that the font cannot draw, each once, in order of first appearance; a line feed is fine."""
    drawable = _drawable()
    return tuple(dict.fromkeys(c for c in text if c != "\n" and (ord(c) not in drawable or unicodedata.category(c) in _NOT_PRINTABLE)))
