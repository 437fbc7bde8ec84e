"""The page behind the QR code, and the page at the root of the site."""

import re
from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from signing_service.actions.look_up_link import LinkAnswer
from signing_service.ids import LinkToken
from signing_service.web.pages import Pages
from signing_service.web.verdict import view_of

LookUp = Callable[[LinkToken], LinkAnswer]
"""Answers a link; it never raises for a token that nobody was given."""

RETRY_AFTER_SECONDS = 120

_TOKEN = re.compile(r"[0-9a-hjkmnp-tv-z]{32}", re.ASCII)

_NOBODYS_TOKEN = LinkToken("0" * 32)
"""Asked for in place of anything that is no token: it is never drawn, and the answer takes the way and the time of an unknown link."""


def link_routes(look_up: LookUp, pages: Pages) -> APIRouter:
    """`/` and `/v/{token}`."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"], response_model=None)
    async def landing(request: Request) -> Response:
        return pages.answer(request, "landing.html")

    # A path, not a segment: whatever stands behind /v/ is answered as a link.
    @router.api_route("/v/{token:path}", methods=["GET", "HEAD"], response_model=None)
    async def link(request: Request) -> Response:
        asked = request.path_params["token"]
        view = view_of(look_up(LinkToken(asked) if _TOKEN.fullmatch(asked) else _NOBODYS_TOKEN))
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if view.status is HTTPStatus.SERVICE_UNAVAILABLE else None
        return pages.answer(request, view.template, status=view.status, headers=headers, view=view)

    return router
