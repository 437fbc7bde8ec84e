"""A link's token reaches no log: not ours, not the server's, not when something breaks, not from hostile bytes."""

import logging

import pytest
from starlette.testclient import TestClient

from signing_service.asgi import create_app
from tests.web.fake_doors import (
    ACCESS_CODE,
    BROKEN_TOKEN,
    CANNOT_TELL_TOKEN,
    SHORT_CODE,
    UNAVAILABLE_TOKEN,
    UNKNOWN_TOKEN,
    VALID_TOKEN,
    WAIT_CODE,
    House,
)
from tests.web.live import exchange, served

TOKENS = (VALID_TOKEN, UNKNOWN_TOKEN, CANNOT_TELL_TOKEN, BROKEN_TOKEN, UNAVAILABLE_TOKEN)


def test_the_access_log_names_method_route_and_status_only(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "signing_service.access")
    client.get(f"/v/{VALID_TOKEN}?again={VALID_TOKEN}")
    client.get(f"/nowhere/{VALID_TOKEN}")
    client.request(f"X{VALID_TOKEN}", "/")
    lines = [record.getMessage() for record in caplog.records if record.name == "signing_service.access"]
    assert lines == ["GET /v/{token:path} 200", "GET - 404", "- / 405"]


def test_an_unexpected_error_is_logged_by_kind_and_place_without_its_message(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get(f"/v/{BROKEN_TOKEN}")
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert "InventedDatabaseError" in errors[0].getMessage()
    assert "fake_doors.py:" in errors[0].getMessage()
    assert errors[0].exc_info is None
    assert BROKEN_TOKEN not in caplog.text


def test_behind_a_real_server_no_token_is_written_anywhere(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    with served(create_app(house.doors())) as address:
        answers = [
            exchange(address, f"GET /v/{token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{extra}\r\n".encode())
            for token in TOKENS
            for extra in ("", "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n")
        ]
        answers.append(exchange(address, f"GET /v/{VALID_TOKEN}\x00 HTTP/9.9\r\n{VALID_TOKEN}\r\n\r\n".encode()))
        answers.append(exchange(address, f"{VALID_TOKEN}\r\n\r\n".encode()))
    assert all(answer.startswith(b"HTTP/1.1 ") for answer in answers), answers
    written = caplog.text + "".join(capfd.readouterr())
    assert "GET /v/{token:path} 200" in written
    for token in TOKENS:
        assert token not in written
    assert not any(b"server:" in answer.lower() for answer in answers)


def test_behind_a_real_server_no_code_and_nothing_of_a_file_is_written_anywhere(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    secret = "Bí Mật Tưởng Tượng"
    file = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{secret}.pdf"\r\n\r\n%PDF-1.7 {secret}\r\n--x--\r\n'
    form, multipart = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    sent = [
        (f"/v/{VALID_TOKEN}", form, f"code={ACCESS_CODE}"),
        (f"/v/{VALID_TOKEN}", form, f"code={WAIT_CODE}"),
        (f"/v/{BROKEN_TOKEN}", form, f"code={ACCESS_CODE}"),
        ("/ma-tra-cuu", form, f"code={SHORT_CODE}"),
        ("/api/v1/verifications/by-short-code", "application/json", f'{{"short_code": "{SHORT_CODE}"}}'),
        ("/kiem-tra", multipart, file),
        ("/api/v1/verifications", multipart, file),
        ("/api/v1/verifications", multipart, file[:-20]),
    ]
    with served(create_app(house.doors())) as address:
        for path, media_type, body in sent:
            content = body.encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
            )
            assert exchange(address, head.encode() + content).startswith(b"HTTP/1.1 ")
    written = caplog.text + "".join(capfd.readouterr())
    assert written.count("POST ") == len(sent)
    for private in (VALID_TOKEN, BROKEN_TOKEN, ACCESS_CODE, WAIT_CODE, SHORT_CODE, secret, "Bí Mật"):
        assert private not in written
