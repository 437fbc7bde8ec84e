"""Signed notes of C2SP (c2sp.org/signed-note): a text and the lines of those who signed it, with Ed25519 (type 0x01) alone.

A verifier key is written `<name>+<key id, 8 hexadecimal digits>+<base64(0x01 ‖ public key)>`.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from signing_service.errors import InvalidInputError

MAX_NOTE_BYTES = 64 * 1024
MAX_NOTE_SIGNATURES = 32

_ED25519 = b"\x01"
_DASH = "\u2014 "
_KEY_ID_BYTES = 4
_PUBLIC_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name and an Ed25519 public key (32 raw bytes): whom to believe.

    Raises:
        InvalidInputError: the name is empty or holds a space, control character or plus, or the key is not 32 bytes (`log-key-malformed`).
    """

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not _is_key_name(self.name) or len(self.public_key) != _PUBLIC_KEY_BYTES:
            raise _key_malformed()

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public_key).digest()[:_KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public_key).decode('ascii')}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form.

        Raises:
            InvalidInputError: malformed, another algorithm, or the key id does not fit (`log-key-malformed`).
        """
        # The base64 part may itself hold a plus, so only the first two divide.
        parts = text.split("+", 2)
        if len(parts) != 3:  # noqa: PLR2004 -- name, key id, key
            raise _key_malformed()
        name, _, encoded = parts
        material = _decode(encoded)
        if material is None or material[:1] != _ED25519:
            raise _key_malformed()
        key = cls(name, material[1:])
        if str(key) != text:
            raise _key_malformed()
        return key


def note_with_signature(text: str, key: VerifierKey, signature: bytes) -> str:
    """The note of `text` (ending in a newline) and one signature over its UTF-8 bytes."""
    encoded = base64.b64encode(key.key_id + signature).decode("ascii")
    return f"{text}\n{_DASH}{key.name} {encoded}\n"


def open_note(note: str, key: VerifierKey) -> str:
    """The text of `note`, once `key` is found to have signed it; lines of other keys are passed over.

    Raises:
        InvalidInputError: not a signed note (`note-malformed`); no line of this key (`note-not-signed`); its signature is wrong
            (`note-signature-invalid`).
    """
    text, lines = _split(note)
    signatures = [_signature_line(line) for line in lines]
    mine = [signature for name, key_id, signature in signatures if name == key.name and key_id == key.key_id]
    if not mine:
        raise InvalidInputError(
            "note-not-signed", vi="Mốc nhật ký không có chữ ký của khoá nhật ký này.", en="The checkpoint is not signed by this log key."
        )
    public_key = Ed25519PublicKey.from_public_bytes(key.public_key)
    for signature in mine:
        try:
            public_key.verify(signature, text.encode())
        except InvalidSignature:
            raise InvalidInputError(
                "note-signature-invalid",
                vi="Chữ ký của khoá nhật ký trên mốc nhật ký không đúng.",
                en="The log key's signature on the checkpoint is wrong.",
            ) from None
    return text


def _split(note: str) -> tuple[str, list[str]]:
    # Lone surrogates can come out of JSON and have no UTF-8 form; "replace" only measures, the encoding below refuses them.
    if len(note.encode("utf-8", "replace")) > MAX_NOTE_BYTES or any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in note):
        raise _note_malformed()
    text, blank, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not blank or not text or lines.pop() or not 1 <= len(lines) <= MAX_NOTE_SIGNATURES:
        raise _note_malformed()
    return text + "\n", lines


def _signature_line(line: str) -> tuple[str, bytes, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    material = _decode(encoded)
    if not line.startswith(_DASH) or not space or not _is_key_name(name) or material is None or len(material) <= _KEY_ID_BYTES:
        raise _note_malformed()
    return name, material[:_KEY_ID_BYTES], material[_KEY_ID_BYTES:]


def _is_key_name(name: str) -> bool:
    return bool(name) and not any(c.isspace() or c < " " or c == "+" or "\ud800" <= c <= "\udfff" for c in name)


def _decode(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    # Base64 has several spellings of one value when the last bits are not zero: only the one that is written counts.
    return data if base64.b64encode(data).decode("ascii") == text else None


def _key_malformed() -> InvalidInputError:
    return InvalidInputError("log-key-malformed", vi="Khoá công khai của nhật ký không đúng dạng.", en="Not a log's verifier key.")


def _note_malformed() -> InvalidInputError:
    return InvalidInputError("note-malformed", vi="Mốc nhật ký không đúng dạng.", en="Not a signed note.")
