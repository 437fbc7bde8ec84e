"""Frozen bytes in a local folder, named by their SHA-256."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from signing_service.errors import IntegrityError
from signing_service.ids import Sha256, sha256_of

_PIECE_BYTES = 1 << 20


class LocalBlobStore:
    """One file a blob, two hexadecimal digits a folder. Durable when `put` returns: file synced, renamed into place, folders synced."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _path(self, name: Sha256) -> Path:
        return self._root / name[:2] / name[2:]

    def put(self, data: bytes) -> Sha256:
        """Make `data` durable and return its name; the same bytes twice are stored once."""
        name = sha256_of(data)
        path = self._path(name)
        if path.exists():
            # It may have been renamed into place by a process that died before it could sync.
            self._sync(path.parent)
            return name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._sync(path.parent)
        return name

    def get(self, name: Sha256) -> bytes:
        """The bytes.

        Raises:
            IntegrityError: missing (`blob-missing`) or not what their name says (`blob-corrupt`).
        """
        try:
            data = self._path(name).read_bytes()
        except FileNotFoundError:
            raise IntegrityError(
                "blob-missing", vi=f"Kho lưu trữ thiếu tệp {name}; khôi phục từ bản sao lưu.", en=f"{name} is not in the store; restore it."
            ) from None
        if sha256_of(data) != name:
            raise IntegrityError(
                "blob-corrupt", vi=f"Tệp {name} trong kho đã bị thay đổi; khôi phục từ bản sao lưu.", en=f"{name} changed; restore it."
            )
        return data

    def _sync(self, folder: Path) -> None:
        """Make the file's entry durable, and that of its folder, which may be as new."""
        _sync_folder(folder)
        _sync_folder(self._root)

    def chunks(self, name: Sha256) -> Iterator[bytes]:
        """The stored bytes as they are, unchecked, in pieces of bounded size."""
        with self._path(name).open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
