"""Certificates, revocation lists and OCSP as relying parties fetch them."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.web.fake_doors import AUTHORITY, House


def test_an_authority_certificate_is_served_as_der(client: TestClient) -> None:
    answer = client.get(f"/pki/ca/{AUTHORITY}.crt")
    assert (answer.status_code, answer.content) == (200, b"0\x03certificate")
    assert answer.headers["content-type"] == "application/pkix-cert"


def test_a_revocation_list_is_served_as_der_and_not_kept_long(client: TestClient) -> None:
    answer = client.get(f"/pki/crl/{AUTHORITY}.crl")
    assert (answer.status_code, answer.content) == (200, b"0\x03list")
    assert answer.headers["content-type"] == "application/pkix-crl"
    assert answer.headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize("path", ["/pki/ca/nobody.crt", "/pki/crl/nobody.crl", "/pki/ca/..%2F..%2Fkeys.crt", "/pki/", "/pki/ca/"])
def test_what_is_not_there_is_a_problem_document(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-found"


def test_ocsp_by_post(house: House, client: TestClient) -> None:
    answer = client.post("/pki/ocsp", content=b"question", headers={"content-type": "application/ocsp-request"})
    assert (answer.status_code, answer.content) == (200, b"answer to question")
    assert answer.headers["content-type"] == "application/ocsp-response"
    assert house.requests == [b"question"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=st.binary(min_size=1, max_size=200), escape_slashes=st.booleans())
def test_ocsp_by_get_takes_every_base64_escaped_or_not(client: TestClient, request: bytes, *, escape_slashes: bool) -> None:
    encoded = base64.b64encode(request).decode()
    answer = client.get(f"http://testserver/pki/ocsp/{quote(encoded, safe='') if escape_slashes else encoded}")
    assert answer.content == b"answer to " + request


@pytest.mark.parametrize("encoded", ["!!!", "QUJD*", "QUJ", "%FF", "A" * 50_001])
def test_what_is_no_base64_reaches_the_responder_as_an_empty_request_which_it_calls_malformed(
    house: House, client: TestClient, encoded: str
) -> None:
    assert client.get(f"/pki/ocsp/{encoded}").status_code == 200
    assert house.requests == [b""]


def test_a_silent_key_is_a_503_in_our_own_words(client: TestClient) -> None:
    answer = client.get("/pki/crl/sleeping.crl")
    assert answer.status_code == 503
    assert answer.json() == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The key does not answer.",
        "detail_vi": "Khóa không trả lời.",
        "code": "key-silent",
    }


def test_an_unexpected_error_is_a_problem_document_that_gives_nothing_away(client: TestClient) -> None:
    answer = client.get("/pki/crl/broken.crl")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "internal-error"
    assert "InventedDatabaseError" not in answer.text
