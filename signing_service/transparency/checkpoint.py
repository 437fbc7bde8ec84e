"""Checkpoints of C2SP (c2sp.org/tlog-checkpoint): the log's origin, size and root, signed by the log's key.

    <origin>
    <size, decimal>
    <root, base64>

    — <origin> <base64(key id ‖ Ed25519 signature)>

The key's name is the origin. We write no extension lines and refuse none: they are signed, and nothing is read from them.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ports import KeyPurpose, SigningKey
from signing_service.transparency.merkle import HASH_BYTES, MAX_TREE_SIZE
from signing_service.transparency.note import VerifierKey, note_with_signature, open_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_MANDATORY_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head that the log has signed: `root` (32 bytes) over the first `size` leaves."""

    origin: str
    size: int
    root: bytes


def verifier_key(origin: str, key: SigningKey) -> VerifierKey:
    """What others need to believe checkpoints of `key` for `origin`.

    Raises:
        RefusedError: the key is no Ed25519 key (`log-key-algorithm`).
        InvalidInputError: the origin cannot be a key's name (`log-key-malformed`).
    """
    public_key = key.public_key
    if not isinstance(public_key, Ed25519PublicKey):
        raise RefusedError("log-key-algorithm", vi="Khoá nhật ký phải là khoá Ed25519.", en="A log's key has to be an Ed25519 key.")
    return VerifierKey(origin, public_key.public_bytes_raw())


def sign_checkpoint(origin: str, size: int, root: bytes, key: SigningKey) -> str:
    """The signed note for this tree head. Ed25519 is deterministic: the same head gives the same note.

    Raises:
        RefusedError: the key serves another purpose (`key-purpose-mismatch`) or is no Ed25519 key (`log-key-algorithm`).
        InvalidInputError: the origin cannot be a key's name (`log-key-malformed`).
    """
    verifier = verifier_key(origin, key)
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"
    return note_with_signature(text, verifier, key.sign(text.encode(), purpose=KeyPurpose.TRANSPARENCY_LOG))


def parse_and_verify(note: str, key: VerifierKey) -> Checkpoint:
    """The tree head of `note`, believed because `key` signed it and its origin is the key's name.

    Raises:
        InvalidInputError: `note-malformed`, `note-not-signed`, `note-signature-invalid`, or the signed text is no checkpoint of this log
            (`checkpoint-malformed`).
    """
    lines = open_note(note, key).removesuffix("\n").split("\n")
    if len(lines) < _MANDATORY_LINES or not all(lines) or lines[0] != key.name:
        raise _malformed()
    origin, size, encoded = lines[:_MANDATORY_LINES]
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed() from None
    if not _SIZE.fullmatch(size) or int(size) > MAX_TREE_SIZE or len(root) != HASH_BYTES:
        raise _malformed()
    return Checkpoint(origin, int(size), root)


def _malformed() -> InvalidInputError:
    return InvalidInputError(
        "checkpoint-malformed", vi="Nội dung đã ký không phải mốc của nhật ký này.", en="The signed text is not a checkpoint of this log."
    )
