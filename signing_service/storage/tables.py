"""The tables. Rows are not the domain: they map to the frozen values of the rooms below and never leave this one."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Index, LargeBinary, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Refuse a moment without a zone, and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment without a time zone cannot be stored"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DocumentRow(SQLModel, table=True):
    """A document and where its case stands."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_batch", "unit", "batch", "year"), Index("ix_document_subject", "unit", "subject"))
    position: int | None = Field(default=None, primary_key=True)
    """Order of creation, so that a class stands in the order in which the school wrote it."""
    document: str = Field(unique=True)
    kind: str
    unit: str
    batch: str
    """Class name, or decision."""
    year: str
    """School year; empty for awards."""
    subject: str
    slot: str | None = Field(unique=True)
    """Held by one document at a time; closed documents hold none."""
    record: str = Field(unique=True)
    record_digest: str
    record_blob: str
    basis: str
    link_token: str = Field(unique=True)
    short_code: str = Field(unique=True)
    state: str = Field(index=True)
    head: str = Field(index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    waiting_for: str | None = None
    evidence: str | None = None
    report: str | None = None
    replaces: str | None = Field(default=None, index=True)


class IntentRow(SQLModel, table=True):
    """An outstanding signature; the primary key is what makes it the only one of its document."""

    __tablename__ = "intent"
    document: str = Field(primary_key=True)
    role: str
    consent: str
    prepared: str
    lease_until: datetime = Field(sa_type=UtcDateTime)
    signature_value: bytes | None = Field(default=None, sa_type=LargeBinary)


class ConsentRow(SQLModel, table=True):
    """An act. `items` holds `document head` lines."""

    __tablename__ = "consent"
    consent: str = Field(primary_key=True)
    person: str
    role: str
    items: str
    digest: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    redeemed: bool = False


class SealedKeyRow(SQLModel, table=True):
    """A private key, sealed; useless without the server secret and, for a person's, the PIN."""

    __tablename__ = "sealed_key"
    position: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    owner: str = Field(index=True)
    purpose: str
    sealed: bytes = Field(sa_type=LargeBinary)
    attempts: int = 0


class CertificateRow(SQLModel, table=True):
    """A certificate this service issued; the serial is decimal text because it has up to 160 bits."""

    __tablename__ = "certificate"
    position: int | None = Field(default=None, primary_key=True)
    serial: str = Field(unique=True)
    certificate: bytes = Field(sa_type=LargeBinary)
    profile: str = Field(index=True)
    owner: str = Field(index=True)
    key: str | None = None
    issued_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revocation_reason: str | None = None


class CommitmentRow(SQLModel, table=True):
    """A salted log leaf about a frozen file."""

    __tablename__ = "commitment"
    document: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    file: str
    salt: bytes = Field(sa_type=LargeBinary)
    log_index: int | None = None


class LogLeafRow(SQLModel, table=True):
    """One place in the log's order; places start at 0 and have no gap."""

    __tablename__ = "log_leaf"
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    commitment: bytes = Field(sa_type=LargeBinary, unique=True)


class LogTileRow(SQLModel, table=True):
    """One tile of the log, by its path."""

    __tablename__ = "log_tile"
    path: str = Field(primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class LogCheckpointRow(SQLModel, table=True):
    """The newest signed checkpoint; there is one row."""

    __tablename__ = "log_checkpoint"
    name: str = Field(primary_key=True)
    note: str
