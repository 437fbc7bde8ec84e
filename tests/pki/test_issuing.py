from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from signing_service.clock import FixedClock
from signing_service.errors import InvalidInputError, RefusedError
from signing_service.pki.authority import CertificateAuthority, authority_name, create_root
from signing_service.pki.names import SubjectName
from signing_service.pki.profiles import certificate_profile
from signing_service.pki.urls import PublicUrls
from signing_service.ports import KeyPurpose
from tests.pki_factory import BASE_URL, ExamplePki, ephemeral_key, example_pki

NAME = SubjectName("Nguyễn Văn Ví Dụ", "Trường Ví Dụ")
LEAVES = {"tsa": "tsa", "ocsp": "ocsp-responder", "homeroom": "person", "seal": "seal"}


def loaded(pki: ExamplePki, identity: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(getattr(pki, identity).certificate)


@pytest.mark.parametrize("identity", LEAVES)
def test_a_certificate_carries_what_its_profile_promises(pki: ExamplePki, identity: str) -> None:
    certificate, profile = loaded(pki, identity), certificate_profile(LEAVES[identity])
    extensions = certificate.extensions
    urls = PublicUrls(BASE_URL)
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    policies = extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert [policy.policy_identifier.dotted_string for policy in policies] == [profile.policy]
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    places = {entry.access_method: entry.access_location.value for entry in access}
    expected = {AuthorityInformationAccessOID.CA_ISSUERS: urls.ca_certificate(pki.issuing.name)}
    if identity in {"homeroom", "seal"}:
        expected[AuthorityInformationAccessOID.OCSP] = urls.ocsp
    assert places == expected
    issuer_key = x509.load_der_x509_certificate(pki.issuing.certificate).extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    authority_key = extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert authority_key.key_identifier == issuer_key.value.digest
    if identity == "ocsp":
        assert x509.OCSPNoCheck() in [extension.value for extension in extensions]
    else:
        (place,) = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        assert place.full_name == [x509.UniformResourceIdentifier(urls.revocation_list(pki.issuing.name))]


@pytest.mark.parametrize("identity", ["homeroom", "principal", "seal"])
def test_people_and_seals_have_content_commitment_only(pki: ExamplePki, identity: str) -> None:
    usage = loaded(pki, identity).extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    others = ("digital_signature", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    assert not any(getattr(usage.value, other) for other in others)


def test_the_time_stamp_authority_has_a_critical_and_sole_usage(pki: ExamplePki) -> None:
    usage = loaded(pki, "tsa").extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert usage.critical
    assert list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def test_validity_begins_now_to_the_second_and_lasts_the_profiles_time() -> None:
    moment = datetime(2026, 9, 5, 7, 30, 15, 999999, tzinfo=UTC)
    pki = example_pki(FixedClock(moment))
    certificate = loaded(pki, "homeroom")
    assert certificate.not_valid_before_utc == moment.replace(microsecond=0)
    lasts = certificate.not_valid_after_utc - certificate.not_valid_before_utc + timedelta(seconds=1)
    assert lasts == certificate_profile("person").validity


def test_nothing_outlives_its_issuer() -> None:
    start = datetime(2026, 9, 5, tzinfo=UTC)
    pki = example_pki(FixedClock(start))
    key = ephemeral_key(KeyPurpose.ISSUING_CA)
    certificate = pki.root.issue("issuing-ca", NAME, key.public_key)
    ends = x509.load_der_x509_certificate(certificate).not_valid_after_utc
    late = CertificateAuthority(certificate, key, BASE_URL, FixedClock(ends - timedelta(days=30)))
    issued = x509.load_der_x509_certificate(late.issue("person", NAME, ephemeral_key(KeyPurpose.PERSON_SIGNATURE).public_key))
    assert issued.not_valid_after_utc == ends
    for moment in (ends, ends + timedelta(days=1), start - timedelta(days=1)):
        ended = CertificateAuthority(certificate, key, BASE_URL, FixedClock(moment))
        with pytest.raises(RefusedError, match="authority-expired"):
            ended.issue("person", NAME, ephemeral_key(KeyPurpose.PERSON_SIGNATURE).public_key)


def test_serial_numbers_are_random_positive_and_of_full_length(pki: ExamplePki) -> None:
    key = ephemeral_key(KeyPurpose.PERSON_SIGNATURE).public_key
    serials = [x509.load_der_x509_certificate(pki.issuing.issue("person", NAME, key)).serial_number for _ in range(50)]
    assert len(set(serials)) == 50
    assert all(serial.bit_length() == 159 for serial in serials)
    ones = 0
    zeros = (1 << 158) - 1
    for serial in serials:
        ones |= serial
        zeros &= serial
    assert ones.bit_count() - zeros.bit_count() >= 128, "at least 128 bits change from one serial to the next"


@pytest.mark.parametrize(
    ("authority", "profile"),
    [
        ("root", "person"),
        ("root", "seal"),
        ("root", "tsa"),
        ("root", "ocsp-responder"),
        ("root", "root-ca"),
        ("issuing", "issuing-ca"),
        ("issuing", "root-ca"),
    ],
)
def test_an_authority_keeps_to_its_own_profiles(pki: ExamplePki, authority: str, profile: str) -> None:
    with pytest.raises(RefusedError, match="profile-issuer"):
        getattr(pki, authority).issue(profile, NAME, ephemeral_key(KeyPurpose.PERSON_SIGNATURE).public_key)


def test_unfit_keys_get_no_certificate(pki: ExamplePki) -> None:
    for key in (ec.generate_private_key(ec.SECP384R1()).public_key(), ed25519.Ed25519PrivateKey.generate().public_key()):
        with pytest.raises(RefusedError, match="certificate-key-algorithm"):
            pki.issuing.issue("person", NAME, key)
    own = x509.load_der_x509_certificate(pki.issuing.certificate).public_key()
    assert isinstance(own, ec.EllipticCurvePublicKey)
    with pytest.raises(RefusedError, match="certificate-key-reused"):
        pki.issuing.issue("person", NAME, own)


def test_an_authority_needs_its_own_key_and_the_purpose(pki: ExamplePki) -> None:
    with pytest.raises(RefusedError, match="authority-key-mismatch"):
        CertificateAuthority(pki.issuing.certificate, ephemeral_key(KeyPurpose.ISSUING_CA), BASE_URL, FixedClock(datetime.now(UTC)))
    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        CertificateAuthority(pki.seal.certificate, pki.seal.key, BASE_URL, FixedClock(datetime.now(UTC)))
    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        create_root(NAME, ephemeral_key(KeyPurpose.ISSUING_CA), BASE_URL, FixedClock(datetime.now(UTC)))


def test_an_authoritys_name_follows_from_its_certificate_and_changes_with_its_key(pki: ExamplePki) -> None:
    assert authority_name(pki.issuing.certificate) == pki.issuing.name
    assert authority_name(pki.root.certificate) == pki.root.name
    assert example_pki().issuing.name != pki.issuing.name


@pytest.mark.parametrize(
    "url",
    [
        "",
        "vi-du.invalid",
        "ftp://vi-du.invalid",
        "https://",
        "https://vi-du.invalid/",
        "https://vi-du.invalid/?a",
        "https://ví-dụ.invalid",
        "https://a/#b",
    ],
)
def test_a_base_url_that_certificates_could_not_live_with_is_refused(url: str) -> None:
    with pytest.raises(InvalidInputError, match="base-url"):
        PublicUrls(url)
