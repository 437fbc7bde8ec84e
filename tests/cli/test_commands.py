"""Each command as somebody types it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.cli import main
from signing_service.sample import SAMPLE_ISSUER, sample_class_workbook


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(folder))
    return folder


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    file = tmp_path / "lop.xlsx"
    file.write_bytes(sample_class_workbook())
    return file


@pytest.mark.parametrize("command", ["init", "demo", "serve", "worker", "import", "verify", "archive", "status"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out


def test_a_wrong_command_lists_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign-everything"]) == 2
    assert "verify" in capsys.readouterr().err
    assert main(["--help"]) == 0


def test_init_is_safe_to_repeat_and_refuses_another_address(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--base-url", "https://hocba.example"]) == 0
    assert "root-ca" in capsys.readouterr().out
    keys = (data / "service.sqlite3").stat().st_size
    assert main(["init", "--base-url", "https://hocba.example"]) == 0
    assert "không có gì mới" in capsys.readouterr().out
    assert (data / "service.sqlite3").stat().st_size == keys
    assert main(["init", "--base-url", "https://khac.example"]) == 2
    assert "identity-fixed" in capsys.readouterr().err
    assert (data / "secret" / "server-secret").stat().st_mode & 0o077 == 0


def test_without_the_server_secret_nothing_starts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    (data / "secret" / "server-secret").unlink()
    assert main(["status"]) == 2
    assert "server-secret-missing" in capsys.readouterr().err
    assert main(["init"]) == 2
    assert "server-secret-missing" in capsys.readouterr().err
    assert not (data / "secret" / "server-secret").exists()


def test_commands_before_init_say_what_to_do(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not data.exists()
    for words in (["status"], ["worker", "--once"], ["archive", "fixity"]):
        assert main(words) == 2
        assert "signing-service init" in capsys.readouterr().err


def test_a_dry_run_prints_the_contract_and_keeps_nothing(data: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "transcripts", str(workbook), "--dry-run", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"records", "errors", "warnings"}
    assert len(printed["records"]) == 45
    assert set(printed["records"][0]) == {"sheet", "row", "record"}
    assert printed["errors"] == []
    assert not data.exists()


def test_an_import_for_a_school_that_nobody_registered_is_refused(data: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert main(["import", "transcripts", str(workbook)]) == 2
    assert "school-not-registered" in capsys.readouterr().err
    assert main(["import", "transcripts", str(data / "missing.xlsx")]) == 2


def test_a_registered_school_imports_its_class_and_a_closed_year_only_with_a_reason(
    data: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issuer = SAMPLE_ISSUER
    schools = tmp_path / "schools.xlsx"
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.append(["Mã trường", "Tên trường", "Cấp học", "Xã/phường", "Tỉnh", "Địa danh ký", "Mã Sở", "Tên Sở"])
    place = (issuer.commune, issuer.province, issuer.place_of_issue, issuer.department_code, issuer.department_name)
    book.active.append([issuer.school_code, issuer.school_name, "Tiểu học, THCS", *place])
    book.save(schools)
    assert main(["init"]) == 0
    assert data.exists()
    assert main(["import", "schools", str(schools)]) == 0
    capsys.readouterr()
    assert main(["import", "transcripts", str(workbook), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert {error["code"] for error in printed["errors"]} == {"year-locked"}
    assert main(["import", "transcripts", str(workbook), "--json", "--after-lock", "Nộp bổ sung theo công văn 12"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 45
    assert main(["import", "transcripts", str(workbook), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 45
    assert main(["status", "--json"]) == 0
    (queue,) = json.loads(capsys.readouterr().out)["queues"]
    assert (queue["state"], queue["documents"]) == ("draft", 45)


def test_worker_and_status_have_nothing_to_do_in_an_empty_house(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert data.exists()
    assert main(["worker", "--once"]) == 0
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["queues"] == []
    assert {entry["certificate"] for entry in status["certificates"]} == {"root-ca", "issuing-ca", "tsa", "ocsp-responder"}


def test_verify_imports_no_web_framework_no_database_and_no_key_code(workbook: Path) -> None:
    probe = (
        "import sys; from signing_service.cli import main; code = main(['verify', sys.argv[1]]);"
        "loaded = {name.split('.')[0] for name in sys.modules} | {'.'.join(name.split('.')[:2]) for name in sys.modules};"
        "bad = loaded & {'fastapi', 'starlette', 'uvicorn', 'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'rich', 'typst',"
        " 'signing_service.custody', 'signing_service.storage', 'signing_service.actions', 'signing_service.signing',"
        " 'signing_service.bootstrap', 'signing_service.settings'};"
        "print(sorted(bad)); sys.exit(code)"
    )
    ended = subprocess.run([sys.executable, "-c", probe, str(workbook)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (2, "[]"), ended.stderr


def test_the_demo_removes_nothing_that_no_demo_made(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real = tmp_path / "lop" / "transcripts" / "01-hoc-ba.pdf"
    real.parent.mkdir(parents=True)
    real.write_bytes(b"%PDF-")
    assert main(["demo", "--out", str(tmp_path / "lop")]) == 2
    (tmp_path / "lop" / "links.csv").write_text("file,kind,link,short code\na.pdf,transcript,https://hocba.example/v/x,ABCD\n")
    assert main(["demo", "--out", str(tmp_path / "lop")]) == 2
    assert capsys.readouterr().err.count("folder-in-use") == 2
    assert real.exists()
    assert not data.exists()
