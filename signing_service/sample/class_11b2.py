"""The upper-secondary class: 11B2 of another invented school, 45 pupils with chosen subjects."""

from types import MappingProxyType
from typing import Final

from signing_service.ids import PersonCode, SchoolCode
from signing_service.records.parties import Issuer, StaffMember
from signing_service.sample.sample_class import SampleClass

_DOI_GIO: Final = Issuer(
    department_code="99",
    department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
    school_code=SchoolCode("99001103"),
    school_name="Trường THPT Đồi Gió",
    commune="Xã Krông Mưa",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Krông Mưa",
)
_PRINCIPAL: Final = StaffMember(name="Lương Thị Rừng Thông", code=PersonCode("9911100001"), personal_id="099172000001", title="Hiệu trưởng")
_HOMEROOM: Final = StaffMember(name="Y Thơ̆ Kbuôr Nắng", code=PersonCode("9911100002"), personal_id="099083000002", title="Giáo viên")
_LITERATURE: Final = StaffMember(name="Phùng Thị Mưa Ngâu", code=PersonCode("9911100003"))
_ENGLISH: Final = StaffMember(name="Đào Sương Trắng", code=PersonCode("9911100004"))
_HISTORY: Final = StaffMember(name="Kiều Thị Đá Xưa", code=PersonCode("9911100005"))
_DEFENCE: Final = StaffMember(name="Trịnh Đèo Cao", code=PersonCode("9911100006"))
_CHEMISTRY: Final = StaffMember(name="Tô Thị Muối Biển", code=PersonCode("9911100007"))
_BIOLOGY: Final = StaffMember(name="H'Lĭng Rchăm Lan Rừng", code=PersonCode("9911100008"))
_INFORMATICS: Final = StaffMember(name="Hứa Vì Sao", code=PersonCode("9911100009"))
_GEOGRAPHY: Final = StaffMember(name="Điểu Bản Đồ", code=PersonCode("9911100010"))
_ECONOMICS: Final = StaffMember(name="Thạch Thị Cân Xanh", code=PersonCode("9911100011"))
_TECHNOLOGY: Final = StaffMember(name="Vương Cối Xay Gió", code=PersonCode("9911100012"))
_EDE: Final = StaffMember(name="Y Ƀhĭm Niê Trống Đồng", code=PersonCode("9911100013"))
_MUSIC: Final = StaffMember(name="H'Čĭm Mlô Sáo Trúc", code=PersonCode("9911100014"))
_ART: Final = StaffMember(name="Doãn Thị Mực Tím", code=PersonCode("9911100015"))
_SPORTS: Final = StaffMember(name="Thái Đường Dài", code=PersonCode("9911100016"))
_LOCAL: Final = StaffMember(name="Thị Ntơr Hạt Dẻ", code=PersonCode("9911100017"))

CLASS_11B2: Final = SampleClass(
    file_name="lop-11B2.xlsx",
    issuer=_DOI_GIO,
    class_name="11B2",
    school_year="2025-2026",
    principal=_PRINCIPAL,
    homeroom_teacher=_HOMEROOM,
    teachers=MappingProxyType(
        {
            "TOAN": _HOMEROOM,
            "NV": _LITERATURE,
            "NN1": _ENGLISH,
            "LS": _HISTORY,
            "GDQP": _DEFENCE,
            "VL": _HOMEROOM,
            "HH": _CHEMISTRY,
            "SH": _BIOLOGY,
            "TIN": _INFORMATICS,
            "DL": _GEOGRAPHY,
            "KTPL": _ECONOMICS,
            "CN": _TECHNOLOGY,
            "TDT": _EDE,
            "AN": _MUSIC,
            "MT": _ART,
            "GDTC": _SPORTS,
            "TNHN": _LOCAL,
            "GDDP": _LOCAL,
        }
    ),
)
