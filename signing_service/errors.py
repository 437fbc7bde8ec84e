"""The one error root, and the five answers a refused request can get.

Every error carries a stable `code` for programs and the message in Vietnamese and English for people. A message names the place and the
remedy; it never contains a PIN, a key, a token or a pupil's data, because messages end up in logs.
"""


class SigningServiceError(Exception):
    """Root of every error this project raises on purpose."""

    def __init__(self, code: str, *, vi: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.vi = vi
        self.en = en


class InvalidInputError(SigningServiceError):
    """What was handed in cannot be used as it is; the message says where and what to change."""


class RefusedError(SigningServiceError):
    """Well-formed, but not allowed: wrong role, wrong order, expired or revoked certificate, wrong PIN, locked key."""


class ConflictError(SigningServiceError):
    """Somebody else moved first; nothing was changed, read again and decide again."""


class UnavailableError(SigningServiceError):
    """Something needed does not answer now (time-stamp, revocation answer, key); the case waits and nothing is weakened."""


class IntegrityError(SigningServiceError):
    """Stored bytes are not what they were; a person has to look."""
