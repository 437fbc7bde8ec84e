"""`python -m bench`: a table of CPU milliseconds, ours beside plain pyHanko."""

import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.material import bench
from bench.ours import issue
from bench.plain_pyhanko import PlainPyHanko
from bench.stopwatch import ROUNDS, Stopwatch, Timing, measure

SIGNATURES = 3


def _row(name: str, ours: float | None, plain: float | None) -> str:
    def shown(value: float | None) -> str:
        return f"{value:10.2f}" if value is not None else f"{'–':>10}"

    ratio = f"{plain / ours:8.1f}×" if ours and plain else f"{'–':>9}"
    return f"{name:<44}{shown(ours)}{shown(plain)}{ratio}"


def _table(ours: dict[str, Timing], plain: dict[str, Timing]) -> Iterable[str]:
    def of_ours(*stages: str) -> float:
        return sum(ours[stage].milliseconds for stage in stages)

    yield f"{'CPU time, milliseconds':<44}{'ours':>10}{'pyHanko':>10}{'ratio':>9}"
    yield _row("render (Typst; pyHanko does not render)", of_ours("render"), None)
    yield _row("one signature, B-B", of_ours("prepare", "sign", "embed"), plain["sign B-B"].milliseconds)
    for stage, what in (("prepare", "check and write"), ("sign", "key"), ("embed", "check and embed")):
        yield _row(f"    {stage} ({what})", of_ours(stage), None)
    yield _row("one signature, B-T (TSA included)", of_ours("prepare", "sign", "time-stamp", "embed"), plain["sign B-T"].milliseconds)
    yield _row("three OCSP answers", of_ours("ask"), None)
    yield _row("finish: three signatures to B-LTA", of_ours("finish"), plain["finish"].milliseconds)
    yield _row("verify three signatures, B-LTA", of_ours("verify"), plain["verify"].milliseconds)
    whole = of_ours("render", "ask", "finish", "verify") + SIGNATURES * of_ours("prepare", "sign", "time-stamp", "embed")
    plain_whole = (
        of_ours("render", "ask") + plain["finish"].milliseconds + plain["verify"].milliseconds + SIGNATURES * plain["sign B-T"].milliseconds
    )
    yield _row("end to end, one document (our rendering)", whole, plain_whole)
    yield f"{'documents per second, end to end, one core':<44}{1000 / whole:10.2f}{1000 / plain_whole:10.2f}{plain_whole / whole:8.1f}×"


def main() -> None:
    """Measure and print."""
    # pyHanko logs whole tracebacks of what it tries and passes over.
    logging.disable(logging.CRITICAL)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    material = bench()
    ours_timings = measure(lambda watch: issue(material, watch), times=5)
    with TemporaryDirectory() as folder:
        plain = PlainPyHanko(material, issue(material, Stopwatch()), Path(folder))
        plain_timings = measure(plain.issue, times=3)
    for line in _table(ours_timings, plain_timings):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"\nMedian of {ROUNDS} rounds, one core, warm; P-256, in-process authorities, no database.\n")


if __name__ == "__main__":
    main()
