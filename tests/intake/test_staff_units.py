"""Lists of schools and offices: units, renamings, mergers, two tiers, and every trouble named by its place."""

from datetime import date

import pytest

from signing_service.directory.units import Merger, OfficeUnit, Ownership, School, UnitKind, name_on
from signing_service.intake.staff.unit_list import UnitIntake, read_units
from signing_service.records.transcript import EducationLevel
from tests.directory.house import DEPARTMENT
from tests.intake.list_workbook import FIRST_ROW, list_workbook

TODAY = date(2026, 5, 28)
HEADINGS = (
    "STT",
    "Mã trường",
    "Tên trường",
    "Loại đơn vị",
    "Cấp học",
    "Loại hình",
    "Xã/phường",
    "Huyện (trước 01/07/2025)",
    "Tỉnh",
    "Mã Sở",
    "Tên cũ",
    "Đổi tên từ ngày",
    "Sáp nhập vào",
    "Từ ngày",
)
SO = {"Mã trường": "99", "Tên trường": DEPARTMENT.name, "Loại đơn vị": "Sở", "Tỉnh": DEPARTMENT.province}
HILL = {
    "Mã trường": "99000801",
    "Tên trường": "Trường TH&THCS Đồi Mây",
    "Cấp học": "Tiểu học và THCS",
    "Loại hình": "Công lập",
    "Xã/phường": "Xã Suối Reo",
    "Tỉnh": DEPARTMENT.province,
    "Mã Sở": "99",
}
VALLEY = HILL | {"Mã trường": "99000802", "Tên trường": "Trường THCS Thung Gió", "Cấp học": "THCS"}


def found(*units: dict[str, str]) -> UnitIntake:
    return read_units(list_workbook(HEADINGS, [[unit.get(h) for h in HEADINGS] for unit in units]), today=TODAY)


def test_a_department_and_its_schools_are_read() -> None:
    intake = found(SO, HILL)
    assert (intake.errors, intake.warnings) == ((), ())
    department, school = (record.unit for record in intake.records)
    assert isinstance(department, OfficeUnit)
    assert department.kind is UnitKind.DEPARTMENT
    assert isinstance(school, School)
    assert (school.department_name, school.place_of_issue, school.ownership) == (DEPARTMENT.name, "Suối Reo", Ownership.PUBLIC)
    assert school.levels == (EducationLevel.PRIMARY, EducationLevel.LOWER_SECONDARY)


def test_a_school_without_a_department_code_belongs_to_the_one_department_there_is() -> None:
    (_, school) = (record.unit for record in found(SO, HILL | {"Mã Sở": ""}).records)
    assert isinstance(school, School)
    assert school.department_code == "99"


def test_the_department_may_be_registered_instead_of_listed() -> None:
    data = list_workbook(HEADINGS, [[HILL.get(h) for h in HEADINGS]])
    assert [f.code for f in read_units(data, today=TODAY).errors] == ["department-unknown"]
    (record,) = read_units(data, today=TODAY, units=[DEPARTMENT]).records
    assert isinstance(record.unit, School)
    assert record.unit.department_name == DEPARTMENT.name


def test_a_commune_is_told_by_its_name() -> None:
    commune = {"Mã trường": "99000799", "Tên trường": "Ủy ban nhân dân xã Suối Reo", "Tỉnh": "Tỉnh Mây Ngàn", "Xã/phường": "Xã Suối Reo"}
    assert [record.unit.kind for record in found(commune).records] == [UnitKind.COMMUNE]


def test_a_renaming_and_a_merger_have_their_days() -> None:
    renamed = VALLEY | {"Tên cũ": "Trường THCS Gió Cũ", "Đổi tên từ ngày": "01/09/2025"}
    merged = HILL | {"Sáp nhập vào": "99000802", "Từ ngày": "01/02/2026"}
    _, hill, valley = (record.unit for record in found(SO, merged, renamed).records)
    assert hill.merged_into == Merger(valley.code, date(2026, 2, 1))
    assert [name_on(valley, day) for day in (date(2025, 8, 31), date(2025, 9, 1))] == ["Trường THCS Gió Cũ", "Trường THCS Thung Gió"]


def test_a_district_is_kept_for_older_documents_and_told() -> None:
    intake = found(SO, HILL | {"Huyện (trước 01/07/2025)": "Huyện Mây Cũ"})
    assert [(f.code, f.column) for f in intake.warnings] == [("district-ended", "H")]
    school = intake.records[1].unit
    assert isinstance(school, School)
    assert [school.district_on(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == ["Huyện Mây Cũ", None]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Mã trường": ""}, "unit-code-missing", "B"),
        ({"Mã trường": "THCS-1"}, "unit-code-invalid", "B"),
        ({"Tên trường": ""}, "value-missing", "C"),
        ({"Loại đơn vị": "Hợp tác xã"}, "unit-kind-unknown", "D"),
        ({"Cấp học": "Mầm non"}, "level-unknown", "E"),
        ({"Xã/phường": ""}, "value-missing", "G"),
        ({"Tỉnh": ""}, "value-missing", "I"),
        ({"Mã Sở": "77"}, "department-unknown", "J"),
        ({"Tên cũ": "Trường Cũ"}, "rename-incomplete", "L"),
        ({"Đổi tên từ ngày": "01/09/2025"}, "rename-incomplete", "K"),
        ({"Tên cũ": "Trường Cũ", "Đổi tên từ ngày": "01/09/2026"}, "day-ahead", "L"),
        ({"Sáp nhập vào": "99000802"}, "merger-incomplete", "N"),
        ({"Từ ngày": "01/02/2026"}, "merger-incomplete", "M"),
        ({"Sáp nhập vào": "99000899", "Từ ngày": "01/02/2026"}, "merger-target-unknown", "M"),
        ({"Sáp nhập vào": "99000802", "Từ ngày": "30/02/2026"}, "date-impossible", "N"),
        ({"Sáp nhập vào": "99000801", "Từ ngày": "01/02/2026"}, "merger-circle", "M"),
    ],
)
def test_a_wrong_cell_keeps_its_row_out_and_lets_the_next_one_in(change: dict[str, str], code: str, column: str) -> None:
    intake = found(SO, HILL | change, VALLEY)
    assert (code, FIRST_ROW + 1, column) in [(f.code, f.row, f.column) for f in intake.errors]
    assert [record.unit.code for record in intake.records] == ["99", "99000802"]


def test_a_code_that_stands_twice_keeps_both_out() -> None:
    intake = found(SO, HILL, VALLEY | {"Mã trường": "99000801"})
    assert [(f.code, f.row) for f in intake.errors] == [("unit-code-doubled", 6), ("unit-code-doubled", 7)]
    assert [record.unit.code for record in intake.records] == ["99"]


def test_mergers_in_a_circle_are_refused_on_every_row_of_it() -> None:
    intake = found(
        SO,
        HILL | {"Sáp nhập vào": "99000802", "Từ ngày": "01/02/2026"},
        VALLEY | {"Sáp nhập vào": "99000801", "Từ ngày": "01/03/2026"},
    )
    assert [f.code for f in intake.errors] == ["merger-circle"] * 2


def test_records_are_printed_by_stable_names() -> None:
    printed = found(SO, HILL).to_json()
    assert set(printed) == {"records", "errors", "warnings"}
    records = printed["records"]
    assert isinstance(records, list)
    school = records[1]
    assert isinstance(school, dict)
    assert school["record"] == {
        "code": "99000801",
        "kind": "school",
        "name": "Trường TH&THCS Đồi Mây",
        "commune": "Xã Suối Reo",
        "province": "Tỉnh Mây Ngàn",
        "place_of_issue": "Suối Reo",
        "former_names": [],
        "merged_into": None,
        "levels": ["02", "03"],
        "ownership": "public",
        "district": None,
        "department_code": "99",
        "department_name": DEPARTMENT.name,
    }
