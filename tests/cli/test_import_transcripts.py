"""`import transcripts`: one workbook or several that belong together, as JSON or text, keeping nothing in a dry run."""

import json
from pathlib import Path

import pytest

from signing_service.cli import main
from signing_service.sample import sample_class_workbook

_SUMMARY = "so_diem_tong_ket_khoi_8"


@pytest.fixture(autouse=True)
def _nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "nowhere"))


def test_one_workbook_prints_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lop.xlsx"
    file.write_bytes(sample_class_workbook())
    assert main(["import", "transcripts", str(file), "--dry-run", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["records", "errors", "warnings"]
    assert (len(printed["records"]), printed["errors"]) == (45, [])
    assert printed["records"][0]["sheet"] == "Danh sach HS"


def test_the_year_and_its_semesters_are_handed_in_together(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(shared / "data" / f"{_SUMMARY}{suffix}.xls") for suffix in ("", "_hk1", "_hk2")]
    assert main(["import", "transcripts", *files, "--dry-run", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (len(printed["records"]), printed["errors"]) == (108, [])
    assert printed["records"][0]["sheet"] == f"[{_SUMMARY}.xls]8a"
    assert printed["records"][0]["record"]["year"]["origin"] == "computed"


def test_a_file_that_is_not_there_is_named_and_other_kinds_take_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lop.xlsx"
    file.write_bytes(sample_class_workbook())
    assert main(["import", "transcripts", str(file), str(tmp_path / "khong-co.xls"), "--dry-run"]) == 2
    assert "khong-co.xls" in capsys.readouterr().err
    assert main(["import", "staff", str(file), str(file), "--dry-run"]) == 2
