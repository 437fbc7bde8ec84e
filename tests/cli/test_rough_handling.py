"""The command line in the hands of pipes, odd terminals, odd file names and a system that says no."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from signing_service.cli import main

WORDS = [sys.executable, "-m", "signing_service.cli"]


@pytest.fixture
def unsigned(tmp_path: Path) -> Path:
    file = tmp_path / "mẫu.pdf"
    file.write_bytes(b"%PDF-1.7\n%%EOF\n")
    return file


@pytest.mark.parametrize("encoding", ["ascii", "utf-8:strict"])
def test_a_file_name_that_is_no_text_and_a_poor_terminal_get_an_answer(unsigned: Path, encoding: str) -> None:
    odd = os.fsencode(unsigned.parent) + b"/\xff.pdf"
    Path(os.fsdecode(odd)).write_bytes(unsigned.read_bytes())
    for options in ([], ["--json"]):
        ended = subprocess.run(
            [*WORDS, "verify", *options, odd], capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding}
        )
        assert b"Traceback" not in ended.stderr
        assert ended.returncode in {1, 3}
        assert b"udcff" in ended.stdout


def test_a_reader_who_has_seen_enough_causes_no_traceback(unsigned: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([*WORDS, "verify", "--json", unsigned], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (2, b"")


def test_what_the_system_refuses_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "file" / "data"))
    assert main(["init"]) == 2
    assert "Not a directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--base-url", "ftp://hocba.example"],
        ["--base-url", "https://học-bạ.example"],
        ["--base-url", "https://hocba.example/a b"],
        ["--base-url", "https://[hocba"],
        ["--base-url", f"https://{'hocba.' * 12}example"],
        ["--organisation", "Sở " * 30],
    ],
)
def test_an_identity_that_could_never_work_is_refused_before_it_is_fixed_for_good(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "data"))
    assert main(["init", *words]) == 2
    assert not (tmp_path / "data").exists()


def test_nobody_else_on_the_machine_reads_the_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "some" / "data"))
    assert main(["init"]) == 0
    data = tmp_path / "some" / "data"
    for private in (data, data / "service.sqlite3", data / "blobs", data / "secret"):
        assert private.stat().st_mode & 0o077 == 0, private


def test_a_damaged_identity_is_told_and_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "data"))
    assert main(["init"]) == 0
    identity = tmp_path / "data" / "identity.json"
    identity.write_bytes(b"")
    for words in (["status"], ["init"]):
        assert main(words) == 2
        assert "identity-unreadable" in capsys.readouterr().err
    assert identity.read_bytes() == b""
