"""Give a person or a school's seal its key and certificate, born together; an earlier key stays for what it signed and signs no more."""

from dataclasses import dataclass

from cryptography import x509

from signing_service.actions.repositories import Database, StoredCertificate
from signing_service.actions.services import KeyMaker, SigningSecret
from signing_service.actions.set_up_authorities import ISSUING
from signing_service.clock import Clock
from signing_service.directory.people import Office, Person, School
from signing_service.errors import InvalidInputError
from signing_service.ids import PersonCode, SchoolCode
from signing_service.pki.authority import CertificateAuthority
from signing_service.pki.names import SubjectName
from signing_service.ports import KeyPurpose


def person_owner(person: PersonCode) -> str:
    """The name under which a person's key and certificate are kept."""
    return f"person:{person}"


def seal_owner(school: SchoolCode) -> str:
    """The name under which a school's seal is kept."""
    return f"seal:{school}"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Makes keys and certificates for people and seals."""

    database: Database
    keys: KeyMaker
    clock: Clock
    base_url: str

    def person(self, person: Person, school: School, office: Office, pin: SigningSecret) -> None:
        """A signing key under the person's own PIN.

        Raises:
            InvalidInputError: the PIN is too short (`pin-length`).
        """
        subject = SubjectName(person.name, school.name, title=office.label, serial_number=person.code)
        self._issue(person_owner(person.code), "person", KeyPurpose.PERSON_SIGNATURE, subject, pin)

    def seal(self, school: School) -> None:
        """The school's seal; it is used only in an act of the clerk, decided in `access`."""
        subject = SubjectName(school.name, school.name, serial_number=school.code)
        self._issue(seal_owner(school.code), "seal", KeyPurpose.ORGANISATION_SEAL, subject, None)

    def _issue(self, owner: str, profile: str, purpose: KeyPurpose, subject: SubjectName, pin: SigningSecret | None) -> None:
        with self.database.begin() as unit:
            authority = unit.certificates.of_owner(ISSUING)
        if authority is None:
            raise InvalidInputError(
                "not-initialised",
                vi="Dịch vụ chưa được khởi tạo; chạy `signing-service init` trước.",
                en="The service is not initialised; run `signing-service init` first.",
            )
        key_id, public_key = self.keys.create(owner, purpose, pin)
        with self.keys.open(ISSUING, None, key=authority.key) as key:
            certificate = CertificateAuthority(authority.certificate, key, self.base_url, self.clock).issue(profile, subject, public_key)
        with self.database.begin() as unit:
            unit.certificates.add(
                StoredCertificate(
                    serial=x509.load_der_x509_certificate(certificate).serial_number,
                    certificate=certificate,
                    profile=profile,
                    owner=owner,
                    key=key_id,
                    issued_at=self.clock.now(),
                )
            )
