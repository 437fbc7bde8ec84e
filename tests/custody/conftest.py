"""A cabinet with a cheap PIN hardening, a counter in memory and a server secret in a temporary file."""

from pathlib import Path

import pytest

from signing_service.clock import SystemClock
from signing_service.custody.cabinet import Custody
from signing_service.custody.file_secret import FileServerSecret
from signing_service.custody.hardening import Argon2Parameters
from tests.custody.ledger import MemoryLedger

CHEAP = Argon2Parameters(memory_kib=64, iterations=1)


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def secret(tmp_path: Path) -> FileServerSecret:
    return FileServerSecret.create(tmp_path / "server-secret")


@pytest.fixture
def custody(secret: FileServerSecret, ledger: MemoryLedger) -> Custody:
    return Custody(secret, ledger, SystemClock(), hardening=CHEAP)
