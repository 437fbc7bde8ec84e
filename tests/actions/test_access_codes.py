"""Access codes: told once, stored as a hash, replaced by the clerk, and too slow to guess while the family never waits long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from signing_service.access.policy import Actor
from signing_service.actions.access_codes import AccessCode, issue_access_codes, replace_access_code
from signing_service.actions.open_with_access_code import (
    OpenedTranscript,
    WaitForAccessCodeError,
    WrongAccessCodeError,
    open_with_access_code,
)
from signing_service.actions.repositories import StoredDocument
from signing_service.bootstrap import Service
from signing_service.clock import FixedClock
from signing_service.directory.people import Appointment, Office
from signing_service.errors import RefusedError, SigningServiceError
from signing_service.ids import LinkToken, PersonCode
from tests.line import CLASS, CLERK, HOMEROOM, actor, documents, run_to_the_end, take_in

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
WRONG = "0000-0000"


@pytest.fixture
def issued(service: Service) -> StoredDocument:
    run_to_the_end(service, 1)
    return documents(service)[0]


def _codes(service: Service) -> dict[str, AccessCode]:
    return {
        str(document): code
        for document, code in issue_access_codes(documents(service), database=service.database, clock=service.clock).items()
    }


def _open(service: Service, token: LinkToken, typed: str, at: datetime = NOW) -> OpenedTranscript:
    return open_with_access_code(token, typed, database=service.database, blobs=service.blobs, clock=FixedClock(at))


def test_the_code_opens_record_and_files_however_it_is_typed(service: Service, issued: StoredDocument) -> None:
    code = _codes(service)[issued.document]
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        opened = _open(service, issued.link_token, typed)
        assert opened.record.record_id == issued.record
        assert opened.pdf == service.blobs.get(issued.head)


def test_a_code_is_told_once_and_nothing_stored_holds_it(service: Service, issued: StoredDocument) -> None:
    code = _codes(service)[issued.document]
    assert _codes(service) == {}
    with service.database.begin() as unit:
        stored = unit.access_codes.get(issued.document)
    assert stored is not None
    assert code not in repr(stored)
    assert code.replace("-", "") not in repr(stored)
    assert stored.hashed.startswith("$argon2id$")


def test_nothing_that_is_not_issued_gets_a_code(service: Service) -> None:
    take_in(service, 1)
    assert _codes(service) == {}
    document = documents(service)[0]
    with pytest.raises(RefusedError, match="no-access-code"):
        replace_access_code(actor(service, CLERK), document.document, database=service.database, clock=service.clock)


def test_the_clerk_replaces_a_code_and_the_old_one_stops_at_once(service: Service, issued: StoredDocument) -> None:
    old = _codes(service)[issued.document]
    new = replace_access_code(actor(service, CLERK), issued.document, database=service.database, clock=service.clock)
    with pytest.raises(WrongAccessCodeError):
        _open(service, issued.link_token, old)
    assert _open(service, issued.link_token, new)


def test_nobody_but_the_clerk_replaces_a_code(service: Service, issued: StoredDocument) -> None:
    code = _codes(service)[issued.document]
    stranger = Actor(PersonCode("x"), (Appointment(PersonCode("x"), CLASS.school, Office.HOMEROOM_TEACHER, date(2020, 8, 1)),))
    for who in (actor(service, HOMEROOM), stranger, Actor(PersonCode("y"), ())):
        with pytest.raises(RefusedError, match="not-permitted"):
            replace_access_code(who, issued.document, database=service.database, clock=service.clock)
    assert _open(service, issued.link_token, code)


def test_wrong_tries_wait_longer_and_longer_and_the_right_code_works_after_the_wait(service: Service, issued: StoredDocument) -> None:
    code, at, waits = _codes(service)[issued.document], NOW, []
    for _ in range(3):
        with pytest.raises(WrongAccessCodeError):
            _open(service, issued.link_token, WRONG, at)
    for _ in range(8):
        with pytest.raises(WaitForAccessCodeError) as waiting:
            _open(service, issued.link_token, code, at)
        waits.append(waiting.value.retry_after_seconds)
        at += timedelta(seconds=waits[-1])
        with pytest.raises(WrongAccessCodeError):
            _open(service, issued.link_token, WRONG, at)
    assert waits == sorted(waits)
    assert waits[0] <= 31
    assert waits[-1] == 15 * 60 + 1, "never longer than a quarter of an hour"
    assert _open(service, issued.link_token, code, at + timedelta(minutes=16))
    with pytest.raises(WrongAccessCodeError):
        _open(service, issued.link_token, WRONG, at + timedelta(minutes=17))
    assert _open(service, issued.link_token, code, at + timedelta(minutes=17)), "a right code begins the count anew"


def test_while_it_waits_nothing_is_compared_and_nothing_counted(service: Service, issued: StoredDocument) -> None:
    code = _codes(service)[issued.document]
    for _ in range(3):
        with pytest.raises(WrongAccessCodeError):
            _open(service, issued.link_token, WRONG)
    with service.database.begin() as unit:
        before = unit.access_codes.get(issued.document)
    for typed in (WRONG, code):
        with pytest.raises(WaitForAccessCodeError):
            _open(service, issued.link_token, typed)
    with service.database.begin() as unit:
        assert unit.access_codes.get(issued.document) == before


def test_a_try_is_counted_before_the_code_is_compared(service: Service, issued: StoredDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    class PowerCutError(Exception):
        pass

    def cut(*_: object) -> bool:
        raise PowerCutError

    code = _codes(service)[issued.document]
    monkeypatch.setattr("signing_service.actions.open_with_access_code.matches", cut)
    with pytest.raises(PowerCutError):
        _open(service, issued.link_token, code)
    with service.database.begin() as unit:
        stored = unit.access_codes.get(issued.document)
    assert stored is not None
    assert stored.wrong_tries == 1


def test_a_code_that_was_replaced_while_it_was_compared_opens_nothing(
    service: Service, issued: StoredDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _codes(service)[issued.document]

    def replaced_meanwhile(*_: object) -> bool:
        replace_access_code(actor(service, CLERK), issued.document, database=service.database, clock=service.clock)
        return True

    monkeypatch.setattr("signing_service.actions.open_with_access_code.matches", replaced_meanwhile)
    with pytest.raises(WrongAccessCodeError):
        _open(service, issued.link_token, code)


def test_a_slip_of_the_finger_is_no_try_and_a_link_of_nobody_is_answered_like_a_wrong_code(
    service: Service, issued: StoredDocument
) -> None:
    _codes(service)
    for typed in ("", "12345", "123456789", "UUUU-UUUU", "x" * 10_000):
        with pytest.raises(WrongAccessCodeError) as slip:
            _open(service, issued.link_token, typed)
    with service.database.begin() as unit:
        stored = unit.access_codes.get(issued.document)
    assert stored is not None
    assert stored.wrong_tries == 0
    with pytest.raises(WrongAccessCodeError) as nobody:
        _open(service, LinkToken("0" * 32), WRONG)
    assert str(nobody.value) == str(slip.value)


def test_a_thousand_tries_at_once_gain_nothing_over_three(
    service: Service, issued: StoredDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    _codes(service)
    compared: list[str] = []

    def never(code: str, _phc: str) -> bool:
        compared.append(code)
        return False

    monkeypatch.setattr("signing_service.actions.open_with_access_code.matches", never)

    def guess(number: int) -> str:
        try:
            _open(service, issued.link_token, f"0000-00{number:02d}")
        except SigningServiceError as error:
            return error.code
        return "opened"

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(guess, range(24)))
    assert 1 <= len(compared) <= 3
    assert answers <= {"access-code-wrong", "access-code-wait", "overtaken"}
