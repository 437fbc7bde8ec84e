"""Reads a request's body, of one media type and not beyond a limit."""

from fastapi import Request

from signing_service.errors import InvalidInputError

LARGEST_BODY = 64 * 1024
"""Octets; time-stamp and OCSP requests are far smaller."""


class BodyTooLargeError(InvalidInputError):
    """The body is larger than `LARGEST_BODY`; it was not read to its end."""


class MediaTypeError(InvalidInputError):
    """The body is of another media type than this address takes."""


async def read_body(request: Request, media_type: str) -> bytes:
    """The whole body.

    Raises:
        MediaTypeError: `Content-Type` names another type, or none (`media-type`).
        BodyTooLargeError: more than `LARGEST_BODY` octets are sent (`body-too-large`).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise MediaTypeError("media-type", vi=f"Địa chỉ này chỉ nhận {media_type}.", en=f"This address takes only {media_type}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise BodyTooLargeError("body-too-large", vi="Yêu cầu lớn hơn 64 KiB.", en="The request is larger than 64 KiB.")
    return bytes(body)
