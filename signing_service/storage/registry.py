"""Issued certificates, and log commitments."""

from datetime import datetime

from sqlmodel import Session, col, select

from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.repositories import LogCommitment
from signing_service.ids import DocumentId, KeyId, Sha256
from signing_service.storage.conflicts import conflict
from signing_service.storage.tables import CertificateRow, CommitmentRow
from signing_service.transparency.leaf import LeafKind


def _certificate(row: CertificateRow) -> StoredCertificate:
    return StoredCertificate(
        serial=int(row.serial),
        certificate=row.certificate,
        profile=row.profile,
        owner=row.owner,
        key=KeyId(row.key) if row.key else None,
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
        revocation_reason=row.revocation_reason,
    )


class SqlCertificates:
    """Issued certificates."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, certificate: StoredCertificate) -> None:
        """Add an issued certificate."""
        self._session.add(
            CertificateRow(
                serial=str(certificate.serial),
                certificate=certificate.certificate,
                profile=certificate.profile,
                owner=certificate.owner,
                key=certificate.key,
                issued_at=certificate.issued_at,
            )
        )
        self._session.flush()

    def by_serial(self, serial: int) -> StoredCertificate | None:
        """A certificate by its serial number, or None."""
        row = self._session.exec(select(CertificateRow).where(CertificateRow.serial == str(serial))).one_or_none()
        return _certificate(row) if row else None

    def of_owner(self, owner: str) -> StoredCertificate | None:
        """The newest certificate of an owner, or None."""
        query = select(CertificateRow).where(CertificateRow.owner == owner).order_by(col(CertificateRow.position).desc()).limit(1)
        row = self._session.exec(query).one_or_none()
        return _certificate(row) if row else None

    def of_profile(self, profile: str) -> tuple[StoredCertificate, ...]:
        """Every certificate of a profile, newest first."""
        query = select(CertificateRow).where(CertificateRow.profile == profile).order_by(col(CertificateRow.position).desc())
        return tuple(_certificate(row) for row in self._session.exec(query))

    def revoke(self, serial: int, *, at: datetime, reason: str) -> None:
        """Mark as revoked, once and for good."""
        row = self._session.exec(select(CertificateRow).where(CertificateRow.serial == str(serial))).one_or_none()
        if row is None or row.revoked_at is not None:
            raise conflict("certificate-not-revocable")
        row.revoked_at, row.revocation_reason = at, reason
        self._session.add(row)

    def revoked(self) -> tuple[StoredCertificate, ...]:
        """Every revoked certificate."""
        query = select(CertificateRow).where(col(CertificateRow.revoked_at).is_not(None)).order_by(col(CertificateRow.position))
        return tuple(_certificate(row) for row in self._session.exec(query))


def _commitment(row: CommitmentRow) -> LogCommitment:
    return LogCommitment(DocumentId(row.document), LeafKind(row.kind), Sha256(row.file), row.salt, row.log_index)


class SqlCommitments:
    """Log leaves of frozen files."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, document: DocumentId, kind: LeafKind, file: Sha256, salt: bytes) -> LogCommitment:
        """Store a commitment, or return the one that was drawn before."""
        before = self.get(document, kind)
        if before is not None:
            return before
        self._session.add(CommitmentRow(document=document, kind=kind, file=file, salt=salt))
        self._session.flush()
        return LogCommitment(document, kind, file, salt)

    def set_index(self, document: DocumentId, kind: LeafKind, index: int) -> None:
        """Note where the leaf stands in the log."""
        row = self._session.get(CommitmentRow, (document, kind))
        if row is None or row.log_index not in {None, index}:
            raise conflict("commitment-moved")
        row.log_index = index
        self._session.add(row)

    def get(self, document: DocumentId, kind: LeafKind = LeafKind.ISSUANCE) -> LogCommitment | None:
        """The commitment of a document, or None."""
        row = self._session.get(CommitmentRow, (document, kind))
        return _commitment(row) if row else None

    def unlogged(self, kind: LeafKind, *, limit: int) -> tuple[LogCommitment, ...]:
        """At most `limit` commitments of a kind that the log has not been seen to hold, by document."""
        query = select(CommitmentRow).where(CommitmentRow.kind == kind, col(CommitmentRow.log_index).is_(None))
        return tuple(_commitment(row) for row in self._session.exec(query.order_by(CommitmentRow.document).limit(limit)))
