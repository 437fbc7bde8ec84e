"""How a cell's text is read: NFC at the door, invisible characters gone, and two spellings of one thing recognised as one."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from signing_service.intake.workbook import CellValue

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACES: Final = re.compile(r"[^\S\n]+")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "’‘ʼʹ`´′"), "'")
_LOOK_ALIKES: Final = {ord("Ð"): "Đ", ord("Ɖ"): "Đ", ord("ð"): "đ"}


def raw_text(value: CellValue) -> str:
    """The cell as text, untouched: whole numbers without a fraction."""
    match value:
        case None:
            return ""
        case str():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case date() | datetime() | time() | timedelta():
            return str(value)
        case _:
            return repr(value)


def clean(text: str) -> str:
    """One line in NFC: invisible characters removed, every run of white space one space, none at the ends."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """Like `clean`, but line breaks stay."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_INVISIBLE)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in normal.split("\n")).strip()


def folded(text: str) -> str:
    """A heading without case, accents, spaces and punctuation: `Họ  và tên ` and `HỌ VÀ TÊN` both become `hovaten`."""
    plain = text.translate(_LOOK_ALIKES).casefold().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum())


def with_real_letters(text: str) -> str:
    """Look-alikes of Đ (Ð U+00D0, Ɖ U+0189) replaced by the letter."""
    return text.translate(_LOOK_ALIKES)


def straight_apostrophes(text: str) -> str:
    """Typographic apostrophes as in H’Hen made straight."""
    return text.translate(_APOSTROPHES)


def name_key(name: str) -> str:
    """Equal for two spellings of one name: capitals, apostrophes, and the place of the tone mark (Thuỷ, Thủy) do not matter."""
    words = straight_apostrophes(with_real_letters(clean(name))).casefold().split()
    return " ".join(map(_tone_last, words))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(c for c in letters if c not in _TONES) + "".join(c for c in letters if c in _TONES)
