"""The class that ships with the program, so that everything can be tried without anybody's data: every name and number is invented."""

from importlib.resources import files
from typing import Final

from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.parties import Issuer, StaffMember

SAMPLE_ISSUER: Final = Issuer(
    department_code="99",
    department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
    school_code=SchoolCode("99000702"),
    school_name="Trường TH&THCS Suối Mây",
    commune="Xã Ea Sương",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Ea Sương",
)
"""The school of the sample workbook; codes that begin with 99 belong to nobody."""

SAMPLE_PRINCIPAL: Final = StaffMember(name="Trần Đồi Xanh", code=PersonCode("9907100001"), personal_id="099075000001", title="Hiệu trưởng")
SAMPLE_HOMEROOM_TEACHER: Final = StaffMember(
    name="H'Sương Niê Kđăm", code=PersonCode("9907100002"), personal_id="099185000002", title="Giáo viên"
)
SAMPLE_STAFF: Final = (
    SAMPLE_PRINCIPAL,
    SAMPLE_HOMEROOM_TEACHER,
    StaffMember(name="Lê Thác Bạc", code=PersonCode("9907100003")),
    StaffMember(name="Y Nguyên Ƀkrông", code=PersonCode("9907100004")),
    StaffMember(name="Nguyễn Thị Ban Mai Vàng", code=PersonCode("9907100005")),
    StaffMember(name="Phạm Gió Ngàn", code=PersonCode("9907100006")),
    StaffMember(name="Hoàng Thị Trăng Non", code=PersonCode("9907100007")),
    StaffMember(name="H'Ngân Êban Hđơk", code=PersonCode("9907100008")),
    StaffMember(name="Đỗ Sông Dài", code=PersonCode("9907100009")),
    StaffMember(name="Vũ Thị Lá Biếc", code=PersonCode("9907100010")),
)
"""Principal, homeroom teacher, and the teachers of the class."""


def sample_class_workbook() -> bytes:
    """The `.xlsx` file of class 7B: 45 invented pupils with every mark of the year 2025-2026."""
    return files(__name__).joinpath("lop-7B.xlsx").read_bytes()
