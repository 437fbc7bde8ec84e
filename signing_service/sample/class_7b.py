"""The lower-secondary class: 7B of an invented school, 45 pupils."""

from types import MappingProxyType
from typing import Final

from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.parties import Issuer, StaffMember
from signing_service.sample.sample_class import SampleClass

SUOI_MAY: Final = Issuer(
    department_code="99",
    department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
    school_code=SchoolCode("99000702"),
    school_name="Trường TH&THCS Suối Mây",
    commune="Xã Ea Sương",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Ea Sương",
)
"""A school with a primary and a lower-secondary part; codes that begin with 99 belong to nobody."""

SUOI_MAY_PRINCIPAL: Final = StaffMember(
    name="Trần Đồi Xanh", code=PersonCode("9907100001"), personal_id="099075000001", title="Hiệu trưởng"
)
_HOMEROOM: Final = StaffMember(name="H'Sương Niê Kđăm", code=PersonCode("9907100002"), personal_id="099185000002", title="Giáo viên")
_HISTORY: Final = StaffMember(name="Lê Thác Bạc", code=PersonCode("9907100003"))
_SCIENCE: Final = StaffMember(name="Y Nguyên Ƀkrông", code=PersonCode("9907100004"))
_INFORMATICS: Final = StaffMember(name="Nguyễn Thị Ban Mai Vàng", code=PersonCode("9907100005"))
_LITERATURE: Final = StaffMember(name="Phạm Gió Ngàn", code=PersonCode("9907100006"))
_ENGLISH: Final = StaffMember(name="Hoàng Thị Trăng Non", code=PersonCode("9907100007"))
_ARTS: Final = StaffMember(name="H'Ngân Êban Hđơk", code=PersonCode("9907100008"))
_SPORTS: Final = StaffMember(name="Đỗ Sông Dài", code=PersonCode("9907100009"))
_LOCAL: Final = StaffMember(name="Vũ Thị Lá Biếc", code=PersonCode("9907100010"))

CLASS_7B: Final = SampleClass(
    file_name="lop-7B.xlsx",
    issuer=SUOI_MAY,
    class_name="7B",
    school_year="2025-2026",
    principal=SUOI_MAY_PRINCIPAL,
    homeroom_teacher=_HOMEROOM,
    teachers=MappingProxyType(
        {
            "TOAN": _HOMEROOM,
            "LSDL": _HISTORY,
            "KHTN": _SCIENCE,
            "TIN": _INFORMATICS,
            "NV": _LITERATURE,
            "NN1": _ENGLISH,
            "GDCD": _HISTORY,
            "CN": _INFORMATICS,
            "NT": _ARTS,
            "GDTC": _SPORTS,
            "GDDP": _LOCAL,
            "TNHN": _HOMEROOM,
        }
    ),
)
