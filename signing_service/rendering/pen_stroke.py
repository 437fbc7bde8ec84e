"""An invented signature: a pen line whose shape is drawn from a name and from nothing else.

It stands in where nobody has handed in a picture of their own signature. It is decoration: what binds a person is the digital
signature in the field that the line is drawn in.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from typing import Final

_STEPS_PER_LOOP: Final = 22
_THINNEST: Final = 0.010
_THICKEST: Final = 0.028
_SLANT: Final = 0.42


def _draws(name: str) -> Callable[[float, float], float]:
    """A source of numbers that depend only on the name."""
    digest = hashlib.shake_256(b"signing-service pen stroke\x00" + name.encode()).digest(256)
    numbers = iter(digest)

    def between(low: float, high: float) -> float:
        return low + (high - low) * next(numbers) / 255

    return between


def _centre_line(name: str) -> list[tuple[float, float]]:
    """The way of the pen, in units of the height, y upwards: loops like letters, then a flourish below them."""
    between = _draws(name)
    loops = 4 + round(between(0, 3))
    heights = [1.0, *(between(0.22, 0.62) for _ in range(loops - 1)), between(0.1, 0.25)]
    heights[1 + round(between(0, loops - 2))] = between(0.75, 0.95)
    advance = [between(0.20, 0.34) for _ in range(loops + 1)]
    roundness = between(0.09, 0.16)
    points = []
    left = 0.0
    for loop in range(loops):
        for step in range(_STEPS_PER_LOOP):
            part = step / _STEPS_PER_LOOP
            eased = part * part * (3 - 2 * part)
            height = heights[loop] * (1 - eased) + heights[loop + 1] * eased
            angle = 2 * math.pi * part
            y = height * (1 - math.cos(angle)) / 2
            x = left + advance[loop] * part + roundness * (0.5 + heights[loop]) * math.sin(angle)
            points.append((x + _SLANT * y, y))
        left += advance[loop]
    end_x, end_y = points[-1]
    sweep = [
        (end_x, end_y),
        (end_x + between(0.5, 0.8), between(0.25, 0.5)),
        (end_x + 0.1, between(-0.35, -0.2)),
        (-0.2, between(-0.3, -0.2)),
    ]
    back = [sweep[-1], (-0.45, -0.22), (0.3, between(-0.12, -0.02)), (end_x + between(0.3, 0.6), between(-0.18, -0.05))]
    return [*points, *_bezier(sweep), *_bezier(back)]


def _bezier(corners: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    steps = 2 * _STEPS_PER_LOOP
    for step in range(1, steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield sum(w * x for w, (x, _) in zip(weights, corners, strict=True)), sum(w * y for w, (_, y) in zip(weights, corners, strict=True))


def _outline(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Both edges of a pen that presses harder on the way down and lifts at both ends."""
    left_edge, right_edge = [], []
    last = len(line) - 1
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, last)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        pressure = (1 - dy / length) / 2
        lifted = min(1.0, index / 8, (last - index) / 14)
        half = (_THINNEST + (_THICKEST - _THINNEST) * pressure) * lifted / 2 + 0.003
        left_edge.append((x - dy / length * half, y + dx / length * half))
        right_edge.append((x + dy / length * half, y - dx / length * half))
    return left_edge + right_edge[::-1]


def pen_stroke_svg(name: str, *, colour: str) -> str:
    """The line as one filled SVG path, its view box closely around it."""
    edge = _outline(_centre_line(name))
    lowest_x, lowest_y = min(x for x, _ in edge), min(y for _, y in edge)
    highest_x, highest_y = max(x for x, _ in edge), max(y for _, y in edge)
    path = " ".join(f"{(x - lowest_x) * 1000:.0f},{(highest_y - y) * 1000:.0f}" for x, y in edge)
    box = f"0 0 {(highest_x - lowest_x) * 1000:.0f} {(highest_y - lowest_y) * 1000:.0f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path fill="{colour}" d="M{path}z"/></svg>'
