"""Doors made of plain functions, with invented schools and pupils behind them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from signing_service.actions.look_up_link import LinkAnswer, LinkSigner, LinkVerdict
from signing_service.asgi import Doors
from signing_service.errors import UnavailableError
from signing_service.ids import LinkToken, Sha256

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)

VALID_TOKEN = LinkToken("7h3k9m2p4q6r8s0t1v5w7x9y2z4a6b8c")
UNKNOWN_TOKEN = LinkToken("0123456789abcdefghjkmnpqrstvwxyz")
CANNOT_TELL_TOKEN = LinkToken("c" * 32)
BROKEN_TOKEN = LinkToken("b" * 32)
UNAVAILABLE_TOKEN = LinkToken("d" * 32)

VALID = LinkAnswer(
    verdict=LinkVerdict.VALID,
    checked_at=NOW,
    issuer="Trường Trung học cơ sở Hoa Ngọc Lan Tưởng Tượng",
    school_year="2025-2026",
    masked_name="H. B. Ê.",
    signers=(
        LinkSigner("homeroom-teacher", datetime(2026, 5, 28, 17, 30, tzinfo=UTC)),
        LinkSigner("principal", datetime(2026, 5, 29, 1, 12, tzinfo=UTC)),
        LinkSigner("school-seal", datetime(2026, 5, 29, 1, 20, tzinfo=UTC)),
    ),
    file_sha256=Sha256("5f" * 32),
    short_code="7K3M-Q9TZ-0X4B",
)

AUTHORITY = "issuing-ca-0a1b2c3d"
PARTIAL_TILE = "tile/0/000.p/45"
FULL_TILE = "tile/0/x001/234"
OBJECTS = {
    "checkpoint": b"example.invalid/log\n45\nAAAA\n",
    PARTIAL_TILE: b"\x01" * 45 * 32,
    FULL_TILE: b"\x02" * 256 * 32,
    "tile/entries/000.p/45": b"\x00\x01\x03" * 45,
}


class InventedDatabaseError(Exception):
    """Quotes what it was asked, as database errors do."""


@dataclass
class House:
    """What stands behind the doors, and what was asked of it."""

    asked: list[LinkToken] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    log_paths: list[str] = field(default_factory=list)
    valid: LinkAnswer = VALID

    def doors(self) -> Doors:
        return Doors(
            organisation="Sở Giáo dục và Đào tạo Tây Nguyên Tưởng Tượng",
            look_up=self.look_up,
            certificate=lambda name: b"0\x03certificate" if name == AUTHORITY else None,
            revocation_list=self.revocation_list,
            ocsp=self.respond,
            timestamp=self.respond,
            log_object=self.log_object,
        )

    def look_up(self, token: LinkToken) -> LinkAnswer:
        self.asked.append(token)
        if token == BROKEN_TOKEN:
            message = f"SELECT ... WHERE link = {token!r}"
            raise InventedDatabaseError(message)
        if token == UNAVAILABLE_TOKEN:
            raise UnavailableError("database-silent", vi="Cơ sở dữ liệu không trả lời.", en="The database does not answer.")
        if token == VALID_TOKEN:
            return self.valid
        return LinkAnswer(LinkVerdict.CANNOT_TELL if token == CANNOT_TELL_TOKEN else LinkVerdict.UNKNOWN, NOW)

    def revocation_list(self, name: str) -> bytes | None:
        if name == "sleeping":
            raise UnavailableError("key-silent", vi="Khóa không trả lời.", en="The key does not answer.")
        if name == "broken":
            raise InventedDatabaseError(name)
        return b"0\x03list" if name == AUTHORITY else None

    def respond(self, request: bytes) -> bytes:
        self.requests.append(request)
        return b"answer to " + request

    def log_object(self, path: str) -> bytes | None:
        self.log_paths.append(path)
        return OBJECTS.get(path)


def visible_text(html: str) -> str:
    """A page's text without its tags, white space collapsed."""
    body = html.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())
