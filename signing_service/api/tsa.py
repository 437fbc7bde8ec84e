"""The time-stamp authority over HTTP (RFC 3161, 3.4)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from signing_service.api.bodies import read_body
from signing_service.api.pki import Responder

TIMESTAMP_QUERY = "application/timestamp-query"
TIMESTAMP_REPLY = "application/timestamp-reply"


def tsa_routes(timestamp: Responder) -> APIRouter:
    """`POST /tsa`."""
    router = APIRouter()

    @router.post("/tsa", response_model=None)
    async def time_stamp(request: Request) -> Response:
        return Response(timestamp(await read_body(request, TIMESTAMP_QUERY)), media_type=TIMESTAMP_REPLY)

    return router
