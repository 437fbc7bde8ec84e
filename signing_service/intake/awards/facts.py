"""What the decision says about itself: keys in one column, values in the next, in any order and on any sheet that is no list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from signing_service.intake.collecting import Place
from signing_service.intake.text import clean, clean_lines, folded, raw_text
from signing_service.intake.workbook import CellValue, Sheet

_BASIS: Final = re.compile(r"căn cứ\s+(\S.*)", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"điều\s+\d{1,2}\s*[.:]\s*(\S.*)", re.IGNORECASE)
_DATE_LINE: Final = re.compile(r"[^,]{2,60},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(.*?)\s*(\d{1,2})")


class Fact(StrEnum):
    """Something that a decision states; the value is what a message calls it."""

    NUMBER = "Số quyết định"
    DATED = "Ngày ban hành"
    OFFICE = "Cơ quan ban hành"
    SUPERIOR = "Cơ quan chủ quản"
    POWER = "Thẩm quyền"
    PLACE = "Địa danh"
    SIGNER = "Người ký"
    SIGNER_CODE = "Mã định danh người ký"
    SIGNING_TITLE = "Chức danh người ký"
    SCHOOL_YEAR = "Năm học"
    SUBJECT = "Trích yếu"
    PROPOSED_BY = "Theo đề nghị của"
    COLLECTIVES = "Số tập thể"
    INDIVIDUALS = "Số cá nhân"
    SENT_TO = "Nơi nhận"
    BASIS = "Căn cứ"
    CAMPAIGN = "Phong trào"
    ARTICLE = "Điều"


_FACTS: Final = MappingProxyType(
    {
        spelling: fact
        for fact, spellings in {
            Fact.NUMBER: "soquyetdinh quyetdinhso so sokyhieu sovakyhieu",
            Fact.DATED: "ngaybanhanh ngayky ngayquyetdinh ngaykyquyetdinh ngaythang",
            Fact.OFFICE: "coquanbanhanh donvibanhanh coquan coquanquyetdinh",
            Fact.SUPERIOR: "coquanchuquan coquancaptren",
            Fact.POWER: "thamquyen thamquyenquyetdinh capthamquyen",
            Fact.PLACE: "diadanh noibanhanh",
            Fact.SIGNER: "nguoiky hotennguoiky nguoikyquyetdinh",
            Fact.SIGNER_CODE: "madinhdanhnguoiky manguoiky macanbonguoiky",
            Fact.SIGNING_TITLE: "chucdanhnguoiky chucvunguoiky chucdanhky quyenhanchucvu",
            Fact.SCHOOL_YEAR: "namhoc",
            Fact.SUBJECT: "trichyeu veviec vv noidungquyetdinh",
            Fact.PROPOSED_BY: "theodenghicua denghicua xetdenghicua coquandenghi",
            Fact.COLLECTIVES: "sotapthe soluongtapthe tongsotapthe",
            Fact.INDIVIDUALS: "socanhan soluongcanhan tongsocanhan",
            Fact.SENT_TO: "noinhan",
            Fact.BASIS: "cancu cancuphaply",
            Fact.CAMPAIGN: "phongtrao chuyende phongtraothidua",
            Fact.ARTICLE: "dieu",
        }.items()
        for spelling in spellings.split()
    }
)
_SEVERAL: Final = frozenset({Fact.BASIS, Fact.CAMPAIGN, Fact.ARTICLE, Fact.SENT_TO})


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and the cell that it stands in."""

    value: CellValue
    place: Place

    @property
    def text(self) -> str:
        """The value as one clean line."""
        return clean(raw_text(self.value))

    @property
    def lines(self) -> tuple[str, ...]:
        """The value's lines, those without text left out."""
        return tuple(filter(None, clean_lines(raw_text(self.value)).split("\n")))


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Everything stated, in the order of the sheet, and what else stands on it."""

    stated: Mapping[Fact, tuple[Stated, ...]]
    letterhead: tuple[Stated, ...]
    """The filled cells above the first key."""
    sheet: str

    def first(self, fact: Fact) -> Stated | None:
        """The one value of a fact, or None where it is not stated or blank."""
        return next((stated for stated in self.stated.get(fact, ()) if stated.text), None)

    def every(self, fact: Fact) -> tuple[Stated, ...]:
        """All values of a fact that may be stated several times."""
        return tuple(stated for stated in self.stated.get(fact, ()) if stated.text)


def read_facts(sheets: Sequence[Sheet]) -> DecisionFacts | None:
    """The facts of the sheet that states the decision's number, or None when none does."""
    for sheet in sheets:
        found = _of_sheet(sheet)
        if Fact.NUMBER in found.stated:
            return found
    return None


def _of_sheet(sheet: Sheet) -> DecisionFacts:
    stated: dict[Fact, list[Stated]] = {}
    letterhead: list[Stated] = []
    for row in range(1, sheet.height + 1):
        pair = _pair(sheet, row)
        if pair is None:
            if not stated:
                letterhead += [Stated(value, Place(sheet.name, row, column)) for column, value in sheet.filled(row)]
            continue
        fact, value = pair
        if fact in _SEVERAL or fact not in stated:
            stated.setdefault(fact, []).append(value)
    return DecisionFacts({fact: tuple(values) for fact, values in stated.items()}, tuple(letterhead), sheet.name)


def _pair(sheet: Sheet, row: int) -> tuple[Fact, Stated] | None:
    cells = list(_texts(sheet, row))
    for position, (column, text) in enumerate(cells):
        fact = _fact(text)
        if fact is not None:
            at = cells[position + 1][0] if position + 1 < len(cells) else column + 1
            return fact, Stated(sheet.value(row, at), Place(sheet.name, row, at))
        within = _within(text)
        if within is not None:
            return within[0], Stated(within[1], Place(sheet.name, row, column))
    return None


def _within(text: str) -> tuple[Fact, str] | None:
    """A key and its value in one cell, as a decision is written: `Số: 123/QĐ-UBND`, `Căn cứ Luật …`, `Ea Sương, ngày … tháng … năm …`."""
    key, colon, value = text.partition(":")
    fact = _fact(key) if colon and value.strip() else None
    if fact is not None:
        return fact, value.strip()
    if basis := _BASIS.fullmatch(text):
        return Fact.BASIS, basis[1]
    if article := _ARTICLE.fullmatch(text):
        return Fact.ARTICLE, article[1]
    if dated := _DATE_LINE.fullmatch(text):
        return Fact.DATED, f"{dated[1]}/{dated[2]}/{dated[3]}"
    return None


def _texts(sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    for column, value in sheet.filled(row):
        yield column, clean(raw_text(value))


def _fact(text: str) -> Fact | None:
    key = text.removesuffix(":").strip()
    numbered = _NUMBERED.fullmatch(key)
    return _FACTS.get(folded(key)) or (_FACTS.get(folded(numbered[1])) if numbered else None)
