"""The log grows, survives every crash in its everyday way, and signs nothing when its stores contradict each other."""

import threading
from itertools import count, pairwise

import pytest

from signing_service.errors import IntegrityError, InvalidInputError, UnavailableError
from signing_service.transparency import log as log_module
from signing_service.transparency.checkpoint import Checkpoint, parse_and_verify
from signing_service.transparency.leaf import Commitment
from signing_service.transparency.log import TransparencyLog
from signing_service.transparency.merkle import EMPTY_ROOT, leaf_hash, verify_consistency, verify_inclusion
from signing_service.transparency.tiles import ENTRIES_LEVEL, tile_of
from tests.transparency import rfc6962
from tests.transparency.memory import MemoryLog, commitments


def heads(stores: MemoryLog) -> list[Checkpoint]:
    return [parse_and_verify(note, stores.open().verifier) for note in stores.checkpoints.history]


def served_entries(stores: MemoryLog, size: int) -> list[bytes]:
    """Every entry of the log as an outsider reads it, who has the checkpoint's size and the tiles."""
    entries = []
    for index in range(-(-size // 256)):
        data = stores.tiles.files[tile_of(ENTRIES_LEVEL, index, size).path]
        while data:
            length = int.from_bytes(data[:2], "big")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
    return entries


def assert_whole(stores: MemoryLog) -> None:
    """Every checkpoint ever signed is the root of what is served, each continues the one before, and every leaf has a proof."""
    log = stores.open()
    history = heads(stores)
    for head in history:
        entries = served_entries(stores, head.size)
        assert entries == stores.sequence.order[: head.size]
        assert rfc6962.mth(entries) == head.root
    for old, new in pairwise(history):
        proof = log.prove_consistency(old.size, new.size)
        assert verify_consistency(old_size=old.size, old_root=old.root, new_size=new.size, new_root=new.root, proof=proof)
    newest = history[-1]
    for index, entry in enumerate(stores.sequence.order):
        proof_of = log.prove(index)
        assert proof_of.checkpoint == stores.checkpoints.latest()
        assert (proof_of.index, proof_of.size) == (index, newest.size)
        assert verify_inclusion(leaf_hash(entry), index=index, size=newest.size, proof=proof_of.path, root=newest.root)


def test_an_empty_log_has_a_checkpoint_once_asked() -> None:
    stores = MemoryLog()
    assert stores.open().checkpoint() is None
    head = stores.open().integrate()
    assert (head.size, head.root) == (0, EMPTY_ROOT)
    assert stores.open().integrate() == head
    assert len(stores.checkpoints.history) == 1


def test_batches_become_one_growing_tree() -> None:
    stores = MemoryLog()
    expected = 0
    for batch in (1, 1, 45, 209, 0, 1, 255, 300):
        assert stores.open().append(commitments(batch, expected)) == tuple(range(expected, expected + batch))
        expected += batch
        assert heads(stores)[-1].size == expected
    assert_whole(stores)


def test_the_same_leaf_keeps_its_first_index() -> None:
    stores = MemoryLog()
    a, b, c = commitments(3)
    assert stores.open().append([a, b]) == (0, 1)
    assert stores.open().append([b, c, b, a]) == (1, 2, 1, 0)
    assert stores.open().append([a]) == (0,)
    assert heads(stores)[-1].size == 3
    assert len(stores.checkpoints.history) == 2


def test_a_long_queue_is_taken_in_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MAX_STEP_LEAVES", 100)
    stores = MemoryLog()
    stores.open().append(commitments(350))
    assert [head.size for head in heads(stores)] == [100, 200, 300, 350]
    assert_whole(stores)


def test_appending_reads_only_the_edge() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(70_000))
    before_reads, before_files = stores.tiles.reads, len(stores.tiles.files)
    stores.open().append(commitments(1, 70_000))
    assert stores.tiles.reads - before_reads <= 3, "one partial tile a level"
    assert len(stores.tiles.files) - before_files == 2


@pytest.mark.parametrize("persisted", [False, True], ids=["failed-and-lost", "failed-but-persisted"])
@pytest.mark.parametrize("before", [0, 3, 254])
def test_a_crash_at_any_change_is_mended_by_appending_again(before: int, *, persisted: bool) -> None:
    """Fails the 1st, 2nd, … change; a new process then comes with other leaves first, so the batches never match."""
    for at in count():
        stores = MemoryLog()
        stores.open().append(commitments(before))
        lost = commitments(5, before)
        stores.trouble.calls, stores.trouble.at, stores.trouble.persisted = 0, at, persisted
        try:
            stores.open().append(lost)
        except UnavailableError:
            pass
        else:
            assert at >= 4, "claim, bundle, tile, checkpoint at least"
            return
        signed = list(stores.checkpoints.history)
        stores.open().append(commitments(7, 1000))
        indices = stores.open().append(lost)
        assert [stores.sequence.order[index] for index in indices] == list(lost)
        assert sorted(stores.sequence.order) == sorted({*commitments(before), *lost, *commitments(7, 1000)})
        assert stores.checkpoints.history[: len(signed)] == signed
        assert_whole(stores)


@pytest.mark.parametrize("persisted", [False, True], ids=["failed-and-lost", "failed-but-persisted"])
def test_recovery_alone_finishes_what_was_taken(*, persisted: bool) -> None:
    stores = MemoryLog()
    stores.trouble.at, stores.trouble.persisted = 3, persisted
    with pytest.raises(UnavailableError):
        stores.open().append(commitments(300))
    assert stores.open().integrate().size == 300
    assert_whole(stores)


def test_of_two_sequencers_one_checkpoint_wins_and_both_leaves_are_in() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(10))
    mine, theirs = commitments(2, 100), commitments(300, 200)
    stores.checkpoints.before_swap = lambda: assert_appends(stores.open(), theirs)
    assert_appends(stores.open(), mine)
    assert heads(stores)[-1].size == 312
    assert_whole(stores)


def assert_appends(log: TransparencyLog, leaves: tuple[Commitment, ...]) -> None:
    for index in log.append(leaves):
        assert log.prove(index).size > index


def test_threads_share_one_log() -> None:
    stores = MemoryLog()
    lock = threading.Lock()
    original_claim, original_swap = stores.sequence.claim, stores.checkpoints.swap

    def claim(leaves: tuple[Commitment, ...]) -> tuple[int, ...]:
        with lock:
            return original_claim(leaves)

    def swap(old: str | None, new: str) -> bool:
        with lock:
            return original_swap(old, new)

    stores.sequence.claim = claim  # type: ignore[method-assign,assignment] # the lock stands for the database's transaction
    stores.checkpoints.swap = swap  # type: ignore[method-assign] # as above
    log = stores.open()

    def work(first: int) -> None:
        for i in range(20):
            assert_appends(log, commitments(3, first + 3 * i))

    workers = [threading.Thread(target=work, args=(1000 * n,)) for n in range(1, 5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(stores.sequence.order) == 4 * 20 * 3
    assert_whole(stores)


def test_a_checkpoint_that_cannot_be_moved_is_told_not_tried_for_ever() -> None:
    stores = MemoryLog()
    stores.checkpoints.swap = lambda old, new: False  # type: ignore[method-assign] # noqa: ARG005 -- a store that never takes anything
    with pytest.raises(UnavailableError, match="log-checkpoint-stuck"):
        stores.open().append(commitments(1))


def assert_signs_nothing_more(stores: MemoryLog, code: str) -> None:
    signed = list(stores.checkpoints.history)
    with pytest.raises(IntegrityError, match=code):
        stores.open().append(commitments(3, 5000))
    assert stores.checkpoints.history == signed


def test_a_flipped_bit_at_the_edge_stops_the_log() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(300))
    path = "tile/0/001.p/44"
    data = stores.tiles.files[path]
    stores.tiles.files[path] = bytes([data[0] ^ 1]) + data[1:]
    assert_signs_nothing_more(stores, "log-contradiction")


def test_a_lost_tile_stops_the_log() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(300))
    del stores.tiles.files["tile/1/000.p/1"]
    assert_signs_nothing_more(stores, "log-tile-missing")


def test_an_order_that_was_rewritten_stops_the_log() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(300))
    stores.sequence.order[280] = Commitment(b"\xff" * 32)
    assert_signs_nothing_more(stores, "log-contradiction")


def test_a_rolled_back_order_stops_the_log() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(300))
    del stores.sequence.order[250:]
    assert_signs_nothing_more(stores, "log-contradiction")


def test_an_order_rolled_back_together_with_its_checkpoint_stops_at_the_tiles() -> None:
    """Database restored from yesterday, tiles from today: the log would fork, and is refused by the first tile that differs."""
    stores = MemoryLog()
    stores.open().append(commitments(10))
    stores.open().append(commitments(3, 100))
    del stores.sequence.order[10:]
    stores.checkpoints.history.pop()
    assert_signs_nothing_more(stores, "log-tile-differs")


def test_a_forged_checkpoint_stops_the_log() -> None:
    stores = MemoryLog()
    stores.open().append(commitments(3))
    stores.checkpoints.history[-1] = stores.checkpoints.history[-1].replace("\n3\n", "\n2\n")
    assert_signs_nothing_more(stores, "log-checkpoint-damaged")


def test_what_no_checkpoint_covers_has_no_proof() -> None:
    stores = MemoryLog()
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        stores.open().prove(0)
    stores.open().append(commitments(3))
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        stores.open().prove(3)
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        stores.open().prove_consistency(2, 4)
