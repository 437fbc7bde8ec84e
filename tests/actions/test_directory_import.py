"""Lists of schools and staff entered for good: who may, what is kept, and that the same list again changes nothing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from signing_service.access.operator import operator
from signing_service.access.policy import Actor
from signing_service.actions.import_staff import StaffOutcome, import_staff
from signing_service.actions.import_units import UnitOutcome, import_units
from signing_service.cli import main
from signing_service.directory.people import Appointment, Office
from signing_service.directory.units import Merger, School
from signing_service.errors import RefusedError
from signing_service.ids import PersonCode, UnitCode
from signing_service.intake.staff.reading import read_staff
from signing_service.intake.staff.unit_list import read_units
from signing_service.storage.database import SqlDatabase
from tests.directory.house import CLOCK, DEPARTMENT, EVERYBODY, HILL, OFFICER, TODAY, VALLEY, actor, stocked
from tests.intake.list_workbook import OTHER, TEACHER, list_workbook, staff_workbook
from tests.intake.test_staff_units import HEADINGS
from tests.intake.test_staff_units import HILL as HILL_ROW
from tests.intake.test_staff_units import SO as DEPARTMENT_ROW

OPERATOR = operator([UnitCode("99"), HILL.code, VALLEY.code], on=TODAY)
AWAY = TEACHER | {"Trạng thái": "Chuyển công tác", "Ghi chú": "Từ 15/01/2026"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    with stocked(tmp_path) as database:
        yield database


def staff(database: SqlDatabase, *people: dict[str, object], by: Actor = OPERATOR) -> StaffOutcome:
    intake = read_staff(staff_workbook(*people), today=TODAY)
    assert intake.errors == ()
    return import_staff(intake, actor=by, database=database, clock=CLOCK)


def units(database: SqlDatabase, *rows: dict[str, str], by: Actor = OPERATOR) -> UnitOutcome:
    intake = read_units(list_workbook(HEADINGS, [[row.get(h) for h in HEADINGS] for row in rows]), today=TODAY, units=[DEPARTMENT, VALLEY])
    assert intake.errors == ()
    return import_units(intake, actor=by, database=database, clock=CLOCK)


def appointments(database: SqlDatabase, person: object) -> tuple[Appointment, ...]:
    with database.begin() as unit:
        return unit.staff.appointments_of(PersonCode(str(person)))


CODE = TEACHER["Mã định danh CBGVNV"]


@pytest.mark.parametrize("by", EVERYBODY)
def test_only_the_department_and_the_operator_import(database: SqlDatabase, by: Appointment) -> None:
    if by is OFFICER:
        assert staff(database, TEACHER, by=actor(by)).changed
        assert units(database, HILL_ROW | {"Tên trường": HILL.name}, by=actor(by)).changed
        return
    for refused in (lambda: staff(database, TEACHER, by=actor(by)), lambda: units(database, HILL_ROW, by=actor(by))):
        with pytest.raises(RefusedError) as refusal:
            refused()
        assert refusal.value.code == "not-permitted"
    assert appointments(database, CODE) == ()


def test_the_same_list_again_changes_nothing(database: SqlDatabase) -> None:
    first, second = staff(database, TEACHER, OTHER | {"Lớp dạy": "7B"}), staff(database, TEACHER, OTHER | {"Lớp dạy": "7B"})
    assert (len(first.changed), len(second.changed), len(second.unchanged)) == (2, 0, 2)
    assert len(appointments(database, CODE)) == 1
    with database.begin() as unit:
        assert [change.change for change in unit.staff.changes_about(str(CODE))] == ["imported"]


def test_next_years_list_adds_the_years_classes_and_no_office_twice(database: SqlDatabase) -> None:
    principal = TEACHER | {"Chức vụ": "Hiệu trưởng"}
    staff(database, principal)
    following = read_staff(staff_workbook(principal, head="NĂM HỌC 2026 - 2027"), today=date(2026, 9, 1))
    import_staff(following, actor=OPERATOR, database=database, clock=CLOCK)
    held = appointments(database, CODE)
    assert [a.office for a in held].count(Office.PRINCIPAL) == 1
    assert sorted(a.school_year for a in held if a.school_year) == ["2025-2026", "2026-2027"]


def test_a_list_that_names_the_last_day_ends_the_appointment(database: SqlDatabase) -> None:
    staff(database, TEACHER)
    assert staff(database, AWAY).changed == (CODE,)
    assert [a.until for a in appointments(database, CODE)] == [date(2026, 1, 14)]


def test_a_list_never_opens_again_what_a_person_ended(database: SqlDatabase) -> None:
    staff(database, TEACHER)
    (held,) = appointments(database, CODE)
    with database.begin() as unit:
        unit.staff.replace(held, replace(held, until=date(2026, 3, 31)))
    assert staff(database, TEACHER).changed == ()
    assert [a.until for a in appointments(database, CODE)] == [date(2026, 3, 31)]


def test_an_office_that_the_list_no_longer_states_is_told_and_left_to_a_person(database: SqlDatabase) -> None:
    staff(database, TEACHER | {"Chức vụ": "Phó Hiệu trưởng"})
    outcome = staff(database, TEACHER | {"Chức vụ": "Hiệu trưởng"})
    assert [(f.code, f.row) for f in outcome.notices] == [("office-not-listed", 5)]
    assert {a.office for a in appointments(database, CODE) if a.until is None} >= {Office.VICE_PRINCIPAL, Office.PRINCIPAL}


def test_a_unit_that_is_not_registered_keeps_its_rows_out(database: SqlDatabase) -> None:
    outcome = staff(database, TEACHER | {"Mã đơn vị": "12345678"}, OTHER | {"Lớp dạy": "7B"})
    assert [(f.code, f.row) for f in outcome.refused] == [("unit-not-registered", 5)]
    assert outcome.changed == ("9908100002",)


def test_a_code_that_belongs_to_another_person_is_refused(database: SqlDatabase) -> None:
    staff(database, TEACHER)
    stranger = TEACHER | {"Họ và tên": "Ngàn Sao Lạ", "Số định danh cá nhân": None}
    assert [f.code for f in staff(database, stranger).refused] == ["staff-code-registered"]
    renamed = staff(database, TEACHER | {"Họ và tên": "Lê Mây Trắng Ngà"})
    assert (renamed.refused, renamed.changed) == ((), (CODE,))


def test_a_list_cannot_put_a_department_officer_into_a_school(database: SqlDatabase) -> None:
    outcome = staff(database, TEACHER | {"Vai trò ký số": "Chuyên viên"})
    assert [finding.code for finding in outcome.refused] == ["office-not-of-unit"]
    assert appointments(database, CODE) == ()


def test_one_person_at_two_schools_is_one_person(database: SqlDatabase) -> None:
    staff(database, TEACHER, TEACHER | {"Mã đơn vị": VALLEY.code})
    assert [a.school for a in appointments(database, CODE)] == [HILL.code, VALLEY.code]
    with database.begin() as unit:
        assert CODE in {person.code for person in unit.staff.members_of(VALLEY.code)}


def test_a_list_of_schools_again_changes_nothing_and_merges_once(database: SqlDatabase) -> None:
    row = HILL_ROW | {"Tên trường": HILL.name, "Sáp nhập vào": VALLEY.code, "Từ ngày": "01/02/2026"}
    first, second = units(database, DEPARTMENT_ROW, row), units(database, DEPARTMENT_ROW, row)
    assert (first.changed, second.changed) == ((HILL.code,), ())
    with database.begin() as unit:
        school = unit.staff.school(HILL.code)
        assert {a.until for a in unit.staff.appointments_at(HILL.code)} == {date(2026, 1, 31)}
    assert school is not None
    assert school.merged_into == Merger(VALLEY.code, date(2026, 2, 1))
    assert len(school.levels) == 2


def test_a_new_name_needs_its_day(database: SqlDatabase) -> None:
    renamed = HILL_ROW | {"Tên trường": "Trường THCS Mây Mới"}
    assert [f.code for f in units(database, renamed).refused] == ["unit-name-changed"]
    dated = renamed | {"Tên cũ": HILL.name, "Đổi tên từ ngày": "01/02/2026"}
    assert units(database, dated).changed == (HILL.code,)
    with database.begin() as unit:
        school = unit.staff.school(HILL.code)
    assert isinstance(school, School)
    assert [(former.name, former.until) for former in school.former_names] == [(HILL.name, date(2026, 1, 31))]


def test_a_code_never_changes_its_kind(database: SqlDatabase) -> None:
    outcome = units(database, DEPARTMENT_ROW | {"Loại đơn vị": "Xã", "Xã/phường": "Xã Suối Reo"})
    assert [f.code for f in outcome.refused] == ["unit-kind-changed"]


def test_the_commands_take_schools_then_staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(tmp_path / "data"))
    schools, people = tmp_path / "truong.xlsx", tmp_path / "can-bo.xlsx"
    schools.write_bytes(list_workbook(HEADINGS, [[row.get(h) for h in HEADINGS] for row in (DEPARTMENT_ROW, HILL_ROW)]))
    people.write_bytes(staff_workbook(TEACHER | {"Đơn vị công tác": None}))
    assert main(["import", "staff", str(people), "--dry-run", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"records", "errors", "warnings"}
    assert [(r["sheet"], r["row"], r["record"]["code"]) for r in printed["records"]] == [("Danh sach", 5, CODE)]
    assert main(["init"]) == 0
    assert main(["import", "staff", str(people)]) == 1
    assert "unit-not-registered" in capsys.readouterr().out
    for kind, file in (("schools", schools), ("staff", people)):
        assert main(["import", kind, str(file), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["changed"] > 0
        assert main(["import", kind, str(file), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["changed"] == 0
