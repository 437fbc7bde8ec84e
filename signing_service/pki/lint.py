"""The last look before an authority signs: the encoded certificate is read back and held against its profile."""

from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing_service.errors import IntegrityError
from signing_service.pki.profiles import LONGEST_VALIDITY, CertificateProfile, KeyUsage

_SERIAL_OCTETS = 20


def lint(draft: x509.Certificate, profile: CertificateProfile, *, issuer_not_after: datetime) -> None:
    """Refuse to let a certificate out that is not what its profile promises.

    Raises:
        IntegrityError: naming the broken promise (`certificate-lint`). It means a fault of this program, never of a person.
    """
    found = {extension.oid: extension for extension in draft.extensions}
    critical = {oid.dotted_string for oid, extension in found.items() if extension.critical}
    for promise, kept in (
        ("version", draft.version is x509.Version.v3),
        ("serial", draft.serial_number.bit_length() == _SERIAL_OCTETS * 8 - 1),
        ("validity", draft.not_valid_after_utc - draft.not_valid_before_utc <= LONGEST_VALIDITY[profile.key_purpose]),
        ("within-issuer", draft.not_valid_before_utc < draft.not_valid_after_utc <= issuer_not_after),
        ("key-usage", _usages(draft) == profile.key_usage),
        ("basic-constraints", _basic(draft) == (profile.is_authority, profile.path_length)),
        ("time-stamping", _is_time_stamping(draft) == (profile.extended_key_usage == "time-stamping")),
        ("revocation", profile.key_purpose == "root-ca" or profile.ocsp_no_check or profile.points_to_crl),
        ("critical", {"2.5.29.15", "2.5.29.19"} <= critical <= {"2.5.29.15", "2.5.29.19", "2.5.29.37"}),
        ("key-identifiers", {x509.SubjectKeyIdentifier.oid, x509.AuthorityKeyIdentifier.oid} <= found.keys()),
        ("policy", (x509.CertificatePolicies.oid in found) == (profile.policy is not None)),
    ):
        if not kept:
            raise IntegrityError(
                "certificate-lint",
                vi=f"Chứng thư sắp ký không đúng mẫu “{profile.name}” ({promise}); đã dừng, chưa ký gì.",
                en=f"The certificate about to be signed does not keep to the profile {profile.name} ({promise}); nothing was signed.",
            )


def _usages(draft: x509.Certificate) -> frozenset[KeyUsage]:
    usage = draft.extensions.get_extension_for_class(x509.KeyUsage).value
    unused = (usage.key_encipherment, usage.data_encipherment, usage.key_agreement)
    if any(unused):
        return frozenset()
    flags = {
        KeyUsage.CONTENT_COMMITMENT: usage.content_commitment,
        KeyUsage.DIGITAL_SIGNATURE: usage.digital_signature,
        KeyUsage.CERTIFICATE_SIGNING: usage.key_cert_sign,
        KeyUsage.CRL_SIGNING: usage.crl_sign,
    }
    return frozenset(usage for usage, is_set in flags.items() if is_set)


def _basic(draft: x509.Certificate) -> tuple[bool, int | None]:
    constraints = draft.extensions.get_extension_for_class(x509.BasicConstraints).value
    return constraints.ca, constraints.path_length


def _is_time_stamping(draft: x509.Certificate) -> bool:
    """Whether time-stamping is the critical, sole extended usage (RFC 3161, 2.3)."""
    for extension in draft.extensions:
        if isinstance(extension.value, x509.ExtendedKeyUsage):
            return extension.critical and list(extension.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return False
