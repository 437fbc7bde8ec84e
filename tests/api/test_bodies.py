"""What may be posted: the right media type, and no more than 64 KiB, whoever says how long it is."""

import logging
import socket

import pytest
from starlette.testclient import TestClient

from signing_service.api.bodies import LARGEST_BODY
from signing_service.asgi import create_app
from tests.web.fake_doors import House
from tests.web.live import exchange, served

TIMESTAMP = {"content-type": "application/timestamp-query"}


def test_a_time_stamp_query_gets_a_reply(house: House, client: TestClient) -> None:
    answer = client.post("/tsa", content=b"query", headers=TIMESTAMP)
    assert (answer.status_code, answer.content) == (200, b"answer to query")
    assert answer.headers["content-type"] == "application/timestamp-reply"
    assert answer.headers["cache-control"] == "no-store"
    assert house.requests == [b"query"]


def test_a_media_type_may_be_written_with_parameters_and_capitals(client: TestClient) -> None:
    assert client.post("/tsa", content=b"q", headers={"content-type": "Application/Timestamp-Query; x=y"}).status_code == 200


@pytest.mark.parametrize("path", ["/tsa", "/pki/ocsp"])
@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/timestamp"])
def test_another_media_type_is_refused_unread(house: House, client: TestClient, path: str, media_type: str) -> None:
    answer = client.post(path, content=b"q", headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type")
    assert house.requests == []


def test_the_limit_is_exact(house: House, client: TestClient) -> None:
    assert client.post("/tsa", content=b"x" * LARGEST_BODY, headers=TIMESTAMP).status_code == 200
    answer = client.post("/tsa", content=b"x" * (LARGEST_BODY + 1), headers=TIMESTAMP)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert len(house.requests) == 1


def test_a_body_of_unannounced_length_is_stopped_at_the_limit(house: House, client: TestClient) -> None:
    chunks = (b"x" * 8192 for _ in range(9))
    assert client.post("/tsa", content=chunks, headers=TIMESTAMP).status_code == 413
    assert house.requests == []


@pytest.mark.parametrize(
    ("request_line", "status"), [("GET /", 200), ("GET /v/x", 404), ("GET /healthz", 200), ("POST /nowhere", 404), ("POST /tsa", 413)]
)
def test_a_real_server_answers_without_waiting_for_a_gigabyte(house: House, request_line: str, status: int) -> None:
    head = (
        f"{request_line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Content-Type: application/timestamp-query\r\nContent-Length: 1000000000\r\n\r\n"
    )
    with served(create_app(house.doors())) as address:
        answer = exchange(address, head.encode() + b"x" * (LARGEST_BODY + 1))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert house.requests == []


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_another_method_is_a_problem_document_that_names_the_right_one(client: TestClient, method: str) -> None:
    answer = client.request(method, "/tsa")
    assert (answer.status_code, answer.json()["code"], answer.headers["allow"]) == (405, "method-not-allowed", "POST")


def test_somebody_who_hangs_up_halfway_is_no_error_of_ours(house: House, caplog: pytest.LogCaptureFixture) -> None:
    head = "POST /tsa HTTP/1.1\r\nHost: x\r\nContent-Type: application/timestamp-query\r\nContent-Length: 100\r\n\r\n"
    with served(create_app(house.doors())) as address:
        host, _, port = address.partition(":")
        with socket.create_connection((host, int(port)), timeout=2) as connection:
            connection.sendall(head.encode() + b"half")
        exchange(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert house.requests == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
