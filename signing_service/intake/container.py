"""Is the upload an `.xlsx` archive of bearable size without traps? Everything is measured before any part is interpreted."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.intake.limits import WorkbookLimits

_CHUNK: Final = 65_536
_ENCRYPTED: Final = 0x1
_DOCTYPE_SPELLINGS: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def unpacked(data: bytes, limits: WorkbookLimits) -> Mapping[str, bytes]:
    """The parts of an `.xlsx` archive by name.

    Raises:
        InvalidInputError: `workbook-not-xlsx`, `workbook-encrypted`, `workbook-too-large` or `workbook-unsafe` (an XML part brings a
            document type, which OOXML forbids and which is how entity bombs are built).
    """
    if len(data) > limits.file_bytes:
        raise too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
        raise not_xlsx() from None


def _parts(archive: zipfile.ZipFile, limits: WorkbookLimits) -> Mapping[str, bytes]:
    members = archive.infolist()
    if len(members) > limits.parts:
        raise too_large()
    parts: dict[str, bytes] = {}
    room = limits.unpacked_bytes
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise encrypted()
        if member.filename in parts:
            # Two parts of one name: readers disagree about which one counts.
            raise unsafe()
        content = _content(archive, member, room)
        room -= len(content)
        if any(spelling in content for spelling in _DOCTYPE_SPELLINGS) and member.filename.endswith((".xml", ".rels", ".vml")):
            raise unsafe()
        parts[member.filename] = content
    if "xl/workbook.xml" not in parts:
        raise not_xlsx()
    return parts


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    pieces = []
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            room -= len(piece)
            if room < 0:
                raise too_large()
            pieces.append(piece)
    return b"".join(pieces)


def not_xlsx() -> InvalidInputError:
    """The refusal of anything that is no readable `.xlsx` or `.xls` workbook; the code keeps its first name."""
    return InvalidInputError(
        "workbook-not-xlsx",
        vi="Tệp không phải là bảng tính .xlsx hoặc .xls đọc được; hãy mở bằng phần mềm bảng tính và lưu lại dạng Excel Workbook (.xlsx).",
        en="The file is not a readable .xlsx or .xls workbook; open it in a spreadsheet program and save it as Excel Workbook (.xlsx).",
    )


def too_large() -> InvalidInputError:
    """The refusal of a workbook beyond the limits."""
    return InvalidInputError(
        "workbook-too-large",
        vi="Bảng tính quá lớn; hãy nộp mỗi lớp một tệp và xoá các trang tính, hàng, cột thừa.",
        en="The workbook is too large; hand in one file for each class and delete spare sheets, rows and columns.",
    )


def encrypted() -> InvalidInputError:
    """The refusal of a workbook that needs a password."""
    return InvalidInputError(
        "workbook-encrypted",
        vi="Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi nộp lại.",
        en="The workbook is protected by a password; remove it and hand it in again.",
    )


def unsafe() -> InvalidInputError:
    """The refusal of a workbook whose inside is built as only a trap is."""
    return InvalidInputError(
        "workbook-unsafe",
        vi="Cấu trúc bên trong tệp không an toàn; hãy mở bằng phần mềm bảng tính và lưu lại thành tệp mới.",
        en="The inside of the file is not safe to read; open it in a spreadsheet program and save it as a new file.",
    )
