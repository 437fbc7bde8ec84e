"""The transparency log for whoever wants to watch it (c2sp.org/tlog-tiles)."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from signing_service.errors import InvalidInputError
from signing_service.transparency.tiles import parse_tile_path

LogObject = Callable[[str], bytes | None]
"""The bytes of `checkpoint` or of a tile's path relative to the log's prefix, or None."""

CHECKPOINT = "checkpoint"


def log_routes(log_object: LogObject) -> APIRouter:
    """`/log/checkpoint` and `/log/tile/...`."""
    router = APIRouter(prefix="/log")

    @router.api_route("/checkpoint", methods=["GET", "HEAD"], response_model=None)
    async def checkpoint() -> Response:
        return _found(log_object(CHECKPOINT), "text/plain; charset=utf-8", "no-store")

    @router.api_route("/tile/{path:path}", methods=["GET", "HEAD"], response_model=None)
    async def tile(request: Request) -> Response:
        try:
            name = parse_tile_path(f"tile/{request.path_params['path']}")
        except InvalidInputError:
            raise HTTPException(404) from None
        # A tile's content follows from its name; a partial one never changes either, it only stops being needed.
        return _found(log_object(name.path), "application/octet-stream", "public, max-age=31536000, immutable")

    return router


def _found(content: bytes | None, media_type: str, cache_control: str) -> Response:
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type=media_type, headers={"Cache-Control": cache_control})
