"""The table of access codes."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from signing_service.storage.tables import UtcDateTime


class AccessCodeRow(SQLModel, table=True):
    """The hash of a document's access code, and the wrong tries since the last right one."""

    __tablename__ = "access_code"
    document: str = Field(primary_key=True)
    hashed: str
    drawn_at: datetime = Field(sa_type=UtcDateTime)
    wrong_tries: int
    closed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
