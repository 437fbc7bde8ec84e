"""The CMS of a PAdES signature (ETSI EN 319 142-1, 6.3): the attributes to be signed, and the container around their signature."""

import secrets
from functools import lru_cache
from typing import Any

from asn1crypto import cms, x509
from pyhanko.sign.general import as_signing_certificate_v2

from signing_service.signing.revisions import unreadable
from signing_service.signing.signer_profile import named_as

_DIGEST = {"algorithm": "sha256"}
_DIGEST_LENGTH = 32


@lru_cache(maxsize=64)
def parsed(certificate: bytes) -> Any:  # noqa: ANN401 asn1crypto has no types
    """The asn1crypto form of a DER certificate; a class of 45 is signed with the same few, so they are parsed once."""
    return x509.Certificate.load(certificate)


@lru_cache(maxsize=64)
def _attributes_around_digest(certificate: bytes) -> tuple[bytes, bytes]:
    """What stands before and behind the message digest in the attributes of every signature made with this certificate."""
    digest = secrets.token_bytes(_DIGEST_LENGTH)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [digest]},
            {"type": "signing_certificate_v2", "values": [as_signing_certificate_v2(parsed(certificate))]},
        ]
    ).dump()
    before, behind = attributes.split(digest)
    return before, behind


def signed_attributes(document_digest: bytes, certificate: bytes) -> bytes:
    """DER of the SET OF Attribute to be signed: content type, message digest, reference to the signing certificate.

    `document_digest` has 32 octets. No signing-time: PAdES puts the claimed time into `/M` (ETSI EN 319 142-1, 6.3).
    """
    before, behind = _attributes_around_digest(certificate)
    return before + document_digest + behind


def signed_data(*, attributes: bytes, value: bytes, certificate: bytes, chain: tuple[bytes, ...], timestamp_token: bytes) -> bytes:
    """DER of the ContentInfo: one signer, detached, with the signature time-stamp as unsigned attribute.

    `chain` goes in as far as it is not self-signed: a root is trusted because the verifier has it, never because the file brings it.
    """
    signer = parsed(certificate)
    authorities = [authority for authority in map(parsed, chain) if authority.issuer.dump() != authority.subject.dump()]
    container: bytes = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [_DIGEST],
                "encap_content_info": {"content_type": "data"},
                "certificates": [signer, *authorities],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": {"issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}},
                        "digest_algorithm": _DIGEST,
                        "signed_attrs": cms.CMSAttributes.load(attributes),
                        "signature_algorithm": named_as(certificate),
                        "signature": value,
                        "unsigned_attrs": [
                            {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(timestamp_token)]},
                        ],
                    }
                ],
            },
        }
    ).dump()
    return container


def signer_of(container: bytes) -> bytes:
    """DER of the certificate that made a signature of ours, found by issuer and serial number: a CMS keeps them unordered.

    Raises:
        RefusedError: the CMS is none of ours (`head-unreadable`).
    """
    try:
        signed = cms.ContentInfo.load(container)["content"]
        sid = signed["signer_infos"][0]["sid"].chosen
        wanted = (sid["issuer"].dump(), sid["serial_number"].native)
        candidates = (choice.chosen for choice in signed["certificates"])
        signer: bytes = next(found.dump() for found in candidates if (found.issuer.dump(), found.serial_number) == wanted)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration):
        raise unreadable() from None
    return signer


def timestamp_of(container: bytes) -> bytes:
    """DER of the signature time-stamp in a signature of ours.

    Raises:
        RefusedError: the CMS is none of ours (`head-unreadable`).
    """
    try:
        (attribute,) = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["unsigned_attrs"]
        (token,) = attribute["values"]
        der: bytes = token.dump()
    except (ValueError, TypeError, KeyError, IndexError):
        raise unreadable() from None
    return der
