"""Where each field of the national transcript XML (technical specification v1.0, công văn 2088/BGDĐT-GDTH, 05/2024) stands in the record.

Only the correspondence: writing the XML is an act of its own. Tags keep the specification's spelling, typing errors included. A path
walks from `TranscriptRecord` through field names; `[]` means every item of an array. Of several paths the first that is there counts,
except for the tags in `JOINED`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_T: Final = "transcript"
_P: Final = f"{_T}.pupil"
_Y: Final = f"{_T}.primary"

Paths = tuple[str, ...]

GENERAL: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "PHIEN_BAN": ("national_format",),
        "THONG_TU": (f"{_T}.rules",),
        "MA_TRA_CUU_UUID": ("record_id",),
        "TEN_NAM_HOC": (f"{_T}.school_year",),
        "MA_SO_GIAO_DUC": (f"{_T}.issuer.department_code",),
        "TEN_SO_GD": (f"{_T}.issuer.department_name",),
        "MA_TRUONG": (f"{_T}.issuer.school_code",),
        "TEN_TRUONG": (f"{_T}.issuer.school_name",),
        "TEN_QUAN_HUYEN": (f"{_T}.issuer.district",),
        "TEN_XA_PHUONG": (f"{_T}.issuer.commune",),
        "TEN_TINH_THANH_PHO": (f"{_T}.issuer.province",),
        "MA_CAP_HOC": (f"{_T}.level",),
        "SO_SO_DANG_BO": (f"{_P}.register_number",),
        "HO_VA_TEN": (f"{_P}.name",),
        "SO_CCCD": (f"{_P}.personal_id",),
        "MA_HOC_SINH": (f"{_P}.code",),
        "GIOI_TINH": (f"{_P}.sex",),
        "NGAY_SINH": (f"{_P}.birth_date",),
        "CAN_NANG": (f"{_P}.weight_kg",),
        "CHIEU_CAO": (f"{_P}.height_cm",),
        "TONG_SO_BUOI_NGHI_CO_PHEP": (f"{_T}.year.absences.with_leave", f"{_Y}.absences.with_leave"),
        "THONG_SO_BUOI_NGHI_KHONG_PHEP": (f"{_T}.year.absences.without_leave", f"{_Y}.absences.without_leave"),
        "NOI_SINH": (f"{_P}.birth_place",),
        "QUE_QUAN": (f"{_P}.home_town",),
        "CHO_O_HIEN_NAY": (f"{_P}.hamlet", f"{_P}.commune", f"{_P}.province"),
        "DAN_TOC": (f"{_P}.ethnicity",),
        "QUOC_TICH": (f"{_P}.nationality",),
        "HO_VA_TEN_CHA": (f"{_P}.father.name",),
        "HO_VA_TEN_ME": (f"{_P}.mother.name",),
        "HO_VA_TEN_NGUOI_GIAM_HO": (f"{_P}.guardian.name",),
        "TEN_GIAM_HIEU_KY_HOC_BA": (f"{_T}.principal.name",),
        "SO_CCCD_GIAM_HIEU_KY_HOC_BA": (f"{_T}.principal.personal_id",),
        "DIA_DANH_PHAT_HANH_HOC_BA": (f"{_T}.issuer.place_of_issue",),
        "NGAY_TAO_HOC_BA": ("created_at",),
        "NGAY_KY_PHAT_HANH_HOC_BA": ("issue_signing_at",),
        "CHUC_VU_GIAM_HIEU_KY_HOC_BA": (f"{_T}.principal.title",),
        "TEN_GIAO_VIEN_CHU_NHIEM": (f"{_T}.homeroom_teacher.name",),
        "SO_CCCD_GIAO_VIEN_CHU_NHIEM": (f"{_T}.homeroom_teacher.personal_id",),
        "MA_KHOI": (f"{_T}.grade",),
        "TEN_LOP": (f"{_T}.class_name",),
        "NAM_HOC": (f"{_T}.school_year",),
    }
)
"""`THONG_TIN_CHUNG`."""

STUDY_HISTORY: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "NAM_HOC": (f"{_T}.study_history[].school_year",),
        "TEN_LOP": (f"{_T}.study_history[].class_name",),
        "TEN_TRUONG": (f"{_T}.study_history[].school_name",),
        "NGAY_TRANG_THAI_CHUYEN_DEN": (f"{_T}.study_history[].since",),
    }
)
"""`QUA_TRINH_HOC_TAP`, one row for each school year."""

SUMMARY: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "KET_QUA_XEP_LOAI": (f"{_Y}.after_reassessment.result", f"{_Y}.result", f"{_T}.after_summer.learning", f"{_T}.year.learning"),
        "DUOC_LEN_LOP": (
            f"{_Y}.after_reassessment.promotion.status",
            f"{_T}.after_summer.promotion.status",
            f"{_T}.promotion.status",
        ),
        "NOI_DUNG_HOAN_THANH_CHUONG_TRINH": (f"{_T}.completion.statement",),
        "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC": (f"{_T}.completion.grade_completed",),
        "DA_HOAN_THANH_CHUONG_TRINH_TIEU_HOC": (f"{_T}.completion.level_completed",),
        "NOI_DUNG_KHEN_THUONG": (f"{_T}.title", f"{_T}.other_awards"),
        "NOI_DUNG_KHEN_THUONG_DOT_XUAT": (f"{_T}.extraordinary_awards",),
        "NHAN_XET_GVCN": (f"{_T}.remarks.year",),
    }
)
"""`TONG_KET`."""

SUBJECT_ROW: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "MA_MON_HOC": (f"{_T}.subjects[].code",),
        "TEN_MON_HOC": (f"{_T}.subjects[].name",),
        "MUC_DAT_DUOC": (f"{_T}.subjects[].reassessed_level", f"{_T}.subjects[].level", f"{_T}.subjects[].year_comment"),
        "DIEM_KIEM_TRA_DINH_KY": (f"{_T}.subjects[].reassessed_test_mark", f"{_T}.subjects[].test_mark"),
    }
)
"""One row of the score table."""

COMPETENCES_AND_QUALITIES: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "NANG_LUC_TU_CHU_TU_HOC": (f"{_Y}.competences.autonomy_and_self_study",),
        "NANG_LUC_GIAO_TIEP_HOC_TAC": (f"{_Y}.competences.communication_and_cooperation",),
        "NANG_LUC_GIAI_QUYET_VAN_DE_SANG_TAO": (f"{_Y}.competences.problem_solving_and_creativity",),
        "NANG_LUC_NGON_NGU": (f"{_Y}.competences.language",),
        "NANG_LUC_TINH_TOAN": (f"{_Y}.competences.calculation",),
        "NANG_LUC_KHOA_HOC": (f"{_Y}.competences.science",),
        "NANG_LUC_CONG_NGHE": (f"{_Y}.competences.technology",),
        "NANG_LUC_TIN_HOC": (f"{_Y}.competences.informatics",),
        "NANG_LUC_THAM_MI": (f"{_Y}.competences.aesthetics",),
        "NANG_LUC_THE_CHAT": (f"{_Y}.competences.physical",),
        "PHAM_CHAT_YEU_NUOC": (f"{_Y}.qualities.patriotism",),
        "PHAM_CHAT_NHAN_AI": (f"{_Y}.qualities.kindness",),
        "PHAM_CHAT_CHAM_CHI": (f"{_Y}.qualities.diligence",),
        "PHAM_CHAT_TRUNG_THUC": (f"{_Y}.qualities.honesty",),
        "PHAM_CHAT_TRACH_NHIEM": (f"{_Y}.qualities.responsibility",),
        "NHAN_XET_PHAM_CHAT": (f"{_Y}.remark_on_qualities",),
        "NHAN_XET_NANG_LUC_CHUNG": (f"{_Y}.remark_on_general_competences",),
        "NHAN_XET_NANG_LUC_DAC_THU": (f"{_Y}.remark_on_specific_competences",),
    }
)
"""The group that only primary school has."""

SIGNATURES: Final[Mapping[str, Paths]] = MappingProxyType(
    {
        "GVCN/SO_CCCD": (f"{_T}.homeroom_teacher.personal_id",),
        "CBQL/SO_CCCD": (f"{_T}.principal.personal_id",),
        "KY_PHAT_HANH/NGAY_KY": ("issue_signing_at",),
    }
)
"""`DANH_SACH_THONG_TIN_KY`, as far as it is known before anybody signs."""

FROM_THE_SIGNATURE: Final = frozenset({"GVCN/NGAY_KY", "CBQL/NGAY_KY", "GVCN/Signature", "CBQL/Signature", "KY_PHAT_HANH/Signature"})
"""Fields of `DANH_SACH_THONG_TIN_KY` that come into being by signing and therefore have no place in what is signed."""

JOINED: Final = frozenset({"CHO_O_HIEN_NAY", "NOI_DUNG_KHEN_THUONG"})
"""Tags whose text is made of all paths that are there, joined by a comma."""
