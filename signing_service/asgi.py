"""The front door: pages for people and endpoints for programs as one ASGI application."""

import logging
from dataclasses import dataclass
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
from signing_service.api.problems import problem_of, problem_of_status, status_of
from signing_service.api.tsa import tsa_routes
from signing_service.errors import SigningServiceError
from signing_service.web.access_log import AccessLog
from signing_service.web.failures import failure_page
from signing_service.web.headers import BrowserHeaders
from signing_service.web.last_resort import LastResort
from signing_service.web.link import LookUp, link_routes
from signing_service.web.pages import Pages
from signing_service.web.static_files import static_routes

LOGGER = logging.getLogger("signing_service.asgi")

SERVER_OPTIONS: Final[dict[str, Any]] = {"access_log": False, "ws": "none", "server_header": False, "lifespan": "off"}
"""How to run it under uvicorn. Its own access log, and its WebSocket log, write paths, and a path may be a link's token."""

_FOR_PROGRAMS = ("/pki/", "/tsa", "/log/", "/healthz")


@dataclass(frozen=True, slots=True)
class Doors:
    """What the application asks of the house behind it. All are called in the event loop and must answer in milliseconds."""

    organisation: str
    """Who runs the service; it stands at the head of every page."""
    look_up: LookUp
    certificate: Named
    revocation_list: Named
    ocsp: Responder
    timestamp: Responder
    log_object: LogObject


def create_app(doors: Doors) -> FastAPI:
    """The application; it keeps no state and sets no cookie."""
    pages = Pages(doors.organisation)

    async def refused(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if _is_for_programs(request):
            return problem_of_status(error.status_code, headers)
        return failure_page(pages, request, error.status_code, headers)

    async def failed(request: Request, error: SigningServiceError) -> Response:
        LOGGER.warning("refused: %s", error.code)
        return problem_of(error) if _is_for_programs(request) else failure_page(pages, request, status_of(error))

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
        link_routes(doors.look_up, pages),
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
