import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import format_exception

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from signing_service.access.policy import AwardFile, ClassOfYear
from signing_service.actions.repositories import StoredDocument, StoredIntent, UnitOfWork
from signing_service.errors import ConflictError, IntegrityError, RefusedError, UnavailableError
from signing_service.ids import (
    DocumentId,
    PersonCode,
    SchoolCode,
    Sha256,
    new_decision_id,
    new_document_id,
    new_link_token,
    new_record_id,
    new_short_code,
    sha256_of,
)
from signing_service.records.kinds import DocumentKind
from signing_service.storage.blobs import LocalBlobStore
from signing_service.storage.database import SqlDatabase, open_engine
from signing_service.storage.log import SqlCheckpointStore, SqlLeafSequence, SqlTileStore
from signing_service.storage.migrate import alembic_config, migrate
from signing_service.transparency.leaf import Commitment
from signing_service.workflow.case import CLOSED, CaseState, SigningRole
from signing_service.workflow.consent import Consent, ConsentId, ConsentItem
from tests.postgres import create_database

NOW = datetime(2026, 5, 28, 3, 0, tzinfo=UTC)
CLASS = ClassOfYear(SchoolCode("99000001"), "7B", "2025-2026")
HEAD, NEXT = sha256_of(b"head"), sha256_of(b"next")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'service.sqlite3'}"
    return create_database(request.getfixturevalue("postgres"), f"storage-{uuid.uuid4()}")


@pytest.fixture
def database(url: str) -> Iterator[SqlDatabase]:
    engine = open_engine(url)
    migrate(engine)
    yield SqlDatabase(engine)
    engine.dispose()


def document(pupil: str = "9901000001", head: Sha256 = HEAD) -> StoredDocument:
    return StoredDocument(
        document=new_document_id(),
        kind=DocumentKind.TRANSCRIPT,
        batch=CLASS,
        subject=pupil,
        record=new_record_id(),
        record_digest=HEAD,
        record_blob=HEAD,
        basis=HEAD,
        link_token=new_link_token(),
        short_code=new_short_code(),
        state=CaseState.COMPLETE,
        head=head,
        created_at=NOW,
    )


def kept(database: SqlDatabase, **changes: str) -> DocumentId:
    row = document(**changes)  # type: ignore[arg-type] # the only change is the pupil
    with database.begin() as unit:
        unit.documents.add(row)
    return row.document


def intent(of: DocumentId, lease: timedelta = timedelta(minutes=2)) -> StoredIntent:
    return StoredIntent(of, SigningRole.PRINCIPAL, ConsentId("c"), HEAD, NOW + lease)


def test_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    migrate(engine)
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_a_document_is_read_back_as_it_was_written(database: SqlDatabase) -> None:
    row = document()
    with database.begin() as unit:
        unit.documents.add(row)
    with database.begin() as unit:
        assert unit.documents.get(row.document) == row
        assert unit.documents.by_link(row.link_token) == row
        assert unit.documents.by_short_code(row.short_code) == row
        assert unit.documents.by_record(row.record) == row
        assert unit.documents.in_slot(row.slot) == row
        assert unit.documents.of_batch(CLASS) == (row,)


def test_an_award_document_is_read_back_with_its_decision(database: SqlDatabase) -> None:
    batch = AwardFile(SchoolCode("99000009"), new_decision_id())
    row = replace(document(), kind=DocumentKind.AWARD_CERTIFICATE, batch=batch, subject="17")
    with database.begin() as unit:
        unit.documents.add(row)
        assert unit.documents.of_batch(batch) == (row,)


@pytest.mark.parametrize("closed", sorted(CLOSED))
def test_a_closed_document_gives_its_place_back_and_leaves_the_class(database: SqlDatabase, closed: CaseState) -> None:
    name = kept(database)
    with database.begin() as unit:
        unit.documents.move(name, from_head=HEAD, to_head=HEAD, from_state=CaseState.COMPLETE, to_state=closed)
    again = kept(database)
    with database.begin() as unit:
        assert [row.document for row in unit.documents.of_batch(CLASS)] == [again]
        assert [row.document for row in unit.documents.of_subject(DocumentKind.TRANSCRIPT, CLASS.school, "9901000001")] == [name, again]


def test_one_pupil_has_one_document_a_year(database: SqlDatabase) -> None:
    kept(database)
    with pytest.raises(ConflictError):
        kept(database)


def test_the_head_moves_only_from_where_the_caller_saw_it(database: SqlDatabase) -> None:
    name = kept(database)
    move = {"to_head": NEXT, "from_state": CaseState.COMPLETE, "to_state": CaseState.TEACHER_SIGNED}
    with database.begin() as unit:
        unit.documents.move(name, from_head=HEAD, **move)  # type: ignore[arg-type] # named fields
    with pytest.raises(ConflictError), database.begin() as unit:
        unit.documents.move(name, from_head=HEAD, **move)  # type: ignore[arg-type] # named fields
    with database.begin() as unit:
        moved = unit.documents.get(name)
    assert moved is not None
    assert (moved.head, moved.state) == (NEXT, CaseState.TEACHER_SIGNED)


def _add_and_stop(unit: UnitOfWork, row: StoredDocument) -> None:
    unit.documents.add(row)
    raise RefusedError("stop", vi="dừng", en="stop")


def test_an_exception_inside_a_unit_leaves_nothing_behind(database: SqlDatabase) -> None:
    row = document()
    with pytest.raises(RefusedError), database.begin() as unit:
        _add_and_stop(unit, row)
    with database.begin() as unit:
        assert unit.documents.get(row.document) is None


def test_a_document_has_one_outstanding_intent_and_its_lease_runs_out(database: SqlDatabase) -> None:
    name = kept(database)
    with database.begin() as unit:
        unit.intents.open(intent(name), now=NOW)
    with pytest.raises(ConflictError), database.begin() as unit:
        unit.intents.open(intent(name), now=NOW + timedelta(minutes=1))
    with database.begin() as unit:
        unit.intents.open(replace(intent(name), consent=ConsentId("later")), now=NOW + timedelta(minutes=3))
        assert unit.intents.get(name) == replace(intent(name), consent=ConsentId("later"))


def test_an_intent_with_a_value_never_runs_out_and_takes_no_second_value(database: SqlDatabase) -> None:
    name = kept(database)
    with database.begin() as unit:
        unit.intents.open(intent(name), now=NOW)
        unit.intents.set_value(intent(name), b"value")
    with pytest.raises(ConflictError), database.begin() as unit:
        unit.intents.open(intent(name), now=NOW + timedelta(days=1))
    with pytest.raises(ConflictError), database.begin() as unit:
        unit.intents.set_value(intent(name), b"other")
    with database.begin() as unit:
        assert [stored.signature_value for stored in unit.intents.with_value(limit=5)] == [b"value"]


def test_a_value_that_comes_after_its_lease_ran_out_never_lands_in_the_next_signers_intent(database: SqlDatabase) -> None:
    name = kept(database)
    slow, quick = intent(name), replace(intent(name), consent=ConsentId("quick"), prepared=NEXT, lease_until=NOW + timedelta(minutes=5))
    with database.begin() as unit:
        unit.intents.open(slow, now=NOW)
    with database.begin() as unit:
        unit.intents.open(quick, now=NOW + timedelta(minutes=3))
    with pytest.raises(ConflictError), database.begin() as unit:
        unit.intents.set_value(slow, b"of the slow one")
    with database.begin() as unit:
        assert unit.intents.get(name) == quick


def test_a_reason_to_wait_is_not_pinned_on_a_case_that_moved_on_meanwhile(database: SqlDatabase) -> None:
    name = kept(database)
    with database.begin() as unit:
        unit.documents.move(name, from_head=HEAD, to_head=NEXT, from_state=CaseState.COMPLETE, to_state=CaseState.TEACHER_SIGNED)
        unit.documents.set_waiting(name, "late", head=HEAD, state=CaseState.COMPLETE)
    with database.begin() as unit:
        moved = unit.documents.get(name)
    assert moved is not None
    assert moved.waiting_for is None


def test_no_exception_of_the_database_carries_what_was_to_be_written(database: SqlDatabase) -> None:
    with database.begin() as unit:
        unit.session.exec(text("DROP TABLE document"))  # type: ignore[call-overload] # SQLModel types no plain SQL
    with pytest.raises(UnavailableError) as lost:
        kept(database, pupil=f"{9_901_234_567}")
    assert "9901234567" not in "".join(format_exception(lost.value))


def test_a_unit_that_postgresql_rolled_back_for_another_is_a_conflict_and_no_outage(database: SqlDatabase) -> None:
    class SerializationFailureError(Exception):
        sqlstate = "40001"

    with pytest.raises(ConflictError) as overtaken, database.begin():
        raise OperationalError("UPDATE", None, SerializationFailureError())
    assert overtaken.value.code == "overtaken"


def test_a_consent_is_redeemed_once(database: SqlDatabase) -> None:
    consent = Consent(ConsentId("c"), PersonCode("9901"), SigningRole.PRINCIPAL, (ConsentItem(DocumentId("d"), HEAD),), NEXT, NOW)
    with database.begin() as unit:
        unit.consents.add(consent)
    with database.begin() as unit:
        assert unit.consents.redeem(ConsentId("c")) == consent
    with pytest.raises(RefusedError) as refusal, database.begin() as unit:
        unit.consents.redeem(ConsentId("c"))
    assert refusal.value.code == "consent-used"
    with pytest.raises(RefusedError), database.begin() as unit:
        unit.consents.redeem(ConsentId("never"))


def test_two_writers_at_once_lose_nothing(database: SqlDatabase) -> None:
    names = [kept(database, pupil=f"99{i:08d}") for i in range(8)]
    wins: list[DocumentId] = []

    def race() -> None:
        for name in names:
            try:
                with database.begin() as unit:
                    unit.documents.move(
                        name, from_head=HEAD, to_head=NEXT, from_state=CaseState.COMPLETE, to_state=CaseState.TEACHER_SIGNED
                    )
                wins.append(name)
            except ConflictError:
                continue

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wins) == sorted(names)


def test_log_places_have_no_gap_and_never_change(database: SqlDatabase) -> None:
    sequence = SqlLeafSequence(database)
    first, second, third = (Commitment(bytes([i]) * 32) for i in (1, 2, 3))
    assert sequence.claim([first, second]) == (0, 1)
    assert sequence.claim([second, third]) == (1, 2)
    assert (sequence.length(), sequence.read(1, 3)) == (3, (second, third))


def test_tiles_are_never_overwritten_and_the_checkpoint_moves_by_compare_and_swap(database: SqlDatabase) -> None:
    tiles, checkpoints = SqlTileStore(database), SqlCheckpointStore(database)
    tiles.create("tile/0/000", b"one")
    tiles.create("tile/0/000", b"one")
    with pytest.raises(IntegrityError):
        tiles.create("tile/0/000", b"two")
    assert (tiles.read("tile/0/000"), tiles.read("tile/0/001")) == (b"one", None)
    assert checkpoints.swap(None, "a")
    assert not checkpoints.swap(None, "b")
    assert checkpoints.swap("a", "b")
    assert checkpoints.latest() == "b"


def test_a_blob_that_was_there_before_is_made_durable_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalBlobStore(tmp_path / "blobs")
    name = store.put(b"left behind by a process that died before it could sync")
    synced: list[Path] = []
    monkeypatch.setattr("signing_service.storage.blobs._sync_folder", synced.append)
    store.put(b"left behind by a process that died before it could sync")
    assert set(synced) == {tmp_path / "blobs" / name[:2], tmp_path / "blobs"}


def test_blobs_are_named_by_their_bytes_and_a_flipped_bit_is_found(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path / "blobs")
    name = store.put(b"frozen")
    assert store.put(b"frozen") == name == sha256_of(b"frozen")
    assert store.get(name) == b"frozen"
    (tmp_path / "blobs" / name[:2] / name[2:]).write_bytes(b"frozeN")
    with pytest.raises(IntegrityError) as damage:
        store.get(name)
    assert damage.value.code == "blob-corrupt"
    with pytest.raises(IntegrityError) as damage:
        store.get(sha256_of(b"never"))
    assert damage.value.code == "blob-missing"
