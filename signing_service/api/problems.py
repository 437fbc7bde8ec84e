"""Refusals to programs, as problem details (RFC 9457)."""

import json
from http import HTTPStatus

from starlette.responses import Response

from signing_service.access.pace import TooManyTriesError
from signing_service.api.bodies import BodyTooLargeError, MediaTypeError
from signing_service.errors import ConflictError, IntegrityError, InvalidInputError, RefusedError, SigningServiceError, UnavailableError

_STATUS: tuple[tuple[type[SigningServiceError], HTTPStatus], ...] = (
    (BodyTooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (MediaTypeError, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (InvalidInputError, HTTPStatus.BAD_REQUEST),
    (TooManyTriesError, HTTPStatus.TOO_MANY_REQUESTS),
    (RefusedError, HTTPStatus.FORBIDDEN),
    (ConflictError, HTTPStatus.CONFLICT),
    (UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (IntegrityError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

_RETRY_AFTER_SECONDS = 60


def status_of(error: SigningServiceError) -> HTTPStatus:
    """The HTTP status that speaks for an error of this project."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def retry_after(error: SigningServiceError) -> dict[str, str]:
    """The header that says when to come back, for an error that passes by itself."""
    if isinstance(error, TooManyTriesError):
        return {"Retry-After": str(error.retry_after_seconds)}
    return {"Retry-After": str(_RETRY_AFTER_SECONDS)} if isinstance(error, UnavailableError) else {}


def problem(status: int, code: str, *, vi: str, en: str, headers: dict[str, str] | None = None) -> Response:
    """The answer; beside the members of RFC 9457 it carries our stable `code` and the Vietnamese `detail_vi`."""
    members = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": en,
        "detail_vi": vi,
        "code": code,
    }
    content = json.dumps(members, ensure_ascii=False)
    return Response(content, status_code=status, media_type="application/problem+json", headers=headers)


def problem_of(error: SigningServiceError) -> Response:
    """The answer for an error of this project, in its own words."""
    return problem(status_of(error), error.code, vi=error.vi, en=error.en, headers=retry_after(error))


def problem_of_status(status: int, headers: dict[str, str] | None = None) -> Response:
    """The answer when nothing more is known than the HTTP status."""
    code, vi, en = _WORDS.get(status, _WORDS[HTTPStatus.INTERNAL_SERVER_ERROR])
    return problem(status, code, vi=vi, en=en, headers=headers)


_WORDS: dict[int, tuple[str, str, str]] = {
    HTTPStatus.NOT_FOUND: ("not-found", "Không có gì ở địa chỉ này.", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "method-not-allowed",
        "Địa chỉ này không nhận phương thức đó; tiêu đề Allow cho biết phương thức dùng được.",
        "This address does not take that method; the Allow header names those it takes.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "internal-error",
        "Máy chủ gặp lỗi ngoài dự kiến; hãy thử lại sau vài phút.",
        "The server met an unexpected error; try again in a few minutes.",
    ),
}
