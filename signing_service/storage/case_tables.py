"""Tables of what people decide about cases: recalls, returns, opened years."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from signing_service.storage.tables import UtcDateTime


class RecallRow(SQLModel, table=True):
    """A request to take a document back."""

    __tablename__ = "recall"
    position: int | None = Field(default=None, primary_key=True)
    recall: str = Field(unique=True)
    document: str = Field(index=True)
    standing: str | None = Field(unique=True)
    """The document again while the request is open or approved, so that there is one; null once refused."""
    reason: str
    explanation: str
    requested_by: str
    requested_at: datetime = Field(sa_type=UtcDateTime)
    state: str
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remark: str | None = None


class CaseEventRow(SQLModel, table=True):
    """One line of the audit trail; rows are only ever added."""

    __tablename__ = "case_event"
    position: int | None = Field(default=None, primary_key=True)
    document: str = Field(index=True)
    event: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    words: str


class YearOpeningRow(SQLModel, table=True):
    """A closed school year that a school may change again."""

    __tablename__ = "year_opening"
    position: int | None = Field(default=None, primary_key=True)
    school: str = Field(index=True)
    school_year: str
    until: date
    reason: str
    approved_by: str
    approved_at: datetime = Field(sa_type=UtcDateTime)
