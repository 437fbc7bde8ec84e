"""A certificate as the rest of the house reads it, and the anchors somebody chose to trust."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from signing_service.errors import InvalidInputError
from signing_service.trust.names import attribute, name_text
from signing_service.trust.signatures import read_signature_algorithm, signature_is_good

MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the two ASN.1 libraries raise on bytes that are not what they should be."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The parts of an X.509 certificate that decisions are made on; all of them follow from `der`, and two are equal when it is.

    `subject` and `issuer` are RFC 4514 text for people, the `_der` forms are for comparing. Times are aware, UTC, both ends included.
    `key_usage` has the names of RFC 5280, 4.2.1.3 (contentCommitment for bit 1), `extended_key_usage` dotted OIDs; None means that the
    extension is absent, and so it does for the key identifiers. `spki` is the SubjectPublicKeyInfo, `key_octets` the bits inside it,
    which OCSP hashes to name an issuer.
    """

    der: bytes = field(repr=False)
    subject: str = field(compare=False)
    subject_der: bytes = field(compare=False, repr=False)
    issuer: str = field(compare=False)
    issuer_der: bytes = field(compare=False, repr=False)
    common_name: str | None = field(compare=False)
    organisation: str | None = field(compare=False)
    serial: int = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    is_authority: bool = field(compare=False)
    key_usage: frozenset[str] | None = field(compare=False)
    extended_key_usage: tuple[str, ...] | None = field(compare=False)
    extended_key_usage_is_critical: bool = field(compare=False)
    subject_key_identifier: bytes | None = field(compare=False, repr=False)
    authority_key_identifier: bytes | None = field(compare=False, repr=False)
    has_ocsp_no_check: bool = field(compare=False)
    key_octets: bytes = field(compare=False, repr=False)
    spki: bytes = field(compare=False, repr=False)
    public_key: CertificatePublicKeyTypes = field(compare=False, repr=False)

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies within the validity period."""
        return self.not_before <= moment <= self.not_after

    def is_signed_by(self, issuer: "Certificate") -> bool:
        """Whether name and signature say that `issuer` issued this one; usage, validity and revocation are other questions."""
        parsed = asn1_x509.Certificate.load(self.der)
        try:
            algorithm = read_signature_algorithm(parsed["signature_algorithm"].dump())
        except MALFORMED:
            return False
        return self.issuer_der == issuer.subject_der and signature_is_good(
            issuer.public_key,
            algorithm,
            parsed["signature_value"].native,
            parsed["tbs_certificate"].dump(),
        )


@lru_cache(maxsize=64)
def read_certificate(der: bytes) -> Certificate:
    """Read a DER certificate. The few authorities that stand behind every file of a class are read once.

    Raises:
        InvalidInputError: it is none, or has a kind of key that is not known here (`certificate-unreadable`).
    """
    try:
        return _read(x509.load_der_x509_certificate(der))
    except MALFORMED:
        raise _unreadable() from None


def load_anchors(pem: bytes) -> tuple[Certificate, ...]:
    """Read the certificates of a PEM file, at least one; text between them is passed over.

    Raises:
        InvalidInputError: no certificate, or an unreadable one (`certificate-unreadable`).
    """
    try:
        return tuple(_read(certificate) for certificate in x509.load_pem_x509_certificates(pem))
    except MALFORMED:
        raise _unreadable() from None


_Kind = TypeVar("_Kind", bound=x509.ExtensionType)


def _read(certificate: x509.Certificate) -> Certificate:
    usage = _extension(certificate, x509.KeyUsage)
    extended = _extension(certificate, x509.ExtendedKeyUsage)
    basic = _extension(certificate, x509.BasicConstraints)
    subject_key = _extension(certificate, x509.SubjectKeyIdentifier)
    authority_key = _extension(certificate, x509.AuthorityKeyIdentifier)
    public_key = certificate.public_key()
    der = certificate.public_bytes(Encoding.DER)
    names = asn1_x509.Certificate.load(der)
    spki = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Certificate(
        der=der,
        subject=name_text(names.subject),
        subject_der=names.subject.dump(),
        issuer=name_text(names.issuer),
        issuer_der=names.issuer.dump(),
        common_name=attribute(names.subject, "common_name"),
        organisation=attribute(names.subject, "organization_name"),
        serial=certificate.serial_number,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        is_authority=basic is not None and basic.value.ca,
        key_usage=None if usage is None else _usages(usage.value),
        extended_key_usage=None if extended is None else tuple(oid.dotted_string for oid in extended.value),
        extended_key_usage_is_critical=extended is not None and extended.critical,
        subject_key_identifier=None if subject_key is None else subject_key.value.digest,
        authority_key_identifier=None if authority_key is None else authority_key.value.key_identifier,
        has_ocsp_no_check=_extension(certificate, x509.OCSPNoCheck) is not None,
        key_octets=bytes(asn1_keys.PublicKeyInfo.load(spki)["public_key"].contents[1:]),
        spki=spki,
        public_key=public_key,
    )


def _extension(certificate: x509.Certificate, kind: type[_Kind]) -> x509.Extension[_Kind] | None:
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


def _usages(usage: x509.KeyUsage) -> frozenset[str]:
    flags = {
        "digitalSignature": usage.digital_signature,
        "contentCommitment": usage.content_commitment,
        "keyEncipherment": usage.key_encipherment,
        "dataEncipherment": usage.data_encipherment,
        "keyAgreement": usage.key_agreement,
        "keyCertSign": usage.key_cert_sign,
        "cRLSign": usage.crl_sign,
    }
    return frozenset(name for name, is_set in flags.items() if is_set)


def _unreadable() -> InvalidInputError:
    return InvalidInputError(
        "certificate-unreadable",
        vi="Không đọc được chứng thư: tệp phải chứa chứng thư X.509.",
        en="The certificate cannot be read: X.509 is expected.",
    )
