"""What the headings of award lists mean, in the spellings that offices use. Keys are `text.folded`."""

import re
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from signing_service.intake.text import folded


class Column(StrEnum):
    """A column of an annex, of the council's list, or of the refused nominations; the value is what a message calls it."""

    NUMBER = "STT (số sổ vàng)"
    GOLDEN_BOOK = "Số sổ vàng"
    """Where it has a column of its own beside the running number."""
    CODE = "Mã định danh"
    SALUTATION = "Ông/Bà"
    PERSON = "Họ và tên"
    COLLECTIVE = "Tên tập thể"
    NAME = "Tên"
    SEX = "Giới tính"
    ETHNICITY = "Dân tộc"
    POSITION = "Chức vụ"
    UNIT = "Đơn vị công tác"
    COMMUNE = "Xã/phường"
    REMOTE = "Vùng khó khăn"
    MINORITY = "Vùng DTTS&MN"
    TITLE = "Danh hiệu/Hình thức khen thưởng"
    CAMPAIGN = "Phong trào/Chuyên đề"
    OCCASION = "Loại khen"
    ACHIEVEMENT = "Thành tích"
    RATING = "Kết quả xếp loại chất lượng"
    INITIATIVE = "Sáng kiến"
    ADVANCED_WORKERS = "Số người đạt LĐTT"
    HEADCOUNT = "Tổng số người"
    IN_FAVOUR = "Đồng ý"
    MEMBERS = "Tổng số TV"
    PERCENT = "Tỷ lệ (%)"
    NOTE = "Ghi chú"
    DISCIPLINED = "Có người bị kỷ luật"
    UNDER_DISCIPLINE = "Đang bị xem xét kỷ luật"
    KIND = "Loại"
    ROLE = "Chức danh trong Hội đồng"
    PRESENT = "Có mặt"
    IN_WRITING = "Bỏ phiếu bằng văn bản"


_COLUMNS: Final = MappingProxyType(
    {
        spelling: column
        for column, spellings in {
            Column.NUMBER: "stt tt sothutu sttsosovang",
            Column.GOLDEN_BOOK: "sosovang sovang sovaosovang",
            Column.CODE: "madinhdanh madinhdanhcbgvnv macbgvnv macanbo masocanbo maso mavienchuc",
            Column.SALUTATION: "ongba danhxung xungho",
            Column.PERSON: "hovaten hoten tencanhan hotencanhan hovatencanhan",
            Column.COLLECTIVE: "tentapthe tapthe tendonvi tentapthehogiadinh tendonvitapthe",
            Column.NAME: "ten tencanhantapthe tentapthecanhan",
            Column.SEX: "gioitinh phai",
            Column.ETHNICITY: "dantoc",
            Column.POSITION: "chucvu chucdanh chucvuchucdanh chucdanhchucvu nghenghiep chucvunghenghiep",
            Column.UNIT: "donvicongtac donvi noicongtac coquan coquandonvi truong donvitruong",
            Column.COMMUNE: "xaphuong xaphuongdackhu diaban thuocxaphuong",
            Column.REMOTE: "vungkhokhan khokhan vungsauvungxa vungdacbietkhokhan vungdbkk vungkk",
            Column.MINORITY: "vungdttsmn dttsmn vungdtts dtts vungdantocthieusovamiennui vungdongbaodantocthieusovamiennui",
            Column.TITLE: "danhhieuhinhthuckhenthuong danhhieuhinhthuc danhhieu hinhthuckhenthuong hinhthuckhen hinhthuc danhhieudenghi "
            "danhhieuthidua danhhieuhinhthucdenghi",
            Column.CAMPAIGN: "phongtraochuyende phongtrao chuyende phongtraothidua chuyendephongtrao tenphongtrao",
            Column.OCCASION: "loaikhen loaikhenthuong loaihinhkhenthuong loaihinhkhen",
            Column.ACHIEVEMENT: "thanhtich noidungthanhtich tomtatthanhtich thanhtichnoibat thanhtichdatduoc lydokhenthuong",
            Column.RATING: "ketquaxeploaichatluong xeploaichatluong xeploai danhgiaxeploai mucxeploai ketquaxeploai",
            Column.INITIATIVE: "sangkien sangkiensoqdcongnhan quyetdinhcongnhansangkien soqdcongnhansangkien",
            Column.ADVANCED_WORKERS: "songuoidatldtt soldtt sldtt songuoidatlaodongtientien songuoildtt",
            Column.HEADCOUNT: "tongsonguoi siso tongsocanbo tongsocbgvnv tongsonguoicuatapthe",
            Column.IN_FAVOUR: "dongy sophieudongy phieudongy tanthanh sophieutanthanh sophieu phieubau ketquabophieu "
            "ketquabophieucuahoidong",
            Column.MEMBERS: "tongsotv tongsothanhvien tongsothanhvienhoidong sothanhvien tstv tongtv",
            Column.PERCENT: "tyle tile tylephieu tyledongy",
            Column.NOTE: "ghichu",
            Column.DISCIPLINED: "conguoibikyluat bikyluat conguoikyluat conguoibikiluat",
            Column.UNDER_DISCIPLINE: "dangbixemxetkyluat dangxemxetkyluat dangbixemxetkiluat",
            Column.KIND: "loai doituong loaidoituong",
            Column.ROLE: "chucdanhtronghoidong vaitro chucdanhhoidong nhiemvutronghoidong",
            Column.PRESENT: "comat dutdu duhop",
            Column.IN_WRITING: "bophieubangvanban phieubangvanban guiphieubangvanban bangvanban",
        }.items()
        for spelling in spellings.split()
    }
)
_GROUPS: Final = ("ketquabophieucuahoidong", "ketquabophieu", "diaban")
"""Headings that stand over several columns, or in front of their own where nothing is merged."""
_PARENTHESES: Final = re.compile(r"\([^)]*\)")


def column_of(path: tuple[str, ...]) -> Column | None:
    """The column whose headings, from top to bottom, are `path`: by its lowest heading first, as the upper ones only group."""
    for text in (*reversed(path), "".join(path)):
        for key in (folded(text), folded(_PARENTHESES.sub("", text))):
            group = next((group for group in _GROUPS if key.startswith(group)), "")
            found = _COLUMNS.get(key) or _COLUMNS.get(key.removeprefix(group))
            if found is not None:
                return found
    return None
