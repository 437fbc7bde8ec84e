"""The two halves of the annex: each row becomes a line of the decision, or names what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from signing_service.directory.units import DISTRICTS_ENDED
from signing_service.ids import PersonCode
from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.rows import AwardRow, CouncilSize
from signing_service.intake.awards.standards import check_standard, titled
from signing_service.intake.awards.tables import AwardTable
from signing_service.intake.ethnicities import official_name
from signing_service.intake.text import folded, name_key
from signing_service.records.awards.authority import AuthorityKind
from signing_service.records.awards.catalogue import AwardCatalogue, TitleRule
from signing_service.records.awards.decision import Area, Award, CollectiveAward, IndividualAward, Occasion, Section
from signing_service.records.awards.standards import Nomination

_OCCASIONS: Final = MappingProxyType(
    {
        "thuongxuyen": Occasion.REGULAR,
        "congtrang": Occasion.REGULAR,
        "theocongtrang": Occasion.REGULAR,
        "theocongtrangvathanhtich": Occasion.REGULAR,
        "chuyende": Occasion.THEMATIC,
        "theochuyende": Occasion.THEMATIC,
        "phongtrao": Occasion.THEMATIC,
        "dotxuat": Occasion.SUDDEN,
    }
)
_DISTRICT: Final = re.compile(r"\b(?:huyện|quận|thị xã)\s", re.IGNORECASE)
_LEADING: Final = MappingProxyType({"ông": "Ông", "bà": "Bà", "em": "Em"})
_SALUTATIONS: Final = MappingProxyType({"ong": "Ông", "ba": "Bà", "em": "Em", "nam": "Ông", "nu": "Bà"})


@dataclass(frozen=True, slots=True)
class DecisionFrame:
    """What the lines of an annex are read against."""

    dated: date
    catalogue: AwardCatalogue
    authority: AuthorityKind | None
    """None where the issuing office could not be told; its powers are then not checked here."""
    campaigns: tuple[str, ...]
    council: CouncilSize | None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A sound line and the row that it came from."""

    sheet: str
    row: int
    line: CollectiveAward | IndividualAward


@dataclass(slots=True)
class _Seen:
    """What earlier rows of the list hold."""

    numbers: dict[int, int] = field(default_factory=dict)
    awards: dict[tuple[str, str, str], int] = field(default_factory=dict)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_annex(table: AwardTable, section: Section, frame: DecisionFrame, findings: AwardFindings) -> tuple[ReadLine, ...]:
    """The sound lines of one half, in the order of the list; every error of the others is in the findings."""
    seen = _Seen()
    lines = []
    for row in _rows(table, findings):
        line = _collective(row, frame) if section is Section.COLLECTIVE else _individual(row, frame)
        _check_against(row, line, seen)
        if row.sound:
            lines.append(ReadLine(table.sheet.name, row.row, line))
    numbers = sorted(line.line.number for line in lines)
    if numbers and len(numbers) == len(seen.numbers) and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        findings.warn("golden-book-number-gap", table.place())
    return tuple(lines)


def count_rows(table: AwardTable) -> int:
    """How many recipients the list has, sound or not."""
    return sum(1 for row in table.data_rows() if not _is_group_heading(table, row))


def _rows(table: AwardTable, findings: AwardFindings) -> Iterator[AwardRow]:
    for number in table.data_rows():
        if _is_group_heading(table, number):
            findings.warn("row-passed-over", table.place(number))
        else:
            yield AwardRow(table, number, findings)


def _is_group_heading(table: AwardTable, row: int) -> bool:
    """A row such as `I. Danh hiệu Lao động tiên tiến`: some text, and nothing in any other column than number and name."""
    return {column for column in table.columns if table.text(row, column)} <= {Column.NUMBER, Column.GOLDEN_BOOK, table.name_column}


def _collective(row: AwardRow, frame: DecisionFrame) -> CollectiveAward:
    title = _title(row, frame, Section.COLLECTIVE)
    advanced, headcount = row.number(Column.ADVANCED_WORKERS), row.number(Column.HEADCOUNT)
    if advanced is not None and headcount is not None and advanced > headcount:
        row.refuse("workers-more-than-headcount", Column.ADVANCED_WORKERS)
    line = CollectiveAward(
        number=_number(row),
        name=row.name(row.table.name_column, person=False),
        award=_award(row, title, frame),
        area=_area(row, frame),
        votes=row.votes(frame.council),
        advanced_workers=advanced,
        headcount=headcount,
        note=row.text(Column.NOTE),
    )
    if title is not None:
        nomination = Nomination(
            votes=line.votes,
            advanced_workers=advanced,
            headcount=headcount,
            disciplined=row.flag(Column.DISCIPLINED),
            under_discipline=row.flag(Column.UNDER_DISCIPLINE),
        )
        check_standard(row, nomination, title)
    return line


def _individual(row: AwardRow, frame: DecisionFrame) -> IndividualAward:
    title = _title(row, frame, Section.INDIVIDUAL)
    code = row.text(Column.CODE)
    salutation, name = _addressed(row)
    line = IndividualAward(
        number=_number(row),
        salutation=salutation,
        name=name,
        position=row.text(Column.POSITION),
        unit=row.required(Column.UNIT),
        award=_award(row, title, frame),
        code=PersonCode(code) if code else None,
        ethnicity=_ethnicity(row),
        area=_area(row, frame),
        votes=row.votes(frame.council),
        rating=row.rating(),
        initiative=row.text(Column.INITIATIVE),
        note=row.text(Column.NOTE),
    )
    if title is not None:
        under_discipline = row.flag(Column.UNDER_DISCIPLINE)
        check_standard(row, Nomination(line.votes, line.rating, line.initiative, under_discipline=under_discipline), title)
    return line


def _title(row: AwardRow, frame: DecisionFrame, section: Section) -> TitleRule | None:
    title = titled(row, frame.catalogue)
    if title is None:
        return None
    if section not in title.sections:
        row.refuse("title-for-others", Column.TITLE)
    if frame.authority is not None and frame.authority not in title.granted_by:
        row.refuse("title-not-granted-here", Column.TITLE, title.clause)
    elif title.not_checked is not None:
        row.warn("standard-not-in-workbook", Column.TITLE, title.not_checked)
    return title


def _award(row: AwardRow, title: TitleRule | None, frame: DecisionFrame) -> Award:
    campaign = row.text(Column.CAMPAIGN)
    occasion = _occasion(row, campaign)
    if occasion is Occasion.THEMATIC and campaign is None:
        row.refuse("campaign-missing", Column.CAMPAIGN)
    if occasion is not Occasion.THEMATIC and campaign is not None:
        row.warn("campaign-unexpected", Column.CAMPAIGN)
    listed = next((name for name in frame.campaigns if campaign is not None and folded(name) == folded(campaign)), None)
    if campaign is not None and listed is None and frame.campaigns:
        row.refuse("campaign-not-listed", Column.CAMPAIGN)
    key, name = (title.key, title.name) if title is not None else ("", "")
    return Award(key, name, occasion, row.required(Column.ACHIEVEMENT), listed or campaign)


def _occasion(row: AwardRow, campaign: str | None) -> Occasion:
    text = row.table.text(row.row, Column.OCCASION)
    derived = Occasion.REGULAR if campaign is None else Occasion.THEMATIC
    if not text:
        row.warn("occasion-derived", Column.OCCASION)
        return derived
    found = _OCCASIONS.get(folded(text).removeprefix("khen"))
    if found is None:
        row.refuse("occasion-unknown", Column.OCCASION)
    return found or derived


def _number(row: AwardRow) -> int:
    column = Column.GOLDEN_BOOK if Column.GOLDEN_BOOK in row.table.columns else Column.NUMBER
    found = row.number(column)
    if not found and row.table.text(row.row, column) in {"", "0"}:
        row.refuse("golden-book-number-missing", column)
    return found or 0


def _addressed(row: AwardRow) -> tuple[str, str]:
    """Form of address and name; without a column of its own the form of address may lead the name."""
    name = row.name(row.table.name_column, person=True)
    for column in (Column.SALUTATION, Column.SEX):
        text = row.table.text(row.row, column)
        if text:
            found = _SALUTATIONS.get(folded(text))
            if found is None:
                row.refuse("salutation-unknown", column)
            return found or "", name
    first, _, rest = name.partition(" ")
    if not {Column.SALUTATION, Column.SEX} & row.table.columns.keys() and first.casefold() in _LEADING and rest:
        return _LEADING[first.casefold()], rest
    row.refuse("value-missing", Column.SALUTATION, f"“{Column.SALUTATION.value}”")
    return "", name


def _ethnicity(row: AwardRow) -> str | None:
    text = row.text(Column.ETHNICITY)
    official = official_name(text) if text else None
    if text and official is None:
        row.warn("ethnicity-unknown", Column.ETHNICITY)
    return official or text


def _area(row: AwardRow, frame: DecisionFrame) -> Area | None:
    remote, minority = row.flag(Column.REMOTE), row.flag(Column.MINORITY)
    commune = row.text(Column.COMMUNE)
    if commune is not None and _DISTRICT.search(commune) and frame.dated >= DISTRICTS_ENDED:
        row.warn("district-named", Column.COMMUNE)
    return None if commune is None else Area(commune, remote, minority)


def _check_against(row: AwardRow, line: CollectiveAward | IndividualAward, seen: _Seen) -> None:
    if line.number:
        if line.number in seen.numbers:
            row.refuse("golden-book-number-doubled", Column.NUMBER, str(seen.numbers[line.number]))
        seen.numbers.setdefault(line.number, row.row)
    code = line.code if isinstance(line, IndividualAward) else None
    who = code or f"{name_key(line.name)}/{folded(line.unit) if isinstance(line, IndividualAward) else ''}"
    key = (who, line.award.title, line.award.campaign or line.award.occasion.value)
    # Two unlike deeds may each be honoured for themselves.
    if line.award.occasion is not Occasion.SUDDEN and line.award.title and line.name:
        if key in seen.awards:
            row.refuse("recipient-doubled", None, str(seen.awards[key]))
        seen.awards.setdefault(key, row.row)
    if code is not None and line.name:
        name, first = seen.names.setdefault(code, (name_key(line.name), row.row))
        if name != name_key(line.name):
            row.refuse("recipient-code-two-names", row.table.name_column, str(first))
