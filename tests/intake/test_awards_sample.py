"""The shipped award decision: what its generator makes, nobody real, and three nominations refused."""

import io
from datetime import date

import openpyxl
import pytest

from signing_service.intake.awards.reading import read_awards
from signing_service.intake.awards.result import AwardIntake
from signing_service.sample.awards import SAMPLE_AUTHORITY, SAMPLE_SIGNATORY, sample_award_workbook
from tests.sample_awards import sample_awards
from tests.samples.sheets import workbook_bytes


@pytest.fixture(scope="module")
def intake() -> AwardIntake:
    return read_awards(sample_award_workbook(), authorities=(SAMPLE_AUTHORITY,), today=date(2026, 11, 24))


def test_the_shipped_file_is_what_the_generator_makes_cell_by_cell() -> None:
    shipped = openpyxl.load_workbook(io.BytesIO(sample_award_workbook()))
    made = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sample_awards())))
    assert shipped.sheetnames == made.sheetnames
    for one, other in zip(shipped.worksheets, made.worksheets, strict=True):
        assert [tuple(c.value for c in row) for row in one] == [tuple(c.value for c in row) for row in other], one.title
        assert sorted(map(str, one.merged_cells.ranges)) == sorted(map(str, other.merged_cells.ranges))


def test_fifteen_collectives_and_forty_four_people_without_a_warning(intake: AwardIntake) -> None:
    assert intake.warnings == ()
    assert intake.decision is not None
    decision = intake.decision.decision
    assert (len(decision.collectives), len(decision.individuals)) == (15, 44)
    assert (decision.authority, decision.signatory) == (SAMPLE_AUTHORITY, SAMPLE_SIGNATORY)


def test_three_nominations_are_refused_for_one_reason_each(intake: AwardIntake) -> None:
    assert [(finding.row, finding.code) for finding in intake.errors] == [
        (7, "votes-below-standard"),
        (8, "under-discipline"),
        (9, "advanced-workers-below-standard"),
    ]


def test_nobody_real_can_be_meant(intake: AwardIntake) -> None:
    assert intake.decision is not None
    decision = intake.decision.decision
    assert all((line.code or "").startswith("99") for line in decision.individuals)
    assert len({line.name for line in decision.individuals}) == 44
    assert {word for line in decision.individuals for word in ("Vàng", "Xanh", "Sáng", "Biếc") if word in line.name} == {
        "Vàng",
        "Xanh",
        "Sáng",
        "Biếc",
    }
