"""What the database promises of subject sheets: one version of each, one signature at a time, each value and consent once."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from signing_service.access.policy import ClassOfYear
from signing_service.actions.subject_sheets.store import (
    SheetConsent,
    SheetConsentItem,
    SheetIntent,
    SignedContent,
    StoredSheet,
    sheet_consent_digest,
)
from signing_service.errors import ConflictError, RefusedError
from signing_service.ids import DocumentId, PersonCode, SchoolCode, sha256_of
from signing_service.records.subject_sheet import SheetId
from signing_service.storage.database import SqlDatabase, open_engine
from signing_service.storage.migrate import migrate
from signing_service.workflow.consent import ConsentId
from tests.postgres import create_database

NOW = datetime(2026, 5, 20, 3, 0, tzinfo=UTC)
CLASS = ClassOfYear(SchoolCode("99000001"), "7B", "2025-2026")
LINES, CONTENT, CMS = sha256_of(b"lines"), sha256_of(b"content"), sha256_of(b"cms")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDatabase]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'service.sqlite3'}"
    else:
        url = create_database(request.getfixturevalue("postgres"), f"sheets-{uuid.uuid4()}")
    engine = open_engine(url)
    migrate(engine)
    yield SqlDatabase(engine)
    engine.dispose()


def sheet(subject: str = "TOAN", version: int = 1) -> StoredSheet:
    return StoredSheet(SheetId(DocumentId(str(uuid.uuid4()))), CLASS, subject, version, LINES, LINES, NOW)


def intent_of(one: StoredSheet) -> SheetIntent:
    return SheetIntent(one.sheet, ConsentId("c"), CONTENT, sha256_of(b"prepared"), lease_until=NOW + timedelta(minutes=2))


def kept(database: SqlDatabase, *sheets: StoredSheet) -> None:
    with database.begin() as unit:
        for one in sheets:
            unit.subject_sheets.add(one)


def test_a_class_has_its_sheets_in_the_order_of_making_and_each_version_once(database: SqlDatabase) -> None:
    first, letters, second = sheet(), sheet("NV"), sheet(version=2)
    kept(database, first, letters, second)
    with database.read() as unit:
        assert unit.subject_sheets.of_class(CLASS) == (first, letters, second)
        assert unit.subject_sheets.of_class(replace(CLASS, class_name="7A")) == ()
    with pytest.raises(ConflictError):
        kept(database, sheet(version=2))


def test_one_signature_of_a_sheet_is_outstanding_at_a_time_and_a_void_one_is_replaced(database: SqlDatabase) -> None:
    one = sheet()
    kept(database, one)
    intent = intent_of(one)
    with database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW)
    with pytest.raises(ConflictError, match="intent-outstanding"), database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW + timedelta(minutes=1))
    later = replace(intent, consent=ConsentId("d"), lease_until=NOW + timedelta(minutes=9))
    with database.begin() as unit:
        unit.subject_sheets.open_intent(later, now=NOW + timedelta(minutes=3))
        assert unit.subject_sheets.intent(one.sheet) == later
    with pytest.raises(ConflictError, match="intent-gone"), database.begin() as unit:
        unit.subject_sheets.set_value(intent, b"value of the first")


def test_a_value_is_stored_once_and_keeps_others_away_for_ever(database: SqlDatabase) -> None:
    one = sheet()
    kept(database, one)
    intent = intent_of(one)
    with database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW)
        unit.subject_sheets.set_value(intent, b"value")
    with pytest.raises(ConflictError, match="intent-gone"), database.begin() as unit:
        unit.subject_sheets.set_value(intent, b"another")
    with pytest.raises(ConflictError, match="intent-outstanding"), database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW + timedelta(days=1))
    with database.read() as unit:
        assert unit.subject_sheets.with_value(limit=5) == (replace(intent, signature_value=b"value"),)
        assert unit.subject_sheets.with_value(after=one.sheet, limit=5) == ()


def test_a_signed_sheet_is_found_by_its_digest_and_never_signed_again(database: SqlDatabase) -> None:
    one = sheet()
    kept(database, one)
    intent = intent_of(one)
    with database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW)
        unit.subject_sheets.set_value(intent, b"value")
        unit.subject_sheets.sign(intent, CMS)
    with database.read() as unit:
        assert unit.subject_sheets.signed_as(CONTENT) == replace(one, signed=SignedContent(CONTENT, CMS))
        assert unit.subject_sheets.intent(one.sheet) is None
    with pytest.raises(ConflictError, match="sheet-signed"), database.begin() as unit:
        unit.subject_sheets.open_intent(intent, now=NOW)
    with pytest.raises(ConflictError, match="intent-gone"), database.begin() as unit:
        unit.subject_sheets.sign(intent, CMS)


def test_a_consent_comes_back_as_given_and_once(database: SqlDatabase) -> None:
    items = (SheetConsentItem(sheet().sheet, CONTENT), SheetConsentItem(sheet().sheet, LINES))
    person = PersonCode("9900000021")
    consent = SheetConsent(ConsentId("c"), person, items, sheet_consent_digest(person, items), NOW)
    with database.begin() as unit:
        unit.subject_sheets.agree(consent)
    with database.begin() as unit:
        assert unit.subject_sheets.redeem(consent.consent_id) == consent
    for code, wanted in (("consent-used", consent.consent_id), ("consent-unknown", ConsentId("x"))):
        with pytest.raises(RefusedError, match=code), database.begin() as unit:
            unit.subject_sheets.redeem(wanted)
