"""Which algorithms could be relied on at which time.

The dates are those that validation policies in wide use draw from ETSI TS 119 312 and its predecessor TS 102 176-1.
They were written down without the current text of the standard at hand: whoever changes one cites the clause. An
algorithm not named here was never acceptable; one without a date has no announced end. A signature proven older than
the date, by a time-stamp that is itself acceptable, stays acceptable for ever.
"""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

_DIGEST_UNTIL: dict[str, datetime | None] = {
    "sha1": datetime(2012, 8, 1, tzinfo=UTC),
    "sha224": datetime(2029, 1, 1, tzinfo=UTC),
    "sha256": None,
    "sha384": None,
    "sha512": None,
    "sha3_256": None,
    "sha3_384": None,
    "sha3_512": None,
}

_RSA_UNTIL: tuple[tuple[int, datetime | None], ...] = (
    (3000, None),
    (1900, datetime(2029, 1, 1, tzinfo=UTC)),
    (1536, datetime(2016, 8, 1, tzinfo=UTC)),
    (1024, datetime(2009, 8, 1, tzinfo=UTC)),
)
"""Shortest modulus in bits, longest first; 2048-bit keys fall under 1900."""

_CURVE_UNTIL: tuple[tuple[int, datetime | None], ...] = (
    (256, None),
    (224, datetime(2021, 10, 1, tzinfo=UTC)),
    (192, datetime(2012, 8, 1, tzinfo=UTC)),
)


def digest_is_acceptable(name: str, moment: datetime) -> bool:
    """Whether the digest (such as "sha256") could be relied on at `moment` (aware)."""
    return name in _DIGEST_UNTIL and _is_before(moment, _DIGEST_UNTIL[name])


def key_is_acceptable(key: CertificatePublicKeyTypes, moment: datetime) -> bool:
    """Whether a key of this kind and size could be relied on at `moment` (aware)."""
    match key:
        case rsa.RSAPublicKey():
            return _is_long_enough(key.key_size, _RSA_UNTIL, moment)
        case ec.EllipticCurvePublicKey():
            return _is_long_enough(key.key_size, _CURVE_UNTIL, moment)
        case ed25519.Ed25519PublicKey():
            return True
        case _:
            return False


def _is_long_enough(bits: int, table: tuple[tuple[int, datetime | None], ...], moment: datetime) -> bool:
    return any(bits >= shortest and _is_before(moment, until) for shortest, until in table)


def _is_before(moment: datetime, until: datetime | None) -> bool:
    return until is None or moment < until
