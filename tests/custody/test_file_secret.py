import stat
from pathlib import Path

import pytest

from signing_service.custody.file_secret import FileServerSecret
from signing_service.errors import ConflictError, IntegrityError, RefusedError, UnavailableError


def test_the_file_is_for_its_owner_only_and_nothing_else_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    FileServerSecret.create(path).rotate()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secret"
    FileServerSecret.create(path)
    path.chmod(mode)
    with pytest.raises(RefusedError, match="server-secret-permissions"):
        FileServerSecret(path)


def test_an_existing_secret_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    FileServerSecret.create(path)
    before = path.read_bytes()
    with pytest.raises(ConflictError, match="server-secret-exists"):
        FileServerSecret.create(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_and_a_link_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="server-secret-missing"):
        FileServerSecret(tmp_path / "secret")
    FileServerSecret.create(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(UnavailableError, match="server-secret-missing"):
        FileServerSecret(tmp_path / "link")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": "signing-service/server-secret/1", "versions": {}}',
        b'{"format": "x", "versions": {"1": "AAAA"}}',
        b'{"versions": {}}',
    ],
)
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(IntegrityError, match="server-secret-unreadable"):
        FileServerSecret(path)


def test_every_version_outlives_a_restart_until_it_is_retired(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secret = FileServerSecret.create(path)
    old = secret.seal(b"plaintext", b"context")
    assert secret.rotate() == 2
    new = secret.seal(b"plaintext", b"context")
    again = FileServerSecret(path)
    assert again.current_version == 2
    assert again.unseal(old, b"context") == again.unseal(new, b"context") == b"plaintext"
    again.retire()
    with pytest.raises(UnavailableError, match="server-secret-version"):
        FileServerSecret(path).unseal(old, b"context")


def test_an_envelope_opens_only_with_its_own_context_and_octets(tmp_path: Path) -> None:
    secret = FileServerSecret.create(tmp_path / "secret")
    envelope = secret.seal(b"plaintext", b"context")
    with pytest.raises(IntegrityError, match="key-seal-broken"):
        secret.unseal(envelope, b"contexu")
    for position in range(4, len(envelope)):
        changed = bytearray(envelope)
        changed[position] ^= 1
        with pytest.raises(IntegrityError, match="key-seal-broken"):
            secret.unseal(bytes(changed), b"context")
    for length in range(4, len(envelope)):
        with pytest.raises(IntegrityError, match="key-seal-broken"):
            secret.unseal(envelope[:length], b"context")


def test_the_same_plaintext_is_never_sealed_to_the_same_octets(tmp_path: Path) -> None:
    secret = FileServerSecret.create(tmp_path / "secret")
    assert len({secret.seal(b"plaintext", b"context") for _ in range(50)}) == 50
