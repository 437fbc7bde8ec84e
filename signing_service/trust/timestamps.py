"""What a time-stamp token says, and whether it says it about these bytes (RFC 3161, RFC 5816)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.trust.certificates import MALFORMED
from signing_service.trust.signatures import read_signature_algorithm, signature_is_good

_DIGESTS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True, slots=True)
class TimestampToken:
    """A token whose own signature is right; whether its authority is trusted is not decided here.

    `time` is aware, UTC. `signer` and `certificates` are DER (the signer among them).
    """

    time: datetime
    accuracy_seconds: int | None
    digest_algorithm: str
    imprint: bytes
    nonce: int | None
    policy: str
    serial: int
    signer: bytes
    certificates: tuple[bytes, ...]


def read_timestamp(token: bytes) -> TimestampToken:
    """Read and check a token (DER ContentInfo): content type, digest, signature, ESS certificate, and the sole critical timeStamping usage.

    Raises:
        InvalidInputError: not a time-stamp token, or without its signer's certificate (`timestamp-unreadable`).
        IntegrityError: the token's signature or its binding to the signer's certificate is wrong (`timestamp-broken`).
    """
    try:
        return _read(token)
    except MALFORMED:
        raise InvalidInputError(
            "timestamp-unreadable",
            vi="Không đọc được dấu thời gian: dữ liệu không theo RFC 3161.",
            en="The time-stamp cannot be read: it is no RFC 3161 token.",
        ) from None


def _read(token: bytes) -> TimestampToken:
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].native != "tst_info" or len(signed["signer_infos"]) != 1:
        raise ValueError
    content: bytes = encapsulated["content"].contents
    info = tsp.TSTInfo.load(content, strict=True)
    certificates = tuple(choice.chosen.dump() for choice in signed["certificates"] if choice.name == "certificate")
    signer_info = signed["signer_infos"][0]
    signer = _signer(signer_info["sid"], certificates)
    if not _is_bound(signer_info, content, signer):
        raise _broken()
    accuracy = info["accuracy"]["seconds"].native if info["accuracy"].native else None
    return TimestampToken(
        time=info["gen_time"].native,
        accuracy_seconds=accuracy,
        digest_algorithm=info["message_imprint"]["hash_algorithm"]["algorithm"].native,
        imprint=info["message_imprint"]["hashed_message"].native,
        nonce=info["nonce"].native,
        policy=info["policy"].dotted,
        serial=info["serial_number"].native,
        signer=signer,
        certificates=certificates,
    )


def _signer(sid: Any, certificates: tuple[bytes, ...]) -> bytes:  # noqa: ANN401 asn1crypto has no types
    for der in certificates:
        certificate = x509.load_der_x509_certificate(der)
        if sid.name == "issuer_and_serial_number":
            same_serial = certificate.serial_number == sid.chosen["serial_number"].native
            if same_serial and certificate.issuer.public_bytes() == sid.chosen["issuer"].dump():
                return der
        elif (
            x509.SubjectKeyIdentifier(sid.chosen.native) == certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        ):
            return der
    raise ValueError


def _is_bound(signer_info: Any, content: bytes, signer: bytes) -> bool:  # noqa: ANN401 asn1crypto has no types
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer_info["signed_attrs"]}
    digest_name = signer_info["digest_algorithm"]["algorithm"].native
    if digest_name not in _DIGESTS:
        return False
    digest = hashlib.new(digest_name, content).digest()
    return (
        attributes["content_type"][0].native == "tst_info"
        and attributes["message_digest"][0].native == digest
        and _names_signer(attributes, signer)
        and _is_time_stamping(x509.load_der_x509_certificate(signer))
        and signature_is_good(
            x509.load_der_x509_certificate(signer).public_key(),
            read_signature_algorithm(signer_info["signature_algorithm"].dump(), digest=digest_name),
            signer_info["signature"].native,
            signer_info["signed_attrs"].untag().dump(),
        )
    )


def _names_signer(attributes: dict[str, Any], signer: bytes) -> bool:
    """Whether the signed ESS attribute holds the signer's certificate (RFC 5816, 2.2.1): else another could be slipped under."""
    if "signing_certificate_v2" in attributes:
        identifier = attributes["signing_certificate_v2"][0]["certs"][0]
        name = identifier["hash_algorithm"]["algorithm"].native
        return name in _DIGESTS and hashlib.new(name, signer).digest() == identifier["cert_hash"].native
    if "signing_certificate" in attributes:
        # SHA-1 only identifies here: the certificate was chosen by issuer and serial before.
        digest = hashlib.sha1(signer, usedforsecurity=False).digest()
        return digest == bytes(attributes["signing_certificate"][0]["certs"][0]["cert_hash"].native)
    return False


def _is_time_stamping(certificate: x509.Certificate) -> bool:
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.ExtendedKeyUsage):
            return extension.critical and list(extension.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return False


def _broken() -> IntegrityError:
    return IntegrityError(
        "timestamp-broken",
        vi="Dấu thời gian không đúng chữ ký của cơ quan cấp dấu thời gian.",
        en="The time-stamp does not carry a right signature of its authority.",
    )
