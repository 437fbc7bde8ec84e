"""A person's detached signature over bytes that are no PDF: CAdES B-T (ETSI EN 319 122-1, 6.3), under the rules of every other signature.

As for a document, the certificate is checked first, what will be signed is fixed and can be stored before a key is used, a prepared
value is good for one signature, and the value can be stored before the time-stamp is asked for.
"""

import base64
import dataclasses
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final

from asn1crypto import cms
from pyhanko.sign.general import as_signing_certificate_v2

from signing_service.ids import Sha256, sha256_of
from signing_service.ports import KeyPurpose
from signing_service.signing.cms import parsed, signed_data
from signing_service.signing.eligibility import require_eligible
from signing_service.signing.hole import tampered
from signing_service.signing.revisions import unreadable
from signing_service.signing.sign import SignatureValue, require_signature
from signing_service.signing.stamps import stamp_over

_FIRST_YEAR_OF_GENERAL_TIME: Final = 2050
_FORMAT: Final = "signing-service/prepared-detached/v1"


@dataclass(frozen=True, slots=True)
class DetachedUse:
    """What the certificate has to be for: a person's own will."""

    certificate_profile: str = "person"

    def __str__(self) -> str:
        return "phiếu điểm môn học"


_USE: Final = DetachedUse()


@dataclass(frozen=True, slots=True)
class PreparedDetached:
    """An intent to sign; made by `prepare_detached`, good for one `sign_prepared`, and for `detached_cms` as often as a crash asks for.

    Attributes:
        content: digest of the bytes that the signature is over.
        signed_attributes: DER of the SET OF Attribute to be signed (RFC 5652, 5.4).
        certificate: the signer's certificate (DER).
        prepared_at: the claimed signing time (aware, whole seconds).

    Raises:
        IntegrityError: the attributes are not those of this content, certificate and time (`prepared-tampered`).
    """

    content: Sha256
    signed_attributes: bytes
    certificate: bytes
    prepared_at: datetime
    claim: Lock = dataclasses.field(default_factory=Lock, init=False, repr=False, compare=False)
    """Taken by the one signature that this value is good for."""

    def __post_init__(self) -> None:
        try:
            attributes = _attributes(bytes.fromhex(self.content), self.certificate, self.prepared_at)
        except ValueError:
            raise tampered() from None
        if self.signed_attributes != attributes:
            raise tampered()

    @property
    def key_purpose(self) -> KeyPurpose:
        """What the key must have been born for."""
        return KeyPurpose.PERSON_SIGNATURE

    def to_bytes(self) -> bytes:
        """A form that can be stored: a line with format and SHA-256, then JSON. The same value gives the same bytes."""
        document = {
            "content": self.content,
            "signed_attributes": _text(self.signed_attributes),
            "certificate": _text(self.certificate),
            "prepared_at": self.prepared_at.isoformat(),
        }
        body = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
        return _head_line(body) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreparedDetached":
        """What `to_bytes` stored, with its one signature spent: bytes that lay in a store are never shown to a key.

        Raises:
            IntegrityError: the bytes are nothing prepared, were changed, or do not belong together (`prepared-tampered`).
        """
        line, _, body = data.partition(b"\n")
        if line + b"\n" != _head_line(body):
            raise tampered()
        try:
            document: dict[str, Any] = json.loads(body)
            prepared = cls(
                content=Sha256(document["content"]),
                signed_attributes=_bytes(document["signed_attributes"]),
                certificate=_bytes(document["certificate"]),
                prepared_at=datetime.fromisoformat(document["prepared_at"]),
            )
        except (ValueError, KeyError, TypeError):
            raise tampered() from None
        prepared.claim.acquire()
        return prepared


def prepare_detached(content: bytes, *, certificate: bytes, chain: tuple[bytes, ...], ocsp: bytes, moment: datetime) -> PreparedDetached:
    """Check that this certificate may sign now, and fix what will be signed. No key is touched.

    Args:
        content: the bytes that the person agreed to.
        certificate: the signer's (DER).
        chain: the authorities above it (DER), its issuer first, up to and including the root.
        ocsp: DER OCSPResponse about the signer's certificate, valid at `moment`.
        moment: when (aware); becomes the signing-time attribute, in whole seconds.

    Raises:
        RefusedError: the certificate may not sign (see `require_eligible`).
    """
    require_eligible(field=_USE, certificate=certificate, chain=chain, ocsp=ocsp, moment=moment)
    claimed = moment.astimezone(UTC).replace(microsecond=0)
    digest = sha256_of(content)
    return PreparedDetached(digest, _attributes(bytes.fromhex(digest), certificate, claimed), certificate, claimed)


def detached_cms(prepared: PreparedDetached, value: SignatureValue, timestamp_token: bytes) -> bytes:
    """DER of the whole CMS, without content and with its signature time-stamp. The same arguments give the same bytes.

    Raises:
        IntegrityError: the value does not fit (`signature-invalid`), or the token is over something else or broken (`timestamp-mismatch`,
            `timestamp-broken`).
        InvalidInputError: the token is none (`timestamp-unreadable`).
    """
    require_signature(prepared, value)
    stamp_over(value.message_imprint, timestamp_token)
    # Without the authorities: each transcript holds a dozen of these, and its security store holds the authorities once.
    return signed_data(
        attributes=prepared.signed_attributes,
        value=value.octets,
        certificate=prepared.certificate,
        chain=(),
        timestamp_token=timestamp_token,
    )


def claimed_time_of(container: bytes) -> datetime:
    """The signing-time of a detached signature of ours (aware).

    Raises:
        RefusedError: the CMS is none of ours (`head-unreadable`).
    """
    try:
        attributes = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["signed_attrs"]
        (claimed,) = next(attribute["values"] for attribute in attributes if attribute["type"].native == "signing_time")
        moment: datetime = claimed.native
    except (ValueError, TypeError, KeyError, IndexError, StopIteration):
        raise unreadable() from None
    return moment


def _attributes(digest: bytes, certificate: bytes, claimed: datetime) -> bytes:
    """With the signing-time that CAdES, unlike PAdES, wants among the attributes (ETSI EN 319 122-1, 6.3)."""
    attributes: bytes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [digest]},
            {"type": "signing_time", "values": [cms.Time({_time_form(claimed): claimed})]},
            {"type": "signing_certificate_v2", "values": [as_signing_certificate_v2(parsed(certificate))]},
        ]
    ).dump()
    return attributes


def _time_form(claimed: datetime) -> str:
    """RFC 5652, 11.3: UTCTime knows two digits of the year."""
    return "utc_time" if claimed.year < _FIRST_YEAR_OF_GENERAL_TIME else "general_time"


def _head_line(body: bytes) -> bytes:
    return f"{_FORMAT} {sha256_of(body)}\n".encode("ascii")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
