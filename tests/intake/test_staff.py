"""Staff lists: the one beside the checkout read as expected, and every trouble named by its place."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing_service.directory.people import Office
from signing_service.directory.teaching import TaughtSubject, sheet_signers
from signing_service.ids import SchoolCode
from signing_service.intake.staff.notes import read_absence
from signing_service.intake.staff.reading import read_staff, school_year_of
from signing_service.intake.staff.result import StaffIntake
from tests.directory.house import HILL
from tests.intake.list_workbook import FIRST_ROW, OTHER, STAFF_HEADINGS, TEACHER, staff_workbook

TODAY = date(2026, 5, 28)


@pytest.fixture(scope="module")
def shared_list(shared: Path) -> StaffIntake:
    return read_staff((shared / "data" / "can-bo-giao-vien.xlsx").read_bytes(), today=TODAY)


@pytest.fixture(scope="module")
def expected(shared: Path) -> list[dict[str, object]]:
    staff: list[dict[str, object]] = json.loads((shared / "data" / "can-bo-giao-vien.expected.json").read_text())["staff"]
    return staff


def found(*people: dict[str, object], **layout: object) -> StaffIntake:
    return read_staff(staff_workbook(*people, **layout), today=TODAY)  # type: ignore[arg-type] # named options of the factory


def codes(intake: StaffIntake) -> list[tuple[str, int, str | None]]:
    return [(f.code, f.row, f.column) for f in (*intake.errors, *intake.warnings)]


def test_everybody_on_the_shared_list_is_read_as_expected(shared_list: StaffIntake, expected: list[dict[str, object]]) -> None:
    records = [found["record"] for found in shared_list.to_json()["records"]]  # type: ignore[union-attr,index,call-overload] # JSON
    assert len(expected) == 53
    assert [{key: record[key] for key in wanted} for record, wanted in zip(records, expected, strict=True)] == expected  # type: ignore[index,call-overload] # JSON
    assert shared_list.errors == ()


def test_a_missing_or_expired_certificate_is_named_at_its_cell(shared_list: StaffIntake, expected: list[dict[str, object]]) -> None:
    wanted = {p["code"]: {"Chưa cấp": "certificate-missing", "Hết hạn": "certificate-expired"}.get(str(p["certificate"])) for p in expected}
    rows = {(p.sheet, p.row): p.record.code for p in shared_list.records}
    told = {rows[f.sheet, f.row]: f.code for f in shared_list.warnings if f.code.startswith("certificate")}
    assert told == {code: trouble for code, trouble in wanted.items() if trouble}
    assert {f.column for f in shared_list.warnings if f.code.startswith("certificate")} == {"R"}


def test_the_teacher_who_left_in_january_has_a_successor_from_that_day(shared_list: StaffIntake) -> None:
    appointments = [a for person in shared_list.records for a in person.appointments]
    english = TaughtSubject(SchoolCode("99000701"), "7A", "2025-2026", "NN1")
    assert [s.person for s in sheet_signers(appointments, english, on=date(2026, 1, 14))] == ["9901000025"]
    assert [(s.person, s.in_place_of) for s in sheet_signers(appointments, english, on=date(2026, 1, 15))] == [("9901000019", "9901000025")]


def test_for_the_teacher_on_maternity_leave_the_heads_sign(shared_list: StaffIntake) -> None:
    appointments = [a for person in shared_list.records for a in person.appointments]
    arts = TaughtSubject(SchoolCode("99000702"), "10A1", "2025-2026", "MT")
    assert [s.person for s in sheet_signers(appointments, arts, on=date(2026, 3, 31))] == ["9902000018"]
    signers = sheet_signers(appointments, arts, on=date(2026, 4, 1))
    assert [(s.person, s.in_place_of) for s in signers] == [("9902000001", "9902000018"), ("9902000002", "9902000018")]


def test_every_subject_of_every_class_of_the_shared_list_has_a_signer(shared_list: StaffIntake) -> None:
    appointments = [a for person in shared_list.records for a in person.appointments]
    taught = {
        TaughtSubject(a.school, a.class_name, a.school_year, a.subject)
        for a in appointments
        if a.class_name and a.school_year and a.subject
    }
    assert len({(t.school, t.class_name) for t in taught}) == 7
    assert all(sheet_signers(appointments, subject, on=TODAY) for subject in taught)
    homeroom = {a.class_name for a in appointments if a.office is Office.HOMEROOM_TEACHER}
    assert homeroom == {"4B", "6C", "7A", "8A", "8B", "8C", "10A1"}


def test_offices_follow_position_and_role(shared_list: StaffIntake) -> None:
    offices = {a.person: a.office for person in shared_list.records for a in person.appointments if a.class_name is None}
    assert offices["9900000001"] is Office.DIRECTOR  # type: ignore[index] # codes are plain text in a test
    assert [office for code, office in sorted(offices.items()) if code.startswith("9900")] == [
        Office.DIRECTOR,
        Office.DEPUTY_DIRECTOR,
        Office.DEPUTY_DIRECTOR,
        Office.AWARD_CLERK,
        Office.DEPARTMENT_OFFICER,
        Office.DEPARTMENT_OFFICER,
        Office.DEPARTMENT_OFFICER,
        Office.CLERK,
    ]


def test_columns_may_stand_in_any_order_under_other_words() -> None:
    renamed = {"Họ và tên": "HỌ TÊN", "Mã định danh CBGVNV": "Mã CB", "Mã đơn vị": "Mã trường", "Lớp dạy": "Dạy lớp", "Môn dạy": "Bộ môn"}
    usual = found(TEACHER)
    other = found(TEACHER, headings=tuple(reversed(STAFF_HEADINGS)), renamed=renamed)
    assert [person.record for person in other.records] == [person.record for person in usual.records]
    assert other.records[0].appointments == usual.records[0].appointments


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Mã định danh CBGVNV": None}, "staff-code-missing", "B"),
        ({"Mã định danh CBGVNV": "12A"}, "staff-code-invalid", "B"),
        ({"Họ và tên": None}, "name-missing", "C"),
        ({"Họ và tên": "Lê Mây 7"}, "name-characters", "C"),
        ({"Họ và tên": "NguyÔn ThÞ Mây"}, "name-legacy-encoding", "C"),
        ({"Ngày sinh": "31/02/1985"}, "date-impossible", "D"),
        ({"Giới tính": "F"}, "sex-invalid", "E"),
        ({"Số định danh cá nhân": "0991850000"}, "personal-id-length", "F"),
        ({"Mã đơn vị": None}, "unit-code-missing", "G"),
        ({"Mã đơn vị": "x"}, "unit-code-invalid", "G"),
        ({"Lớp dạy": "bảy A"}, "class-invalid", "K"),
        ({"Ghi chú": "🎉"}, "text-characters", "P"),
    ],
)
def test_a_wrong_cell_keeps_its_row_out_and_lets_the_next_one_in(change: dict[str, object], code: str, column: str) -> None:
    intake = found(TEACHER | change, OTHER | {"Lớp dạy": "7B"})
    assert (code, FIRST_ROW, column) in [(f.code, f.row, f.column) for f in intake.errors]
    assert [person.record.code for person in intake.records] == ["9908100002"]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Giới tính": "Nam"}, "sex-differs-from-personal-id", "E"),
        ({"Ngày sinh": "05/04/1986"}, "birth-year-differs-from-personal-id", "D"),
        ({"Môn dạy": "Toán, Phép thuật"}, "subject-unknown", "J"),
        ({"Vai trò ký số": "GVCN"}, "role-differs", "M"),
        ({"Vai trò ký số": "VUA"}, "role-unknown", "M"),
        ({"Chứng thư số": "Chưa cấp"}, "certificate-missing", "N"),
        ({"Chứng thư số": "Hết hạn"}, "certificate-expired", "N"),
        ({"Chứng thư số": "có lẽ"}, "certificate-state-unknown", "N"),
        ({"Trạng thái": "đi đâu đó"}, "status-unknown", "O"),
        ({"Trạng thái": "Nghỉ ốm"}, "away-day-missing", "O"),
        ({"Trạng thái": "Nghỉ ốm", "Ghi chú": "Từ 01/03/2026; người thay: ai đó"}, "substitute-unclear", "P"),
    ],
)
def test_an_odd_cell_is_told_and_taken(change: dict[str, object], code: str, column: str) -> None:
    intake = found(TEACHER | change)
    assert intake.errors == ()
    assert (code, FIRST_ROW, column) in [(f.code, f.row, f.column) for f in intake.warnings]
    assert len(intake.records) == 1


def test_findings_never_name_a_person() -> None:
    intake = found(TEACHER | {"Chứng thư số": "Hết hạn"}, OTHER | {"Mã định danh CBGVNV": "9908100001"})
    assert intake.errors
    for finding in (*intake.errors, *intake.warnings):
        assert "Mây Trắng" not in finding.vi + finding.en
        assert "Êban" not in finding.vi + finding.en


def test_one_code_with_two_people_keeps_both_out() -> None:
    intake = found(TEACHER, OTHER | {"Mã định danh CBGVNV": "9908100001"})
    assert [(f.code, f.row) for f in intake.errors] == [("staff-code-of-another", 5), ("staff-code-of-another", 6)]
    assert intake.records == ()


def test_one_personal_id_with_two_codes_keeps_both_out() -> None:
    intake = found(TEACHER, OTHER | {"Số định danh cá nhân": TEACHER["Số định danh cá nhân"]})
    assert {f.code for f in intake.errors} == {"staff-personal-id-doubled"}
    assert intake.records == ()


def test_an_equal_row_counts_once_and_rows_that_differ_are_refused() -> None:
    assert codes(found(TEACHER, TEACHER)) == [("row-doubled", 6, None)]
    differing = found(TEACHER, TEACHER | {"Lớp dạy": "7B"})
    assert ([f.code for f in differing.errors], differing.records) == (["staff-row-conflicting"] * 2, ())


def test_one_person_may_work_at_two_schools() -> None:
    intake = found(TEACHER, TEACHER | {"Mã đơn vị": "99000802", "Đơn vị công tác": "Trường THCS Thung Gió"})
    assert (intake.errors, intake.warnings) == ((), ())
    assert [a.school for person in intake.records for a in person.appointments] == ["99000801", "99000802"]


def test_two_homeroom_teachers_of_one_class_are_refused() -> None:
    intake = found(TEACHER | {"Chủ nhiệm lớp": "7A"}, OTHER | {"Chủ nhiệm lớp": "7A", "Lớp dạy": "7B"})
    assert [(f.code, f.row, f.column) for f in intake.errors] == [("homeroom-doubled", 5, "L"), ("homeroom-doubled", 6, "L")]


def test_two_principals_are_told() -> None:
    intake = found(TEACHER | {"Chức vụ": "Hiệu trưởng"}, OTHER | {"Chức vụ": "Hiệu trưởng", "Lớp dạy": "7B"})
    assert [f.code for f in intake.warnings if f.column == "I"] == ["principal-doubled"] * 2


def test_an_acting_principal_has_a_title_of_their_own() -> None:
    (person,) = found(TEACHER | {"Chức vụ": "Quyền Hiệu trưởng"}).records
    assert next((a.office, a.signing_title) for a in person.appointments) == (Office.PRINCIPAL, "Q. HIỆU TRƯỞNG")


def test_a_substitute_named_by_code_takes_the_classes_over_and_hands_them_back() -> None:
    away = TEACHER | {"Trạng thái": "Nghỉ thai sản", "Ghi chú": "Từ 01/02/2026 đến 31/07/2026; người thay: 9908100002"}
    intake = found(away, OTHER | {"Lớp dạy": "7B"})
    appointments = [a for person in intake.records for a in person.appointments]
    math = TaughtSubject(SchoolCode("99000801"), "7A", "2025-2026", "TOAN")
    signers = {day: [(s.person[-1], s.in_place_of) for s in sheet_signers(appointments, math, on=day)] for day in _EDGES}
    assert list(signers.values()) == [[("1", None)], [("2", "9908100001")], [("2", "9908100001")], [("1", None)]]


_EDGES = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 7, 31), date(2026, 8, 1))


def test_the_register_is_asked_once_for_each_unit() -> None:
    intake = read_staff(staff_workbook(TEACHER, OTHER | {"Mã đơn vị": "12345678"}), today=TODAY, units=[HILL])
    assert codes(intake) == [("unit-not-registered", 6, "G")]
    renamed = read_staff(staff_workbook(TEACHER | {"Đơn vị công tác": "Trường Khác"}), today=TODAY, units=[HILL])
    assert codes(renamed) == [("unit-name-differs", 5, "H")]


def test_a_sheet_that_names_no_school_year_is_taken_for_the_present_one() -> None:
    intake = found(TEACHER, head="DANH SÁCH")
    assert codes(intake) == [("school-year-missing", 0, None)]
    assert intake.records[0].appointments[0].school_year == "2025-2026"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_school_year_begins_in_july(day: date) -> None:
    first, last = map(int, school_year_of(day).split("-"))
    assert date(first, 7, 1) <= day < date(last, 7, 1)
    assert last == first + 1


def test_a_workbook_without_a_staff_list_is_one_error() -> None:
    intake = read_staff(staff_workbook(headings=("Một", "Hai")), today=TODAY)
    assert ([f.code for f in intake.errors], intake.records) == (["list-missing"], ())
    assert [f.code for f in read_staff(b"no workbook", today=TODAY).errors] == ["workbook-not-xlsx"]


def test_notes_say_from_when_to_when_and_who() -> None:
    absence = read_absence("Từ ngày 01/02/2026 đến hết ngày 31/07/2026; người dạy thay: Y Gió Êban")
    assert (absence.since, absence.until) == (date(2026, 2, 1), date(2026, 7, 31))
    assert absence.stand_in is not None
    assert absence.stand_in.name == "Y Gió Êban"
    assert read_absence("nghỉ dài hạn").since is None


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(STAFF_HEADINGS), st.text(max_size=30).map(lambda t: "".join(c for c in t if c.isprintable()))))
def test_any_text_in_any_cell_is_read_or_refused_and_never_crashes(cells: dict[str, object]) -> None:
    intake = found(TEACHER | cells, OTHER | {"Lớp dạy": "7B"})
    assert any(person.record.code == "9908100002" for person in intake.records) or intake.errors
