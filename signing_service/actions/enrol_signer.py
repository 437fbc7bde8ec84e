"""Give a person or a unit's seal its key and certificate, born together; an earlier key stays for what it signed and signs no more."""

from dataclasses import dataclass

from cryptography import x509

from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.repositories import Database
from signing_service.actions.services import KeyMaker, SigningSecret
from signing_service.actions.set_up_authorities import ISSUING
from signing_service.clock import Clock
from signing_service.directory.people import Office, Person
from signing_service.directory.units import OrganisationUnit
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ids import PersonCode, UnitCode
from signing_service.pki.authority import CertificateAuthority
from signing_service.pki.names import SubjectName
from signing_service.pki.profiles import certificate_profile
from signing_service.ports import KeyPurpose


def person_owner(person: PersonCode) -> str:
    """The name under which a person's key and certificate are kept."""
    return f"person:{person}"


def seal_owner(unit: UnitCode) -> str:
    """The name under which a unit's seal is kept."""
    return f"seal:{unit}"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Makes keys and certificates for people and seals."""

    database: Database
    keys: KeyMaker
    clock: Clock
    base_url: str

    def person(self, person: Person, unit: OrganisationUnit, office: Office, pin: SigningSecret, *, profile: str = "person") -> None:
        """A signing key under the person's own PIN: one key, whatever offices and at however many units, so it names no class.

        `unit` and `office` are the person's main ones; `profile` decides the kind of key (`keys/profiles`). After a forgotten PIN, a new
        key; the certificate of the lost one stays for what it signed.

        Raises:
            InvalidInputError: the PIN is too short (`pin-length`).
        """
        subject = SubjectName(person.name, unit.name, title=office.label, serial_number=person.code)
        self._issue(person_owner(person.code), profile, KeyPurpose.PERSON_SIGNATURE, subject, pin)

    def seal(self, unit: OrganisationUnit, *, profile: str = "seal") -> None:
        """The seal of a school or an office; it is used only in an act of the clerk, decided in `access`.

        Raises:
            RefusedError: the unit was merged into another (`merged-before`).
        """
        if unit.merged_into is not None:
            raise RefusedError(
                "merged-before",
                vi=f"Đơn vị {unit.code} đã sáp nhập vào đơn vị {unit.merged_into.into}; không cấp con dấu nữa.",
                en=f"Unit {unit.code} was merged into unit {unit.merged_into.into}; it gets no seal any more.",
            )
        subject = SubjectName(unit.name, unit.name, serial_number=unit.code)
        self._issue(seal_owner(unit.code), profile, KeyPurpose.ORGANISATION_SEAL, subject, None)

    def _issue(self, owner: str, profile: str, purpose: KeyPurpose, subject: SubjectName, pin: SigningSecret | None) -> None:
        with self.database.begin() as unit:
            authority = unit.certificates.of_owner(ISSUING)
        if authority is None:
            raise InvalidInputError(
                "not-initialised",
                vi="Dịch vụ chưa được khởi tạo; chạy `signing-service init` trước.",
                en="The service is not initialised; run `signing-service init` first.",
            )
        key_id, public_key = self.keys.create(owner, purpose, pin, certificate_profile(profile).algorithm)
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
