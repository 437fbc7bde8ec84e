"""Every answer, page or protocol, error or not, carries the same strict headers, and no cookie."""

from collections.abc import Iterable, Iterator

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from signing_service.asgi import create_app
from signing_service.web.static_files import STYLE_SHEET
from tests.web.fake_doors import (
    AUTHORITY,
    BROKEN_TOKEN,
    CANNOT_TELL_TOKEN,
    PARTIAL_TILE,
    UNAVAILABLE_TOKEN,
    UNKNOWN_TOKEN,
    VALID_TOKEN,
    House,
)

WITH_A_FORM = {("GET", "/"), ("GET", f"/v/{VALID_TOKEN}"), ("GET", "/ma-tra-cuu"), ("GET", "/kiem-tra"), ("POST", "/kiem-tra")}

REQUESTS = {
    "/": ("GET", "/"),
    "/ma-tra-cuu": ("GET", "/ma-tra-cuu"),
    "/kiem-tra": ("GET", "/kiem-tra"),
    "/api/v1/openapi.json": ("GET", "/api/v1/openapi.json"),
    "/api/v1/verifications": ("POST", "/api/v1/verifications"),
    "/api/v1/verifications/by-short-code": ("POST", "/api/v1/verifications/by-short-code"),
    "/api/v1/verifications/{token}": ("GET", f"/api/v1/verifications/{VALID_TOKEN}"),
    "/v/{token:path}": ("GET", f"/v/{VALID_TOKEN}"),
    "/static/{name}": ("GET", f"/static/{STYLE_SHEET.name}"),
    "/pki/ca/{name}.crt": ("GET", f"/pki/ca/{AUTHORITY}.crt"),
    "/pki/crl/{name}.crl": ("GET", f"/pki/crl/{AUTHORITY}.crl"),
    "/pki/ocsp": ("POST", "/pki/ocsp"),
    "/pki/ocsp/{encoded:path}": ("GET", "/pki/ocsp/MAMCAQE="),
    "/tsa": ("POST", "/tsa"),
    "/log/checkpoint": ("GET", "/log/checkpoint"),
    "/log/tile/{path:path}": ("GET", f"/log/{PARTIAL_TILE}"),
    "/healthz": ("GET", "/healthz"),
}
ERRORS = [
    ("GET", f"/v/{UNKNOWN_TOKEN}"),
    ("GET", f"/v/{CANNOT_TELL_TOKEN}"),
    ("GET", f"/v/{BROKEN_TOKEN}"),
    ("GET", f"/v/{UNAVAILABLE_TOKEN}"),
    ("POST", f"/v/{VALID_TOKEN}"),
    ("POST", "/kiem-tra"),
    ("POST", "/ma-tra-cuu"),
    ("GET", f"/api/v1/verifications/{UNKNOWN_TOKEN}"),
    ("GET", "/nowhere"),
    ("GET", "/pki/ca/unknown.crt"),
    ("GET", "/pki/crl/broken.crl"),
    ("GET", "/log/tile/0/999"),
    ("DELETE", "/tsa"),
    ("TRACE", "/"),
]


def _paths(routes: Iterable[object]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route.path
        else:
            yield from _paths(route.original_router.routes)  # type: ignore[attr-defined] # what include_router leaves in the list


def test_every_route_is_in_this_test(house: House) -> None:
    assert set(_paths(create_app(house.doors()).routes)) == set(REQUESTS)


@pytest.mark.parametrize(("method", "path"), [*REQUESTS.values(), *ERRORS])
def test_strict_headers_and_no_cookie(client: TestClient, method: str, path: str) -> None:
    headers = client.request(method, path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; ")
    assert "script" not in policy
    assert "unsafe" not in policy
    form = "form-action 'self'" if (method, path) in WITH_A_FORM else "form-action 'none'"
    for directive in ("frame-ancestors 'none'", "base-uri 'none'", form):
        assert directive in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert "cache-control" in headers
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers, "RFC 6797, 7.2"


@pytest.mark.parametrize(("method", "path"), [("GET", f"/v/{VALID_TOKEN}"), *ERRORS])
def test_an_answer_about_a_child_and_every_error_is_kept_nowhere(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).headers["cache-control"] == "no-store"


def test_over_tls_browsers_are_told_to_stay_there(house: House) -> None:
    with TestClient(create_app(house.doors()), base_url="https://testserver") as client:
        assert "max-age=63072000" in client.get("/").headers["strict-transport-security"]
