"""What the headings of primary workbooks mean, in the spellings and abbreviations that schools use. Keys are `text.folded`."""

import re
from types import MappingProxyType
from typing import Final

from signing_service.intake.headings import ColumnKey, Field, Part, SubjectColumn, field_of
from signing_service.intake.text import folded
from signing_service.records.primary import Trait

FIELDS: Final = MappingProxyType(
    {
        spelling: field
        for field, spellings in {
            Field.EDUCATION_RESULT: "ketquagiaoduc kqgd ketquagd kqgiaoduc danhgiaketquagiaoduc danhgiakqgd ketquadanhgiagiaoduc "
            "danhgiatonghop tonghopketquagiaoduc ketquacuoinam kqcuoinam ketquanamhoc",
            Field.OUTSTANDING: "vuottroitienbo vuottroi vuottroihoactienbo noidungvuottroi thanhtichvuottroi tienbovuottroi "
            "noidungvuottroitienbo monvuottroi",
            Field.CLASS_AGREES: "tapthelopcongnhan duoctapthelopcongnhan lopcongnhan tapthelopdongy tapthelopbinhchon lopbinhchon",
            Field.TITLE: "khenthuong danhhieu danhhieukhenthuong khenthuongdanhhieu hinhthuckhenthuong khenthuongcuoinam khencuoinam",
            Field.COMPLETED: "hoanthanhchuongtrinhlophoc hoanthanhchuongtrinhlop hoanthanhchuongtrinh hoanthanhctlh hoanthanhctlophoc "
            "htctlh htctlophoc htct htchuongtrinhlophoc xethoanthanhchuongtrinhlophoc lenlop duoclenlop",
            Field.REMARK_ON_QUALITIES: "nhanxetphamchat nhanxetvephamchat phamchatnhanxet nxphamchat phamchatchuyeunhanxet",
            Field.REMARK_ON_GENERAL: "nhanxetnanglucchung nhanxetvenanglucchung nanglucchungnhanxet "
            "nangluccotloinanglucchungnhanxet nxnanglucchung",
            Field.REMARK_ON_SPECIFIC: "nhanxetnanglucdacthu nhanxetvenanglucdacthu nanglucdacthunhanxet nangluccotloinanglucdacthunhanxet "
            "nxnanglucdacthu",
            Field.REMARK: "nhanxetcuagvcn nhanxetgvcn nhanxetcuagiaovienchunhiem "
            "nhanxetcuagiaovien nhanxetcuagv nhanxetgv nhanxetchung nhanxet",
            Field.ABSENT_WITH_LEAVE: "nghicophep songaynghicophep sobuoinghicophep buoinghicophep "
            "ngaynghicophep nghicp songaynghicp sobuoinghicp "
            "songaynghip sobuoinghip nghip cophep",
            Field.ABSENT_WITHOUT_LEAVE: "nghikhongphep songaynghikhongphep sobuoinghikhongphep buoinghikhongphep ngaynghikhongphep nghikp "
            "songaynghikp sobuoinghikp songaynghik sobuoinghik nghik khongphep",
            Field.ABSENT_TOTAL: "tongsongaynghi tongsobuoinghi songaynghitong sobuoinghitong songaynghits sobuoinghits nghitong tongnghi",
            Field.SUBJECT: "mon monhoc monhochdgd monhochoatdonggiaoduc monhochoachoatdonggiaoduc monhdgd noidungdanhgiabosung noidung",
            Field.LEVEL: "mucdatduoc muc mucdat mucdatduoclai mucdatduocsaudanhgiabosung ketquadanhgiabosung mucdanhgiabosung",
            Field.TEST_MARK: "diemktlai diemkiemtralai diemktdk diemkiemtra diemkt diem diemktdklai diemkiemtradinhkylai",
            Field.DECISION: "hieutruongquyetdinh quyetdinhcuahieutruong quyetdinh htquyetdinh ketluancuahieutruong ykienhieutruong ketluan",
            Field.DATE: "ngay ngaydanhgia ngaydanhgiabosung ngaykiemtra ngaykt",
        }.items()
        for spelling in spellings.split()
    }
)

PARTS: Final = MappingProxyType(
    {
        spelling: part
        for part, spellings in {
            Part.LEVEL: "mucdatduoc mucdat mdd muc danhgia mucdanhgia mucdohoanthanh mucht xeploai xl dg nhanxet",
            Part.TEST: "diemktdk diemkiemtradinhky diemkiemtradinhki diemkiemtra diemktcuoinam "
            "diemktck diemkt diemso diemthi diem ktdk kt dktdk dkt",
        }.items()
        for spelling in spellings.split()
    }
)

SUBJECTS: Final = MappingProxyType(
    {
        spelling: code
        for code, spellings in {
            "TV": "tv tiengviet tviet",
            "TOAN": "toan toanhoc",
            "NN1": "tanh tienganh anhvan anh ngoaingu ngoaingu1 nn1 nn nngu nngu1 ngngu "
            "ngngu1 ngoaingu1tienganh ngoaingutienganh tienganhnn1",
            "LSDL": "lsdl lichsuvadiali lichsudiali lichsuvadialy lichsudialy lsvadl lsvdl sudia",
            "KH": "khoahoc khoc khhoc kh",
            "TNXH": "tnxh tunhienvaxahoi tunhienxahoi tnvaxh tnvxh tnxahoi",
            "THCN": "thcn tinhocvacongnghe tinhoccongnghe tinhocvacnghe thvacn thvcn",
            "TIN": "tin tinhoc thcntinhoc thcntin tinhocvacongnghetinhoc tinhoccongnghetinhoc",
            "CN": "congnghe cnghe cn thcncongnghe thcncn tinhocvacongnghecongnghe tinhoccongnghecongnghe",
            "DD": "daoduc dduc dd",
            "GDTC": "gdtc giaoducthechat gdthechat theduc",
            "NT": "nghethuat nthuat nt",
            "AN": "amnhac anhac nhac an nghethuatamnhac ntamnhac ntanhac ntan",
            "MT": "mithuat mythuat mthuat mt nghethuatmithuat nghethuatmythuat ntmithuat ntmythuat ntmthuat ntmt",
            "HDTN": "hdtn hoatdongtrainghiem hdtrainghiem trainghiem",
            "TDT": "tdt tiengdantoc tiengdantocthieuso tdantoc tdtts tede tiengede tmnong tiengmnong tgiarai tiengjrai tiengmong tiengthai "
            "tiengbana tiengbahnar tiengkhmer tiengcham tienghoa",
            "NN2": "ngoaingu2 nn2 nngu2",
        }.items()
        for spelling in spellings.split()
    }
)
"""Subjects and activities of primary school (TT 32/2018)."""

LANGUAGES: Final = MappingProxyType(
    {
        spelling: language
        for language, spellings in {
            "Tiếng Anh": "tanh tienganh anhvan anh",
            "Tiếng Pháp": "tiengphap",
            "Tiếng Trung": "tiengtrung",
            "Tiếng Ê Đê": "tede tiengede",
            "Tiếng M'Nông": "tmnong tiengmnong",
            "Tiếng Gia Rai": "tgiarai tiengjrai",
            "Tiếng Mông": "tiengmong",
        }.items()
        for spelling in spellings.split()
    }
)
"""Headings that say which language is taught."""

TRAITS: Final = MappingProxyType(
    {
        spelling: trait
        for trait, spellings in {
            Trait.PATRIOTISM: "yeunuoc yn",
            Trait.KINDNESS: "nhanai na",
            Trait.DILIGENCE: "chamchi cc",
            Trait.HONESTY: "trungthuc tt",
            Trait.RESPONSIBILITY: "trachnhiem tn",
            Trait.AUTONOMY_AND_SELF_STUDY: "tuchuvatuhoc tuchutuhoc tuhoctuchu tcth tctuhoc",
            Trait.COMMUNICATION_AND_COOPERATION: "giaotiepvahoptac giaotiephoptac gtht gthoptac",
            Trait.PROBLEM_SOLVING_AND_CREATIVITY: "giaiquyetvandevasangtao giaiquyetvandesangtao "
            "gqvdvasangtao gqvdsangtao gqvdst gqvdvst gqvd",
            Trait.LANGUAGE: "ngonngu nn nnngu",
            Trait.CALCULATION: "tinhtoan ttoan",
            Trait.SCIENCE: "khoahoc kh khoc",
            Trait.TECHNOLOGY: "congnghe cn cnghe",
            Trait.INFORMATICS: "tinhoc th tin",
            Trait.AESTHETICS: "thammi thammy tm",
            Trait.PHYSICAL: "thechat tc",
        }.items()
        for spelling in spellings.split()
    }
)

_TRAIT_GROUP: Final = re.compile(r"^(?:cac)?(?:phamchat|nangluc|pc|nl)")
_SHORTEST_PLAIN_TRAIT: Final = 6
_LONGEST_NAME: Final = 100
_PARENTHESES: Final = re.compile(r"\([^)]*\)")


def subject_code(text: str) -> str | None:
    """The code of the primary subject that a text names; None for anything else."""
    return next((SUBJECTS[spelling] for spelling in _spellings(text) if spelling in SUBJECTS), None)


def language_of(text: str) -> str | None:
    """The language that a heading names: `T.Anh`, `Ngoại ngữ 1 (Tiếng Anh)`."""
    inside = re.findall(r"\(([^)]*)\)", text)
    return next((LANGUAGES[folded(part)] for part in (text, *inside) if folded(part) in LANGUAGES), None)


def trait_of(text: str) -> Trait | None:
    """The quality or competence that a text names: `Chăm chỉ`, `Năng lực khoa học`, `PC Yêu nước`."""
    for spelling in _spellings(text):
        found = TRAITS.get(spelling) or TRAITS.get(_TRAIT_GROUP.sub("", spelling))
        if found is not None:
            return found
    return None


def key_of(path: tuple[str, ...], *, after_traits: bool) -> ColumnKey | None:
    """What a column holds, by its headings from top to bottom.

    Args:
        path: The headings; numbers and marks between them are gone already.
        after_traits: Whether a quality or competence stands to the left: a bare `Khoa học` is then the competence, not the subject.
    """
    spellings = tuple(map(folded, path))
    whole = FIELDS.get("".join(spellings))
    if any(map(_TRAIT_GROUP.match, spellings)):
        return whole or next((trait for text in reversed(path) if (trait := trait_of(text)) is not None), None)
    subject = _subject_column(path)
    if subject is not None:
        bare = len(path) == 1 and spellings[0] in TRAITS
        return TRAITS[spellings[0]] if bare and after_traits else subject
    plain = TRAITS.get(spellings[-1]) if len(spellings[-1]) >= _SHORTEST_PLAIN_TRAIT else None
    return whole or plain or _field(path)


def _field(path: tuple[str, ...]) -> Field | None:
    for text in (path[0], path[-1]):
        found = next((FIELDS[spelling] for spelling in _spellings(text) if spelling in FIELDS), None)
        if found is not None and not (found is Field.SUBJECT and len(path) > 1):
            return found
    return field_of(path)


def _subject_column(path: tuple[str, ...]) -> SubjectColumn | None:
    part = next((PARTS[spelling] for text in reversed(path) for spelling in _spellings(text) if spelling in PARTS), None)
    for text in reversed(path):
        code = subject_code(text)
        if code is not None:
            return SubjectColumn(code, part or Part.LEVEL)
    for text in reversed(path):
        named = _named_together(text)
        if named is not None:
            return named
    return None


def _named_together(text: str) -> SubjectColumn | None:
    """Subject and part in one heading: `Toán - Mức đạt được`, `Điểm KTĐK Toán`."""
    whole = folded(text)
    for spelling in sorted(PARTS, key=len, reverse=True):
        for rest in (whole.removesuffix(spelling), whole.removeprefix(spelling)):
            if rest != whole and rest in SUBJECTS:
                return SubjectColumn(SUBJECTS[rest], PARTS[spelling])
    return None


def _spellings(text: str) -> tuple[str, ...]:
    return () if len(text) > _LONGEST_NAME else (folded(text), folded(_PARENTHESES.sub("", text)))
