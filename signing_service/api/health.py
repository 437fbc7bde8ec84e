"""Whether the process answers; for load balancers and container engines."""

from fastapi import APIRouter
from starlette.responses import Response


def health_routes() -> APIRouter:
    """`/healthz`."""
    router = APIRouter()

    @router.api_route("/healthz", methods=["GET", "HEAD"], response_model=None)
    async def healthz() -> Response:
        return Response('{"status": "ok"}', media_type="application/json")

    return router
