"""The pages shown when a request cannot be answered: each says what to do next."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import HTMLResponse

from signing_service.web.link import RETRY_AFTER_SECONDS
from signing_service.web.pages import Pages


def failure_page(pages: Pages, request: Request, status: int, headers: dict[str, str] | None = None) -> HTMLResponse:
    """The page for an HTTP status: 404, 405 and 503 have words of their own, everything else is our fault or nobody's concern."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} | (headers or {})
    known = status if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.SERVICE_UNAVAILABLE} else None
    return pages.answer(request, "failure.html", status=status, headers=headers, failure=known)
