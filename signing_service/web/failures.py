"""The pages shown when a request cannot be answered: each says what to do next."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import HTMLResponse

from signing_service.web.link import RETRY_AFTER_SECONDS
from signing_service.web.pages import Pages

_WITH_WORDS = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.CONFLICT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)


def failure_page(pages: Pages, request: Request, status: int, headers: dict[str, str] | None = None) -> HTMLResponse:
    """The page for an HTTP status: those that a person can do something about have words of their own, everything else is our fault."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} | (headers or {})
    known = status if status in _WITH_WORDS else None
    return pages.answer(request, "failure.html", status=status, headers=headers, failure=known)
