"""A private key at rest, and the octets that bind its seals to what it is for."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from signing_service.custody.hardening import Argon2Parameters, PinHardening
from signing_service.errors import IntegrityError
from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose

_FORMAT = "signing-service/sealed-key/1"


@dataclass(frozen=True, slots=True)
class SealedKey:
    """Worthless without the server secret and, where `hardening` is there, the PIN.

    `owner` is a person, organisation or authority code; `version` counts the owner's keys for this purpose from 1; `public_key_der` is a
    SubjectPublicKeyInfo; `created_at` is aware, UTC, to the second. Every field but the envelope is authenticated by both seals.
    """

    key_id: KeyId
    owner: str
    purpose: KeyPurpose
    version: int
    algorithm: KeyAlgorithm
    public_key_der: bytes
    created_at: datetime
    hardening: PinHardening | None
    envelope: bytes

    def context(self) -> bytes:
        """The associated data of both seals: each field with its length before it, so that no two different keys give the same octets."""
        cost = self.hardening.parameters if self.hardening else None
        fields = (
            _FORMAT,
            self.key_id,
            self.owner,
            self.purpose.value,
            str(self.version),
            self.algorithm.value,
            self.created_at.astimezone(UTC).isoformat(),
            f"{cost.memory_kib},{cost.iterations},{cost.lanes}" if cost else "no-pin",
        )
        octets = [field.encode() for field in fields]
        octets += [self.public_key_der, self.hardening.salt if self.hardening else b""]
        return b"".join(len(field).to_bytes(4, "big") + field for field in octets)

    def with_envelope(self, envelope: bytes) -> "SealedKey":
        """The same key under another outer seal."""
        return replace(self, envelope=envelope)

    def to_bytes(self) -> bytes:
        """JSON for the database and backups."""
        hardening = self.hardening
        return json.dumps(
            {
                "format": _FORMAT,
                "key_id": self.key_id,
                "owner": self.owner,
                "purpose": self.purpose.value,
                "version": self.version,
                "algorithm": self.algorithm.value,
                "public_key": _text(self.public_key_der),
                "created_at": self.created_at.astimezone(UTC).isoformat(),
                "argon2id": None
                if hardening is None
                else {
                    "memory_kib": hardening.parameters.memory_kib,
                    "iterations": hardening.parameters.iterations,
                    "lanes": hardening.parameters.lanes,
                    "salt": _text(hardening.salt),
                },
                "envelope": _text(self.envelope),
            },
            ensure_ascii=False,
            sort_keys=True,
        ).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "SealedKey":
        """Read what `to_bytes` wrote.

        Raises:
            IntegrityError: these are no such bytes (`sealed-key-unreadable`).
        """
        try:
            fields = json.loads(stored)
            if fields["format"] != _FORMAT:
                raise _unreadable()
            cost = fields["argon2id"]
            return cls(
                key_id=KeyId(fields["key_id"]),
                owner=fields["owner"],
                purpose=KeyPurpose(fields["purpose"]),
                version=int(fields["version"]),
                algorithm=KeyAlgorithm(fields["algorithm"]),
                public_key_der=b64decode(fields["public_key"], validate=True),
                created_at=datetime.fromisoformat(fields["created_at"]),
                hardening=None
                if cost is None
                else PinHardening(
                    Argon2Parameters(int(cost["memory_kib"]), int(cost["iterations"]), int(cost["lanes"])),
                    b64decode(cost["salt"], validate=True),
                ),
                envelope=b64decode(fields["envelope"], validate=True),
            )
        except (ValueError, KeyError, TypeError):
            raise _unreadable() from None


def _text(octets: bytes) -> str:
    return b64encode(octets).decode()


def _unreadable() -> IntegrityError:
    return IntegrityError(
        "sealed-key-unreadable",
        vi="Bản khóa niêm phong trong cơ sở dữ liệu bị hỏng; hãy khôi phục từ bản sao lưu.",
        en="The stored sealed key is damaged; restore it from a backup.",
    )
