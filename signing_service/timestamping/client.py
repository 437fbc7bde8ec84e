"""Asking for a time-stamp, and believing the answer only after checking it (RFC 3161, 2.4.2)."""

import secrets
from typing import Protocol

from asn1crypto import tsp

from signing_service.errors import IntegrityError, InvalidInputError, UnavailableError
from signing_service.timestamping.authority import TimestampAuthority
from signing_service.trust.certificates import MALFORMED, read_certificate
from signing_service.trust.timestamps import read_timestamp

_NONCE_BITS = 63


class Timestamper(Protocol):
    """Obtains time-stamp tokens."""

    def token(self, message_imprint_sha256: bytes) -> bytes:
        """DER ContentInfo of a checked token over the 32-byte SHA-256 digest.

        Raises:
            InvalidInputError: the digest is not 32 bytes (`timestamp-imprint`).
            UnavailableError: no answer, a rejection, or an answer that fails the checks (`timestamp-unavailable`).
        """
        ...


class LocalTimestamper:
    """Asks an authority in this process, by the same messages as over the wire."""

    def __init__(self, authority: TimestampAuthority) -> None:
        """Take the authority to ask."""
        self._authority = authority

    def token(self, message_imprint_sha256: bytes) -> bytes:
        """DER ContentInfo of a checked token; see `Timestamper.token`."""
        request, nonce = timestamp_request(message_imprint_sha256)
        return checked_token(self._authority.respond(request), message_imprint_sha256, nonce)


def timestamp_request(message_imprint_sha256: bytes) -> tuple[bytes, int]:
    """DER of a TimeStampReq that asks for the certificates, and the fresh nonce inside it.

    Raises:
        InvalidInputError: the digest is not 32 bytes (`timestamp-imprint`).
    """
    if len(message_imprint_sha256) != 32:  # noqa: PLR2004 the length of SHA-256
        raise InvalidInputError(
            "timestamp-imprint",
            vi="Dấu thời gian cần giá trị băm SHA-256 dài đúng 32 byte.",
            en="A time-stamp is asked for over a SHA-256 digest of exactly 32 bytes.",
        )
    nonce = secrets.randbits(_NONCE_BITS)
    request: bytes = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": message_imprint_sha256},
            "nonce": nonce,
            "cert_req": True,
        }
    ).dump()
    return request, nonce


def checked_token(response: bytes, message_imprint_sha256: bytes, nonce: int) -> bytes:
    """The token inside a TimeStampResp, once status, signature, imprint, nonce and the certificate's validity are right.

    Raises:
        UnavailableError: any of them is not (`timestamp-unavailable`).
    """
    try:
        parsed = tsp.TimeStampResp.load(response, strict=True)
        if parsed["status"]["status"].native not in {"granted", "granted_with_mods"}:
            raise _unavailable()
        token: bytes = parsed["time_stamp_token"].dump()
        stamp = read_timestamp(token)
    except (*MALFORMED, InvalidInputError, IntegrityError):
        raise _unavailable() from None
    says_what_was_asked = (stamp.digest_algorithm, stamp.imprint, stamp.nonce) == ("sha256", message_imprint_sha256, nonce)
    if not says_what_was_asked or not read_certificate(stamp.signer).is_valid_at(stamp.time):
        raise _unavailable()
    return token


def _unavailable() -> UnavailableError:
    return UnavailableError(
        "timestamp-unavailable",
        vi="Chưa lấy được dấu thời gian đúng; hồ sơ chờ trong hàng đợi và sẽ được thử lại.",
        en="No valid time-stamp could be obtained; the case waits in the queue and will be tried again.",
    )
