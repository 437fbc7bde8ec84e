"""Reads an uploaded file, and the evidence beside it, into memory and nowhere else; stops at the first octet too many."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from signing_service.access.pace import household
from signing_service.actions.judge_upload import Upload
from signing_service.api.bodies import BodyTooLargeError, MediaTypeError
from signing_service.errors import InvalidInputError, UnavailableError
from signing_service.verification.isolated import LARGEST_EVIDENCE, LARGEST_PDF, BusyError

_AT_ONCE: Final = 12
"""Uploads that are being read at the same time, each of at most 21 MiB; what is read waits in the verifier's own short queue."""

_OF_ONE_CLIENT: Final = 3
"""So that somebody who sends octet by octet leaves seats to others."""

_READ_SECONDS: Final = 120
_OVERHEAD: Final = 16 * 1024
_MOST_PARTS: Final = 8
_LONGEST_NAME: Final = 200
_UNNAMED: Final = "upload.pdf"

_FILE, _EVIDENCE = "file", "evidence"
_LIMITS: Final = {_FILE: LARGEST_PDF, _EVIDENCE: LARGEST_EVIDENCE}
_NO_NAME: Final = re.compile(r"[\x00-\x1f\x7f\"<>]")


class NoFileError(InvalidInputError):
    """The form came without a file (`no-file`)."""

    def __init__(self) -> None:
        super().__init__(
            "no-file", vi="Chưa chọn tệp nào; hãy chọn tệp PDF cần kiểm tra.", en="No file was chosen; choose the PDF to check."
        )


class UploadReader:
    """Reads uploads, so many at once; called in the event loop."""

    def __init__(self) -> None:
        self._seated: Counter[str] = Counter()

    @contextmanager
    def _seat(self, client: str) -> Iterator[None]:
        if self._seated.total() >= _AT_ONCE or self._seated[client] >= _OF_ONE_CLIENT:
            raise BusyError
        self._seated[client] += 1
        try:
            yield
        finally:
            self._seated[client] -= 1
            # Without this it would remember everybody who ever came.
            self._seated = +self._seated

    async def read(self, request: Request) -> Upload:
        """The upload: a multipart form with `file` and perhaps `evidence`, or a bare `application/pdf`.

        Raises:
            MediaTypeError: neither of the two (`media-type`).
            BodyTooLargeError: more than 20 MiB of PDF or 1 MiB of evidence (`upload-too-large`).
            NoFileError: a form without a file.
            InvalidInputError: no well-formed multipart body (`multipart`).
            UnavailableError: too many uploads at once, in all or of this client (`verifier-busy`), or too slow a one (`upload-too-slow`).
        """
        with self._seat(household("-" if request.client is None else request.client.host)):
            try:
                async with asyncio.timeout(_READ_SECONDS):
                    return await _read(request)
            except TimeoutError:
                raise UnavailableError(
                    "upload-too-slow",
                    vi="Đường truyền quá chậm, tệp chưa gửi xong sau hai phút; hãy thử lại.",
                    en="The line is too slow, the file was not here after two minutes; try again.",
                ) from None


async def _read(request: Request) -> Upload:
    media_type, parameters = parse_options_header(request.headers.get("content-type"))
    if media_type == b"application/pdf":
        return Upload(_UNNAMED, await _bare(request.stream()))
    if media_type != b"multipart/form-data" or b"boundary" not in parameters:
        raise MediaTypeError(
            "media-type",
            vi="Địa chỉ này chỉ nhận multipart/form-data hoặc application/pdf.",
            en="This address takes multipart/form-data or application/pdf.",
        )
    return await _form(request.stream(), parameters[b"boundary"])


async def _bare(stream: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in stream:
        body += chunk
        if len(body) > LARGEST_PDF:
            raise _too_large()
    if not body:
        raise NoFileError
    return bytes(body)


async def _form(stream: AsyncIterator[bytes], boundary: bytes) -> Upload:
    parts, received = _Parts(), 0
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.begin,
                "on_header_field": parts.header_name,
                "on_header_value": parts.header_value,
                "on_header_end": parts.header_end,
                "on_headers_finished": parts.headers_finished,
                "on_part_data": parts.data,
                "on_end": parts.end,
            },
        )
        async for chunk in stream:
            received += len(chunk)
            if received > LARGEST_PDF + LARGEST_EVIDENCE + _OVERHEAD:
                raise _too_large()
            parser.write(chunk)
    except FormParserError:
        raise _malformed() from None
    if not parts.is_whole:
        raise _malformed()
    return parts.upload()


class _Parts:
    """Gathers the two files of a form; whatever else it holds is passed over."""

    def __init__(self) -> None:
        self.is_whole = False
        self._files: dict[str, bytearray] = {}
        self._name = _UNNAMED
        self._count = 0
        self._headers: dict[bytes, bytes] = {}
        self._header = (bytearray(), bytearray())
        self._current: str | None = None

    def begin(self) -> None:
        self._count += 1
        if self._count > _MOST_PARTS:
            raise _malformed()
        self._headers, self._current = {}, None

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def header_end(self) -> None:
        self._headers[bytes(self._header[0]).lower()] = bytes(self._header[1])
        self._header = (bytearray(), bytearray())

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        field = options.get(b"name", b"").decode("utf-8", "replace")
        # The first of a name counts, as in a form with one such field.
        if field not in _LIMITS or field in self._files:
            return
        self._current = field
        self._files[field] = bytearray()
        if field == _FILE:
            self._name = _plain_name(options.get(b"filename", b"").decode("utf-8", "replace"))

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._current is None:
            return
        file = self._files[self._current]
        file += data[start:end]
        if len(file) > _LIMITS[self._current]:
            raise _too_large()

    def end(self) -> None:
        self.is_whole = True

    def upload(self) -> Upload:
        """The two files.

        Raises:
            NoFileError: the file is not there, or empty.
        """
        if not self._files.get(_FILE):
            raise NoFileError
        evidence = self._files.get(_EVIDENCE)
        return Upload(self._name, bytes(self._files[_FILE]), bytes(evidence) if evidence else None)


def _plain_name(name: str) -> str:
    """What the report calls the file: the last part of the sender's own name for it, harmless to show."""
    return _NO_NAME.sub("", re.split(r"[/\\]", name)[-1])[:_LONGEST_NAME] or _UNNAMED


def _too_large() -> BodyTooLargeError:
    return BodyTooLargeError(
        "upload-too-large",
        vi="Tệp quá lớn: PDF tối đa 20 MiB, bằng chứng tối đa 1 MiB.",
        en="The file is too large: at most 20 MiB of PDF and 1 MiB of evidence.",
    )


def _malformed() -> InvalidInputError:
    return InvalidInputError(
        "multipart",
        vi="Không đọc được tệp gửi lên; hãy mở lại trang rồi gửi lại.",
        en="The upload cannot be read; open the page and send it again.",
    )
