"""The QR code of a link, as vector graphics."""

import segno

_QUIET_ZONE = 4
"""Modules of white on every side (ISO/IEC 18004, 9.1)."""

_MASK = 2
"""The same mask for every code: readers take any, and weighing all eight costs more than the rest of the code."""


def qr_svg(url: str) -> str:
    """A QR code of error level Q (a quarter of it may be worn off) as one SVG path, quiet zone included.

    One path, because rectangles drawn one by one show hairlines between them in some viewers.
    """
    matrix = segno.make(url, error="q", boost_error=False, micro=False, mask=_MASK).matrix
    side = len(matrix) + 2 * _QUIET_ZONE
    runs = []
    for y, row in enumerate(matrix, start=_QUIET_ZONE):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            runs.append(f"M{start + _QUIET_ZONE} {y}h{x - start}v1h-{x - start}z")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#000" d="{"".join(runs)}"/></svg>'
