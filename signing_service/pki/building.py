"""From profile, names and key to the certificate an authority is about to sign (RFC 5280, 4.1 and 4.2)."""

import secrets
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from signing_service.pki.profiles import CertificateProfile, ExtendedUsage, KeyUsage
from signing_service.pki.urls import PublicUrls

_SERIAL_BITS = 158
"""Random bits in a serial number. With the fixed bit above them every serial takes exactly the 20 octets RFC 5280, 4.1.2.2 allows."""

_EXTENDED_USAGE = {
    ExtendedUsage.TIME_STAMPING: ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedUsage.OCSP_SIGNING: ExtendedKeyUsageOID.OCSP_SIGNING,
}


def draft(
    profile: CertificateProfile,
    *,
    subject: bytes,
    public_key: ec.EllipticCurvePublicKey | RSAPublicKey,
    issuer: bytes,
    issuer_key: ec.EllipticCurvePublicKey,
    issuer_name: str,
    urls: PublicUrls,
    not_before: datetime,
    not_after: datetime,
) -> x509.Certificate:
    """The certificate with every field final, signed only by a key made for this one call and thrown away.

    Its to-be-signed bytes are linted first and then signed by the authority's key, which can be used but not handed to the encoder.
    `subject` and `issuer` are DER names.
    """
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([]))
        .public_key(public_key)
        .serial_number((1 << _SERIAL_BITS) | secrets.randbits(_SERIAL_BITS))
        .not_valid_before(not_before)
        .not_valid_after(not_after)
    )
    for extension, critical in _extensions(profile, public_key, issuer_key, issuer_name, urls):
        builder = builder.add_extension(extension, critical=critical)
    unsigned = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    named = asn1_x509.Certificate.load(unsigned.public_bytes(Encoding.DER))
    named["tbs_certificate"]["subject"] = asn1_x509.Name.load(subject)
    named["tbs_certificate"]["issuer"] = asn1_x509.Name.load(issuer)
    return x509.load_der_x509_certificate(named.dump(force=True))


def _extensions(
    profile: CertificateProfile,
    public_key: ec.EllipticCurvePublicKey | RSAPublicKey,
    issuer_key: ec.EllipticCurvePublicKey,
    issuer_name: str,
    urls: PublicUrls,
) -> list[tuple[x509.ExtensionType, bool]]:
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=profile.is_authority, path_length=profile.path_length), True),
        (_key_usage(profile.key_usage), True),
        (x509.SubjectKeyIdentifier.from_public_key(public_key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), False),
    ]
    if profile.extended_key_usage is not None:
        # RFC 3161, 2.3 asks for criticality of the TSA; RFC 6960, 4.2.2.2 does not of the responder, and old clients stumble over it there.
        critical = profile.extended_key_usage is ExtendedUsage.TIME_STAMPING
        extensions.append((x509.ExtendedKeyUsage([_EXTENDED_USAGE[profile.extended_key_usage]]), critical))
    if profile.policy is not None:
        policy = x509.PolicyInformation(x509.ObjectIdentifier(profile.policy), None)
        extensions.append((x509.CertificatePolicies([policy]), False))
    access = []
    if profile.points_to_ocsp:
        access.append(_access(AuthorityInformationAccessOID.OCSP, urls.ocsp))
    if profile.points_to_issuer:
        access.append(_access(AuthorityInformationAccessOID.CA_ISSUERS, urls.ca_certificate(issuer_name)))
    if access:
        extensions.append((x509.AuthorityInformationAccess(access), False))
    if profile.points_to_crl:
        place = x509.DistributionPoint([x509.UniformResourceIdentifier(urls.revocation_list(issuer_name))], None, None, None)
        extensions.append((x509.CRLDistributionPoints([place]), False))
    if profile.ocsp_no_check:
        extensions.append((x509.OCSPNoCheck(), False))
    return extensions


def _access(method: x509.ObjectIdentifier, url: str) -> x509.AccessDescription:
    return x509.AccessDescription(method, x509.UniformResourceIdentifier(url))


def _key_usage(usages: frozenset[KeyUsage]) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=KeyUsage.DIGITAL_SIGNATURE in usages,
        content_commitment=KeyUsage.CONTENT_COMMITMENT in usages,
        key_cert_sign=KeyUsage.CERTIFICATE_SIGNING in usages,
        crl_sign=KeyUsage.CRL_SIGNING in usages,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
