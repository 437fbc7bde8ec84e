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
    REMARK = "remark"
    LEVEL = "level"
    """Primary school: mức đạt được."""
    TEST = "test"
    """Primary school: điểm kiểm tra định kỳ."""


@dataclass(frozen=True, slots=True)
class SubjectColumn:
    """One column of one subject; `number` counts the regular assessments from 1, and `code` is empty where the sheet names the subject."""

    code: str
    part: Part
    number: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceColumn:
    """One column in which a pupil's chosen subjects are named, one or several in a cell; `number` is its place on the sheet."""

    number: int


@dataclass(frozen=True, slots=True)
class SemesterColumn:
    """One column under the heading of a semester, on a sheet that may hold both."""

    semester: int
    key: "Field | SubjectColumn"


ColumnKey = Field | SubjectColumn | ChoiceColumn | SemesterColumn | Trait

FIELDS: Final = MappingProxyType(
    {
        spelling: field
        for field, spellings in {
            Field.ORDER: "stt tt sothutu no",
            Field.CODE: (
                "mahocsinh mahs masohocsinh masohs madinhdanhbogddt madinhdanhbogdvadt madinhdanhbo madinhdanhhs "
                "madinhdanhhocsinh madinhdanhcuabogddt madinhdanhtrencsdl macsdl madinhdanhmoet studentcode studentid "
                "pupilcode"
            ),
            Field.PERSONAL_ID: (
                "sodinhdanhcanhan sodinhdanh sodinhdanhcn sddcn cccd socccd madinhdanh madinhdanhcanhan madinhdanhcn "
                "soddcn socmndcccd sodinhdanhcccd dinhdanhcanhan personalid"
            ),
            Field.NAME: "hovaten hoten hotenhocsinh hovatenhocsinh tenhocsinh hotenhs hovatenhs fullname name studentname",
            Field.BIRTH_DATE: "ngaysinh ngaythangnamsinh ngaythangsinh sinhngay dateofbirth birthdate dob",
            Field.SEX: "gioitinh phai namnu sex gender",
            Field.ETHNICITY: "dantoc tendantoc ethnicity ethnicgroup",
            Field.NATIONALITY: "quoctich nationality",
            Field.BIRTH_PLACE: "noisinh",
            Field.HOME_TOWN: "quequan",
            Field.HAMLET: "thonbuontdp thonbuon thonbuontodanpho thonbuonlangtdp thonxom",
            Field.COMMUNE: "xaphuong xaphuongthitran xa xaphuongdackhu",
            Field.PROVINCE: "tinh tinhthanhpho tinhtp tinhthanh",
            Field.FATHER: "hotencha hovatencha tencha hotenbo hovatenbo",
            Field.FATHER_JOB: "nghenghiepcha nghecha nghenghiepbo",
            Field.MOTHER: "hotenme hovatenme tenme",
            Field.MOTHER_JOB: "nghenghiepme ngheme",
            Field.GUARDIAN: "nguoigiamho hotennguoigiamho hovatennguoigiamho",
            Field.POLICY: "dienchinhsach doituongchinhsach doituong",
            Field.REGISTER: "sodangbo sosodangbo",
            Field.STATUS: "trangthai tinhtrang trangthaihocsinh trangthaihs",
            Field.LEARNING: "ketquahoctap kqhoctap kqht hoctap xeploaihoctap xlhoctap xlht xeploaiht danhgiaketquahoctap mucketquahoctap",
            Field.CONDUCT: (
                "ketquarenluyen kqrenluyen kqrl renluyen xeploairenluyen xlrenluyen xlrl xeploairl danhgiaketquarenluyen mucketquarenluyen"
            ),
            Field.ABSENT_WITH_LEAVE: (
                "buoinghip songaynghip buoinghicophep nghicophep sobuoinghip sobuoinghicophep nghip ngaynghip "
                "ngaynghicophep cophep sobuoinghicp buoinghicp songaynghicophep"
            ),
            Field.ABSENT_WITHOUT_LEAVE: (
                "buoinghik songaynghik buoinghikhongphep nghikhongphep sobuoinghik sobuoinghikhongphep nghik ngaynghik "
                "ngaynghikhongphep khongphep sobuoinghikp buoinghikp songaynghikhongphep"
            ),
            Field.ABSENT_TOTAL: (
                "buoinghitong buoinghits tongsobuoinghi tongbuoinghi sobuoinghitong sobuoinghits sobuoinghitongso "
                "buoinghitongso tongsongaynghi songaynghitong sobuoinghi buoinghi songaynghi ngaynghitong"
            ),
            Field.RETEST_LIST: "danhgialai mondanhgialai cacmondanhgialai monthilai monkiemtralai",
            Field.TITLE: "danhhieu danhhieuthidua danhhieukhenthuong khenthuong dhtd",
            Field.NOTE: "ghichu lenlop ketqualenlop thuocdien xetlenlop",
            Field.REMARK: "nhanxetcuagvcn nhanxetgvcn nhanxetcuagiaovienchunhiem nhanxet nhanxetgiaovienchunhiem nxgvcn nxcuagvcn",
            Field.SUBJECT: "monhochdgd monhoc monhochoatdonggiaoduc mon tenmon tenmonhoc",
            Field.PERIODS: "sotietnam sotiet sotietcanam sotiettrennam tongsotiet",
            Field.ASSESSMENT: "hinhthucdanhgia kieudanhgia loaidanhgia",
            Field.REGULAR_COUNT: "soddgtxhocky soddgtxhocki soddgtx",
            Field.TEACHER_CODE: "madinhdanhcbgvnv macbgvnv magiaovien magv madinhdanhgv madinhdanhgiaovien macanbo",
            Field.TEACHER: "giaovien hotengiaovien giaovienbomon gvbm tengiaovien hovatengiaovien giaovienday giaoviengiangday gv",
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

_BEFORE: Final = r"(?:diem|d)?(?:ddg|dg|kt|kiemtra|danhgia)?"
_PERIOD: Final = r"(?:hk|hocky|hocki|ky|ki|cn|canam|nam)?(?:i|ii|1|2)?"
_PARTS: Final = (
    (Part.REGULAR, re.compile(_BEFORE + r"(?:tx|thuongxuyen)\d{0,2}")),
    (Part.MIDTERM, re.compile(_BEFORE + rf"(?:gk|ghk|gki|gky|giua(?:ki|ky|hk|hocki|hocky)){_PERIOD}")),
    (Part.FINAL, re.compile(_BEFORE + rf"(?:ck|chk|cki|cky|cuoi(?:ki|ky|hk|hocki|hocky|nam)){_PERIOD}")),
    (Part.RESULT, re.compile(rf"(?:d|diem)?(?:tb|trungbinh)(?:m|mon)?{_PERIOD}|(?:kq|ketqua)(?:mon)?{_PERIOD}")),
    (Part.RESULT, re.compile(r"hs[123]|heso[123]|nxet|nhanxet|tongket|xeploai|average|score")),
)

SUBJECTS: Final = MappingProxyType(
    {
        spelling: code
        for code, spellings in {
            "TOAN": "toan toanhoc mathematics maths math",
            "LSDL": "lsdl lichsuvadiali lichsudiali lichsuvadialy lichsudialy lsvadl sudia suvadia lsvadia",
            "KHTN": "khtn khoahoctunhien khtunhien",
            "TIN": "tin tinhoc thoc informatics",
            "NV": "van nguvan nvan vanhoc literature",
            "NN1": "ngngu ngoaingu ngoaingu1 nn1 nngu nngu1 tienganh tanh anh",
            "GDCD": "gdcd giaoduccongdan gdcongdan congdan",
            "CN": "cnghe congnghe cn technology",
            "GDTC": "gdtc giaoducthechat theduc td gdthechat",
            "NT": "nghethuat nthuat nt",
            "NN2": "ngoaingu2 nn2 nngu2",
            "GDDP": "ndgdcdp ndgddp gddp ndgdcuadp noidunggiaoduccuadiaphuong noidunggiaoducdiaphuong giaoducdiaphuong",
            "TNHN": (
                "hdtnhn hdtn hdtnvahn hoatdongtrainghiem "
                "hoatdongtrainghiemvahuongnghiep hoatdongtrainghiemhuongnghiep hdtrainghiemhuongnghiep hdtnhuongnghiep tnhn"
            ),
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
_WORD_SUBJECT: Final = re.compile(r"^\s*môn(?:\s+học)?\s*:?\s+", re.IGNORECASE)
_WORDS: Final = re.compile(r"[\s_:–-]+")
_SEMESTER: Final = re.compile(r"(?:hocki|hocky|hk|ki|ky|semester)(ii|i|2|1)")
_PARENTHESES: Final = re.compile(r"\([^)]*\)")


def subject_code(text: str) -> str | None:
    """The code of the subject that a heading names: `LS&ĐL`, `Ngoại ngữ 1 (Tiếng Anh)`, `Môn Toán`; None for anything else."""
    if len(text) > _LONGEST_NAME:
        return None
    plain = _PARENTHESES.sub("", text)
    return next((SUBJECTS[f] for f in (folded(text), folded(plain), folded(_WORD_SUBJECT.sub("", plain))) if f in SUBJECTS), None)


def part_of(text: str) -> Part | None:
    """The part of a subject that a sub-heading names: `ĐĐGtx`, `TX1`, `Điểm giữa kì`, `TBmHK`, `(HS 1)`; None for anything else."""
    key = folded(text) if len(text) <= _LONGEST_NAME else ""
    return next((part for part, pattern in _PARTS if pattern.fullmatch(key)), None)


def subject_and_part(text: str) -> tuple[str, Part] | None:
    """Both where one heading names them: `Toán TX1`, `Ngữ văn - ĐĐGck`."""
    words = _WORDS.split(text) if len(text) <= _LONGEST_NAME else []
    for cut in range(len(words) - 1, 0, -1):
        code, part = subject_code(" ".join(words[:cut])), part_of(" ".join(words[cut:]))
        if code is not None and part is not None:
            return code, part
    return None


def semester_of(text: str) -> int:
    """1 or 2 where a heading or a sheet's name is that of a semester: `HK I`, `Học kỳ 2`; else 0."""
    match = _SEMESTER.fullmatch(folded(text)) if len(text) <= _LONGEST_NAME else None
    return {"i": 1, "1": 1, "ii": 2, "2": 2}[match[1]] if match else 0


def is_choice(text: str) -> bool:
    """Whether a heading stands over chosen subjects: `Môn LC 1`, `Môn lựa chọn`, `Môn tự chọn`, `Tổ hợp môn`."""
    return _CHOICE.fullmatch(folded(text)) is not None


def field_of(path: tuple[str, ...]) -> Field | None:
    """The field of a column whose headings, from top to bottom, are `path`."""
    return FIELDS.get("".join(map(folded, path))) or next((FIELDS[f] for f in map(folded, path) if f in FIELDS), None)
