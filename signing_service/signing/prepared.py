"""The only thing that can be signed: a file with a hole in it, and the attributes that a key will be asked to sign."""

import base64
import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from signing_service.ids import Sha256
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

    def to_bytes(self) -> bytes:
        """A form that can be stored; the same value gives the same bytes."""
        document = {
            "format": _FORMAT,
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
        return json.dumps(document, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreparedSignature":
        """What `to_bytes` stored.

        Raises:
            IntegrityError: the bytes are no prepared signature, or its parts do not belong together (`prepared-tampered`).
        """
        try:
            document: dict[str, Any] = json.loads(data)
            if document["format"] != _FORMAT:
                raise tampered()
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
        except (ValueError, KeyError, TypeError):
            raise tampered() from None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
