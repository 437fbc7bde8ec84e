"""The front door: pages for people and endpoints for programs as one ASGI application."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from signing_service.api.health import health_routes
from signing_service.api.log import LogObject, log_routes
from signing_service.api.pki import Named, Responder, pki_routes
from signing_service.api.problems import problem_of, problem_of_status, retry_after, status_of
from signing_service.api.tsa import tsa_routes
from signing_service.api.uploads import UploadReader
from signing_service.api.verifications import verification_routes
from signing_service.errors import SigningServiceError
from signing_service.web.access_log import AccessLog
from signing_service.web.failures import failure_page
from signing_service.web.headers import BrowserHeaders
from signing_service.web.last_resort import LastResort
from signing_service.web.link import LookUp, OpenMarks, link_routes
from signing_service.web.paces import Paces, client_of
from signing_service.web.pages import Pages
from signing_service.web.short_code import FindShortCode, short_code_routes
from signing_service.web.static_files import static_routes
from signing_service.web.upload import JudgeUpload, upload_routes

LOGGER = logging.getLogger("signing_service.asgi")

SERVER_OPTIONS: Final[dict[str, Any]] = {
    "access_log": False,
    "ws": "none",
    "server_header": False,
    "lifespan": "off",
    "proxy_headers": False,
}
"""How to run it under uvicorn. Its own access log, and its WebSocket log, write paths, and a path may be a link's token. What a proxy says
of the client is believed only where the settings name the proxy: everybody can write such a header."""

_FOR_PROGRAMS = ("/api/", "/pki/", "/tsa", "/log/", "/healthz")


@dataclass(frozen=True, slots=True)
class Doors:
    """What the application asks of the house behind it.

    `open_marks`, `find_short_code` and `judge_upload` are called in threads and may wait; the others in the event loop, where they must
    answer in milliseconds.
    """

    organisation: str
    """Who runs the service; it stands at the head of every page."""
    look_up: LookUp
    find_short_code: FindShortCode
    open_marks: OpenMarks
    judge_upload: JudgeUpload
    now: Callable[[], datetime]
    certificate: Named
    revocation_list: Named
    ocsp: Responder
    timestamp: Responder
    log_object: LogObject


def create_app(doors: Doors) -> FastAPI:
    """The application; it sets no cookie, and remembers nothing between two requests but how often somebody asked."""
    pages, paces, uploads = Pages(doors.organisation), Paces(doors.now), UploadReader()

    async def refused(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if _is_for_programs(request):
            return problem_of_status(error.status_code, headers)
        return failure_page(pages, request, error.status_code, headers)

    async def failed(request: Request, error: SigningServiceError) -> Response:
        LOGGER.warning("refused: %s", error.code)
        return problem_of(error) if _is_for_programs(request) else failure_page(pages, request, status_of(error), retry_after(error))

    async def hung_up(_request: Request, _error: ClientDisconnect) -> Response:
        # Nobody is there to read it, and nothing of ours went wrong.
        return Response(status_code=HTTPStatus.BAD_REQUEST)

    def broken(request: Request) -> Response:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return problem_of_status(status) if _is_for_programs(request) else failure_page(pages, request, status)

    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        # A span or a recorded exception would carry the path, and a path may be a link's token.
        telemetry={"tracing": False, "logs": False, "auto_configure": False},
        middleware=[Middleware(AccessLog), Middleware(BrowserHeaders), Middleware(LastResort, broken)],
        exception_handlers={HTTPException: refused, SigningServiceError: failed, ClientDisconnect: hung_up},
    )
    for router in (
        link_routes(doors.look_up, doors.open_marks, pages, paces),
        short_code_routes(doors.find_short_code, pages, paces),
        upload_routes(uploads.read, doors.judge_upload, status_of, pages, paces),
        verification_routes(
            look_up=doors.look_up,
            find_short_code=doors.find_short_code,
            read=uploads.read,
            judge=doors.judge_upload,
            client_of=client_of,
            now=doors.now,
            short_codes=paces.short_codes,
            uploads=paces.uploads,
        ),
        static_routes(),
        pki_routes(doors.certificate, doors.revocation_list, doors.ocsp),
        tsa_routes(doors.timestamp),
        log_routes(doors.log_object),
        health_routes(),
    ):
        app.include_router(router)
    return app


def _is_for_programs(request: Request) -> bool:
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return path.startswith(_FOR_PROGRAMS)
