"""A certification authority: issues certificates by profile and says which it has revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from signing_service.clock import Clock
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.pki.assembly import require_algorithm, require_p256, sign_structure
from signing_service.pki.building import draft
from signing_service.pki.lint import lint
from signing_service.pki.names import SubjectName
from signing_service.pki.profiles import CertificateProfile, certificate_profile
from signing_service.pki.urls import PublicUrls
from signing_service.ports import KeyPurpose, PublicKey, SigningKey
from signing_service.trust.certificates import read_certificate
from signing_service.trust.reasons import RevocationReason

CRL_VALIDITY = {KeyPurpose.ROOT_CA: timedelta(days=90), KeyPurpose.ISSUING_CA: timedelta(days=7)}
"""How long a CRL may be relied on. The root's is long because its key is taken out for few and planned occasions."""


@dataclass(frozen=True, slots=True)
class RevokedCertificate:
    """One entry of a CRL: serial number, the moment (aware, to the second) from which the certificate no longer counts, and why."""

    serial: int
    at: datetime
    reason: RevocationReason


def create_root(subject: SubjectName, key: SigningKey, base_url: str, clock: Clock) -> bytes:
    """DER of a new self-signed root certificate by the profile `root-ca`.

    Raises:
        RefusedError: the key is not a P-256 root key (`certificate-key-algorithm`, `key-purpose-mismatch`).
        InvalidInputError: the base URL is none (`base-url`).
    """
    profile = certificate_profile("root-ca")
    public_key = require_p256(key.public_key)
    now = _to_the_second(clock.now())
    name = subject.to_der()
    certificate = draft(
        profile,
        subject=name,
        public_key=public_key,
        issuer=name,
        issuer_key=public_key,
        issuer_name=_name_of(profile.key_purpose, public_key),
        urls=PublicUrls(base_url),
        not_before=now,
        not_after=now + profile.validity - _ONE_SECOND,
    )
    lint(certificate, profile, issuer_not_after=certificate.not_valid_after_utc)
    return sign_structure(certificate.tbs_certificate_bytes, key, profile.key_purpose)


def authority_name(certificate: bytes) -> str:
    """What an authority (DER) is called in addresses, such as `issuing-ca-3f2a9c01`: a new key has a new name, old addresses stay true.

    Raises:
        RefusedError: not a P-256 certificate (`certificate-key-algorithm`).
    """
    read = read_certificate(certificate)
    purpose = KeyPurpose.ROOT_CA if read.subject_der == read.issuer_der else KeyPurpose.ISSUING_CA
    return _name_of(purpose, require_p256(read.public_key))


class CertificateAuthority:
    """The root or an issuing authority: its certificate and the key that belongs to it."""

    def __init__(self, certificate: bytes, key: SigningKey, base_url: str, clock: Clock) -> None:
        """Take `certificate` (DER) and its key.

        Raises:
            RefusedError: the key is not the certificate's (`authority-key-mismatch`), or not an authority's (`key-purpose-mismatch`).
        """
        self._own = read_certificate(certificate)
        self._key = key
        self._public_key = require_p256(key.public_key)
        self._urls = PublicUrls(base_url)
        self._clock = clock
        if self._own.public_key != self._public_key:
            raise RefusedError(
                "authority-key-mismatch",
                vi="Khóa không thuộc về chứng thư của cơ quan cấp này.",
                en="The key does not belong to this authority's certificate.",
            )
        if key.purpose not in CRL_VALIDITY:
            raise RefusedError(
                "key-purpose-mismatch",
                vi="Khóa này không phải khóa của cơ quan cấp chứng thư.",
                en="This key is not the key of a certification authority.",
            )

    @property
    def certificate(self) -> bytes:
        """DER of the authority's own certificate."""
        return self._own.der

    @property
    def name(self) -> str:
        """What the authority is called in addresses; see `authority_name`."""
        return _name_of(self._key.purpose, self._public_key)

    def issue(self, profile_name: str, subject: SubjectName, public_key: PublicKey) -> bytes:
        """DER of a new certificate, valid from now (never backdated), for the profile's time but never longer than the authority itself.

        Raises:
            InvalidInputError: no such profile (`certificate-profile-unknown`).
            RefusedError: this authority may not issue by that profile (`profile-issuer`), the key is not of its kind
                (`certificate-key-algorithm`) or is the authority's own (`certificate-key-reused`), or the authority's certificate is not
                valid now (`authority-expired`).
        """
        profile = certificate_profile(profile_name)
        applicant = require_algorithm(public_key, profile.algorithm)
        now = _to_the_second(self._clock.now())
        self._check(profile, applicant, now)
        certificate = draft(
            profile,
            subject=subject.to_der(),
            public_key=applicant,
            issuer=self._own.subject_der,
            issuer_key=self._public_key,
            issuer_name=self.name,
            urls=self._urls,
            not_before=now,
            not_after=min(now + profile.validity - _ONE_SECOND, self._own.not_after),
        )
        lint(certificate, profile, issuer_not_after=self._own.not_after)
        return sign_structure(certificate.tbs_certificate_bytes, self._key, self._key.purpose)

    def revocation_list(self, number: int, revoked: Sequence[RevokedCertificate]) -> bytes:
        """DER of a complete CRL (RFC 5280, 5) over everything this authority issued; `number` grows with every list.

        Raises:
            InvalidInputError: the number is not positive, or a serial stands twice (`crl-input`).
        """
        if number < 1 or len({entry.serial for entry in revoked}) != len(revoked):
            raise InvalidInputError(
                "crl-input",
                vi="Số của danh sách thu hồi phải lớn hơn 0 và mỗi chứng thư chỉ có một dòng.",
                en="A CRL needs a number above 0 and at most one entry for each certificate.",
            )
        now = _to_the_second(self._clock.now())
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(x509.Name([]))
            .last_update(now)
            .next_update(now + CRL_VALIDITY[self._key.purpose])
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._public_key), critical=False)
            .add_extension(x509.CRLNumber(number), critical=False)
        )
        for entry in sorted(revoked, key=lambda entry: entry.serial):
            builder = builder.add_revoked_certificate(_crl_entry(entry))
        unsigned = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
        named = asn1_crl.TbsCertList.load(unsigned.tbs_certlist_bytes)
        named["issuer"] = asn1_x509.Name.load(self._own.subject_der)
        return sign_structure(named.dump(force=True), self._key, self._key.purpose)

    def _check(self, profile: CertificateProfile, applicant: PublicKey, now: datetime) -> None:
        if profile.issuer is not self._key.purpose or profile.issuer is profile.key_purpose:
            raise RefusedError(
                "profile-issuer",
                vi=f"Cơ quan cấp này không được cấp chứng thư theo mẫu “{profile.name}”.",
                en=f"This authority may not issue certificates by the profile {profile.name}.",
            )
        if applicant == self._public_key:
            raise RefusedError(
                "certificate-key-reused",
                vi="Không cấp chứng thư mới cho chính khóa của cơ quan cấp.",
                en="An authority does not certify its own key for another use.",
            )
        if not self._own.not_before <= now < self._own.not_after:
            raise RefusedError(
                "authority-expired",
                vi="Chứng thư của cơ quan cấp không còn hiệu lực; hãy lập cơ quan cấp mới trước.",
                en="The authority's own certificate is not valid now; make a new issuing authority first.",
            )


_ONE_SECOND = timedelta(seconds=1)
"""A validity period includes both of its ends (RFC 5280, 4.1.2.5)."""


def _name_of(purpose: KeyPurpose, public_key: ec.EllipticCurvePublicKey) -> str:
    identifier = x509.SubjectKeyIdentifier.from_public_key(public_key).digest
    return f"{purpose}-{identifier[:4].hex()}"


def _to_the_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _crl_entry(entry: RevokedCertificate) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(entry.serial).revocation_date(_to_the_second(entry.at))
    # RFC 5280, 5.3.1: an unspecified reason is told by leaving the extension out.
    if entry.reason is not RevocationReason.UNSPECIFIED:
        builder = builder.add_extension(x509.CRLReason(_REASON_FLAGS[entry.reason]), critical=False)
    return builder.build()


_REASON_FLAGS = {
    RevocationReason.KEY_COMPROMISE: x509.ReasonFlags.key_compromise,
    RevocationReason.CA_COMPROMISE: x509.ReasonFlags.ca_compromise,
    RevocationReason.AFFILIATION_CHANGED: x509.ReasonFlags.affiliation_changed,
    RevocationReason.SUPERSEDED: x509.ReasonFlags.superseded,
    RevocationReason.CESSATION_OF_OPERATION: x509.ReasonFlags.cessation_of_operation,
    RevocationReason.CERTIFICATE_HOLD: x509.ReasonFlags.certificate_hold,
    RevocationReason.REMOVE_FROM_CRL: x509.ReasonFlags.remove_from_crl,
    RevocationReason.PRIVILEGE_WITHDRAWN: x509.ReasonFlags.privilege_withdrawn,
    RevocationReason.AA_COMPROMISE: x509.ReasonFlags.aa_compromise,
}
