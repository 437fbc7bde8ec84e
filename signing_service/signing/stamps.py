"""A time-stamp is used only over what it was asked for."""

from signing_service.errors import IntegrityError
from signing_service.trust.timestamps import TimestampToken, read_timestamp


def stamp_over(imprint: bytes, token: bytes) -> TimestampToken:
    """What a token (DER ContentInfo) says, once it is over this SHA-256 digest.

    Raises:
        IntegrityError: it is over something else (`timestamp-mismatch`), or its own signature is wrong (`timestamp-broken`).
        InvalidInputError: it is no token (`timestamp-unreadable`).
    """
    stamp = read_timestamp(token)
    if (stamp.digest_algorithm, stamp.imprint) != ("sha256", imprint):
        raise IntegrityError(
            "timestamp-mismatch",
            vi="Dấu thời gian không phải của nội dung này; không nhúng.",
            en="The time-stamp is over something else; it was not embedded.",
        )
    return stamp
