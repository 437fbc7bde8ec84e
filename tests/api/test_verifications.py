"""The API: reports of the contract, statuses without personal data, problems that say what to do, and a description that is true."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from signing_service.api.openapi import openapi_document
from signing_service.asgi import create_app
from tests.web.fake_doors import (
    AWARD_TOKEN,
    CANNOT_TELL_TOKEN,
    NOW,
    REVOKED_TOKEN,
    SHORT_CODE,
    SUPERSEDED_TOKEN,
    UNKNOWN_TOKEN,
    VALID_TOKEN,
    House,
    pdf_saying,
)

FILES = "/api/v1/verifications"
BY_CODE = "/api/v1/verifications/by-short-code"


def _conforms(answer: Any, schema: str) -> None:
    document = openapi_document()
    jsonschema.validate(
        answer,
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": f"#/components/schemas/{schema}", **document},
        format_checker=jsonschema.FormatChecker(),
    )


@pytest.mark.parametrize("as_form", [True, False])
def test_a_file_gets_the_report_of_the_contract_with_its_current_status(client: TestClient, *, as_form: bool) -> None:
    content = pdf_saying("genuine")
    if as_form:
        answer = client.post(FILES, files={"file": ("học bạ.pdf", content, "application/pdf")})
    else:
        answer = client.post(FILES, content=content, headers={"content-type": "application/pdf"})
    assert answer.status_code == 200
    report = answer.json()
    _conforms(report, "Report")
    assert report["file"] == ("học bạ.pdf" if as_form else "upload.pdf")
    assert report["indication"] == "TOTAL-PASSED"


def test_the_same_file_twice_gets_the_same_answer(client: TestClient) -> None:
    first, second = (client.post(FILES, content=pdf_saying("x"), headers={"content-type": "application/pdf"}).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("token", "status"), [(VALID_TOKEN, "valid"), (SUPERSEDED_TOKEN, "superseded"), (REVOKED_TOKEN, "revoked"), (AWARD_TOKEN, "valid")]
)
def test_a_link_tells_its_status_and_nothing_personal(client: TestClient, token: str, status: str) -> None:
    answer = client.get(f"{FILES}/{token}")
    members = answer.json()
    _conforms(members, "Status")
    assert (answer.status_code, members["current_status"], members["token"]) == (200, status, token)
    for personal in ("H. B. Ê.", "Tổ Ngữ văn", SHORT_CODE):
        assert personal not in answer.text


def test_a_superseded_one_names_its_successor_and_a_revoked_one_day_and_reason(client: TestClient) -> None:
    superseded = client.get(f"{FILES}/{SUPERSEDED_TOKEN}").json()
    assert superseded["successor"] == VALID_TOKEN
    assert (superseded["revoked_at"], superseded["revocation_reason"]) == ("2026-08-03T02:30:00Z", "wrong-content")


@pytest.mark.parametrize("token", [UNKNOWN_TOKEN, "nothing", VALID_TOKEN.upper(), VALID_TOKEN + "0", "%00", "٣" * 32])
def test_an_unknown_link_and_what_is_no_link_are_the_same_problem(client: TestClient, token: str) -> None:
    answer = client.get(f"{FILES}/{token}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unknown"
    _conforms(answer.json(), "Problem")


def test_when_the_record_cannot_be_read_the_problem_says_when_to_come_back(client: TestClient) -> None:
    answer = client.get(f"{FILES}/{CANNOT_TELL_TOKEN}")
    assert (answer.status_code, answer.json()["code"]) == (503, "cannot-tell-right-now")
    assert int(answer.headers["retry-after"]) > 0


def test_a_short_code_leads_to_the_status(client: TestClient) -> None:
    answer = client.post(BY_CODE, json={"short_code": SHORT_CODE.lower()})
    assert answer.json()["token"] == VALID_TOKEN
    _conforms(answer.json(), "Status")
    assert client.post(BY_CODE, json={"short_code": "0000-0000-0000"}).status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", '{"short_code": 7}', '{"short_code": "7K3M"}', '{"code": "7K3M-Q9TZ-0X4B"}', "[" * 5000])
def test_a_body_without_a_short_code_is_a_problem(house: House, client: TestClient, body: str) -> None:
    answer = client.post(BY_CODE, content=body.encode(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "short-code")
    assert house.codes == []


def test_page_and_api_share_one_allowance_of_wrong_codes(house: House, client: TestClient) -> None:
    for _ in range(10):
        client.post("/ma-tra-cuu", data={"code": "0000-0000-0000"})
    refused = client.post(BY_CODE, json={"short_code": SHORT_CODE})
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-tries")
    house.now = NOW + timedelta(seconds=int(refused.headers["retry-after"]))
    assert client.post(BY_CODE, json={"short_code": SHORT_CODE}).status_code == 200


def test_what_is_no_pdf_is_a_problem(client: TestClient) -> None:
    answer = client.post(FILES, content=b"nothing", headers={"content-type": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (400, "not-a-pdf")
    _conforms(answer.json(), "Problem")


def test_a_busy_verifier_is_a_problem_with_the_time_to_come_back(house: House, client: TestClient) -> None:
    house.is_busy = True
    answer = client.post(FILES, content=pdf_saying("x"), headers={"content-type": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (503, "verifier-busy")
    assert int(answer.headers["retry-after"]) > 0


def test_the_description_is_served_and_names_every_address_of_the_api(house: House, client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described == json.loads(json.dumps(openapi_document()))
    routes = {(path, method.lower()) for path, methods in _routes(create_app(house.doors()).routes) for method in methods - {"HEAD"}}
    served = {route for route in routes if route[0].startswith("/api/") and not route[0].endswith("openapi.json")}
    assert {(path, method) for path, operations in described["paths"].items() for method in operations} == served


def _routes(routes: Iterable[object]) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route.path, set(route.methods or ())
        else:
            yield from _routes(route.original_router.routes)  # type: ignore[attr-defined] # what include_router leaves in the list
