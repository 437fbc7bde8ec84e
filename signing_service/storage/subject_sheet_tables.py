"""Tables of subject sheets."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from signing_service.storage.tables import UtcDateTime


class SubjectSheetRow(SQLModel, table=True):
    """One version of one subject's sheet."""

    __tablename__ = "subject_sheet"
    __table_args__ = (UniqueConstraint("school", "class_name", "school_year", "subject", "version"),)
    position: int | None = Field(default=None, primary_key=True)
    sheet: str = Field(unique=True)
    school: str
    class_name: str
    school_year: str
    subject: str
    version: int
    lines: str
    content: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    signed: str | None = Field(default=None, unique=True)
    signature: str | None = None


class SheetIntentRow(SQLModel, table=True):
    """An outstanding signature of a sheet; the primary key is what makes it the only one."""

    __tablename__ = "sheet_intent"
    sheet: str = Field(primary_key=True)
    consent: str
    content: str
    prepared: str
    lease_until: datetime = Field(sa_type=UtcDateTime)
    signature_value: bytes | None = Field(default=None, sa_type=LargeBinary)


class SheetConsentRow(SQLModel, table=True):
    """An act of a subject teacher. `items` holds `sheet content` lines."""

    __tablename__ = "sheet_consent"
    consent: str = Field(primary_key=True)
    person: str
    items: str
    digest: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    redeemed: bool = False
