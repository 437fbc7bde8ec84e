"""Which characters a transcript can show: the letters of Vietnamese and of the peoples who live here, and ordinary punctuation."""

import re
import unicodedata
from typing import Final

_LATIN: Final = (
    range(0x20, 0x7F),
    range(0xA0, 0x250),
    range(0x300, 0x330),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2028),
    range(0x2030, 0x203B),
)
_SYMBOLS: Final = frozenset("ʼʻ₫−\n")
_NAME_MARKS: Final = frozenset(" '’ʼ-.,()")
_LEGACY: Final = frozenset("×Þþ÷¬®µ¶·¸¹º»¼½¾§¨©ª«ßæÆåÅøØ¦¤¢£¥±°²³¯")
_CAPITAL_INSIDE: Final = re.compile(r"[a-zà-ɏḁ-ỹ][À-ÝƠƯ]")


def printable(text: str) -> bool:
    """Whether every character of `text` can be printed by the document's font (no emoji, control characters, Hán Nôm)."""
    return all(c in _SYMBOLS or (any(ord(c) in block for block in _LATIN) and unicodedata.category(c) not in ("Cc", "Cf")) for c in text)


def printable_name(name: str) -> bool:
    """Whether `name` holds letters, marks on letters, apostrophes and hyphens only."""
    return printable(name) and all(unicodedata.category(c)[0] in "LM" or c in _NAME_MARKS for c in name)


def legacy_encoded(name: str) -> bool:
    """Whether `name` looks like TCVN3 text that was never converted (`NguyÔn ThÞ B×nh`): symbols or accented capitals inside a word."""
    return any(c in _LEGACY for c in name) or _CAPITAL_INSIDE.search(name) is not None
