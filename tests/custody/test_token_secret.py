"""The server secret in a real PKCS#11 module (SoftHSM), in a process of its own: the module reads its configuration once a process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import absent

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so")

SCENARIO = """
import pathlib, sys
import pkcs11
from pkcs11 import Attribute
from signing_service.clock import SystemClock
from signing_service.custody.cabinet import Custody
from signing_service.custody.hardening import Argon2Parameters
from signing_service.custody.pin import Pin
from signing_service.custody.token_secret import Pkcs11ServerSecret
from signing_service.errors import IntegrityError, SigningServiceError, UnavailableError
from signing_service.ports import KeyPurpose
from tests.custody.ledger import MemoryLedger

library = pathlib.Path(sys.argv[1])


def code(action):
    try:
        action()
    except SigningServiceError as error:
        return error.code
    return "nothing"


def opens(sealed):
    with custody.open(sealed, pin=Pin("mật khẩu thử")) as key:
        return len(key.sign(b"message", purpose=KeyPurpose.PERSON_SIGNATURE)) > 60


assert code(lambda: Pkcs11ServerSecret(library, "vi-du", "00000000")) == "server-secret-token"
assert code(lambda: Pkcs11ServerSecret(library, "khong-co", "87654321")) == "server-secret-token"
secret = Pkcs11ServerSecret(library, "vi-du", "87654321")
custody = Custody(secret, MemoryLedger(), SystemClock(), hardening=Argon2Parameters(64, 1))
sealed = custody.create("GV-0001", KeyPurpose.PERSON_SIGNATURE, pin=Pin("mật khẩu thử"))
assert opens(sealed)
try:
    secret._keys[1][Attribute.VALUE]
except pkcs11.exceptions.AttributeSensitive:
    pass
else:
    raise AssertionError("the token gave its key away")
changed = sealed.envelope[:-1] + bytes([sealed.envelope[-1] ^ 1])
assert code(lambda: opens(sealed.with_envelope(changed))) == "key-seal-broken"
assert code(lambda: opens(sealed.with_envelope(sealed.envelope[:10]))) == "key-seal-broken"
assert secret.rotate() == 2
renewed = custody.rewrap(sealed)
secret.close()
secret = Pkcs11ServerSecret(library, "vi-du", "87654321")
custody = Custody(secret, MemoryLedger(), SystemClock())
assert secret.current_version == 2
assert opens(sealed) and opens(renewed)
secret.retire()
assert opens(renewed)
assert code(lambda: opens(sealed)) == "server-secret-version"
secret.close()
assert code(lambda: opens(renewed)) == "server-secret-token"
"""


@pytest.fixture
def library() -> str:
    found = next((path for path in LIBRARIES if Path(path).exists()), None)
    if found is None:
        absent("libsofthsm2.so is missing: `make tools` (as root) installs it")
    assert found is not None
    return found


def _with_token(tool: Callable[[str], str], tmp_path: Path) -> dict[str, str]:
    """The environment of a process that finds a fresh token."""
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    environment = {**os.environ, "SOFTHSM2_CONF": str(configuration), "PYTHONPATH": str(Path(__file__).parents[2])}
    initialise = [tool("softhsm2-util"), "--init-token", "--free", "--label", "vi-du", "--so-pin", "12345678", "--pin", "87654321"]
    subprocess.run(initialise, check=True, env=environment, capture_output=True)
    return environment


def test_the_token_seals_and_opens_and_never_gives_its_key_away(tool: Callable[[str], str], library: str, tmp_path: Path) -> None:
    environment = _with_token(tool, tmp_path)
    done = subprocess.run([sys.executable, "-c", SCENARIO, library], check=False, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_service_with_a_token_keeps_no_secret_on_disk_and_starts_without_the_token_for_nobody(
    tool: Callable[[str], str], library: str, tmp_path: Path
) -> None:
    pin = tmp_path / "pin"
    pin.write_text("87654321\n")
    environment = _with_token(tool, tmp_path) | {
        "SIGNING_SERVICE_DATA_DIRECTORY": str(tmp_path / "data"),
        "SIGNING_SERVICE_TOKEN_LIBRARY": library,
        "SIGNING_SERVICE_TOKEN_LABEL": "vi-du",
        "SIGNING_SERVICE_TOKEN_PIN_FILE": str(pin),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "signing_service.cli", *words]
        return subprocess.run(command, check=False, env=environment, capture_output=True, text=True)

    assert run("init").returncode == 0
    assert run("status").returncode == 0
    assert not (tmp_path / "data" / "secret").exists()
    pin.write_text("00000000")
    refused = run("status")
    assert (refused.returncode, "server-secret-token" in refused.stderr) == (2, True)
