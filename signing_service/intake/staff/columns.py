"""What the headings of staff lists and school lists mean, in the spellings that offices use. Keys are `text.folded`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from signing_service.intake.text import folded


class StaffColumn(StrEnum):
    """A column of a staff list; the value is what a message calls it."""

    ORDER = "STT"
    CODE = "Mã định danh CBGVNV"
    NAME = "Họ và tên"
    BIRTH_DATE = "Ngày sinh"
    SEX = "Giới tính"
    ETHNICITY = "Dân tộc"
    PERSONAL_ID = "Số định danh cá nhân"
    UNIT_CODE = "Mã đơn vị"
    UNIT = "Đơn vị công tác"
    POSITION = "Chức vụ"
    JOB = "Vị trí việc làm"
    SUBJECTS = "Môn dạy"
    CLASSES = "Lớp dạy"
    HOMEROOM = "Chủ nhiệm lớp"
    EMAIL = "Email công vụ"
    PHONE = "Điện thoại"
    ROLE = "Vai trò ký số"
    CERTIFICATE = "Chứng thư số"
    STATUS = "Trạng thái"
    NOTE = "Ghi chú"


class UnitColumn(StrEnum):
    """A column of a list of schools and offices; the value is what a message calls it."""

    ORDER = "STT"
    CODE = "Mã trường/đơn vị"
    NAME = "Tên trường/đơn vị"
    KIND = "Loại đơn vị"
    LEVELS = "Cấp học"
    OWNERSHIP = "Loại hình"
    COMMUNE = "Xã/phường"
    DISTRICT = "Huyện (trước 01/07/2025)"
    PROVINCE = "Tỉnh/thành phố"
    PLACE = "Địa danh ký"
    DEPARTMENT_CODE = "Mã Sở"
    DEPARTMENT = "Tên Sở"
    FORMER_NAME = "Tên cũ"
    RENAMED_SINCE = "Đổi tên từ ngày"
    MERGED_INTO = "Sáp nhập vào (mã)"
    MERGED_SINCE = "Sáp nhập từ ngày"
    NOTE = "Ghi chú"


ListColumn = StaffColumn | UnitColumn


def _by_spelling(spellings: Mapping[ListColumn, str]) -> Mapping[str, ListColumn]:
    return MappingProxyType({spelling: column for column, words in spellings.items() for spelling in (*words.split(), folded(column))})


STAFF_COLUMNS: Final = _by_spelling(
    {
        StaffColumn.ORDER: "tt sothutu",
        StaffColumn.CODE: "macbgvnv madinhdanh macanbo macb magiaovien magv manhanvien madinhdanhcanbo",
        StaffColumn.NAME: "hoten hovatencanbo hotencanbo hotengiaovien tencanbo",
        StaffColumn.BIRTH_DATE: "ngaythangnamsinh namsinh sinhngay",
        StaffColumn.SEX: "phai namnu",
        StaffColumn.ETHNICITY: "",
        StaffColumn.PERSONAL_ID: "sodinhdanh sodinhdanhcn cccd socccd cancuoc socancuoc",
        StaffColumn.UNIT_CODE: "matruong macoso madonvicongtac madonvitruong",
        StaffColumn.UNIT: "donvi tendonvi truong tentruong noicongtac coquan",
        StaffColumn.POSITION: "chucdanh chucvuchucdanh",
        StaffColumn.JOB: "vitri vtvl congviec nhiemvu",
        StaffColumn.SUBJECTS: "monday monhoc bomon monphutrach monhocphutrach daymon",
        StaffColumn.CLASSES: "daylop caclopday lopphutrach lopgiangday",
        StaffColumn.HOMEROOM: "chunhiem lopchunhiem gvcnlop gvcn",
        StaffColumn.EMAIL: "email thudientu emailcongviec diachiemail",
        StaffColumn.PHONE: "sodienthoai dt sdt dtdd didong",
        StaffColumn.ROLE: "vaitro vaitroky vaitrokyso quyenky",
        StaffColumn.CERTIFICATE: "cts chungthuso tinhtrangchungthuso chungthu",
        StaffColumn.STATUS: "tinhtrang trangthailamviec trangthaicongtac",
        StaffColumn.NOTE: "luuy",
    }
)

UNIT_COLUMNS: Final = _by_spelling(
    {
        UnitColumn.ORDER: "tt sothutu",
        UnitColumn.CODE: "matruong madonvi macoso ma madinhdanh maso",
        UnitColumn.NAME: "tentruong tendonvi ten truong donvi tencosogiaoduc",
        UnitColumn.KIND: "loai loaicoquan",
        UnitColumn.LEVELS: "cap caphocdaotao bachoc",
        UnitColumn.OWNERSHIP: "loaihinhtruong conglaptuthuc loaihinhsohuu",
        UnitColumn.COMMUNE: "xa xaphuongthitran phuongxa xaphuongdackhu",
        UnitColumn.DISTRICT: "huyen quanhuyen huyencu huyenthixa huyentruoc",
        UnitColumn.PROVINCE: "tinh tinhtp thanhpho",
        UnitColumn.PLACE: "diadanh noiky noikyvanban",
        UnitColumn.DEPARTMENT_CODE: "masogddt masogiaoducvadaotao madonviquanly",
        UnitColumn.DEPARTMENT: "sogddt sogiaoducvadaotao donviquanly coquanquanly",
        UnitColumn.FORMER_NAME: "tentruocday tentruoc",
        UnitColumn.RENAMED_SINCE: "ngaydoiten doitentu",
        UnitColumn.MERGED_INTO: "sapnhapvao sapnhapvaodonvi donvisapnhapvao madonvisapnhap",
        UnitColumn.MERGED_SINCE: "tungay ngaysapnhap sapnhaptu",
        UnitColumn.NOTE: "luuy",
    }
)
