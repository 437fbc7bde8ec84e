"""Codes as people type them from paper: Crockford's base32 forgives what the eye confuses."""

from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O and U: https://www.crockford.com/base32.html."""

_GROUP: Final = 4
_LONGEST: Final = 64
_READ_AS: Final = str.maketrans("OIL", "011", " \t-–—._·")


def typed_code(text: str, length: int) -> str | None:
    """The code in groups of four (`XXXX-XXXX`), or None when `text` cannot be one of so many characters.

    Case, spaces, dots and hyphens do not matter; O is read as 0, I and L as 1.
    """
    if len(text) > _LONGEST:
        return None
    characters = text.upper().translate(_READ_AS)
    if len(characters) != length or any(character not in CROCKFORD for character in characters):
        return None
    return grouped(characters)


def grouped(characters: str) -> str:
    """`characters` in groups of four, joined by hyphens."""
    return "-".join(characters[i : i + _GROUP] for i in range(0, len(characters), _GROUP))
