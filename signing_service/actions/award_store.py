"""What award decisions need to be remembered, as a protocol; `storage` fulfils it with the guarantees of `repositories.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from signing_service.ids import DecisionId, Sha256, UnitCode
from signing_service.records.awards.decision import Section


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """An award decision's row."""

    decision: DecisionId
    unit: UnitCode
    number: str
    dated: date
    content: Sha256
    """Digest of what the office asserts (`decision_digest`): the same workbook twice is recognised by it."""
    kept: Sha256
    """Blob of the `KeptDecision`."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class GoldenBookNumber:
    """A number of a half of an office's golden book (sổ vàng)."""

    section: Section
    number: int
    scope: str
    """What the numbers are counted in: a decision's identifier, or a calendar year."""


class AwardDecisions(Protocol):
    """Award decisions and the numbers that they use up."""

    def add(self, decision: StoredDecision, numbers: tuple[GoldenBookNumber, ...]) -> None:
        """Add a decision with its golden-book numbers.

        Raises:
            ConflictError: the office has a decision with this number in this year, or one of the golden-book numbers is taken.
        """
        ...

    def get(self, decision: DecisionId) -> StoredDecision | None:
        """A decision, or None."""
        ...

    def standing(self, unit: UnitCode, number: str, year: int) -> StoredDecision | None:
        """The decision that holds a number of an office in a calendar year, or None."""
        ...

    def numbers_taken(self, unit: UnitCode, numbers: tuple[GoldenBookNumber, ...]) -> tuple[GoldenBookNumber, ...]:
        """Those of `numbers` that another decision of the office uses."""
        ...

    def release(self, decision: DecisionId, *, numbers: bool) -> None:
        """Give the decision's number back to another decision, and with `numbers` its golden-book numbers: it was never issued."""
        ...


def line_subject(section: Section, number: int) -> str:
    """The subject of a certificate within its decision, such as `individual/12`; the decision's own is empty."""
    return f"{section.value}/{number}"


def number_key(number: str) -> str:
    """Equal for two spellings of one decision's number: spaces, capitals and leading noughts do not matter."""
    return "".join(number.split()).upper().lstrip("0")
