"""A file with a hole: what a CMS covers is fixed before the CMS exists."""

import hashlib
from dataclasses import dataclass

from signing_service.errors import IntegrityError, UnavailableError
from signing_service.ids import Sha256, sha256_of


@dataclass(frozen=True, slots=True)
class OpenRevision:
    """An incremental update whose CMS is still missing.

    Attributes:
        base: SHA-256 of the file that the update is appended to.
        appended: the update, with zeros where the CMS will stand.
        byte_range: offset and length of the two covered stretches, counted in base + update (ISO 32000-1, 12.8.1).
        digest: SHA-256 over these two stretches.

    Raises:
        IntegrityError: these do not belong together (`prepared-tampered`).
    """

    base: Sha256
    appended: bytes
    byte_range: tuple[int, int, int, int]
    digest: bytes

    def __post_init__(self) -> None:
        start, first, second, rest = self.byte_range
        hole = self.appended[max(0, first - self.base_length) : second - self.base_length]
        if (
            (start, second + rest) != (0, self.base_length + len(self.appended))
            or not 0 < self.base_length < first < second
            or hole != b"<" + b"0" * (len(hole) - 2) + b">"
        ):
            raise tampered()

    @property
    def base_length(self) -> int:
        """Length of the file that the update is appended to, in octets."""
        return sum(self.byte_range[2:]) - len(self.appended)

    def filled(self, base: bytes, container: bytes) -> bytes:
        """The whole new file: `base`, and the update with `container` (DER) in its hole.

        Raises:
            IntegrityError: `base` is another file (`base-differs`), or the covered bytes are not those of the digest (`prepared-tampered`).
            UnavailableError: the container does not fit (`signature-too-large`).
        """
        if sha256_of(base) != self.base:
            raise IntegrityError(
                "base-differs",
                vi="Tệp không phải là tệp đã chuẩn bị ký; không nhúng chữ ký.",
                en="This is not the file that the signature was prepared for; nothing was embedded.",
            )
        _, first, second, _ = self.byte_range
        open_file = base + self.appended
        if hashlib.sha256(open_file[:first] + open_file[second:]).digest() != self.digest:
            raise tampered()
        digits = container.hex().encode("ascii")
        room = second - first - 2
        if len(digits) > room:
            raise UnavailableError(
                "signature-too-large",
                vi=f"Chữ ký và dấu thời gian dài {len(container)} byte, chỗ dành sẵn {room // 2} byte; hãy xem lại dịch vụ dấu thời gian.",
                en=f"Signature and time-stamp take {len(container)} octets, {room // 2} are reserved; check the time-stamp service.",
            )
        return open_file[:first] + b"<" + digits.ljust(room, b"0") + b">" + open_file[second:]


def tampered() -> IntegrityError:
    """The answer to a prepared update whose parts contradict each other."""
    return IntegrityError(
        "prepared-tampered",
        vi="Dữ liệu chuẩn bị ký không còn nguyên vẹn; không dùng để ký được. Hãy chuẩn bị lại.",
        en="The prepared signature is not what it was and cannot be used; prepare it again.",
    )
