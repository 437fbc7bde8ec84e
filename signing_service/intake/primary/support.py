"""Extra help and đánh giá bổ sung, one row for each subject, and what they make of a primary year (TT 27/2020, Điều 11.1b and c)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from signing_service.intake.headings import Field
from signing_service.intake.primary.headings import subject_code, trait_of
from signing_service.intake.primary.rows import PrimaryRow
from signing_service.intake.primary.years import PrimaryOutcome
from signing_service.records.primary import Trait, TraitLevel
from signing_service.records.rules.primary_completion import after_support, completes_grade, support_traits
from signing_service.records.rules.primary_results import PrimaryFigure, falls_short
from signing_service.records.rules.readings import Readings
from signing_service.records.transcript import AfterReassessment


@dataclass(slots=True)
class Support:
    """What the rows of one pupil say; filled while they are read."""

    again: dict[str, PrimaryFigure] = field(default_factory=dict)
    traits: dict[Trait, TraitLevel] = field(default_factory=dict)
    decisions: set[bool] = field(default_factory=set)
    last_day: date | None = None


def read_support(rows: Sequence[PrimaryRow], outcome: PrimaryOutcome) -> Support:
    """The extra help of a pupil whose year is `outcome`."""
    support = Support()
    for row in rows:
        if completes_grade(outcome.result):
            row.refuse("support-not-due", None)
            continue
        day = row.day(Field.DATE)
        support.last_day = max(filter(None, (support.last_day, day)), default=None)
        decision = row.decision()
        if decision is not None:
            support.decisions.add(decision)
        if len(support.decisions) > 1:
            row.refuse("decisions-differ", Field.DECISION)
        _assessed_again(row, outcome, support)
    return support


def apply_support(
    rows: Sequence[PrimaryRow], outcome: PrimaryOutcome, support: Support, grade: int, readings: Readings
) -> AfterReassessment | None:
    """The year decided again, or None while something that was due is not there yet."""
    if completes_grade(outcome.result):
        return None
    decision = next(iter(support.decisions), None) if len(support.decisions) == 1 else None
    after = after_support(
        outcome.figures,
        outcome.traits,
        grade=grade,
        again=support.again,
        traits_again=support.traits,
        principal_promotes=decision,
        on=support.last_day,
        readings=readings,
    )
    if after is None:
        rows[0].warn("support-incomplete", None)
    elif completes_grade(after.result) and decision is False:
        rows[0].refuse("decision-contradicts", Field.DECISION)
    return after


def _assessed_again(row: PrimaryRow, outcome: PrimaryOutcome, support: Support) -> None:
    name = row.sheet.table.text(row.row, Field.SUBJECT)
    if not name:
        return
    code = subject_code(name)
    figure = next((f for f in outcome.figures if f.code == code), None)
    trait = trait_of(name)
    if figure is not None and figure.code in outcome.promotion.retest_subjects:
        _subject_again(row, figure, support)
    elif trait is not None and trait in support_traits(outcome.result, outcome.traits):
        _trait_again(row, trait, support)
    else:
        row.refuse("retest-subject-unknown" if figure is None and trait is None else "retest-not-due", Field.SUBJECT)


def _subject_again(row: PrimaryRow, figure: PrimaryFigure, support: Support) -> None:
    if figure.code in support.again:
        row.refuse("retest-doubled", Field.SUBJECT)
        return
    level = row.again_level()
    retested = figure.test_mark is not None and falls_short(PrimaryFigure(figure.code, figure.level.COMPLETED, figure.test_mark))
    mark = row.again_mark("test-mark-missing" if retested else None)
    if level is not None:
        support.again[figure.code] = PrimaryFigure(figure.code, level, mark)


def _trait_again(row: PrimaryRow, trait: Trait, support: Support) -> None:
    if trait in support.traits:
        row.refuse("retest-doubled", Field.SUBJECT)
        return
    level = row.again_trait()
    if level is not None:
        support.traits[trait] = level
