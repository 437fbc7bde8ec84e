"""A whole public-key infrastructure in memory for tests: keys that live only in this process, certificates by the shipped profiles."""

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from signing_service.clock import Clock, SystemClock
from signing_service.errors import RefusedError
from signing_service.ids import KeyId, new_key_id
from signing_service.pki.authority import CertificateAuthority, RevokedCertificate, create_root
from signing_service.pki.names import SubjectName
from signing_service.pki.ocsp import OcspResponder, Standing
from signing_service.pki.policies import TIMESTAMPING_POLICY
from signing_service.pki.profiles import certificate_profile
from signing_service.ports import KeyAlgorithm, KeyPurpose, PublicKey, SigningKey
from signing_service.timestamping.authority import TimestampAuthority
from signing_service.timestamping.client import LocalTimestamper

BASE_URL = "http://ho-so.truong-vi-du.invalid"
SCHOOL = "Trường THCS Ví Dụ"


class EphemeralKey:
    """A SigningKey that is never stored, so it needs no seal."""

    def __init__(
        self,
        purpose: KeyPurpose,
        private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey,
        rsa_padding: padding.AsymmetricPadding | None = None,
    ) -> None:
        self.key_id: KeyId = new_key_id()
        self.purpose = purpose
        self._private = private
        self._padding = rsa_padding or padding.PKCS1v15()

    @property
    def public_key(self) -> PublicKey:
        return self._private.public_key()

    def sign(self, message: bytes, *, purpose: KeyPurpose) -> bytes:
        if purpose is not self.purpose:
            raise RefusedError("key-purpose-mismatch", vi="Khóa không dùng cho việc này.", en="The key is not for this use.")
        if isinstance(self._private, ed25519.Ed25519PrivateKey):
            return self._private.sign(message)
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(message, self._padding, hashes.SHA256())
        return self._private.sign(message, ec.ECDSA(hashes.SHA256()))


def ephemeral_key(purpose: KeyPurpose, algorithm: KeyAlgorithm = KeyAlgorithm.P_256) -> EphemeralKey:
    """Ed25519 for the log, else P-256 unless RSA is asked for."""
    if algorithm is KeyAlgorithm.RSA_3072_PKCS1:
        return EphemeralKey(purpose, rsa.generate_private_key(65537, 3072))
    if algorithm is KeyAlgorithm.RSA_3072_PSS:
        return EphemeralKey(purpose, rsa.generate_private_key(65537, 3072), padding.PSS(padding.MGF1(hashes.SHA256()), 32))
    if purpose is KeyPurpose.TRANSPARENCY_LOG:
        return EphemeralKey(purpose, ed25519.Ed25519PrivateKey.generate())
    return EphemeralKey(purpose, ec.generate_private_key(ec.SECP256R1()))


@dataclass(slots=True)
class Ledger:
    """What the issuing authority issued and revoked; tests revoke by `revoke(certificate, entry)`."""

    issued: set[int] = field(default_factory=set)
    revoked: dict[int, RevokedCertificate] = field(default_factory=dict)

    def status_of(self, serial: int) -> Standing | RevokedCertificate:
        if serial in self.revoked:
            return self.revoked[serial]
        return Standing.GOOD if serial in self.issued else Standing.NEVER_ISSUED

    def revoke(self, entry: RevokedCertificate) -> None:
        self.revoked[entry.serial] = entry


@dataclass(frozen=True, slots=True)
class Identity:
    """A key and its certificate (DER)."""

    key: SigningKey
    certificate: bytes

    @property
    def serial(self) -> int:
        return x509.load_der_x509_certificate(self.certificate).serial_number


@dataclass(frozen=True, slots=True)
class ExamplePki:
    """Everything a signer or a verifier needs, and the ledger through which a test revokes."""

    root: CertificateAuthority
    issuing: CertificateAuthority
    tsa: Identity
    ocsp: Identity
    homeroom: Identity
    principal: Identity
    seal: Identity
    responder: OcspResponder
    timestamp_authority: TimestampAuthority
    timestamper: LocalTimestamper
    ledger: Ledger

    @property
    def anchors_pem(self) -> bytes:
        """The root alone, as `trust.pem` holds it."""
        return x509.load_der_x509_certificate(self.root.certificate).public_bytes(Encoding.PEM)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """What stands above a signer's certificate: issuing authority, root."""
        return (self.issuing.certificate, self.root.certificate)

    def revocation_lists(self, number: int = 1) -> tuple[bytes, ...]:
        """Fresh CRLs of the issuing authority (with the ledger's revocations) and of the root."""
        return (self.issuing.revocation_list(number, tuple(self.ledger.revoked.values())), self.root.revocation_list(number, ()))

    def another(self, profile: str, subject: SubjectName, purpose: KeyPurpose) -> Identity:
        """One more certificate with a fresh key from the issuing authority."""
        return _identity(self.issuing, self.ledger, profile, subject, purpose)


def _identity(authority: CertificateAuthority, ledger: Ledger, profile: str, subject: SubjectName, purpose: KeyPurpose) -> Identity:
    key = ephemeral_key(purpose, certificate_profile(profile).algorithm)
    identity = Identity(key, authority.issue(profile, subject, key.public_key))
    ledger.issued.add(identity.serial)
    return identity


def example_pki(
    clock: Clock | None = None,
    base_url: str = BASE_URL,
    signer_profiles: tuple[str, str, str] = ("person", "person", "seal"),
) -> ExamplePki:
    """A fresh infrastructure whose certificates begin at the clock's moment; `signer_profiles` are homeroom's, principal's, seal's."""
    homeroom_profile, principal_profile, seal_profile = signer_profiles
    clock = clock or SystemClock()
    ledger = Ledger()
    root_key = ephemeral_key(KeyPurpose.ROOT_CA)
    root = CertificateAuthority(create_root(SubjectName("Gốc tin cậy Ví Dụ", SCHOOL), root_key, base_url, clock), root_key, base_url, clock)
    issuing_key = ephemeral_key(KeyPurpose.ISSUING_CA)
    issuing_certificate = root.issue("issuing-ca", SubjectName("Cơ quan cấp chứng thư Ví Dụ", SCHOOL), issuing_key.public_key)
    issuing = CertificateAuthority(issuing_certificate, issuing_key, base_url, clock)

    def identity(profile: str, purpose: KeyPurpose, subject: SubjectName) -> Identity:
        return _identity(issuing, ledger, profile, subject, purpose)

    tsa = identity("tsa", KeyPurpose.TIMESTAMPING, SubjectName("Dấu thời gian Ví Dụ", SCHOOL))
    ocsp = identity("ocsp-responder", KeyPurpose.OCSP_RESPONDER, SubjectName("Trả lời OCSP Ví Dụ", SCHOOL))
    authority = TimestampAuthority((tsa.certificate, issuing.certificate), tsa.key, clock, TIMESTAMPING_POLICY)
    return ExamplePki(
        root=root,
        issuing=issuing,
        tsa=tsa,
        ocsp=ocsp,
        homeroom=identity(
            homeroom_profile,
            KeyPurpose.PERSON_SIGNATURE,
            SubjectName("Nguyễn Thị Ví Dụ", SCHOOL, title="Giáo viên chủ nhiệm", serial_number="GV-0001"),
        ),
        principal=identity(
            principal_profile,
            KeyPurpose.PERSON_SIGNATURE,
            SubjectName("Y Blŏ Niê Ví Dụ", SCHOOL, title="Hiệu trưởng", serial_number="GV-0002"),
        ),
        seal=identity(seal_profile, KeyPurpose.ORGANISATION_SEAL, SubjectName(SCHOOL, SCHOOL, serial_number="99000001")),
        responder=OcspResponder(ocsp.certificate, ocsp.key, issuing.certificate, clock, ledger.status_of),
        timestamp_authority=authority,
        timestamper=LocalTimestamper(authority),
        ledger=ledger,
    )
