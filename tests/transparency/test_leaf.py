"""The leaf commits to file, kind and salt, and to nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256, sha256_of
from signing_service.transparency.leaf import LeafKind, LogLeaf, draw_salt

FILE = sha256_of(b"%PDF-1.7 ...")


def test_golden_commitment() -> None:
    leaf = LogLeaf(LeafKind.ISSUANCE, FILE, bytes(range(32)))
    expected = hashlib.sha256(b"signing-service/log-leaf/v1/issuance\n" + bytes(range(32)) + hashlib.sha256(b"%PDF-1.7 ...").digest())
    assert leaf.commitment == expected.digest()
    assert leaf.commitment.hex() == "07ed0426273678a734de40073f001a55c81c77305f9391007e59245a798bce6f"


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_another_salt_is_another_leaf(one: bytes, other: bytes) -> None:
    leaves = {LogLeaf(LeafKind.ISSUANCE, FILE, salt).commitment for salt in (one, other)}
    assert len(leaves) == len({one, other})


def test_salts_are_drawn_fresh() -> None:
    assert len({draw_salt() for _ in range(100)}) == 100
    assert len(draw_salt()) == 32


@pytest.mark.parametrize(
    ("digest", "salt"), [(FILE, bytes(31)), (FILE, bytes(33)), (FILE.upper(), bytes(32)), (FILE[:-1], bytes(32)), (FILE + "\n", bytes(32))]
)
def test_what_is_no_leaf_is_refused(digest: str, salt: bytes) -> None:
    with pytest.raises(InvalidInputError, match="log-leaf-malformed"):
        LogLeaf(LeafKind.ISSUANCE, Sha256(digest), salt)
