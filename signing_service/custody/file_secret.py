"""The server secret in a file of its own: mode 0600, in the data directory, never beside the database in a backup."""

import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from signing_service.custody.server_secret import seal_broken, version_missing
from signing_service.errors import ConflictError, IntegrityError, RefusedError, UnavailableError

_FORMAT = "signing-service/server-secret/1"
_SECRET_LENGTH = 32
_VERSION_LENGTH, _SALT_LENGTH, _NONCE_LENGTH = 4, 16, 12


class FileServerSecret:
    """Secrets by version. Each envelope gets an AES-256-GCM key of its own, derived with HKDF-SHA-256 from the secret and a random salt."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            UnavailableError: there is no such file, or it is a symbolic link (`server-secret-missing`).
            RefusedError: others than the owner may read it (`server-secret-permissions`).
            IntegrityError: it is no such file (`server-secret-unreadable`).
        """
        self._path = path
        self._secrets = _read(path)

    @classmethod
    def create(cls, path: Path) -> "FileServerSecret":
        """Make a file with a first version.

        Raises:
            ConflictError: there is one already; it is never overwritten (`server-secret-exists`).
        """
        beside = _write_beside(path, {1: secrets.token_bytes(_SECRET_LENGTH)})
        try:
            # A link, unlike a rename, never replaces what another process has just made.
            path.hardlink_to(beside)
        except FileExistsError:
            raise ConflictError(
                "server-secret-exists",
                vi="Đã có tệp bí mật máy chủ; không ghi đè.",
                en="There is a server secret already; it is not overwritten.",
            ) from None
        finally:
            beside.unlink()
        _sync_folder(path.parent)
        return cls(path)

    @property
    def current_version(self) -> int:
        """The newest version."""
        return max(self._secrets)

    def rotate(self) -> int:
        """Add a version, durably, and return its number; the older ones stay until `retire`."""
        return self._replace({**self._secrets, self.current_version + 1: secrets.token_bytes(_SECRET_LENGTH)})

    def retire(self) -> None:
        """Forget every version but the newest, once every sealed key and every backup worth keeping is sealed anew."""
        self._replace({self.current_version: self._secrets[self.current_version]})

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Version ‖ salt ‖ nonce ‖ ciphertext with tag."""
        head = self.current_version.to_bytes(_VERSION_LENGTH, "big") + secrets.token_bytes(_SALT_LENGTH)
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return head + nonce + self._cipher(head).encrypt(nonce, plaintext, head + context)

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """The plaintext; see `ServerSecret.unseal`."""
        head, rest = envelope[: _VERSION_LENGTH + _SALT_LENGTH], envelope[_VERSION_LENGTH + _SALT_LENGTH :]
        try:
            return self._cipher(head).decrypt(rest[:_NONCE_LENGTH], rest[_NONCE_LENGTH:], head + context)
        except (InvalidTag, ValueError):
            raise seal_broken() from None

    def _cipher(self, head: bytes) -> AESGCM:
        secret = self._secrets.get(int.from_bytes(head[:_VERSION_LENGTH], "big"))
        if secret is None:
            raise version_missing()
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=head[_VERSION_LENGTH:], info=_FORMAT.encode())
        return AESGCM(kdf.derive(secret))

    def _replace(self, versions: dict[int, bytes]) -> int:
        # After a crash the file is the old one or the new one, whole.
        _write_beside(self._path, versions).replace(self._path)
        _sync_folder(self._path.parent)
        self._secrets = versions
        return self.current_version


def _read(path: Path) -> dict[int, bytes]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        raise UnavailableError(
            "server-secret-missing",
            vi="Không mở được tệp bí mật máy chủ; hãy chạy `signing-service init`, hoặc khôi phục đúng tệp của máy chủ này.",
            en="The server secret's file cannot be opened; run `signing-service init`, or restore the file of this server.",
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o077:
            raise RefusedError(
                "server-secret-permissions",
                vi="Tệp bí mật máy chủ đang cho người khác đọc; hãy đặt quyền 0600.",
                en="The server secret's file can be read by others; set its mode to 0600.",
            )
        content = file.read()
    try:
        fields = json.loads(content)
        is_ours = fields["format"] == _FORMAT
        versions = {int(number): b64decode(secret, validate=True) for number, secret in fields["versions"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable() from None
    if not is_ours or not versions or any(len(secret) != _SECRET_LENGTH for secret in versions.values()):
        raise _unreadable()
    return versions


def _write_beside(path: Path, versions: dict[int, bytes]) -> Path:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    encoded = {str(number): b64encode(secret).decode() for number, secret in versions.items()}
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(json.dumps({"format": _FORMAT, "versions": encoded}).encode())
        file.flush()
        os.fsync(descriptor)
    return beside


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unreadable() -> IntegrityError:
    return IntegrityError(
        "server-secret-unreadable",
        vi="Tệp bí mật máy chủ bị hỏng; hãy khôi phục đúng tệp của máy chủ này.",
        en="The server secret's file is damaged; restore the file of this server.",
    )
