"""Makes the shipped lists of schools and staff around class 7B; `python -m tests.sample_directory` writes the files anew."""

from pathlib import Path

from signing_service.sample import SAMPLE_ISSUER, SAMPLE_STAFF
from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_CLERK, SAMPLE_CLERK_NAME, SAMPLE_SIGNATORY
from tests.intake.list_workbook import list_workbook

FOLDER = Path(__file__).resolve().parents[1] / "signing_service" / "sample"

_UNIT_HEADINGS = ("STT", "Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Cấp học", "Loại hình", "Xã/phường", "Tỉnh", "Địa danh ký", "Mã Sở")
_STAFF_HEADINGS = (
    *("STT", "Mã định danh CBGVNV", "Họ và tên", "Mã đơn vị", "Đơn vị công tác", "Chức vụ", "Vị trí việc làm"),
    *("Môn dạy", "Lớp dạy", "Chủ nhiệm lớp", "Vai trò ký số", "Trạng thái"),
)
_SUBJECTS = {1: "TOAN, TNHN", 2: "LSDL, GDCD", 3: "KHTN", 4: "TIN, CN", 5: "NV", 6: "NN1", 7: "NT", 8: "GDTC", 9: "GDDP"}
"""Subjects by the teacher's place in `SAMPLE_STAFF`, as the class workbook assigns them."""


def schools() -> bytes:
    """The department, the commune and the school."""
    issuer, commune = SAMPLE_ISSUER, SAMPLE_AUTHORITY
    rows = [
        (1, issuer.department_code, issuer.department_name, "Sở", None, None, None, issuer.province, "Đắk Lắk", None),
        (2, commune.code, commune.name, "Xã/phường", None, None, issuer.commune, issuer.province, commune.place_of_issue, None),
        (
            *(3, issuer.school_code, issuer.school_name, "Trường", "Tiểu học & THCS", "Công lập", issuer.commune, issuer.province),
            *(issuer.place_of_issue, issuer.department_code),
        ),
    ]
    return list_workbook(_UNIT_HEADINGS, rows, head="DANH SÁCH ĐƠN VỊ (DỮ LIỆU MẪU TỰ ĐẶT - KHÔNG CÓ THẬT)")


def staff() -> bytes:
    """Everybody of the school, and the chair and the clerk of the commune."""
    unit = (SAMPLE_ISSUER.school_code, SAMPLE_ISSUER.school_name)
    rows: list[tuple[object, ...]] = []
    for place, person in enumerate(SAMPLE_STAFF):
        teaches = (_SUBJECTS.get(place), "7B", "7B" if place == 1 else None) if place else (None, None, None)
        role = "CBQL" if place == 0 else "GVCN" if place == 1 else "GVBM"
        position = "Hiệu trưởng" if place == 0 else "Giáo viên"
        rows.append((place + 1, person.code, person.name, *unit, position, position, *teaches, role, "Đang làm việc"))
    nothing = (None, None, None)
    rows.append((11, "9907100099", "Văn Thư Ví Dụ", *unit, "Nhân viên", "Văn thư", *nothing, "VAN_THU", "Đang làm việc"))
    commune = (SAMPLE_AUTHORITY.code, SAMPLE_AUTHORITY.name)
    chair, clerk = SAMPLE_SIGNATORY, (SAMPLE_CLERK, SAMPLE_CLERK_NAME)
    rows.append((12, chair.code, chair.name, *commune, "Chủ tịch", "Chủ tịch", *nothing, "LANH_DAO", "Đang làm việc"))
    rows.append((13, *clerk, *commune, "Nhân viên", "Thư ký Hội đồng", *nothing, "THU_KY_HOI_DONG", "Đang làm việc"))
    return list_workbook(_STAFF_HEADINGS, rows, head="DANH SÁCH CÁN BỘ (DỮ LIỆU MẪU TỰ ĐẶT - KHÔNG CÓ THẬT) - NĂM HỌC 2025 - 2026")


if __name__ == "__main__":
    (FOLDER / "danh-sach-truong.xlsx").write_bytes(schools())
    (FOLDER / "danh-sach-can-bo.xlsx").write_bytes(staff())
