"""Every shipped sample class: it is what its generator makes, it imports without a word, and nobody real is in it."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.records.transcript import PromotionStatus
from signing_service.sample import CLASS_3A, CLASS_7B, CLASS_11B2, SAMPLE_CLASSES, SampleClass
from tests.samples.class_3a import workbook_3a
from tests.samples.class_7b import workbook_7b
from tests.samples.class_11b2 import workbook_11b2
from tests.samples.sheets import workbook_bytes

_MADE: tuple[tuple[SampleClass, Callable[[], Workbook]], ...] = (
    (CLASS_3A, workbook_3a),
    (CLASS_7B, workbook_7b),
    (CLASS_11B2, workbook_11b2),
)
_SIZES: Mapping[str, int] = {"3A": 35, "7B": 45, "11B2": 45}
_DECIDED = (PromotionStatus.PROMOTED, PromotionStatus.NOT_PROMOTED)


def _name(sample: SampleClass) -> str:
    return sample.class_name


@pytest.fixture(scope="module", params=SAMPLE_CLASSES, ids=_name)
def sample(request: pytest.FixtureRequest) -> SampleClass:
    assert isinstance(request.param, SampleClass)
    return request.param


@pytest.fixture(scope="module")
def imported(sample: SampleClass) -> IntakeResult:
    return read_transcripts(sample.workbook(), schools=(KnownSchool(sample.issuer, sample.staff),), today=date(2026, 11, 24))


@pytest.mark.parametrize(("sample", "make"), _MADE, ids=(_name(of_class) for of_class, _ in _MADE))
def test_the_shipped_file_is_what_the_generator_makes_byte_for_byte(sample: SampleClass, make: Callable[[], Workbook]) -> None:
    assert _parts(sample.workbook()) == _parts(workbook_bytes(make()))


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """Unpacked, because builds of zlib differ in how they pack the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def test_every_pupil_comes_in_without_an_error_or_a_warning(sample: SampleClass, imported: IntakeResult) -> None:
    assert (len(imported.records), imported.errors, imported.warnings) == (_SIZES[sample.class_name], (), ())


def test_the_transcripts_are_those_of_the_class(sample: SampleClass, imported: IntakeResult) -> None:
    for row in imported.records:
        transcript = row.transcript
        assert (transcript.issuer, transcript.class_name, transcript.school_year) == (sample.issuer, sample.class_name, sample.school_year)
        assert (transcript.principal.code, transcript.homeroom_teacher.code) == (sample.principal.code, sample.homeroom_teacher.code)


def test_every_subject_is_taught_by_whom_the_class_names(sample: SampleClass, imported: IntakeResult) -> None:
    taught = {
        subject.code: (subject.teacher.code, subject.teacher.name)
        for row in imported.records
        for subject in row.transcript.subjects
        if subject.teacher
    }
    assert taught == {code: (teacher.code, teacher.name) for code, teacher in sample.teachers.items()}


def test_nothing_stands_open_so_all_can_be_issued(imported: IntakeResult) -> None:
    for row in imported.records:
        transcript = row.transcript
        promotion = transcript.promotion
        if transcript.after_summer:
            promotion = transcript.after_summer.promotion
        if transcript.primary and transcript.primary.after_reassessment:
            promotion = transcript.primary.after_reassessment.promotion
        assert promotion.status in _DECIDED


def test_nobody_real_can_be_meant(sample: SampleClass, imported: IntakeResult) -> None:
    for row in imported.records:
        pupil = row.transcript.pupil
        assert pupil.personal_id is not None
        assert pupil.personal_id.startswith("099")
        assert pupil.code.startswith("99")
    assert sample.issuer.school_code.startswith("99")
    for person in sample.staff:
        assert person.code is not None
        assert person.code.startswith("99")
        assert person.personal_id is None or person.personal_id.startswith("099")


def test_the_classes_share_no_pupil_and_no_number() -> None:
    seen: set[str] = set()
    for sample in SAMPLE_CLASSES:
        for row in read_transcripts(sample.workbook()).records:
            pupil = row.transcript.pupil
            facts = {pupil.name, str(pupil.code), str(pupil.personal_id)}
            assert not facts & seen, sample.class_name
            seen |= facts
    assert len(seen) == 3 * sum(_SIZES.values())


def test_nobody_of_the_outside_material_is_in_it(shared: Path, sample: SampleClass, imported: IntakeResult) -> None:
    outside = "".join(path.read_text("utf-8") for path in sorted((shared / "data").glob("*.expected.json")))
    for fact in _facts(sample, imported):
        assert fact not in outside


def _facts(sample: SampleClass, imported: IntakeResult) -> Iterator[str]:
    # Not the school's code: outside and here, numbers that begin with 99 are free for anybody's inventions.
    yield from (sample.issuer.school_name, sample.issuer.commune)
    for person in sample.staff:
        yield person.name
        yield str(person.code)
    for row in imported.records:
        pupil = row.transcript.pupil
        yield from (pupil.name, pupil.code, str(pupil.personal_id))
