"""What a time-stamp token says, and whether it says it about these bytes (RFC 3161, RFC 5816)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp

from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.trust.certificates import MALFORMED, Certificate, read_certificate
from signing_service.trust.signatures import read_signature_algorithm, signature_is_good

_DIGESTS = {"sha256", "sha384", "sha512"}

_TIME_STAMPING = "1.3.6.1.5.5.7.3.8"

_SET_OF = b"\x31"
"""The signature is over the attributes as a SET OF, not under the tag they carry in the structure (RFC 5652, 5.4)."""


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
    except (*MALFORMED, InvalidInputError):
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
    signer = next((one for one in map(read_certificate, certificates) if _is_named(signer_info["sid"], one)), None)
    if signer is None:
        raise ValueError
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
        signer=signer.der,
        certificates=certificates,
    )


def _is_named(sid: Any, candidate: Certificate) -> bool:  # noqa: ANN401 asn1crypto has no types
    if sid.name == "issuer_and_serial_number":
        name = sid.chosen
        return bool(name["serial_number"].native == candidate.serial and name["issuer"].dump() == candidate.issuer_der)
    return bool(sid.chosen.native == candidate.subject_key_identifier)


def _is_bound(signer_info: Any, content: bytes, signer: Certificate) -> bool:  # noqa: ANN401 asn1crypto has no types
    # Taken before the attributes are looked into: asn1crypto may encode anew what it has parsed.
    signed_octets: bytes = signer_info["signed_attrs"].dump()
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer_info["signed_attrs"]}
    digest_name = signer_info["digest_algorithm"]["algorithm"].native
    if digest_name not in _DIGESTS:
        return False
    digest = hashlib.new(digest_name, content).digest()
    return (
        attributes["content_type"][0].native == "tst_info"
        and attributes["message_digest"][0].native == digest
        and _names_signer(attributes, signer.der)
        and (signer.extended_key_usage, signer.extended_key_usage_is_critical) == ((_TIME_STAMPING,), True)
        and signature_is_good(
            signer.public_key,
            read_signature_algorithm(signer_info["signature_algorithm"].dump(), digest=digest_name),
            signer_info["signature"].native,
            _SET_OF + signed_octets[1:],
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


def _broken() -> IntegrityError:
    return IntegrityError(
        "timestamp-broken",
        vi="Dấu thời gian không đúng chữ ký của cơ quan cấp dấu thời gian.",
        en="The time-stamp does not carry a right signature of its authority.",
    )
