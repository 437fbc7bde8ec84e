"""Which titles and forms there are, what each asks for and who may grant it, by the day of the decision.

The data stands in the dated files below `dated/`, one for each period, each entry with the clause that it comes from and whether that text
was read or is only remembered. A province's own rules (NĐ 152/2025, Điều 6.2c leaves dossiers and details to it) are a further folder of
the same form.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.records.awards.authority import AuthorityKind
from signing_service.records.awards.decision import Rating, Section
from signing_service.records.json_form import from_json
from signing_service.shipped import shipped_path

_DATED: Final = ("signing_service", "records", "awards", "dated")


class Requirement(StrEnum):
    """What a title asks for besides ratings and percentages."""

    EXCELLENT_OR_INITIATIVE = "excellent-or-initiative"
    """The best rating, or a recognised initiative (sáng kiến)."""
    NOT_UNDER_DISCIPLINE = "not-under-discipline"
    """Nobody about whom a disciplinary case is open."""
    NOBODY_DISCIPLINED = "nobody-disciplined"
    """No member of the collective was disciplined (cảnh cáo or worse)."""


class GoldenBook(StrEnum):
    """How far the numbers of a golden book (sổ vàng) are counted."""

    IN_DECISION = "in-decision"
    """From 1 in each half of each decision (NĐ 98/2023, Điều 104): unique together with the decision's number."""
    THROUGH_YEAR = "through-year"
    """On through all decisions of an office in a calendar year, in each half."""


@dataclass(frozen=True, slots=True)
class LegalSource:
    """An act that the catalogue rests on."""

    number: str
    name: str
    since: date | None = None
    """Its first day; None where only its number is sure."""


@dataclass(frozen=True, slots=True)
class TitleRule:
    """One title (danh hiệu thi đua) or form of award (hình thức khen thưởng)."""

    key: str
    name: str
    spellings: tuple[str, ...]
    """Other names that workbooks use."""
    sections: tuple[Section, ...]
    heading: str
    """What the certificate says above the name: `Tặng danh hiệu` or `Tặng`."""
    certificate_form: str
    granted_by: tuple[AuthorityKind, ...]
    """Empty where no office of this service decides it."""
    requires: tuple[Requirement, ...]
    clause: str
    clause_read: bool
    """Whether the text of the clause was at hand; False: from memory, to be checked against the official text."""
    rating_at_least: Rating | None = None
    votes_percent: int | None = None
    """Of all members of the council, absent ones included."""
    advanced_workers_percent: int | None = None
    """Of all members of the collective."""
    not_checked: str | None = None
    """What the title asks for that a decision's workbook does not say."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Whose power it is in an office, as the act names it."""

    kind: AuthorityKind
    title: str
    clause: str
    clause_read: bool


@dataclass(frozen=True, slots=True)
class AwardCatalogue:
    """Everything that holds for decisions of one period."""

    identifier: str
    """The name that records carry."""
    since: date
    confirmed: bool
    """False where an act of this period has not been read yet, so that its content is carried over from the period before."""
    decision_form: str
    golden_book: GoldenBook
    sources: tuple[LegalSource, ...]
    deciders: tuple[Decider, ...]
    titles: tuple[TitleRule, ...]
    until: date | None = None
    """The last day; None while nothing newer is known."""

    def title(self, key: str) -> TitleRule:
        """The title with this key.

        Raises:
            InvalidInputError: there is none (`award-title-unknown`).
        """
        for title in self.titles:
            if title.key == key:
                return title
        raise InvalidInputError(
            "award-title-unknown",
            vi=f"Danh mục {self.identifier} không có danh hiệu, hình thức khen thưởng này.",
            en=f"The catalogue {self.identifier} has no such title or form of award.",
        )


def catalogue_on(day: date, catalogues: tuple[AwardCatalogue, ...] | None = None) -> AwardCatalogue:
    """The catalogue for a decision of that day, from `catalogues` or from the shipped ones.

    Raises:
        InvalidInputError: no period reaches the day (`award-catalogue-unknown`).
    """
    for catalogue in shipped_catalogues() if catalogues is None else catalogues:
        if catalogue.since <= day and (catalogue.until is None or day <= catalogue.until):
            return catalogue
    raise InvalidInputError(
        "award-catalogue-unknown",
        vi=f"Chưa có danh mục khen thưởng cho ngày {day:%d/%m/%Y}; hãy kiểm tra ngày ban hành.",
        en=f"No catalogue of awards is known for {day.isoformat()}; check the day of the decision.",
    )


def catalogue_named(identifier: str, catalogues: tuple[AwardCatalogue, ...] | None = None) -> AwardCatalogue:
    """The catalogue that a record names.

    Raises:
        InvalidInputError: the name is not known (`award-catalogue-unknown`).
    """
    for catalogue in shipped_catalogues() if catalogues is None else catalogues:
        if catalogue.identifier == identifier:
            return catalogue
    raise InvalidInputError(
        "award-catalogue-unknown",
        vi="Hồ sơ khen thưởng dẫn danh mục chưa biết.",
        en="The award record names a catalogue that is not known.",
    )


@cache
def shipped_catalogues() -> tuple[AwardCatalogue, ...]:
    """The catalogues that ship with the program, newest first."""
    return read_catalogues(shipped_path(*_DATED))


def read_catalogues(folder: Path) -> tuple[AwardCatalogue, ...]:
    """Every `*.toml` of a folder as a catalogue, newest first.

    Raises:
        InvalidInputError: a file is no catalogue (`award-catalogue-invalid`); the message names the file and the member.
    """
    return tuple(sorted(map(_read, sorted(folder.glob("*.toml"))), key=lambda catalogue: catalogue.since, reverse=True))


def _read(file: Path) -> AwardCatalogue:
    try:
        return from_json(AwardCatalogue, tomllib.loads(file.read_text("utf-8")))
    except (InvalidInputError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            "award-catalogue-invalid",
            vi=f"Tệp danh mục {file.name} không đọc được: {error}",
            en=f"The catalogue {file.name} cannot be read: {error}",
        ) from None
