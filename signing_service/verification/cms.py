"""The CMS of a signature or a document time-stamp: whose it is, and whether digest and value fit the signed bytes (RFC 5652)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from signing_service.trust.certificates import MALFORMED
from signing_service.verification.report import SubIndication

_MOST_CERTIFICATES: Final = 30
_SET_OF: Final = b"\x31"
_SIGN_BIT: Final = 0x80
_ALL_ONES: Final = 0xFF
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - old signatures are judged by their time, see `judgement`; here only the arithmetic counts
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_224": hashes.SHA3_224(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}
_PLAIN_ECDSA: Final = {
    "0.4.0.127.0.7.1.1.4.1.1": "sha1",
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
}
"""BSI TR-03111, 5.2.1.1: r and s concatenated instead of a DER sequence."""


class BadCmsError(Exception):
    """A CMS that cannot be believed; carries the sub-indication and a stable reason code. Never leaves `verification`."""

    def __init__(self, sub_indication: SubIndication, reason: str) -> None:
        super().__init__(reason)
        self.sub_indication = sub_indication
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SignedCms:
    """A CMS whose digest and signature value fit. Certificates are DER; `timestamps` are DER tokens over `value`."""

    signer: bytes
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]
    digest_algorithm: str
    value: bytes
    timestamps: tuple[bytes, ...]
    claimed_time: datetime | None
    names_signer: bool


@dataclass(frozen=True, slots=True)
class SignedToken:
    """A time-stamp token whose own signature fits and whose imprint is that of the covered bytes. `time` is aware, UTC."""

    time: datetime
    container: SignedCms


def check_token(token: bytes, covered: bytes) -> SignedToken:
    """Check the arithmetic of an RFC 3161 token over `covered`: its own signature, and the imprint.

    Raises:
        BadCmsError: as `check_cms`; HASH_FAILURE with `timestamp-imprint-differs` for a token made over something else.
    """
    try:
        signed = cms.ContentInfo.load(token)["content"]
        encapsulated = signed["encap_content_info"]
        if encapsulated["content_type"].native != "tst_info":
            raise BadCmsError(SubIndication.FORMAT_FAILURE, "timestamp-unreadable")
        content: bytes = encapsulated["content"].contents
        info = tsp.TSTInfo.load(content)
        imprint = info["message_imprint"]
        name = imprint["hash_algorithm"]["algorithm"].native
        if name not in _HASHES or hashlib.new(name, covered).digest() != imprint["hashed_message"].native:
            raise BadCmsError(SubIndication.HASH_FAILURE, "timestamp-imprint-differs")
        return SignedToken(info["gen_time"].native, _check_signer(signed, content))
    except MALFORMED:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "timestamp-unreadable") from None


def check_cms(container: bytes, covered: bytes, *, sub_filter: str) -> SignedCms:
    """Check the arithmetic of a detached CMS over `covered`.

    Raises:
        BadCmsError: FORMAT_FAILURE, HASH_FAILURE, SIG_CRYPTO_FAILURE or NO_SIGNING_CERTIFICATE_FOUND, with the reason.
    """
    try:
        return _check(container, covered, sub_filter)
    except MALFORMED:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "cms-unreadable") from None


def _check(container: bytes, covered: bytes, sub_filter: str) -> SignedCms:
    signed = cms.ContentInfo.load(container)["content"]
    content = signed["encap_content_info"]["content"]
    if sub_filter == "adbe.pkcs7.sha1":
        if content.native != hashlib.sha1(covered, usedforsecurity=False).digest():
            raise BadCmsError(SubIndication.HASH_FAILURE, "digest-differs")
        return _check_signer(signed, bytes(content.native))
    if content.native is not None:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "cms-not-detached")
    return _check_signer(signed, covered)


def _check_signer(signed: Any, message: bytes) -> SignedCms:  # noqa: ANN401 asn1crypto has no types
    infos = signed["signer_infos"]
    if len(infos) != 1:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "cms-not-one-signer")
    info = infos[0]
    # Taken before the attributes are looked into: asn1crypto may encode anew what it has parsed.
    octets: bytes = info["signed_attrs"].dump() if len(info["signed_attrs"]) else b""
    certificates = _certificates(signed)
    signer = _find_signer(info["sid"], certificates)
    if not _has_der_serial(signer):
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "certificate-serial-not-der")
    digest_name = _digest_name(info["digest_algorithm"])
    attributes = _attributes(info["signed_attrs"])
    if octets:
        _check_attributes(attributes, hashlib.new(digest_name, message).digest())
    if not _value_fits(signer, info, digest_name, _signed_octets(octets) if octets else message):
        raise BadCmsError(SubIndication.SIG_CRYPTO_FAILURE, "signature-value-wrong")
    unsigned = _attributes(info["unsigned_attrs"])
    crls, ocsps = _revocation(signed, attributes)
    return SignedCms(
        signer=signer,
        certificates=certificates,
        crls=crls,
        ocsps=ocsps,
        digest_algorithm=digest_name,
        value=info["signature"].native,
        timestamps=tuple(token.dump() for token in unsigned.get("signature_time_stamp_token", ())),
        claimed_time=attributes["signing_time"][0].native if "signing_time" in attributes else None,
        names_signer=names_signer(attributes, signer),
    )


def _certificates(signed: Any) -> tuple[bytes, ...]:  # noqa: ANN401 asn1crypto has no types
    choices = signed["certificates"]
    if not len(choices):
        return ()
    if len(choices) > _MOST_CERTIFICATES:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "limit-certificates")
    return tuple(choice.chosen.dump() for choice in choices if choice.name == "certificate")


def _find_signer(sid: Any, certificates: tuple[bytes, ...]) -> bytes:  # noqa: ANN401 asn1crypto has no types
    for der in certificates:
        certificate = cms.Certificate.load(der)
        if sid.name == "issuer_and_serial_number":
            same_serial = sid.chosen["serial_number"].native == certificate.serial_number
            issuer = sid.chosen["issuer"]
            # Compared by their octets first: comparing names by RFC 5280, 7.1 costs as much as checking a signature.
            if same_serial and (issuer.dump() == certificate.issuer.dump() or issuer == certificate.issuer):
                return der
        elif sid.chosen.native == certificate.key_identifier:
            return der
    raise BadCmsError(SubIndication.NO_SIGNING_CERTIFICATE_FOUND, "signing-certificate-absent")


def _has_der_serial(signer: bytes) -> bool:
    """Whether the number that names the certificate has its one DER spelling (X.690, 8.3.2): two spellings could name two certificates."""
    octets: bytes = cms.Certificate.load(signer)["tbs_certificate"]["serial_number"].contents
    return len(octets) == 1 or (octets[0], octets[1] >= _SIGN_BIT) not in {(0, False), (_ALL_ONES, True)}


def _digest_name(algorithm: Any) -> str:  # noqa: ANN401 asn1crypto has no types
    name: str = algorithm["algorithm"].native
    if name not in _HASHES:
        raise BadCmsError(SubIndication.SIG_CRYPTO_FAILURE, "digest-algorithm-unknown")
    return name


def _attributes(attributes: Any) -> dict[str, Any]:  # noqa: ANN401 asn1crypto has no types
    if not len(attributes):
        return {}
    found: dict[str, Any] = {}
    for attribute in attributes:
        name = attribute["type"].native
        if name in found:
            found[name] = [*found[name], *attribute["values"]]
        else:
            found[name] = list(attribute["values"])
    return found


def _check_attributes(attributes: dict[str, Any], digest: bytes) -> None:
    digests = attributes.get("message_digest", [])
    if len(digests) != 1 or len(attributes.get("content_type", [])) != 1:
        raise BadCmsError(SubIndication.FORMAT_FAILURE, "signed-attributes-incomplete")
    if digests[0].native != digest:
        raise BadCmsError(SubIndication.HASH_FAILURE, "digest-differs")


def _signed_octets(octets: bytes) -> bytes:
    """What the value is over: the attributes as SET OF in DER order, whatever order the file has them in (RFC 5652, 5.4)."""
    as_set = _SET_OF + octets[1:]
    encodings = [attribute.dump() for attribute in cms.CMSAttributes.load(as_set)]
    body = b"".join(sorted(encodings))
    return as_set[: len(as_set) - len(body)] + body


def _value_fits(signer: bytes, info: Any, digest_name: str, message: bytes) -> bool:  # noqa: ANN401 asn1crypto has no types
    key = _public_key(signer)
    algorithm, value = info["signature_algorithm"], info["signature"].native
    oid = algorithm["algorithm"].dotted
    try:
        match key:
            case rsa.RSAPublicKey():
                _verify_rsa(key, algorithm, value, message, digest_name)
            case ec.EllipticCurvePublicKey() if oid in _PLAIN_ECDSA:
                half = len(value) // 2
                der = encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))
                key.verify(der, message, ec.ECDSA(_HASHES[_the_one_hash(_PLAIN_ECDSA[oid], digest_name)]))
            case ec.EllipticCurvePublicKey():
                key.verify(value, message, ec.ECDSA(_HASHES[_named_hash(algorithm, digest_name)]))
            case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
                key.verify(value, message)
            case _:
                return False
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def _public_key(signer: bytes) -> PublicKeyTypes:
    """The signer's key by itself: old certificates have faults elsewhere that a strict parser of the whole would trip over."""
    spki = cms.Certificate.load(signer).public_key
    if spki.algorithm == "rsa":
        numbers = spki["public_key"].parsed
        modulus = int(numbers["modulus"].native)
        if modulus < 0:
            # Estonian identity cards of 2014 to 2017 lack the leading zero octet; the octets themselves are the modulus.
            modulus += 1 << (8 * len(numbers["modulus"].contents))
        return rsa.RSAPublicNumbers(int(numbers["public_exponent"].native), modulus).public_key()
    return load_der_public_key(spki.dump())


def _named_hash(algorithm: Any, digest_name: str) -> str:  # noqa: ANN401 asn1crypto has no types
    try:
        named: str = algorithm.hash_algo
    except ValueError:
        return digest_name
    return _the_one_hash(named, digest_name)


def _the_one_hash(named: str, digest_name: str) -> str:
    """RFC 5652, 5.4 has one digest for both; a difference lets one value speak for two messages, and a weak digest hide behind a strong.

    Raises:
        InvalidSignature: the two are not the same.
    """
    if named != digest_name:
        raise InvalidSignature
    return named


def _verify_rsa(key: rsa.RSAPublicKey, algorithm: Any, value: bytes, message: bytes, digest_name: str) -> None:  # noqa: ANN401
    scheme = algorithm.signature_algo
    if scheme == "rsassa_pss":
        parameters = algorithm["parameters"]
        digest = _HASHES[_the_one_hash(parameters["hash_algorithm"]["algorithm"].native, digest_name)]
        mask = _HASHES[parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native]
        key.verify(value, message, padding.PSS(padding.MGF1(mask), parameters["salt_length"].native), digest)
    elif scheme == "rsassa_pkcs1v15":
        key.verify(value, message, padding.PKCS1v15(), _HASHES[_named_hash(algorithm, digest_name)])
    else:
        raise InvalidSignature


def names_signer(attributes: dict[str, Any], signer: bytes) -> bool:
    """Whether the signed ESS attribute holds the signer's certificate (RFC 5035, ETSI EN 319 122-1, 5.2.2)."""
    if "signing_certificate_v2" in attributes:
        first = attributes["signing_certificate_v2"][0]["certs"][0]
        name = first["hash_algorithm"]["algorithm"].native
        return name in _HASHES and hashlib.new(name, signer).digest() == first["cert_hash"].native
    if "signing_certificate" in attributes:
        first = attributes["signing_certificate"][0]["certs"][0]
        return bool(hashlib.sha1(signer, usedforsecurity=False).digest() == first["cert_hash"].native)
    return False


def _revocation(signed: Any, attributes: dict[str, Any]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:  # noqa: ANN401
    crls = [choice.chosen.dump() for choice in signed["crls"] if choice.name == "certificate_list"] if len(signed["crls"]) else []
    ocsps: list[bytes] = []
    for archival in attributes.get("adobe_revocation_info_archival", []):
        crls += [one.dump() for one in archival["crl"]] if len(archival["crl"]) else []
        ocsps += [one.dump() for one in archival["ocsp"]] if len(archival["ocsp"]) else []
    return tuple(crls), tuple(ocsps)
