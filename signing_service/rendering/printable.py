"""What may stand on a page: printed values, the link, and only characters that the font draws."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from signing_service.errors import InvalidInputError
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.glyphs import undrawable_characters

Printed: TypeAlias = "str | int | float | bool | list[Printed] | dict[str, Printed] | None"
"""What a template receives, as JSON."""

_LINK_LIMIT: Final = 120


def check_link(link: PrintedLink) -> None:
    """Let a link pass that a page can print and a QR code can carry.

    Raises:
        InvalidInputError: it is no ASCII web address of at most 120 characters (`unprintable-link`).
    """
    address = link.url
    if not (address.startswith(("https://", "http://")) and address.isascii() and address.isprintable() and len(address) <= _LINK_LIMIT):
        raise InvalidInputError(
            "unprintable-link",
            vi=f"Liên kết kiểm tra phải là địa chỉ web chữ ASCII, dài không quá {_LINK_LIMIT} kí tự.",
            en=f"The verification link has to be an ASCII web address of at most {_LINK_LIMIT} characters.",
        )


def printed_link(link: PrintedLink) -> dict[str, Printed]:
    """The link as the templates name its parts."""
    return {"url": link.url, "short-code": link.short_code}


def check_drawable(page: Printed) -> None:
    """Let a page pass whose every character the font draws.

    Raises:
        InvalidInputError: it does not (`undrawable-character`); the message names place and code point, never the text.
    """
    for place, text in _texts(page):
        bad = undrawable_characters(text)
        if bad:
            named = ", ".join(f"U+{ord(character):04X}" for character in bad)
            raise InvalidInputError(
                "undrawable-character",
                vi=f"Không in được kí tự {named} ở mục {place}; hãy sửa lại trong dữ liệu gốc.",
                en=f"The characters {named} at {place} cannot be drawn; correct them in the source data.",
            )


def _texts(printed: Printed, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(printed, str):
        yield place, printed
    elif isinstance(printed, list):
        for number, item in enumerate(printed, start=1):
            yield from _texts(item, f"{place}/{number}")
    elif isinstance(printed, dict):
        for name, item in printed.items():
            yield from _texts(item, f"{place}/{name}")
