"""What the headings of school workbooks mean, in the spellings and abbreviations that schools use. Keys are `text.folded`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from signing_service.intake.text import folded
from signing_service.records.primary import Trait


class Field(StrEnum):
    """A column that is no subject."""

    ORDER = "order"
    CODE = "code"
    PERSONAL_ID = "personal-id"
    NAME = "name"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    BIRTH_PLACE = "birth-place"
    HOME_TOWN = "home-town"
    HAMLET = "hamlet"
    COMMUNE = "commune"
    PROVINCE = "province"
    FATHER = "father"
    FATHER_JOB = "father-job"
    MOTHER = "mother"
    MOTHER_JOB = "mother-job"
    GUARDIAN = "guardian"
    POLICY = "policy"
    REGISTER = "register"
    STATUS = "status"
    LEARNING = "learning"
    CONDUCT = "conduct"
    ABSENT_WITH_LEAVE = "absent-with-leave"
    ABSENT_WITHOUT_LEAVE = "absent-without-leave"
    ABSENT_TOTAL = "absent-total"
    RETEST_LIST = "retest-list"
    TITLE = "title"
    NOTE = "note"
    REMARK = "remark"
    SUBJECT = "subject"
    PERIODS = "periods"
    ASSESSMENT = "assessment"
    REGULAR_COUNT = "regular-count"
    TEACHER_CODE = "teacher-code"
    TEACHER = "teacher"
    YEAR_RESULT = "year-result"
    RETEST_RESULT = "retest-result"
    SUMMER_CONDUCT = "summer-conduct"
    DATE = "date"
    HEIGHT = "height"
    WEIGHT = "weight"
    EDUCATION_RESULT = "education-result"
    OUTSTANDING = "outstanding"
    CLASS_AGREES = "class-agrees"
    COMPLETED = "completed"
    REMARK_ON_QUALITIES = "remark-on-qualities"
    REMARK_ON_GENERAL = "remark-on-general-competences"
    REMARK_ON_SPECIFIC = "remark-on-specific-competences"
    LEVEL = "level"
    TEST_MARK = "test-mark"
    DECISION = "decision"


class Part(StrEnum):
    """A column below a subject's heading."""

    REGULAR = "regular"
    MIDTERM = "midterm"
    FINAL = "final"
    RESULT = "result"
    LEVEL = "level"
    """Primary school: mức đạt được."""
    TEST = "test"
    """Primary school: điểm kiểm tra định kỳ."""


@dataclass(frozen=True, slots=True)
class SubjectColumn:
    """One column of one subject; `number` counts the regular assessments from 1."""

    code: str
    part: Part
    number: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceColumn:
    """One column in which a pupil's chosen subjects are named, one or several in a cell; `number` is its place on the sheet."""

    number: int


ColumnKey = Field | SubjectColumn | ChoiceColumn | Trait

FIELDS: Final = MappingProxyType(
    {
        spelling: field
        for field, spellings in {
            Field.ORDER: "stt tt sothutu",
            Field.CODE: "mahocsinh mahs masohocsinh",
            Field.PERSONAL_ID: "sodinhdanhcanhan sodinhdanh sodinhdanhcn cccd socccd madinhdanh",
            Field.NAME: "hovaten hoten hotenhocsinh hovatenhocsinh tenhocsinh",
            Field.BIRTH_DATE: "ngaysinh ngaythangnamsinh",
            Field.SEX: "gioitinh",
            Field.ETHNICITY: "dantoc",
            Field.NATIONALITY: "quoctich",
            Field.BIRTH_PLACE: "noisinh",
            Field.HOME_TOWN: "quequan",
            Field.HAMLET: "thonbuontdp thonbuon thonbuontodanpho thonbuonlangtdp thonxom",
            Field.COMMUNE: "xaphuong xaphuongthitran xa",
            Field.PROVINCE: "tinh tinhthanhpho tinhtp",
            Field.FATHER: "hotencha hovatencha tencha",
            Field.FATHER_JOB: "nghenghiepcha nghecha",
            Field.MOTHER: "hotenme hovatenme tenme",
            Field.MOTHER_JOB: "nghenghiepme ngheme",
            Field.GUARDIAN: "nguoigiamho hotennguoigiamho hovatennguoigiamho",
            Field.POLICY: "dienchinhsach doituongchinhsach doituong",
            Field.REGISTER: "sodangbo sosodangbo",
            Field.STATUS: "trangthai tinhtrang",
            Field.LEARNING: "ketquahoctap kqhoctap kqht hoctap",
            Field.CONDUCT: "ketquarenluyen kqrenluyen kqrl renluyen",
            Field.ABSENT_WITH_LEAVE: "buoinghip songaynghip buoinghicophep nghicophep",
            Field.ABSENT_WITHOUT_LEAVE: "buoinghik songaynghik buoinghikhongphep nghikhongphep",
            Field.ABSENT_TOTAL: "buoinghitong buoinghits tongsobuoinghi tongbuoinghi",
            Field.RETEST_LIST: "danhgialai mondanhgialai",
            Field.TITLE: "danhhieu danhhieuthidua",
            Field.NOTE: "ghichu",
            Field.REMARK: "nhanxetcuagvcn nhanxetgvcn nhanxetcuagiaovienchunhiem nhanxet",
            Field.SUBJECT: "monhochdgd monhoc monhochoatdonggiaoduc mon",
            Field.PERIODS: "sotietnam sotiet sotietcanam",
            Field.ASSESSMENT: "hinhthucdanhgia",
            Field.REGULAR_COUNT: "soddgtxhocky soddgtxhocki soddgtx",
            Field.TEACHER_CODE: "madinhdanhcbgvnv macbgvnv magiaovien magv",
            Field.TEACHER: "giaovien hotengiaovien giaovienbomon gvbm tengiaovien",
            Field.YEAR_RESULT: "ketquacanam diemcanam",
            Field.RETEST_RESULT: "ketquadanhgialai diemdanhgialai",
            Field.SUMMER_CONDUCT: "renluyentronghe renluyenhe",
            Field.DATE: "ngay ngaydanhgialai",
            Field.HEIGHT: "chieucao chieucaocm",
            Field.WEIGHT: "cannang cannangkg",
        }.items()
        for spelling in spellings.split()
    }
)

PARTS: Final = MappingProxyType(
    {
        spelling: part
        for part, spellings in {
            Part.REGULAR: "ddgtx tx thuongxuyen danhgiathuongxuyen",
            Part.MIDTERM: "ddggk gk giuaki giuaky",
            Part.FINAL: "ddgck ck cuoiki cuoiky",
            Part.RESULT: "dtbmhk tbmhk tbm dtbmhki dtbmhkii dtb tb kq ketqua hs1 hs2 nxet nhanxet dtbmcn tbmcn",
        }.items()
        for spelling in spellings.split()
    }
)

SUBJECTS: Final = MappingProxyType(
    {
        spelling: code
        for code, spellings in {
            "TOAN": "toan toanhoc",
            "LSDL": "lsdl lichsuvadiali lichsudiali lichsuvadialy lsvadl sudia",
            "KHTN": "khtn khoahoctunhien khtunhien",
            "TIN": "tin tinhoc",
            "NV": "van nguvan nvan",
            "NN1": "ngngu ngoaingu ngoaingu1 nn1 nngu nngu1 tienganh tanh anh",
            "GDCD": "gdcd giaoduccongdan gdcongdan",
            "CN": "cnghe congnghe cn",
            "GDTC": "gdtc giaoducthechat theduc",
            "NT": "nghethuat nthuat nt",
            "NN2": "ngoaingu2 nn2 nngu2",
            "GDDP": "ndgdcdp ndgddp gddp ndgdcuadp noidunggiaoduccuadiaphuong noidunggiaoducdiaphuong giaoducdiaphuong",
            "TNHN": "hdtnhn hoatdongtrainghiemhuongnghiep hdtrainghiemhuongnghiep hdtnhuongnghiep tnhn",
            "LS": "su lichsu lsu",
            "GDQP": "gdqp gdqpan gdqpvaan qpan giaoducquocphong giaoducquocphonganninh giaoducquocphongvaanninh gdquocphonganninh",
            "DL": "dia diali dialy dli dly",
            "KTPL": "gdktpl ktpl gdktvapl ktvapl giaoduckinhtevaphapluat giaoduckinhtephapluat kinhtephapluat kinhtevaphapluat",
            "VL": "li ly vatli vatly vly vli",
            "HH": "hoa hoahoc",
            "SH": "sinh sinhhoc",
            "AN": "nhac amnhac anhac",
            "MT": "mthuat mithuat mythuat hoihoa",
            "TDT": "tdt tiengdantoc tiengdantocthieuso tede tiengede tmnong tiengmnong",
        }.items()
        for spelling in spellings.split()
    }
)
"""Subjects of secondary school (TT 32/2018, TT 13/2022), by the sector's usual abbreviations."""

OPTIONAL_SUBJECTS: Final = frozenset({"NN2", "TDT"})

_LONGEST_NAME: Final = 100
_CHOICE: Final = re.compile(r"(?:cac)?mon(?:hoc)?(?:lc|luachon|chon|tuchon|tc)\d{0,2}|tohopmon(?:hoc|luachon)?")
_PARENTHESES: Final = re.compile(r"\([^)]*\)")


def subject_code(text: str) -> str | None:
    """The code of the subject that a heading names: `LS&ĐL`, `Ngoại ngữ 1 (Tiếng Anh)`; None for anything else."""
    if len(text) > _LONGEST_NAME:
        return None
    return SUBJECTS.get(folded(text)) or SUBJECTS.get(folded(_PARENTHESES.sub("", text)))


def is_choice(text: str) -> bool:
    """Whether a heading stands over chosen subjects: `Môn LC 1`, `Môn lựa chọn`, `Môn tự chọn`, `Tổ hợp môn`."""
    return _CHOICE.fullmatch(folded(text)) is not None


def field_of(path: tuple[str, ...]) -> Field | None:
    """The field of a column whose headings, from top to bottom, are `path`."""
    return FIELDS.get("".join(map(folded, path))) or FIELDS.get(folded(path[0]))
