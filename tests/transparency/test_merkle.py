"""The tree against the reference vectors of certificate-transparency, against the RFC's own recursion, and against forgers."""

from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.transparency.merkle import (
    EMPTY_ROOT,
    MAX_PROOF_HASHES,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.transparency import rfc6962
from tests.transparency.memory import HashList

REFERENCE = tuple(
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
REFERENCE_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
REFERENCE_INCLUSION = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
REFERENCE_CONSISTENCY = {
    (1, 1): (),
    (1, 8): REFERENCE_INCLUSION[0, 8],
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}

ENTRIES = st.lists(st.binary(max_size=3), min_size=1, max_size=70)


def reader(entries: tuple[bytes, ...] | list[bytes]) -> HashList:
    return HashList(tuple(leaf_hash(entry) for entry in entries))


@pytest.mark.parametrize("size", range(9))
def test_reference_roots(size: int) -> None:
    assert root(reader(REFERENCE), size).hex() == REFERENCE_ROOTS[size]


@pytest.mark.parametrize(("index", "size"), REFERENCE_INCLUSION)
def test_reference_inclusion_proofs(index: int, size: int) -> None:
    proof = inclusion_proof(reader(REFERENCE), index, size)
    assert tuple(sibling.hex() for sibling in proof) == REFERENCE_INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), REFERENCE_CONSISTENCY)
def test_reference_consistency_proofs(old: int, new: int) -> None:
    proof = consistency_proof(reader(REFERENCE), old, new)
    assert tuple(sibling.hex() for sibling in proof) == REFERENCE_CONSISTENCY[old, new]


@given(ENTRIES, st.data())
def test_inclusion_follows_the_rfc_and_is_accepted(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    proof = inclusion_proof(reader(entries), index, len(entries))
    head = rfc6962.mth(entries)
    assert root(reader(entries), len(entries)) == head
    assert list(proof) == rfc6962.path(index, entries)
    assert verify_inclusion(leaf_hash(entries[index]), index=index, size=len(entries), proof=proof, root=head)


@given(ENTRIES, st.data())
def test_consistency_follows_the_rfc_and_is_accepted(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(entries)))
    proof = consistency_proof(reader(entries), old, len(entries))
    assert list(proof) == rfc6962.proof(old, entries)
    assert verify_consistency(
        old_size=old, old_root=rfc6962.mth(entries[:old]), new_size=len(entries), new_root=rfc6962.mth(entries), proof=proof
    )


def spoiled(data: st.DataObject, proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """`proof` with one thing wrong."""
    hashes = list(proof)
    what = data.draw(st.sampled_from(("flip", "drop", "add", "shorten") if hashes else ("add",)))
    place = data.draw(st.integers(0, max(len(hashes) - 1, 0)))
    if what == "flip":
        bit = data.draw(st.integers(0, 255))
        hashes[place] = (int.from_bytes(hashes[place], "big") ^ 1 << bit).to_bytes(32, "big")
    elif what == "drop":
        del hashes[place]
    elif what == "add":
        hashes.insert(place, data.draw(st.binary(min_size=32, max_size=32)))
    else:
        hashes[place] = hashes[place][:31]
    return tuple(hashes)


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=70, unique=True), st.data())
def test_an_altered_inclusion_proof_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(reader(entries), index, size)
    head = rfc6962.mth(entries)
    leaf = leaf_hash(entries[index])
    assert not verify_inclusion(leaf, index=index, size=size, proof=spoiled(data, proof), root=head)
    assert not verify_inclusion(leaf_hash(entries[index] + b"!"), index=index, size=size, proof=proof, root=head)
    for other in range(size):
        assert verify_inclusion(leaf, index=other, size=size, proof=proof, root=head) == (other == index)


@given(st.lists(st.binary(max_size=3), min_size=2, max_size=70), st.data())
def test_a_rewritten_past_has_no_consistency_proof(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    old = data.draw(st.integers(1, size - 1))
    rewritten = list(entries)
    rewritten[data.draw(st.integers(0, old - 1))] += b"!"
    for told in (entries, rewritten):
        proof = consistency_proof(reader(told), old, size)
        assert not verify_consistency(
            old_size=old, old_root=rfc6962.mth(entries[:old]), new_size=size, new_root=rfc6962.mth(rewritten), proof=proof
        )


@given(st.lists(st.binary(max_size=3), min_size=2, max_size=70), st.data())
def test_an_altered_consistency_proof_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    old = data.draw(st.integers(1, size))
    proof = spoiled(data, consistency_proof(reader(entries), old, size))
    assert not verify_consistency(
        old_size=old, old_root=rfc6962.mth(entries[:old]), new_size=size, new_root=rfc6962.mth(entries), proof=proof
    )


def test_the_empty_tree_is_the_beginning_of_every_tree_and_proves_nothing() -> None:
    head = rfc6962.mth(REFERENCE)
    assert consistency_proof(reader(REFERENCE), 0, 8) == ()
    assert verify_consistency(old_size=0, old_root=EMPTY_ROOT, new_size=8, new_root=head, proof=())
    assert not verify_consistency(old_size=0, old_root=head, new_size=8, new_root=head, proof=())
    assert not verify_consistency(old_size=3, old_root=rfc6962.mth(REFERENCE[:3]), new_size=8, new_root=head, proof=())
    assert not verify_consistency(old_size=8, old_root=head, new_size=5, new_root=rfc6962.mth(REFERENCE[:5]), proof=())


@pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (0, 0), (0, 2**63)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    assert not verify_inclusion(leaf_hash(b""), index=index, size=size, proof=(), root=leaf_hash(b""))
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        inclusion_proof(reader(REFERENCE), index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 8), (9, 8)])
def test_no_consistency_backwards(old: int, new: int) -> None:
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        consistency_proof(reader(REFERENCE), old, new)


@pytest.mark.parametrize(("old", "new"), [(-1, 8), (-3, 8), (9, 8), (3, 2**63)])
def test_no_proof_between_trees_that_cannot_be(old: int, new: int) -> None:
    assert not verify_consistency(old_size=old, old_root=bytes(32), new_size=new, new_root=bytes(32), proof=(bytes(32),))


class Endless(tuple[bytes, ...]):
    """A proof that must not be walked."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise AssertionError


def test_an_endless_proof_is_refused_before_it_is_walked() -> None:
    endless = Endless((bytes(32),) * (MAX_PROOF_HASHES + 1))
    assert not verify_inclusion(bytes(32), index=0, size=2**63 - 1, proof=endless, root=bytes(32))
    assert not verify_consistency(old_size=1, old_root=bytes(32), new_size=2**63 - 1, new_root=bytes(32), proof=endless)
