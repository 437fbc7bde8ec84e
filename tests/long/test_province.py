"""Sizes and numbers of a province; run by `make long`."""

import random
import re
import time
from pathlib import Path

import pytest

from signing_service.ports import KeyPurpose
from signing_service.storage.database import SqlDatabase, open_engine
from signing_service.storage.log import SqlCheckpointStore, SqlLeafSequence, SqlTileStore
from signing_service.storage.migrate import migrate
from signing_service.transparency.leaf import Commitment
from signing_service.transparency.log import TransparencyLog
from signing_service.transparency.merkle import leaf_hash
from signing_service.verification.report import Indication
from signing_service.verification.verify import verify
from tests.line import documents, opened, run_to_the_end, set_up
from tests.pki_factory import ephemeral_key

PUPILS = 708_000
BATCH = 20_000
FLIPS = 1_500

pytestmark = pytest.mark.long


def test_the_log_takes_every_pupil_of_the_province(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    migrate(engine)
    database = SqlDatabase(engine)
    log = TransparencyLog(
        origin="example.invalid/log",
        key=ephemeral_key(KeyPurpose.TRANSPARENCY_LOG),
        sequence=SqlLeafSequence(database),
        tiles=SqlTileStore(database),
        checkpoints=SqlCheckpointStore(database),
    )
    draw = random.Random(2026)  # noqa: S311 - reproducible leaves, not secrets
    begun = time.process_time()
    for _ in range(PUPILS // BATCH):
        log.append([Commitment(draw.randbytes(32)) for _ in range(BATCH)])
    last = Commitment(draw.randbytes(32))
    log.append([*(Commitment(draw.randbytes(32)) for _ in range(PUPILS % BATCH - 1)), last])
    seconds = time.process_time() - begun
    index = log.append([last])[0]
    assert index == PUPILS - 1
    proof = log.prove(index)
    assert (proof.index, len(leaf_hash(last))) == (index, 32)
    engine.dispose()
    print(f"\n{index + 1} leaves, {seconds:.1f} s CPU, {(index + 1) / seconds:.0f} leaves a second")  # noqa: T201 - the figure is the point


def test_no_flipped_bit_under_the_last_time_stamp_is_ever_believed(tmp_path: Path) -> None:
    with opened(set_up(tmp_path / "data")) as service:
        run_to_the_end(service, 1)
        pdf, anchors, now = service.blobs.get(documents(service)[0].head), service.anchors, service.clock.now()
    # The token's own octets are covered by nothing; what in them counts is tried in tests/verification.
    begins, ends = (int(number) for number in re.findall(rb"/ByteRange ?\[ ?0 (\d+) (\d+) \d+ *\]", pdf)[-1])
    draw = random.Random(2026)  # noqa: S311 - reproducible positions, not secrets
    for place in draw.sample([*range(begins), *range(ends, len(pdf))], FLIPS):
        bit = draw.randrange(8)
        flipped = pdf[:place] + bytes([pdf[place] ^ (1 << bit)]) + pdf[place + 1 :]
        report = verify(flipped, name="flipped.pdf", anchors=anchors, at=now) if b"%PDF-" in flipped[:1024] else None
        assert report is None or report.indication is not Indication.TOTAL_PASSED, (place, bit)
