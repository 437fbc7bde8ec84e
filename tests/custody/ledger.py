"""An AttemptLedger for tests, which also tells in which order things happened."""

from collections import Counter
from dataclasses import dataclass, field

from signing_service.ids import KeyId


@dataclass
class MemoryLedger:
    counts: Counter[KeyId] = field(default_factory=Counter)
    events: list[str] = field(default_factory=list)

    def begin(self, key_id: KeyId) -> int:
        self.counts[key_id] += 1
        self.events.append("begin")
        return self.counts[key_id]

    def succeeded(self, key_id: KeyId) -> None:
        self.counts[key_id] = 0
        self.events.append("succeeded")
