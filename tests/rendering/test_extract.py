import io
import json
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest

from signing_service.errors import InvalidInputError
from signing_service.records.canonical import record_digest
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.document import FIELD_SIZES_MM
from signing_service.rendering.extract import render_extract
from signing_service.rendering.extract_form import CopyNote
from signing_service.rendering.marks import render_copy_mark
from tests.records_factory import example_record
from tests.rendering.documents import LINK, primary_record, text_of, upper_secondary_transcript
from tests.verapdf import validate

MM = 72 / 25.4
NOTE = CopyNote(body="Trường TH&THCS Suối Mẫu", place="Ea Mẫu", copied_at=datetime(2026, 7, 1, 3, 0, tzinfo=UTC), number="12/TrS-THTHCS")
RECORDS = {
    "thcs": example_record(),
    "thpt": example_record(transcript=upper_secondary_transcript()),
    "tieu-hoc": primary_record(),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_it_conforms_on_one_page_and_is_the_same_each_time(record: TranscriptRecord) -> None:
    document = render_extract(record, LINK, note=NOTE)
    assert validate(document.pdf) == {"3a": [], "ua1": []}
    assert len(pypdf.PdfReader(io.BytesIO(document.pdf)).pages) == 1
    assert render_extract(record, LINK, note=NOTE) == document


def test_it_says_what_it_is_who_copied_and_what_the_year_was() -> None:
    text = text_of(render_extract(example_record(), LINK, note=NOTE).pdf)
    for words in (
        "TRÍCH SAO",
        "12/TrS-THTHCS",
        "Y Blŏ Mẫu Niê Kđăm",
        "7A",
        "9,1",
        "Học sinh Giỏi",
        "Ea Mẫu, ngày 01 tháng 07 năm 2026",
        LINK.url,
    ):
        assert words in text


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_no_personal_field_reaches_the_file(record: TranscriptRecord) -> None:
    pdf = render_extract(record, LINK, note=NOTE).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["trich-sao.json"]
        data = opened.attachments["trich-sao.json"].get_file().read_bytes().decode()
    pupil = record.transcript.pupil
    private = [
        pupil.code,
        pupil.personal_id,
        f"{pupil.birth_date:%d/%m/%Y}",
        str(pupil.birth_date),
        pupil.birth_place,
        pupil.home_town,
        pupil.hamlet,
    ]
    private += [pupil.register_number, *(parent.name for parent in (pupil.father, pupil.mother) if parent)]
    private += [record.transcript.remarks.year, *(subject.remark for subject in record.transcript.subjects)]
    for place in (text_of(pdf), data):
        assert [value for value in private if value and value in place] == []
    assert json.loads(data)["record_sha256"] == record_digest(record)


def test_its_one_field_stands_top_right_and_locks_itself() -> None:
    document = render_extract(example_record(), LINK, note=NOTE)
    with pikepdf.open(io.BytesIO(document.pdf)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        left, bottom, right, top = (float(value) / MM for value in field.Rect)
        assert (str(field.T), document.field_names) == ("CO_QUAN_SAO", ("CO_QUAN_SAO",))
        assert (right - left, top - bottom) == pytest.approx(FIELD_SIZES_MM["CO_QUAN_SAO"], abs=0.01)
        assert right == pytest.approx(210 - 16, abs=0.1)
        assert top > 297 - 15
        assert [str(name) for name in field.Lock.Fields] == ["CO_QUAN_SAO"]
        assert NOTE.body in str(field.TU)


def test_a_column_for_second_assessments_appears_only_when_there_was_one() -> None:
    assert "Đánh giá lại" not in text_of(render_extract(example_record(), LINK, note=NOTE).pdf)


def test_every_input_reaches_the_file() -> None:
    later = CopyNote(body=NOTE.body, place=NOTE.place, copied_at=NOTE.copied_at.replace(second=1), number=NOTE.number)
    unnumbered = CopyNote(body=NOTE.body, place=NOTE.place, copied_at=NOTE.copied_at)
    files = {render_extract(example_record(), LINK, note=note).sha256 for note in (NOTE, later, unnumbered)}
    assert len(files) == 3
    assert "Số:" not in text_of(render_extract(example_record(), LINK, note=unnumbered).pdf)


def test_a_body_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="undrawable-character"):
        render_extract(example_record(), LINK, note=CopyNote(body="Trường 𠄼", place="Ea Mẫu", copied_at=NOTE.copied_at))


@pytest.mark.parametrize(
    "body", [NOTE.body, "Trường Phổ thông Dân tộc Nội trú Trung học cơ sở và Trung học phổ thông Mẫu " * 3], ids=["usual", "very long"]
)
def test_the_organisations_mark_is_words_without_a_picture(body: str) -> None:
    pdf = render_copy_mark("TRÍCH SAO", body, NOTE.copied_at)
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(page.extract_text().split())
    assert text.startswith("TRÍCH SAO")
    assert text.endswith("2026-07-01T10:00:00+07:00")
    assert " ".join(body.split()) in text
    assert (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM) == pytest.approx(FIELD_SIZES_MM["CO_QUAN_SAO"], abs=0.1)
    assert len(page.images) == 0
