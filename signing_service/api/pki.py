"""What our certificates point to: authority certificates (AIA), revocation lists (CDP) and the OCSP responder."""

import base64
import binascii
from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from signing_service.api.bodies import read_body

Named = Callable[[str], bytes | None]
"""DER by the name that stands in our certificates' addresses, or None."""

Responder = Callable[[bytes], bytes]
"""A DER response to a DER request; it never raises for what a stranger sent."""

OCSP_REQUEST = "application/ocsp-request"
OCSP_RESPONSE = "application/ocsp-response"


def pki_routes(certificate: Named, revocation_list: Named, ocsp: Responder) -> APIRouter:
    """`/pki/ca/{name}.crt`, `/pki/crl/{name}.crl` (RFC 2585, RFC 5280) and `/pki/ocsp` (RFC 6960, appendix A)."""
    router = APIRouter(prefix="/pki")

    @router.api_route("/ca/{name}.crt", methods=["GET", "HEAD"], response_model=None)
    async def authority_certificate(request: Request) -> Response:
        return _found(certificate(request.path_params["name"]), "application/pkix-cert", keep_seconds=86_400)

    @router.api_route("/crl/{name}.crl", methods=["GET", "HEAD"], response_model=None)
    async def list_of_revoked(request: Request) -> Response:
        return _found(revocation_list(request.path_params["name"]), "application/pkix-crl", keep_seconds=300)

    @router.post("/ocsp", response_model=None)
    async def ocsp_by_post(request: Request) -> Response:
        return Response(ocsp(await read_body(request, OCSP_REQUEST)), media_type=OCSP_RESPONSE)

    # A path, not a segment: base64 has slashes, and not every client escapes them.
    @router.api_route("/ocsp/{encoded:path}", methods=["GET", "HEAD"], response_model=None)
    async def ocsp_by_get(request: Request) -> Response:
        return Response(ocsp(_decoded(request.path_params["encoded"])), media_type=OCSP_RESPONSE)

    return router


def _found(content: bytes | None, media_type: str, *, keep_seconds: int) -> Response:
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type=media_type, headers={"Cache-Control": f"public, max-age={keep_seconds}"})


def _decoded(encoded: str) -> bytes:
    """The request inside an address; for what is no base64 nothing at all, which the responder calls malformed."""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
