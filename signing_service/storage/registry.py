"""Schools and people, issued certificates, and log commitments."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select

from signing_service.actions.repositories import LogCommitment, StoredCertificate
from signing_service.directory.people import Appointment, Office, Person, School
from signing_service.ids import DocumentId, KeyId, PersonCode, SchoolCode, Sha256
from signing_service.storage.conflicts import conflict
from signing_service.storage.tables import AppointmentRow, CertificateRow, CommitmentRow, PersonRow, SchoolRow


def _school(row: SchoolRow) -> School:
    return School(
        code=SchoolCode(row.code),
        name=row.name,
        commune=row.commune,
        province=row.province,
        place_of_issue=row.place_of_issue,
        department_code=row.department_code,
        department_name=row.department_name,
    )


class SqlStaff:
    """Schools, people and appointments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_school(self, school: School) -> None:
        """Add or replace a school."""
        self._session.merge(SchoolRow(**asdict(school)))

    def add_person(self, person: Person) -> None:
        """Add or replace a person."""
        self._session.merge(PersonRow(code=person.code, name=person.name, personal_id=person.personal_id))

    def appoint(self, appointment: Appointment) -> None:
        """Add an appointment; the same one twice changes nothing."""
        if appointment in self.appointments_of(appointment.person):
            return
        self._session.add(
            AppointmentRow(
                person=appointment.person,
                school=appointment.school,
                office=appointment.office,
                since=appointment.since,
                until=appointment.until,
                class_name=appointment.class_name,
                school_year=appointment.school_year,
            )
        )

    def school(self, code: SchoolCode) -> School | None:
        """A school, or None."""
        row = self._session.get(SchoolRow, code)
        return _school(row) if row else None

    def schools(self) -> tuple[School, ...]:
        """Every school, by code."""
        return tuple(_school(row) for row in self._session.exec(select(SchoolRow).order_by(SchoolRow.code)))

    def members_of(self, school: SchoolCode) -> tuple[Person, ...]:
        """Everybody who was ever appointed at a school, by code."""
        query = (
            select(PersonRow)
            .join(AppointmentRow, col(AppointmentRow.person) == col(PersonRow.code))
            .where(AppointmentRow.school == school)
            .distinct()
            .order_by(PersonRow.code)
        )
        return tuple(Person(PersonCode(row.code), row.name, row.personal_id) for row in self._session.exec(query))

    def person(self, code: PersonCode) -> Person | None:
        """A person, or None."""
        row = self._session.get(PersonRow, code)
        return Person(PersonCode(row.code), row.name, row.personal_id) if row else None

    def appointments_of(self, person: PersonCode) -> tuple[Appointment, ...]:
        """Every appointment of a person."""
        rows = self._session.exec(select(AppointmentRow).where(AppointmentRow.person == person).order_by(col(AppointmentRow.id)))
        return tuple(
            Appointment(
                person=PersonCode(row.person),
                school=SchoolCode(row.school),
                office=Office(row.office),
                since=row.since,
                until=row.until,
                class_name=row.class_name,
                school_year=row.school_year,
            )
            for row in rows
        )


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


class SqlCommitments:
    """Log leaves of frozen files."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, document: DocumentId, file: Sha256, salt: bytes) -> LogCommitment:
        """Store a commitment, or return the one that was drawn before."""
        before = self.get(document)
        if before is not None:
            return before
        self._session.add(CommitmentRow(document=document, file=file, salt=salt))
        self._session.flush()
        return LogCommitment(document, file, salt)

    def set_index(self, document: DocumentId, index: int) -> None:
        """Note where the leaf stands in the log."""
        row = self._session.get(CommitmentRow, document)
        if row is None or row.log_index not in {None, index}:
            raise conflict("commitment-moved")
        row.log_index = index
        self._session.add(row)

    def get(self, document: DocumentId) -> LogCommitment | None:
        """The commitment of a document, or None."""
        row = self._session.get(CommitmentRow, document)
        return LogCommitment(DocumentId(row.document), Sha256(row.file), row.salt, row.log_index) if row else None
