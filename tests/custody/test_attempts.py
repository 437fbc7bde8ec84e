import threading
import traceback
from pathlib import Path

import pytest

from signing_service.clock import SystemClock
from signing_service.custody.attempts import MOST_ATTEMPTS
from signing_service.custody.cabinet import Custody
from signing_service.custody.file_secret import FileServerSecret
from signing_service.custody.pin import Pin
from signing_service.custody.sealed import SealedKey
from signing_service.errors import RefusedError, SigningServiceError
from signing_service.ports import KeyPurpose
from tests.custody.conftest import CHEAP
from tests.custody.ledger import MemoryLedger

RIGHT, WRONG = "dung-ma-pin-nay", "sai-ma-pin-nay"


def key_of(custody: Custody) -> SealedKey:
    return custody.create("GV-0001", KeyPurpose.PERSON_SIGNATURE, pin=Pin(RIGHT))


def try_pin(custody: Custody, sealed: SealedKey, pin: str) -> None:
    with custody.open(sealed, pin=Pin(pin)):
        pass


def test_a_wrong_pin_tells_how_many_tries_remain_and_five_lock_the_key(custody: Custody) -> None:
    sealed = key_of(custody)
    for remaining in (4, 3, 2, 1, 0):
        with pytest.raises(RefusedError, match="wrong-pin") as refusal:
            try_pin(custody, sealed, WRONG)
        assert f"còn {remaining} lần" in refusal.value.vi
        assert f"; {remaining} tries" in refusal.value.en
    with pytest.raises(RefusedError, match="key-locked"):
        try_pin(custody, sealed, RIGHT)


def test_success_counts_anew(custody: Custody) -> None:
    sealed = key_of(custody)
    for _ in range(3):
        for _ in range(MOST_ATTEMPTS - 1):
            with pytest.raises(RefusedError, match="wrong-pin"):
                try_pin(custody, sealed, WRONG)
        try_pin(custody, sealed, RIGHT)


def test_one_key_locked_leaves_the_others_open(custody: Custody) -> None:
    sealed, other = key_of(custody), key_of(custody)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(RefusedError, match="wrong-pin"):
            try_pin(custody, sealed, WRONG)
    try_pin(custody, other, RIGHT)


class PowerCut(BaseException):
    """The process dies: nothing of the program may run after it."""


class SecretThatDies(FileServerSecret):
    dies = False
    ledger: MemoryLedger

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        self.ledger.events.append("unseal")
        if self.dies:
            raise PowerCut
        return super().unseal(envelope, context)


def test_the_attempt_is_committed_before_anything_is_tried_and_a_crash_counts(tmp_path: Path, ledger: MemoryLedger) -> None:
    FileServerSecret.create(tmp_path / "secret")
    secret = SecretThatDies(tmp_path / "secret")
    secret.ledger = ledger
    custody = Custody(secret, ledger, SystemClock(), hardening=CHEAP)
    sealed = key_of(custody)
    try_pin(custody, sealed, RIGHT)
    assert ledger.events == ["begin", "unseal", "succeeded"]
    secret.dies = True
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(PowerCut):
            try_pin(custody, sealed, WRONG)
    secret.dies = False
    with pytest.raises(RefusedError, match="key-locked"):
        try_pin(custody, sealed, RIGHT)


def test_a_locked_key_is_not_even_tried(tmp_path: Path, ledger: MemoryLedger) -> None:
    FileServerSecret.create(tmp_path / "secret")
    secret = SecretThatDies(tmp_path / "secret")
    secret.ledger = ledger
    custody = Custody(secret, ledger, SystemClock(), hardening=CHEAP)
    sealed = key_of(custody)
    ledger.counts[sealed.key_id] = MOST_ATTEMPTS
    with pytest.raises(RefusedError, match="key-locked"):
        try_pin(custody, sealed, RIGHT)
    assert "unseal" not in ledger.events


def test_a_key_without_a_pin_is_never_counted_so_restarts_cannot_lock_it(custody: Custody, ledger: MemoryLedger) -> None:
    sealed = custody.create("tsa", KeyPurpose.TIMESTAMPING, pin=None)
    with custody.open(sealed, pin=None):
        pass
    assert ledger.events == []
    with pytest.raises(RefusedError, match="pin-not-used"):
        try_pin(custody, sealed, RIGHT)


def test_no_exception_shows_a_pin_or_a_key(custody: Custody) -> None:
    sealed = key_of(custody)
    errors: list[SigningServiceError] = []
    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(SigningServiceError) as refusal:
            try_pin(custody, sealed, WRONG)
        errors.append(refusal.value)
    for error in errors:
        frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack
        ours = [str(frame.locals) for frame in frames if "signing_service/custody" in frame.filename]
        assert ours
        for text in (error.vi, error.en, str(error), repr(error.args), *ours):
            assert WRONG not in text
            assert RIGHT not in text


def test_many_guesses_at_once_get_no_more_tries_than_in_turn(custody: Custody) -> None:
    sealed = key_of(custody)
    codes: list[str] = []

    def guess() -> None:
        try:
            try_pin(custody, sealed, WRONG)
        except SigningServiceError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count("wrong-pin") == MOST_ATTEMPTS
    assert codes.count("key-locked") == 20 - MOST_ATTEMPTS
