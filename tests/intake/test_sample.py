"""The shipped sample class: it is what its generator makes, nobody real is in it, and it imports without a word."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.records.transcript import PromotionStatus, Title
from signing_service.sample import SAMPLE_ISSUER, SAMPLE_PRINCIPAL, SAMPLE_STAFF, sample_class_workbook
from tests.samples.class_7b import workbook_7b
from tests.samples.sheets import workbook_bytes


@pytest.fixture(scope="module")
def imported() -> IntakeResult:
    return read_transcripts(sample_class_workbook(), schools=(KnownSchool(SAMPLE_ISSUER, SAMPLE_STAFF),), today=date(2026, 11, 24))


def test_the_shipped_file_is_what_the_generator_makes_cell_by_cell() -> None:
    shipped = openpyxl.load_workbook(io.BytesIO(sample_class_workbook()))
    made = openpyxl.load_workbook(io.BytesIO(workbook_bytes(workbook_7b())))
    assert shipped.sheetnames == made.sheetnames
    for one, other in zip(shipped.worksheets, made.worksheets, strict=True):
        assert [tuple(c.value for c in row) for row in one] == [tuple(c.value for c in row) for row in other], one.title
        assert sorted(map(str, one.merged_cells.ranges)) == sorted(map(str, other.merged_cells.ranges))


def test_the_generator_makes_the_same_bytes_twice() -> None:
    assert workbook_bytes(workbook_7b()) == workbook_bytes(workbook_7b())


def test_forty_five_pupils_come_in_without_an_error_or_a_warning(imported: IntakeResult) -> None:
    assert (len(imported.records), imported.errors, imported.warnings) == (45, (), ())


def test_the_class_has_every_kind_of_year(imported: IntakeResult) -> None:
    years = [row.transcript for row in imported.records]
    titles = Counter(t.title for t in years)
    assert titles[Title.EXCELLENT] >= 2
    assert titles[Title.VERY_GOOD] >= 4
    before = Counter(t.promotion.status for t in years)
    assert before[PromotionStatus.PENDING_RETEST] == 2
    assert before[PromotionStatus.PENDING_SUMMER_CONDUCT] == 1
    assert before[PromotionStatus.NOT_PROMOTED] == 1
    after = Counter(t.after_summer.promotion.status for t in years if t.after_summer)
    assert after == {PromotionStatus.PROMOTED: 2, PromotionStatus.NOT_PROMOTED: 1}
    assert any(t.year.lifted_because_of for t in years if t.year)
    assert any(s.reassessed_mark is not None for t in years for s in t.subjects)


def test_names_carry_the_letters_of_the_highlands(imported: IntakeResult) -> None:
    names = " ".join(row.transcript.pupil.name for row in imported.records)
    for letters in ("H'", "Y ", "Ƀ", "ĕ", "ŏ", "ê̆", "ĭ", "ơ̆".upper(), "ñ".upper()):
        assert letters in names, letters


def test_nobody_real_can_be_meant(imported: IntakeResult) -> None:
    for row in imported.records:
        pupil = row.transcript.pupil
        assert pupil.personal_id is not None
        assert pupil.personal_id.startswith("099")
        assert pupil.code.startswith("99")
    assert len({row.transcript.pupil.name for row in imported.records}) == 45


def test_nobody_of_the_outside_material_is_in_it(shared: Path, imported: IntakeResult) -> None:
    outside = "".join(path.read_text("utf-8") for path in sorted((shared / "data").glob("*.expected.json")))
    for row in imported.records:
        assert row.transcript.pupil.name not in outside
        assert row.transcript.pupil.code not in outside


def test_those_who_sign_have_their_codes_from_the_register(imported: IntakeResult) -> None:
    first = imported.records[0].transcript
    assert first.issuer == SAMPLE_ISSUER
    assert first.principal.code == SAMPLE_PRINCIPAL.code
    assert first.homeroom_teacher.code == SAMPLE_STAFF[1].code
    assert all(subject.teacher and subject.teacher.code for subject in first.subjects)
