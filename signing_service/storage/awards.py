"""Award decisions and golden-book numbers."""

from sqlmodel import Session, col, delete, select

from signing_service.actions.award_store import GoldenBookNumber, StoredDecision, number_key
from signing_service.ids import DecisionId, Sha256, UnitCode
from signing_service.storage.award_tables import AwardDecisionRow, GoldenBookRow


def _decision(row: AwardDecisionRow) -> StoredDecision:
    return StoredDecision(
        decision=DecisionId(row.decision),
        unit=UnitCode(row.unit),
        number=row.number,
        dated=row.dated,
        content=Sha256(row.content),
        kept=Sha256(row.kept),
        created_at=row.created_at,
    )


def _place(unit: UnitCode, year: int, number: str) -> str:
    return f"{unit}/{year}/{number_key(number)}"


def _number_place(unit: UnitCode, number: GoldenBookNumber) -> str:
    return f"{unit}/{number.scope}/{number.section}/{number.number}"


class SqlAwardDecisions:
    """Award decisions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, decision: StoredDecision, numbers: tuple[GoldenBookNumber, ...]) -> None:
        """Add a decision with its golden-book numbers; a number that is taken is a conflict."""
        self._session.add(
            AwardDecisionRow(
                decision=decision.decision,
                place=_place(decision.unit, decision.dated.year, decision.number),
                unit=decision.unit,
                number=decision.number,
                dated=decision.dated,
                content=decision.content,
                kept=decision.kept,
                created_at=decision.created_at,
            )
        )
        self._session.add_all(GoldenBookRow(place=_number_place(decision.unit, number), decision=decision.decision) for number in numbers)
        self._session.flush()

    def get(self, decision: DecisionId) -> StoredDecision | None:
        """A decision, or None."""
        row = self._row(decision)
        return _decision(row) if row else None

    def standing(self, unit: UnitCode, number: str, year: int) -> StoredDecision | None:
        """The decision that holds a number, or None."""
        place = _place(unit, year, number)
        row = self._session.exec(select(AwardDecisionRow).where(AwardDecisionRow.place == place)).one_or_none()
        return _decision(row) if row else None

    def numbers_taken(self, unit: UnitCode, numbers: tuple[GoldenBookNumber, ...]) -> tuple[GoldenBookNumber, ...]:
        """Those of `numbers` that another decision uses."""
        places = {_number_place(unit, number): number for number in numbers}
        taken = set(self._session.exec(select(GoldenBookRow.place).where(col(GoldenBookRow.place).in_(places))))
        return tuple(number for place, number in places.items() if place in taken)

    def release(self, decision: DecisionId, *, numbers: bool) -> None:
        """Give the decision's number back, and with `numbers` its golden-book numbers."""
        row = self._row(decision)
        if row is not None:
            row.place = None
            self._session.add(row)
        if numbers:
            self._session.exec(delete(GoldenBookRow).where(col(GoldenBookRow.decision) == decision))
        self._session.flush()

    def _row(self, decision: DecisionId) -> AwardDecisionRow | None:
        return self._session.exec(select(AwardDecisionRow).where(AwardDecisionRow.decision == decision)).one_or_none()
