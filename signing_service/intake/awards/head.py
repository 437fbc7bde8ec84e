"""The decision's own statements, checked: number, day, catalogue, legal bases, and the counts that the annex has to meet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.intake.awards.annex import count_rows
from signing_service.intake.awards.facts import DecisionFacts, Fact, Stated
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.sheets import Kind
from signing_service.intake.awards.tables import AwardTable
from signing_service.intake.awards.wording import legal_basis
from signing_service.intake.cells import read_date, read_whole_number
from signing_service.intake.characters import printable
from signing_service.intake.collecting import Place
from signing_service.intake.findings import Severity
from signing_service.intake.text import folded
from signing_service.records.awards.catalogue import AwardCatalogue, catalogue_on
from signing_service.records.awards.decision import LegalBasis

_NUMBER: Final = re.compile(r"\d{1,6}\s*/.*QĐ.*", re.IGNORECASE)
_NUMBER_ABOVE: Final = re.compile(r"quyết định số:?\s*([^\s,;)]+)", re.IGNORECASE)
_SCHOOL_YEAR: Final = re.compile(r"(20\d\d)\s*[-–—]\s*(20\d\d)")
_STATED_COUNTS: Final = ((Fact.COLLECTIVES, Kind.COLLECTIVES), (Fact.INDIVIDUALS, Kind.INDIVIDUALS))


@dataclass(frozen=True, slots=True)
class DecisionHead:
    """What holds for the decision as a whole."""

    number: str
    row: int
    dated: date
    school_year: str | None
    legal_bases: tuple[LegalBasis, ...]


def read_day(facts: DecisionFacts, today: date | None, findings: AwardFindings) -> date | None:
    """The day of the decision, None where it is missing or impossible."""
    stated = facts.first(Fact.DATED)
    if stated is None:
        findings.refuse("value-missing", Place(facts.sheet), f"“{Fact.DATED.value}”")
        return None
    reading = read_date(stated.value)
    if reading.trouble:
        note = findings.refuse if reading.severity is Severity.ERROR else findings.warn
        note(reading.trouble, stated.place)
    if reading.value is not None and today is not None and reading.value > today:
        findings.warn("decision-dated-ahead", stated.place)
    return reading.value


def choose_catalogue(
    facts: DecisionFacts, day: date, catalogues: tuple[AwardCatalogue, ...] | None, findings: AwardFindings
) -> AwardCatalogue | None:
    """The catalogue of the decision's day, None where none reaches it; one that is carried over is pointed out."""
    stated = facts.first(Fact.DATED)
    place = stated.place if stated else Place(facts.sheet)
    try:
        catalogue = catalogue_on(day, catalogues)
    except InvalidInputError:
        findings.refuse("catalogue-unknown", place)
        return None
    if not catalogue.confirmed:
        findings.warn("catalogue-carried-over", place)
    return catalogue


def read_head(facts: DecisionFacts, day: date, tables: Mapping[Kind, AwardTable], findings: AwardFindings) -> DecisionHead | None:
    """Number, school year and legal bases, checked against the annex; None without a number."""
    _check_texts(facts, findings)
    _check_counts(facts, tables, findings)
    bases = _bases(facts, day, findings)
    number = facts.first(Fact.NUMBER)
    if number is None:
        findings.refuse("value-missing", Place(facts.sheet), f"“{Fact.NUMBER.value}”")
        return None
    if not _NUMBER.fullmatch(number.text):
        findings.refuse("decision-number-form", number.place)
    _check_number_above(number, tables, findings)
    year = facts.first(Fact.SCHOOL_YEAR)
    match = _SCHOOL_YEAR.search(year.text if year else " ".join(stated.text for stated in facts.letterhead))
    return DecisionHead(number.text, number.place.row, day, f"{match[1]}-{match[2]}" if match else None, bases)


def _bases(facts: DecisionFacts, day: date, findings: AwardFindings) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for stated in facts.every(Fact.BASIS):
        bases = tuple(map(legal_basis, stated.lines))
        if any(basis.dated is not None and basis.dated > day for basis in bases):
            findings.warn("basis-after-decision", stated.place)
        found += bases
    return tuple(found)


def _check_texts(facts: DecisionFacts, findings: AwardFindings) -> None:
    for values in facts.stated.values():
        for stated in values:
            if not printable(stated.text):
                findings.refuse("text-characters", stated.place)


def _check_counts(facts: DecisionFacts, tables: Mapping[Kind, AwardTable], findings: AwardFindings) -> None:
    for fact, kind in _STATED_COUNTS:
        stated = facts.first(fact)
        rows = count_rows(tables[kind]) if kind in tables else 0
        if stated is not None and read_whole_number(stated.value) != rows:
            findings.refuse("count-differs", stated.place, str(rows))


def _check_number_above(number: Stated, tables: Mapping[Kind, AwardTable], findings: AwardFindings) -> None:
    for table in tables.values():
        for row, column, text in table.above():
            match = _NUMBER_ABOVE.search(text)
            if match is not None and folded(match[1]) != folded(number.text):
                findings.refuse("decision-number-differs", Place(table.sheet.name, row, column))
