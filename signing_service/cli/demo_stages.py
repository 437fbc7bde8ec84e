"""The stages of the demo: a bar for each while it is at work, and at the end a table of counts and seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.progress import Progress, TaskID
from rich.table import Table


@dataclass(slots=True)
class _Row:
    task: TaskID
    count: int = 0
    seconds: float = 0.0
    beside: bool = False


@dataclass(slots=True)
class Stages:
    """Counts and times by name; a stage that comes again, for the next class, goes on where it stood."""

    progress: Progress
    _rows: dict[str, _Row] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[], None]]:
        """Time a stage; the yielded function moves its bar on by one."""
        if name not in self._rows:
            self._rows[name] = _Row(self.progress.add_task(name, total=0))
        row = self._rows[name]
        row.count += total
        self.progress.update(row.task, total=row.count)
        begun = time.perf_counter()
        yield lambda: self.progress.advance(row.task)
        self.progress.update(row.task, completed=row.count)
        row.seconds += time.perf_counter() - begun

    def beside(self, name: str) -> Callable[[], None]:
        """A bar for what goes on beside the stages; its seconds are not counted, as they are others' too."""
        row = self._rows[name] = _Row(self.progress.add_task(name, total=None), beside=True)

        def advance() -> None:
            row.count += 1
            self.progress.update(row.task, advance=1, total=row.count)

        return advance

    def table(self, seconds: float) -> Table:
        """What was done; `seconds` is how long the whole took, of which some stages went on beside others."""
        table = Table(title="Ba lớp và một quyết định khen thưởng · three classes and an award decision")
        table.add_column("Bước · stage")
        table.add_column("Số lượng · count", justify="right")
        table.add_column("Giây · seconds", justify="right")
        for name, row in self._rows.items():
            table.add_row(name, str(row.count), "song song · beside" if row.beside else f"{row.seconds:.2f}")
        table.add_row("tất cả · all", "", f"{seconds:.2f}")
        return table
