"""`signing-service import awards FILE` as somebody types it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from signing_service.actions.known_authorities import office_of
from signing_service.bootstrap import initialise, open_service
from signing_service.cli import main
from signing_service.directory.people import Appointment, Office, Person
from signing_service.ids import SchoolCode
from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_SIGNATORY, sample_award_workbook
from signing_service.settings import Identity, Settings
from signing_service.shipped import shipped_path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(folder))
    return folder


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    file = tmp_path / "khen-thuong.xlsx"
    file.write_bytes(sample_award_workbook())
    return file


@pytest.fixture
def registered(data: Path) -> Path:
    """An installation that knows the sample's commune and its chair."""
    settings = Settings()
    initialise(settings, Identity("http://127.0.0.1:8000", "Sở Giáo dục và Đào tạo Mẫu"))
    with open_service(settings) as service, service.database.begin() as unit:
        assert SAMPLE_SIGNATORY.code is not None
        unit.staff.add_unit(office_of(SAMPLE_AUTHORITY))
        unit.staff.add_person(Person(SAMPLE_SIGNATORY.code, SAMPLE_SIGNATORY.name))
        chair = Appointment(SAMPLE_SIGNATORY.code, SchoolCode(SAMPLE_AUTHORITY.code), Office.COMMUNE_CHAIR, date(2025, 7, 1))
        unit.staff.appoint(chair)
    return data


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("data")
def test_a_dry_run_needs_no_installation_and_keeps_nothing(workbook: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "awards", str(workbook), "--dry-run", "--json"]) == 1
    printed = _json(capsys)
    assert printed.keys() == {"records", "errors", "warnings"}
    assert Counter(record["sheet"] for record in printed["records"]) == {"Quyet dinh": 1, "Tap the": 15, "Ca nhan": 44}
    assert [(error["sheet"], error["row"]) for error in printed["errors"]] == [("De nghi khong dat", row) for row in (7, 8, 9)]
    assert not data.exists()


@pytest.mark.usefixtures("registered")
def test_the_decision_is_kept_once(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "awards", str(workbook), "--json"]) == 1
    assert (first := _json(capsys))["added"] == 60
    assert first["warnings"] == []
    assert main(["import", "awards", str(workbook), "--json"]) == 1
    again = _json(capsys)
    assert (again["added"], again["unchanged"]) == (0, 60)


@pytest.mark.usefixtures("registered")
def test_people_read_it_in_both_languages(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "awards", str(workbook)])
    printed = capsys.readouterr().out
    assert "không đủ phiếu: 7/9 = 77,78% < 80%" in printed
    assert "too few votes" in printed
    assert printed.rstrip().endswith("thêm mới · added 60")


def test_an_office_that_is_not_registered_is_refused(data: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    initialise(Settings(), Identity("http://127.0.0.1:8000", "Sở Giáo dục và Đào tạo Mẫu"))
    assert data.exists()
    assert main(["import", "awards", str(workbook)]) == 2
    assert "authority-not-registered" in capsys.readouterr().err


@pytest.mark.usefixtures("data")
def test_a_province_brings_its_own_catalogue(data: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = data / "award-catalogue"
    own.mkdir(parents=True)
    shipped = shipped_path("signing_service", "records", "awards", "dated", "awards-2025-07.toml").read_text("utf-8")
    stricter = shipped.replace("votes_percent = 80", "votes_percent = 95").replace("awards-2025-07", "awards-own")
    (own / "own.toml").write_text(stricter, "utf-8")
    main(["import", "awards", str(workbook), "--dry-run", "--json"])
    codes = Counter(error["code"] for error in _json(capsys)["errors"] if error["sheet"] == "Ca nhan")
    assert codes == {"votes-below-standard": 5}


@pytest.mark.usefixtures("data")
def test_a_file_that_is_no_workbook_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    assert main(["import", "awards", str(tmp_path / "a.xlsx"), "--dry-run"]) == 1
    assert "workbook-not" in capsys.readouterr().out
