"""Tables of award decisions."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from signing_service.storage.tables import UtcDateTime


class AwardDecisionRow(SQLModel, table=True):
    """One award decision; `place` is the number that only one decision of an office and year may hold, None once it gave it back."""

    __tablename__ = "award_decision"
    position: int | None = Field(default=None, primary_key=True)
    decision: str = Field(unique=True)
    place: str | None = Field(default=None, unique=True)
    unit: str
    number: str
    dated: date
    content: str
    kept: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class GoldenBookRow(SQLModel, table=True):
    """One number of a golden book; the primary key is what makes it the only one."""

    __tablename__ = "golden_book"
    place: str = Field(primary_key=True)
    decision: str = Field(index=True)
