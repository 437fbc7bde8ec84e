"""Answers for an error that nobody expected, and keeps what was asked out of the log."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PLACES = 8
"""Innermost frames that are logged; further out stands only the framework."""

LOGGER = logging.getLogger("signing_service.errors")


class LastResort:
    """Logs the error's kind and places but never its message: a database's error quotes the token it was asked for."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:  # noqa: BLE001 whatever passes here, the server would log with its message
            LOGGER.error("unexpected %s at %s", type(error).__name__, _places(error))  # noqa: TRY400 no traceback, for the same reason
            if not begun:
                await self._answer(Request(scope))(scope, receive, send)


def _places(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
