"""`serve` believes a proxy only when told whose it is, and judges uploads in a process that was there before any key."""

from pathlib import Path

import pytest

from signing_service.asgi import create_app
from signing_service.cli.serve import proxy_options
from signing_service.settings import Settings
from tests.web.fake_doors import House
from tests.web.live import exchange, served


def _statuses(trusted: str, folder: Path) -> list[bytes]:
    """What twelve clients behind one proxy get for a wrong short code each."""
    options = proxy_options(Settings(data_directory=folder, trusted_proxies=trusted))
    body = b"code=0000-0000-0000"
    with served(create_app(House().doors()), **options) as address:
        return [
            exchange(
                address,
                b"POST /ma-tra-cuu HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + f"Content-Length: {len(body)}\r\nX-Forwarded-For: 203.0.113.{number}\r\n\r\n".encode()
                + body,
            )[9:12]
            for number in range(12)
        ]


def test_without_a_named_proxy_the_header_is_nobodys_word(tmp_path: Path) -> None:
    assert _statuses("", tmp_path) == [b"404"] * 10 + [b"429"] * 2


@pytest.mark.parametrize("trusted", ["127.0.0.1", "127.0.0.0/8, 10.0.0.1"])
def test_behind_a_named_proxy_each_client_has_a_pace_of_its_own(tmp_path: Path, trusted: str) -> None:
    assert _statuses(trusted, tmp_path) == [b"404"] * 12


def test_a_proxy_that_is_not_the_named_one_is_not_believed(tmp_path: Path) -> None:
    assert _statuses("192.0.2.1", tmp_path)[-1] == b"429"
