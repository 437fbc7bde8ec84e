"""CPU time of repeated work, by named stage: immune to a busy machine, and deaf to waiting."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ROUNDS = 5


@dataclass
class Stopwatch:
    """Milliseconds of CPU time, all threads of this process together; per stage, one figure for each time it was entered."""

    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block as one call of the stage."""
        start = time.process_time_ns()
        yield
        self.figures[name].append((time.process_time_ns() - start) / 1e6)


@dataclass(frozen=True)
class Timing:
    """Median over the rounds of the mean CPU time of a call in one round."""

    milliseconds: float
    calls: int


def measure(work: Callable[[Stopwatch], object], *, times: int) -> dict[str, Timing]:
    """Do `work` once to warm up and then `times` times in each round; every stage it enters becomes a timing."""
    work(Stopwatch())
    means: dict[str, list[float]] = defaultdict(list)
    calls: dict[str, int] = defaultdict(int)
    for _ in range(ROUNDS):
        watch = Stopwatch()
        for _ in range(times):
            work(watch)
        for name, figures in watch.figures.items():
            means[name].append(statistics.fmean(figures))
            calls[name] += len(figures)
    return {name: Timing(statistics.median(values), calls[name]) for name, values in means.items()}
