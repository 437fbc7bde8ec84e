"""An upload is read into memory up to its limit, whoever says how long it is, and no body of any shape breaks the reader."""

import dataclasses
import logging
import socket
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from signing_service.api.uploads import _AT_ONCE, _OF_ONE_CLIENT
from signing_service.asgi import Doors, create_app
from signing_service.verification.isolated import LARGEST_EVIDENCE, LARGEST_PDF
from tests.web.fake_doors import House
from tests.web.live import exchange, served

FILES = "/api/v1/verifications"
PDF = b"%PDF-1.7\nx"
FORM = {"content-type": "multipart/form-data; boundary=limit"}


def _part(name: str, content: bytes, filename: str = "x.pdf") -> bytes:
    return f'--limit\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'.encode() + content + b"\r\n"


def test_file_and_evidence_arrive_as_they_were_sent(house: House, client: TestClient) -> None:
    content = PDF + bytes(range(256)) * 50 + b"\r\n--limi\r\n--limit"
    client.post(FILES, files={"file": ("x.pdf", content), "evidence": ("x.evidence", b"\x00\r\n\xff")})
    assert (house.uploads[0].pdf, house.uploads[0].evidence) == (content, b"\x00\r\n\xff")


@pytest.mark.parametrize(("size", "status"), [(LARGEST_PDF, 200), (LARGEST_PDF + 1, 413)])
@pytest.mark.parametrize("as_form", [True, False])
def test_the_limit_is_exact(house: House, client: TestClient, size: int, status: int, *, as_form: bool) -> None:
    content = PDF.ljust(size, b"x")
    if as_form:
        answer = client.post(FILES, files={"file": ("x.pdf", content)})
    else:
        answer = client.post(FILES, content=content, headers={"content-type": "application/pdf"})
    assert answer.status_code == status
    assert len(house.uploads) == (status == 200)


def test_the_evidence_has_a_limit_of_its_own(client: TestClient) -> None:
    answer = client.post(FILES, files={"file": ("x.pdf", PDF), "evidence": ("e", b"x" * (LARGEST_EVIDENCE + 1))})
    assert (answer.status_code, answer.json()["code"]) == (413, "upload-too-large")


def test_a_real_server_stops_reading_at_the_limit(house: House) -> None:
    head = f"POST {FILES} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/pdf\r\nContent-Length: 9000000000\r\n\r\n"
    with served(create_app(house.doors())) as address:
        answer = exchange(address, head.encode() + PDF.ljust(LARGEST_PDF + 1, b"x"))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert house.uploads == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\a.pdf", "a.pdf"),
        ("a\x07b.pdf", "ab.pdf"),
        ("", "upload.pdf"),
        ("x" * 500, "x" * 200),
    ],
)
def test_the_report_calls_a_file_by_the_harmless_last_part_of_its_name(house: House, client: TestClient, name: str, shown: str) -> None:
    client.post(FILES, content=_part("file", PDF, name) + b"--limit--\r\n", headers=FORM)
    assert house.uploads[0].name == shown


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "multipart"),
        (b"--limit--\r\n", "no-file"),
        (_part("other", PDF) + b"--limit--\r\n", "no-file"),
        (_part("file", b"") + b"--limit--\r\n", "no-file"),
        (_part("file", PDF), "multipart"),
        (b"garbage", "multipart"),
        (b"--limit\r\n" + b"X: y\r\n" * 5000 + b"\r\n\r\n--limit--", "multipart"),
        (b"--limit\r\nX: " + b"y" * 100_000 + b"\r\n\r\n--limit--", "multipart"),
        (_part("other", b"") * 50 + b"--limit--\r\n", "multipart"),
    ],
)
def test_a_form_that_is_none_is_a_problem(house: House, client: TestClient, body: bytes, code: str) -> None:
    answer = client.post(FILES, content=body, headers=FORM)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert house.uploads == []


@pytest.mark.parametrize("media_type", ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=x"])
def test_another_media_type_is_refused(client: TestClient, media_type: str) -> None:
    answer = client.post(FILES, content=PDF, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type")


def test_a_boundary_of_any_length_breaks_nothing(client: TestClient) -> None:
    answer = client.post(FILES, content=PDF, headers={"content-type": "multipart/form-data; boundary=" + "x" * 5000})
    assert answer.status_code == 400


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.sampled_from(
            [b"--limit", b"--limit--", b"\r\n", b"\r", b"\n", b"-", b": ", b'Content-Disposition: form-data; name="file"', PDF, b"\x00"]
        )
        | st.binary(max_size=9),
        max_size=30,
    )
)
def test_no_body_of_any_shape_ends_in_an_error_of_ours(house: House, client: TestClient, pieces: list[bytes]) -> None:
    house.now += timedelta(hours=1)
    assert client.post(FILES, content=b"".join(pieces), headers=FORM).status_code in {200, 400}


def test_nothing_is_written_to_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    assert client.post(FILES, files={"file": ("x.pdf", PDF.ljust(3_000_000, b"x"))}).status_code == 200


def _held(address: str, count: int, stack: ExitStack, first: int = 0) -> None:
    """Uploads that never end, from so many clients behind a proxy."""
    host, _, port = address.partition(":")
    for number in range(first, first + count):
        connection = stack.enter_context(socket.create_connection((host, int(port)), timeout=5))
        connection.sendall(_upload_from(number) + PDF)


def _upload_from(client: int, *, closing: bool = False) -> bytes:
    extra = "Connection: close\r\n" if closing else ""
    return (
        f"POST {FILES} HTTP/1.1\r\nHost: x\r\n{extra}X-Forwarded-For: 203.0.113.{client // 3}\r\n"
        "Content-Type: application/pdf\r\nContent-Length: 1000\r\n\r\n"
    ).encode()


BEHIND_A_PROXY = {"proxy_headers": True, "forwarded_allow_ips": "127.0.0.1"}


def test_uploads_that_never_end_hold_no_more_than_their_seats_and_the_pages_answer(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with served(create_app(_unhurried(house)), **BEHIND_A_PROXY) as address, ExitStack() as stack:
        _held(address, _AT_ONCE, stack)
        answers = [exchange(address, _upload_from(99, closing=True) + PDF.ljust(1000)) for _ in range(3)]
        assert answers[-1].startswith(b"HTTP/1.1 503 ")
        assert exchange(address, b"GET /ma-tra-cuu HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_one_client_cannot_hold_every_seat_and_gets_its_own_back(house: House) -> None:
    with served(create_app(_unhurried(house)), **BEHIND_A_PROXY) as address:
        with ExitStack() as stack:
            _held(address, _OF_ONE_CLIENT, stack)
            refused = [exchange(address, _upload_from(0, closing=True) + PDF.ljust(1000)) for _ in range(3)][-1]
            served_to_another = exchange(address, _upload_from(99, closing=True) + PDF.ljust(1000))
        for _ in range(20):
            afterwards = exchange(address, _upload_from(0, closing=True) + PDF.ljust(1000))
            if afterwards.startswith(b"HTTP/1.1 200 "):
                break
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert served_to_another.startswith(b"HTTP/1.1 200 ")
    assert afterwards.startswith(b"HTTP/1.1 200 ")


def _unhurried(house: House) -> Doors:
    """Doors whose clock moves a minute between two looks, so that the pace is no part of the test."""
    return dataclasses.replace(house.doors(), now=lambda: _moved(house))


def _moved(house: House) -> datetime:
    house.now += timedelta(minutes=1)
    return house.now
