"""One log line a request: method, route and status. Never the path, which may be a link's token, nor the address of who asked."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger("signing_service.access")

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


class AccessLog:
    """Writes the line when the answer begins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "-"

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                # The route's pattern, such as /v/{token}, is ours; the path is the stranger's.
                LOGGER.info("%s %s %d", method, getattr(scope.get("route"), "path", "-"), message["status"])
            await send(message)

        await self._app(scope, receive, send_and_log)
