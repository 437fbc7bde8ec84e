import unicodedata

from signing_service.rendering.glyphs import undrawable_characters

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
EDE_AND_MNONG = "ƀ Ƀ č Č ĕ Ĕ ĭ Ĭ ñ Ñ ŏ Ŏ ŭ Ŭ ê̆ Ê̆ ô̆ Ô̆ ơ̆ Ơ̆ ư̆ Ư̆ â̆ Â̆"


def test_every_vietnamese_letter_is_drawn() -> None:
    letters = {unicodedata.normalize("NFC", letter + tone) for letter in VIETNAMESE + VIETNAMESE.upper() for tone in TONES}
    assert undrawable_characters("".join(sorted(letters))) == ()


def test_every_letter_of_ede_and_mnong_is_drawn() -> None:
    assert undrawable_characters(unicodedata.normalize("NFC", EDE_AND_MNONG)) == ()


def test_others_are_told_once_in_their_order() -> None:
    assert undrawable_characters("a😀b\x00c😀\u00ad\n") == ("😀", "\x00", "\u00ad")
