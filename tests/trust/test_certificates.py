from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.trust.certificates import Certificate, load_anchors, read_certificate
from tests.pki_factory import SCHOOL, ExamplePki, example_pki

SHARED = example_pki()
MOMENT = datetime(2026, 9, 5, tzinfo=UTC)

# A damaged certificate may have a negative serial number, of which the library only warns as yet.
WARNS = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")


def test_what_decisions_are_made_on_is_read(pki: ExamplePki) -> None:
    certificate = read_certificate(pki.homeroom.certificate)
    assert certificate.common_name == "Nguyễn Thị Ví Dụ"
    assert certificate.organisation == SCHOOL
    assert certificate.subject == f"CN=Nguyễn Thị Ví Dụ,serialNumber=GV-0001,title=Giáo viên chủ nhiệm,O={SCHOOL},C=VN"
    assert certificate.serial == pki.homeroom.serial
    assert certificate.key_usage == frozenset({"contentCommitment"})
    assert certificate.extended_key_usage is None
    assert not certificate.is_authority
    issuing = read_certificate(pki.issuing.certificate)
    assert issuing.is_authority
    assert issuing.key_usage == frozenset({"keyCertSign", "cRLSign"})
    assert certificate.authority_key_identifier == issuing.subject_key_identifier
    tsa = read_certificate(pki.tsa.certificate)
    assert (tsa.extended_key_usage, tsa.extended_key_usage_is_critical) == (("1.3.6.1.5.5.7.3.8",), True)
    assert read_certificate(pki.ocsp.certificate).has_ocsp_no_check


def test_validity_includes_both_ends(pki: ExamplePki) -> None:
    certificate = read_certificate(pki.seal.certificate)
    second = timedelta(seconds=1)
    assert certificate.is_valid_at(certificate.not_before)
    assert certificate.is_valid_at(certificate.not_after)
    assert not certificate.is_valid_at(certificate.not_before - second)
    assert not certificate.is_valid_at(certificate.not_after + second)


def test_only_the_issuer_has_signed(pki: ExamplePki) -> None:
    seal, issuing, root = (read_certificate(der) for der in (pki.seal.certificate, pki.issuing.certificate, pki.root.certificate))
    assert seal.is_signed_by(issuing)
    assert issuing.is_signed_by(root)
    assert root.is_signed_by(root)
    assert not seal.is_signed_by(root)
    assert not seal.is_signed_by(read_certificate(example_pki().issuing.certificate)), "same name, another key"


def renamed(der: bytes, parts: dict[str, str]) -> bytes:
    """The certificate under another subject; its signature no longer fits, which does not matter for reading."""
    certificate = asn1_x509.Certificate.load(der)
    certificate["tbs_certificate"]["subject"] = asn1_x509.Name.build(parts)
    octets: bytes = certificate.dump(force=True)
    return octets


def test_names_longer_than_the_standard_allows_are_read_in_silence(pki: ExamplePki) -> None:
    long = "Ủy ban nhân dân " * 9
    certificate = read_certificate(renamed(pki.seal.certificate, {"country_name": "VN", "common_name": long}))
    assert certificate.common_name == long


def test_the_text_of_a_name_cannot_be_mistaken_for_another(pki: ExamplePki) -> None:
    certificate = read_certificate(renamed(pki.seal.certificate, {"organization_name": "#1", "common_name": 'Ví Dụ,O=Sở "A"\\+ '}))
    assert certificate.subject == 'CN=Ví Dụ\\,O\\=Sở \\"A\\"\\\\\\+\\ ,O=\\#1'
    assert certificate.organisation == "#1"


@pytest.mark.parametrize("kind", ["rsa", "rsa-pss", "ec-p384", "ed25519"])
def test_certificates_of_other_authorities_are_read_too(kind: str) -> None:
    def self_signed() -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nơi khác")])
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
        builder = builder.not_valid_before(MOMENT).not_valid_after(MOMENT + timedelta(days=1))
        if kind == "ed25519":
            edwards = ed25519.Ed25519PrivateKey.generate()
            return builder.public_key(edwards.public_key()).sign(edwards, None)
        if kind == "ec-p384":
            elliptic = ec.generate_private_key(ec.SECP384R1())
            return builder.public_key(elliptic.public_key()).sign(elliptic, hashes.SHA384())
        modulus = rsa.generate_private_key(65537, 2048)
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if kind == "rsa-pss" else None
        return builder.public_key(modulus.public_key()).sign(modulus, hashes.SHA256(), rsa_padding=scheme)

    certificate = read_certificate(self_signed().public_bytes(Encoding.DER))
    assert certificate.is_signed_by(certificate)
    assert (certificate.key_usage, certificate.subject_key_identifier) == (None, None)


def test_anchors_come_from_pem_with_text_between(pki: ExamplePki) -> None:
    other = example_pki()
    anchors = load_anchors(b"Ghi chu\n" + pki.anchors_pem + b"\n# two\n" + other.anchors_pem)
    assert [anchor.der for anchor in anchors] == [pki.root.certificate, other.root.certificate]


@pytest.mark.parametrize("pem", [b"", b"text", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_without_anchors_is_told(pem: bytes) -> None:
    with pytest.raises(InvalidInputError, match="certificate-unreadable"):
        load_anchors(pem)


@given(st.binary(max_size=100))
def test_garbage_is_a_named_error(garbage: bytes) -> None:
    with pytest.raises(InvalidInputError, match="certificate-unreadable"):
        read_certificate(garbage)


@WARNS
@given(st.integers(0, len(SHARED.seal.certificate) - 1), st.integers(0, 255))
def test_a_damaged_certificate_is_unreadable_or_not_signed(position: int, octet: int) -> None:
    whole = SHARED.seal.certificate
    damaged = whole[:position] + bytes([octet]) + whole[position + 1 :]
    if damaged == whole:
        return
    try:
        certificate = read_certificate(damaged)
    except InvalidInputError:
        return
    assert isinstance(certificate, Certificate)
    assert not certificate.is_signed_by(read_certificate(SHARED.issuing.certificate))
