"""A SignerInfo names its digest twice: a weak one in the signature's own parameters must not hide behind a strong one beside them."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signing_service.verification.cms import BadCmsError, check_cms
from signing_service.verification.report import SubIndication

COVERED = b"nhung octet duoc ky"
_SALT = 20
_HASHES: dict[str, hashes.HashAlgorithm] = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}  # noqa: S303 - the weak one is the attack
_PLAIN_ECDSA = {"sha1": "0.4.0.127.0.7.1.1.4.1.1", "sha256": "0.4.0.127.0.7.1.1.4.1.3"}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certificate_of(key: Key) -> asn1_x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ky Thu Mau")])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(begin).not_valid_after(begin + timedelta(days=365)).sign(key, hashes.SHA256())
    return asn1_x509.Certificate.load(made.public_bytes(Encoding.DER))


def container(key: Key, algorithm: algos.SignedDigestAlgorithm, value: bytes, attributes: cms.CMSAttributes) -> bytes:
    certificate = certificate_of(key)
    sid = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", sid),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": algorithm,
            "signature": value,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [info],
        }
    )
    der: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return der


def signed_attributes() -> cms.CMSAttributes:
    digest = hashlib.sha256(COVERED).digest()
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": "content_type", "values": ["data"]}), cms.CMSAttribute({"type": "message_digest", "values": [digest]})]
    )


def pss(digest: str) -> bytes:
    attributes = signed_attributes()
    value = rsa_key().sign(attributes.dump(), padding.PSS(padding.MGF1(_HASHES[digest]), _SALT), _HASHES[digest])
    named = {
        "hash_algorithm": {"algorithm": digest},
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": digest}},
        "salt_length": _SALT,
    }
    return container(
        rsa_key(), algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(named)}), value, attributes
    )


def plain_ecdsa(digest: str) -> bytes:
    attributes = signed_attributes()
    r, s = decode_dss_signature(ec_key().sign(attributes.dump(), ec.ECDSA(_HASHES[digest])))
    value = r.to_bytes(32) + s.to_bytes(32)
    algorithm = algos.SignedDigestAlgorithm({"algorithm": _PLAIN_ECDSA[digest]})
    return container(ec_key(), algorithm, value, attributes)


@pytest.mark.parametrize("made", [pss, plain_ecdsa])
def test_the_digest_of_the_signature_is_the_one_that_is_judged(made: Callable[[str], bytes]) -> None:
    assert check_cms(made("sha256"), COVERED, sub_filter="ETSI.CAdES.detached").digest_algorithm == "sha256"


@pytest.mark.parametrize("made", [pss, plain_ecdsa])
def test_sha1_in_the_parameters_does_not_hide_behind_sha256_beside_them(made: Callable[[str], bytes]) -> None:
    with pytest.raises(BadCmsError) as refused:
        check_cms(made("sha1"), COVERED, sub_filter="ETSI.CAdES.detached")
    assert refused.value.sub_indication is SubIndication.SIG_CRYPTO_FAILURE
