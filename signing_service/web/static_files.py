"""The style sheet and the icon: each served under a name that changes with its content, so that it may be kept for ever."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

_FOLDER = Path(__file__).parent / "static"
_MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served: `name` carries the first 48 bits of the content's SHA-256."""

    name: str
    content: bytes
    media_type: str


def _read(file_name: str) -> StaticFile:
    path = _FOLDER / file_name
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return StaticFile(f"{path.stem}.{digest}{path.suffix}", content, _MEDIA_TYPES[path.suffix])


STYLE_SHEET = _read("site.css")
ICON = _read("icon.svg")


def static_routes() -> APIRouter:
    """`/static/{name}`."""
    router = APIRouter()
    files = {file.name: file for file in (STYLE_SHEET, ICON)}

    @router.api_route("/static/{name}", methods=["GET", "HEAD"], response_model=None)
    async def static_file(request: Request) -> Response:
        file = files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"})

    return router
