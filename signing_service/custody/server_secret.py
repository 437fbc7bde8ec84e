"""The outer seal: what the server knows and a stolen database does not."""

from typing import Protocol

from signing_service.errors import IntegrityError, UnavailableError


class ServerSecret(Protocol):
    """Authenticated encryption under a secret outside database, store and backups. It has versions, so that it can be replaced.

    Implementations are thread-safe. An envelope names the version it was sealed under.
    """

    @property
    def current_version(self) -> int:
        """The version under which `seal` seals now, from 1."""
        ...

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """An envelope around `plaintext` that opens only with the same `context`."""
        ...

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """The plaintext.

        Raises:
            IntegrityError: envelope or context were changed, or belong to another secret (`key-seal-broken`).
            UnavailableError: the secret of that version is not here (`server-secret-version`).
        """
        ...


def seal_broken() -> IntegrityError:
    """The answer to a changed envelope or context; it tells nothing about where the difference lies."""
    return IntegrityError(
        "key-seal-broken",
        vi="Niêm phong của khóa không còn nguyên vẹn hoặc thuộc về máy chủ khác; khóa không được mở.",
        en="The key's seal is not intact or belongs to another server; the key stays closed.",
    )


def version_missing() -> UnavailableError:
    """The answer to an envelope from a version that is gone."""
    return UnavailableError(
        "server-secret-version",
        vi="Thiếu phiên bản bí mật máy chủ đã dùng để niêm phong khóa này.",
        en="The version of the server secret that sealed this key is not here.",
    )
