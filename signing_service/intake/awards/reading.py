"""An award workbook becomes one decision with its annex, or findings that name sheet, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.intake.awards.annex import DecisionFrame, ReadLine, read_annex
from signing_service.intake.awards.authority import read_authority, read_signatory, require_power
from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.council import read_council, size_of
from signing_service.intake.awards.facts import DecisionFacts, Fact, read_facts
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.head import DecisionHead, choose_catalogue, read_day, read_head
from signing_service.intake.awards.refused import read_refused
from signing_service.intake.awards.result import AwardIntake, ReadDecision
from signing_service.intake.awards.sheets import Kind, award_sheets
from signing_service.intake.awards.tables import AwardTable
from signing_service.intake.awards.wording import default_articles, default_subject, receivers
from signing_service.intake.collecting import Place
from signing_service.intake.findings import Finding
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.workbook import Sheet, open_workbook
from signing_service.records.awards.authority import IssuingAuthority, Signatory
from signing_service.records.awards.catalogue import AwardCatalogue
from signing_service.records.awards.decision import AwardDecision, CollectiveAward, CouncilMember, IndividualAward, Section

_HALVES: Final = ((Kind.COLLECTIVES, Section.COLLECTIVE), (Kind.INDIVIDUALS, Section.INDIVIDUAL))
_NEEDED: Final = (Column.TITLE, Column.ACHIEVEMENT)
_NUMBERS: Final = frozenset({Column.NUMBER, Column.GOLDEN_BOOK})


def read_awards(
    data: bytes,
    *,
    authorities: Sequence[IssuingAuthority] = (),
    today: date | None = None,
    catalogues: tuple[AwardCatalogue, ...] | None = None,
    limits: WorkbookLimits = DEFAULT_LIMITS,
) -> AwardIntake:
    """Read a workbook of one award decision.

    Every sound line is given; the decision itself only when all of its lines are sound. The reasons of refused nominations are errors that
    do not stop it. Nothing is stored; the same bytes give the same result.

    Args:
        data: The uploaded file; it is not trusted.
        authorities: The registered offices, by whose names the issuing office is found.
        today: The day of the import in Vietnam; a decision dated later is pointed out. None leaves that out.
        catalogues: Titles and standards by date; None takes the shipped ones.
        limits: How large the workbook may be.
    """
    try:
        sheets = open_workbook(data, limits)
    except InvalidInputError as refusal:
        return AwardIntake(None, (), (Finding("", 0, None, refusal.code, refusal.vi, refusal.en),), ())
    findings = AwardFindings()
    found = award_sheets(sheets, findings)
    facts = read_facts(found.others)
    _note_unrecognised(found.others, facts, findings)
    decision, lines = (None, ()) if facts is None else _read(found.tables, facts, _Register(authorities, catalogues, today), findings)
    errors, warnings = findings.ordered({sheet.name: position for position, sheet in enumerate(sheets)})
    return AwardIntake(decision, lines, errors, warnings)


@dataclass(frozen=True, slots=True)
class _Register:
    """What is known without the workbook."""

    authorities: Sequence[IssuingAuthority]
    catalogues: tuple[AwardCatalogue, ...] | None
    today: date | None


def _read(
    tables: Mapping[Kind, AwardTable], facts: DecisionFacts, register: _Register, findings: AwardFindings
) -> tuple[ReadDecision | None, tuple[ReadLine, ...]]:
    authority = read_authority(facts, register.authorities, findings)
    signatory = None if authority is None else read_signatory(facts, authority, findings)
    council = read_council(tables[Kind.COUNCIL], findings) if Kind.COUNCIL in tables else ()
    day = read_day(facts, register.today, findings)
    catalogue = None if day is None else choose_catalogue(facts, day, register.catalogues, findings)
    if day is None or catalogue is None:
        return None, ()
    if authority is not None:
        require_power(facts, authority, catalogue, findings)
    campaigns = tuple(name for stated in facts.every(Fact.CAMPAIGN) for name in stated.lines)
    frame = DecisionFrame(day, catalogue, authority.kind if authority else None, campaigns, size_of(council))
    lines = _annex(tables, frame, findings)
    head = read_head(facts, day, tables, findings)
    if not lines:
        findings.refuse("annex-empty", Place(""))
    stopped = bool(findings.errors)
    if Kind.REFUSED in tables:
        # Last, because the errors found here do not stop the decision.
        read_refused(tables[Kind.REFUSED], catalogue, frame.council, findings)
    if stopped or head is None or authority is None or signatory is None:
        return None, lines
    return ReadDecision(facts.sheet, head.row, _decision(head, facts, frame, (authority, signatory, council), lines)), lines


def _note_unrecognised(others: tuple[Sheet, ...], facts: DecisionFacts | None, findings: AwardFindings) -> None:
    if facts is None:
        findings.refuse("sheet-missing", Place(""), "“Quyết định”")
    for sheet in others:
        filled = any(True for row in range(1, sheet.height + 1) for _ in sheet.filled(row))
        if filled and (facts is None or sheet.name != facts.sheet):
            findings.warn("sheet-not-recognised", Place(sheet.name))


def _annex(tables: Mapping[Kind, AwardTable], frame: DecisionFrame, findings: AwardFindings) -> tuple[ReadLine, ...]:
    lines: tuple[ReadLine, ...] = ()
    for kind, section in _HALVES:
        table = tables.get(kind)
        if table is None:
            continue
        missing = [column for column in _NEEDED if column not in table.columns]
        missing += [] if _NUMBERS & table.columns.keys() else [Column.NUMBER]
        for column in missing:
            findings.refuse("heading-missing", table.place(table.heading_row), f"“{column.value}”")
        if not missing:
            lines += read_annex(table, section, frame, findings)
    if not any(kind in tables for kind, _ in _HALVES):
        findings.refuse("sheet-missing", Place(""), f"{Kind.COLLECTIVES.value}, {Kind.INDIVIDUALS.value}")
    return lines


def _decision(
    head: DecisionHead,
    facts: DecisionFacts,
    frame: DecisionFrame,
    people: tuple[IssuingAuthority, Signatory, tuple[CouncilMember, ...]],
    lines: tuple[ReadLine, ...],
) -> AwardDecision:
    authority, signatory, council = people
    collectives = tuple(read.line for read in lines if isinstance(read.line, CollectiveAward))
    individuals = tuple(read.line for read in lines if isinstance(read.line, IndividualAward))
    subject, proposed_by = facts.first(Fact.SUBJECT), facts.first(Fact.PROPOSED_BY)
    articles = tuple(stated.text for stated in facts.every(Fact.ARTICLE))
    return AwardDecision(
        catalogue=frame.catalogue.identifier,
        form=frame.catalogue.decision_form,
        number=head.number,
        dated=head.dated,
        authority=authority,
        signatory=signatory,
        subject=subject.text if subject else default_subject(head.school_year),
        school_year=head.school_year,
        legal_bases=head.legal_bases,
        campaigns=frame.campaigns,
        articles=articles or default_articles(collectives, individuals, frame.catalogue),
        sent_to=receivers(line for stated in facts.every(Fact.SENT_TO) for line in stated.lines),
        collectives=collectives,
        individuals=individuals,
        proposed_by=proposed_by.text if proposed_by else None,
        council=council,
    )
