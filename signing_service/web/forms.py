"""Reads the small forms of the pages: a few short fields, never a file."""

from urllib.parse import parse_qsl

from fastapi import Request

from signing_service.errors import InvalidInputError

_MEDIA_TYPE = "application/x-www-form-urlencoded"
_LARGEST = 4 * 1024
_MOST_FIELDS = 8


class FormError(InvalidInputError):
    """Not the form of this page (`form`)."""

    def __init__(self) -> None:
        super().__init__(
            "form",
            vi="Không đọc được biểu mẫu; hãy mở lại trang rồi gửi lại.",
            en="The form cannot be read; open the page and send it again.",
        )


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name, at most 4 KiB in all.

    Raises:
        FormError: another media type, too large, or not UTF-8.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA_TYPE:
        raise FormError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise FormError
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise FormError from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, value)
    return fields
