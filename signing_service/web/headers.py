"""What every answer of this site tells the browser: nothing runs, nothing is framed, nothing is kept, nothing is passed on."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WHATEVER_IS_SHOWN = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; "

CONTENT_SECURITY_POLICY = _WHATEVER_IS_SHOWN + "form-action 'none'"

POLICY_WITH_FORM = _WHATEVER_IS_SHOWN + "form-action 'self'"
"""For a page with a form of its own."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# RFC 6797, 7.2: not to be sent over plain HTTP.
_OVER_TLS = {"Strict-Transport-Security": "max-age=63072000"}


class BrowserHeaders:
    """Puts the headers on every answer; an answer that does not say how long it may be kept may not be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = _ALWAYS | (_OVER_TLS if scope["scheme"] == "https" else {})

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(wanted)
                headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
