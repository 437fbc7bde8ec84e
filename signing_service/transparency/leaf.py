r"""What one leaf of the log says, without saying whom it is about.

    commitment = SHA-256( domain ‖ salt ‖ SHA-256(file) )          32 bytes, the log entry
    domain     = "signing-service/log-leaf/v1/" kind "\n"           ASCII

The salt (32 random bytes) is kept beside the file, never in it and never in the log: once it is destroyed, nobody can tell any more which
file the leaf stood for. The kind is part of the domain, so a leaf of one kind can never be opened as another. The domain ends in a newline,
so no kind is a prefix of another.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256

Commitment = NewType("Commitment", bytes)
"""The 32 bytes that the log holds for one leaf."""

SALT_BYTES = 32
COMMITMENT_BYTES = 32

_DIGEST = re.compile("[0-9a-f]{64}")


class LeafKind(StrEnum):
    """What a leaf asserts about a file."""

    ISSUANCE = "issuance"
    RECALL = "recall"
    SUPERSESSION = "supersession"


@dataclass(frozen=True, slots=True)
class LogLeaf:
    """An opened leaf: everything needed to find its commitment again.

    Raises:
        InvalidInputError: the salt is not 32 bytes or the digest is not 64 lower-case hexadecimal digits (`log-leaf-malformed`).
    """

    kind: LeafKind
    file_sha256: Sha256
    salt: bytes

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES or not _DIGEST.fullmatch(self.file_sha256):
            raise InvalidInputError(
                "log-leaf-malformed",
                vi="Lá nhật ký cần muối 32 byte và mã băm SHA-256 của tệp.",
                en="A log leaf needs a salt of 32 bytes and the SHA-256 of a file.",
            )

    @property
    def commitment(self) -> Commitment:
        """The entry that stands in the log for this leaf."""
        domain = f"signing-service/log-leaf/v1/{self.kind}\n".encode("ascii")
        return Commitment(hashlib.sha256(domain + self.salt + bytes.fromhex(self.file_sha256)).digest())


def draw_salt() -> bytes:
    """32 fresh random bytes."""
    return secrets.token_bytes(SALT_BYTES)
