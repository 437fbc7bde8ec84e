"""The primary class: 3A of the same school as 7B, 35 pupils."""

from types import MappingProxyType
from typing import Final

from signing_service.ids import PersonCode
from signing_service.records.parties import StaffMember
from signing_service.sample.class_7b import SUOI_MAY, SUOI_MAY_PRINCIPAL
from signing_service.sample.sample_class import SampleClass

_HOMEROOM: Final = StaffMember(name="Ngô Thị Ruộng Bậc Thang", code=PersonCode("9907100021"), personal_id="099188000021", title="Giáo viên")
_ENGLISH: Final = StaffMember(name="Bùi Thị Cánh Cò", code=PersonCode("9907100022"))
_INFORMATICS: Final = StaffMember(name="Đặng Trời Quang", code=PersonCode("9907100023"))
_SPORTS: Final = StaffMember(name="Y Lŭp Mlô Suối Reo", code=PersonCode("9907100024"))
_MUSIC: Final = StaffMember(name="H'Ñơ̆m Êñuôl", code=PersonCode("9907100025"))
_ART: Final = StaffMember(name="Mai Thị Bảy Sắc", code=PersonCode("9907100026"))
_EDE: Final = StaffMember(name="Y Ƀrao Ayŭn Bến", code=PersonCode("9907100027"))

CLASS_3A: Final = SampleClass(
    file_name="lop-3A.xlsx",
    issuer=SUOI_MAY,
    class_name="3A",
    school_year="2025-2026",
    principal=SUOI_MAY_PRINCIPAL,
    homeroom_teacher=_HOMEROOM,
    teachers=MappingProxyType(
        {
            "TV": _HOMEROOM,
            "TOAN": _HOMEROOM,
            "NN1": _ENGLISH,
            "TIN": _INFORMATICS,
            "CN": _INFORMATICS,
            "DD": _HOMEROOM,
            "TNXH": _HOMEROOM,
            "GDTC": _SPORTS,
            "AN": _MUSIC,
            "MT": _ART,
            "HDTN": _HOMEROOM,
            "TDT": _EDE,
        }
    ),
)
