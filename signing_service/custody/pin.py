"""The PIN a person proves presence with: a value that never shows itself."""

import unicodedata
from typing import NoReturn

from signing_service.errors import InvalidInputError, RefusedError

SHORTEST_PIN = 8
LONGEST_PIN = 128


class Pin:
    """A PIN or passphrase of 8 to 128 characters, compared in NFC so that every keyboard types the same one.

    It cannot be printed, compared, pickled or copied; `custody` alone reads it.
    """

    __slots__ = ("_octets",)

    def __init__(self, text: str) -> None:
        """Take the text as typed.

        Raises:
            InvalidInputError: too short or too long (`pin-length`).
        """
        normal = unicodedata.normalize("NFC", text)
        if not SHORTEST_PIN <= len(normal) <= LONGEST_PIN:
            raise InvalidInputError(
                "pin-length",
                vi=f"Mã PIN phải có từ {SHORTEST_PIN} đến {LONGEST_PIN} ký tự.",
                en=f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} characters.",
            )
        self._octets = normal.encode()

    def octets(self) -> bytes:
        """The UTF-8 octets, for key derivation only."""
        return self._octets

    def __repr__(self) -> str:
        return "Pin(hidden)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise not_copyable()


def not_copyable() -> RefusedError:
    """What a PIN and an opened key answer to pickling and copying."""
    return RefusedError(
        "secret-not-copyable",
        vi="Mã PIN và khóa đã mở không được sao chép hay lưu lại.",
        en="A PIN and an opened key are not copied and not stored.",
    )
