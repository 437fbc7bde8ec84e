from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from signing_service.trust.algorithms import digest_is_acceptable, key_is_acceptable

MOMENTS = {year: datetime(year, 6, 1, tzinfo=UTC) for year in (2008, 2015, 2026, 2060)}


@pytest.mark.parametrize(
    ("digest", "years"),
    [("sha1", {2008}), ("md5", set()), ("sha224", {2008, 2015, 2026}), ("sha256", set(MOMENTS)), ("sha512", set(MOMENTS))],
)
def test_digests_have_their_day(digest: str, years: set[int]) -> None:
    assert {year for year, moment in MOMENTS.items() if digest_is_acceptable(digest, moment)} == years


@pytest.mark.parametrize(("bits", "years"), [(1024, {2008}), (1536, {2008, 2015}), (2048, {2008, 2015, 2026}), (3072, set(MOMENTS))])
def test_rsa_keys_have_their_day(bits: int, years: set[int]) -> None:
    modulus = (1 << bits - 1) | 1
    key = rsa.RSAPublicNumbers(65537, modulus).public_key()
    assert {year for year, moment in MOMENTS.items() if key_is_acceptable(key, moment)} == years


def test_curves_have_their_day() -> None:
    assert key_is_acceptable(ec.generate_private_key(ec.SECP256R1()).public_key(), MOMENTS[2060])
    assert key_is_acceptable(ed25519.Ed25519PrivateKey.generate().public_key(), MOMENTS[2060])
    short = ec.generate_private_key(ec.SECP224R1()).public_key()
    assert key_is_acceptable(short, MOMENTS[2015])
    assert not key_is_acceptable(short, MOMENTS[2026])


def test_other_kinds_of_key_were_never_acceptable_here() -> None:
    assert not key_is_acceptable(dsa.generate_private_key(2048).public_key(), MOMENTS[2015])


def test_an_algorithm_ends_at_the_very_moment_of_its_date() -> None:
    last = datetime(2012, 7, 31, 23, 59, 59, tzinfo=UTC)
    assert digest_is_acceptable("sha1", last)
    assert not digest_is_acceptable("sha1", datetime(2012, 8, 1, tzinfo=UTC))
