"""The only thing that can be signed: a file with a hole in it, and the attributes that a key will be asked to sign."""

import base64
import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from signing_service.ids import Sha256, sha256_of
from signing_service.ports import KeyPurpose
from signing_service.signing.cms import signed_attributes
from signing_service.signing.fields import SignatureField
from signing_service.signing.hole import OpenRevision, tampered

_FORMAT = "signing-service/prepared-signature/v1"


@dataclass(frozen=True, slots=True)
class PreparedSignature:
    """An intent to sign; made by `prepare`, good for one `sign_prepared`, and for `embed` as often as a crash asks for.

    Attributes:
        field: the field it fills.
        update: what is appended to the head, still without the CMS.
        signed_attributes: DER of the SET OF Attribute to be signed (RFC 5652, 5.4).
        certificate: the signer's certificate (DER).
        chain: the authorities above it (DER), its issuer first.
        prepared_at: the claimed signing time (aware).

    Raises:
        IntegrityError: the attributes speak of another file or another certificate (`prepared-tampered`).
    """

    field: SignatureField
    update: OpenRevision
    signed_attributes: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    prepared_at: datetime
    claim: Lock = dataclasses.field(default_factory=Lock, init=False, repr=False, compare=False)
    """Taken by the one signature that this value is good for."""

    def __post_init__(self) -> None:
        try:
            attributes = signed_attributes(self.update.digest, self.certificate)
        except ValueError:
            raise tampered() from None
        if self.signed_attributes != attributes:
            raise tampered()

    @property
    def base_sha256(self) -> Sha256:
        """The file that this was prepared for."""
        return self.update.base

    @property
    def key_purpose(self) -> KeyPurpose:
        """What the key must have been born for."""
        return self.field.key_purpose

    def to_bytes(self) -> bytes:
        """A form that can be stored: a line with format and SHA-256, then JSON. The same value gives the same bytes."""
        document = {
            "field": self.field.value,
            "base": self.update.base,
            "appended": _text(self.update.appended),
            "byte_range": self.update.byte_range,
            "digest": _text(self.update.digest),
            "signed_attributes": _text(self.signed_attributes),
            "certificate": _text(self.certificate),
            "chain": [_text(certificate) for certificate in self.chain],
            "prepared_at": self.prepared_at.isoformat(),
        }
        body = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
        return _head_line(body) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreparedSignature":
        """What `to_bytes` stored, good for `embed` only.

        It comes back with its one signature spent: bytes that lay in a store, where others might reach them, are never shown to a key.

        Raises:
            IntegrityError: the bytes are no prepared signature, were changed, or do not belong together (`prepared-tampered`).
        """
        line, _, body = data.partition(b"\n")
        if line + b"\n" != _head_line(body):
            raise tampered()
        try:
            prepared = cls._from_json(json.loads(body))
        except (ValueError, KeyError, TypeError):
            raise tampered() from None
        prepared.claim.acquire()
        return prepared

    @classmethod
    def _from_json(cls, document: dict[str, Any]) -> "PreparedSignature":
        start, first, second, rest = map(int, document["byte_range"])
        return cls(
            field=SignatureField(document["field"]),
            update=OpenRevision(
                base=Sha256(document["base"]),
                appended=_bytes(document["appended"]),
                byte_range=(start, first, second, rest),
                digest=_bytes(document["digest"]),
            ),
            signed_attributes=_bytes(document["signed_attributes"]),
            certificate=_bytes(document["certificate"]),
            chain=tuple(_bytes(certificate) for certificate in document["chain"]),
            prepared_at=datetime.fromisoformat(document["prepared_at"]),
        )


def _head_line(body: bytes) -> bytes:
    return f"{_FORMAT} {sha256_of(body)}\n".encode("ascii")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
