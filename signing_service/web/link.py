"""The page behind the QR code, what the access code opens there, and the page at the root of the site."""

import re
from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from signing_service.access.pace import TooManyTriesError
from signing_service.actions.look_up_link import LinkAnswer
from signing_service.actions.open_with_access_code import OpenedTranscript, WaitForAccessCodeError, WrongAccessCodeError
from signing_service.ids import LinkToken
from signing_service.web.fact import Words
from signing_service.web.forms import read_form
from signing_service.web.marks import marks_view
from signing_service.web.paces import Paces, client_of
from signing_service.web.pages import Pages
from signing_service.web.verdict import view_of

LookUp = Callable[[LinkToken], LinkAnswer]
"""Answers a link; it never raises for a token that nobody was given."""

OpenMarks = Callable[[LinkToken, str], OpenedTranscript]
"""Opens a transcript with what was typed as its access code."""

RETRY_AFTER_SECONDS = 120

_TOKEN = re.compile(r"[0-9a-hjkmnp-tv-z]{32}", re.ASCII)

_NOBODYS_TOKEN = LinkToken("0" * 32)
"""Asked for in place of anything that is no token: it is never drawn, and the answer takes the way and the time of an unknown link."""

_PDF, _EVIDENCE = "pdf", "evidence"


def link_routes(look_up: LookUp, open_marks: OpenMarks, pages: Pages, paces: Paces) -> APIRouter:
    """`/` and `/v/{token}`."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"], response_model=None)
    async def landing(request: Request) -> Response:
        return pages.answer(request, "landing.html", has_form=True)

    def status_page(request: Request, token: LinkToken, problem: Words | None = None, refused: HTTPStatus | None = None) -> Response:
        view = view_of(look_up(token))
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if view.status is HTTPStatus.SERVICE_UNAVAILABLE else None
        status = refused if refused is not None and view.status is HTTPStatus.OK else view.status
        return pages.answer(
            request, view.template, status=status, headers=headers, has_form=view.opens_with_code, view=view, problem=problem
        )

    # A path, not a segment: whatever stands behind /v/ is answered as a link.
    @router.api_route("/v/{token:path}", methods=["GET", "HEAD"], response_model=None)
    async def link(request: Request) -> Response:
        return status_page(request, _token(request))

    @router.api_route("/v/{token:path}", methods=["POST"], response_model=None)
    async def with_access_code(request: Request) -> Response:
        token, fields, client = _token(request), await read_form(request), client_of(request)
        code = fields.get("code", "")
        try:
            paces.access_codes.take(client, paces.now())
            opened = await run_in_threadpool(open_marks, token, code)
        except WrongAccessCodeError as error:
            return status_page(request, token, Words(error.vi, error.en), HTTPStatus.FORBIDDEN)
        except (WaitForAccessCodeError, TooManyTriesError) as error:
            answer = status_page(request, token, Words(error.vi, error.en), HTTPStatus.TOO_MANY_REQUESTS)
            answer.headers["Retry-After"] = str(error.retry_after_seconds)
            return answer
        paces.access_codes.give_back(client, paces.now())
        wanted = fields.get("want")
        if wanted == _PDF:
            return _file(opened.pdf, "application/pdf", f"{opened.short_code}.pdf")
        if wanted == _EVIDENCE:
            return _file(opened.evidence, "application/octet-stream", f"{opened.short_code}.pdf.evidence")
        # The code goes back into the page, so that its buttons can send it again: no cookie, and nothing to remember between two requests.
        marks = marks_view(opened.record.transcript)
        return pages.answer(request, "marks.html", has_form=True, marks=marks, code=code)

    return router


def _token(request: Request) -> LinkToken:
    asked = request.path_params["token"]
    return LinkToken(asked) if _TOKEN.fullmatch(asked) else _NOBODYS_TOKEN


def _file(content: bytes, media_type: str, name: str) -> Response:
    """A download, named by the short code and never by a child."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
