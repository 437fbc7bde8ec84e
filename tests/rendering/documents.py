"""The example documents that these tests look at, and the ways they look into them."""

import io
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pypdf

from signing_service.ids import ShortCode
from signing_service.records.canonical import canonical_bytes
from signing_service.records.transcript import EducationLevel, Subject, Transcript, TranscriptRecord
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.transcript import render_transcript
from tests.records_factory import example_primary_transcript, example_record, example_transcript

LINK = PrintedLink(url="https://hocba.example/v/0123456789abcdefghjkmnpqrstvwxyz", short_code=ShortCode("7KQ2-M9XD-4TBW"))
RECORD_JSON = canonical_bytes(example_record())

_UPPER_SECONDARY = (
    ("TOAN", "Toán", "8.9"),
    ("NV", "Ngữ văn", "8.1"),
    ("NN1", "Ngoại ngữ 1 (Tiếng Anh)", "7.4"),
    ("LS", "Lịch sử", "8.0"),
    ("GDQP", "Giáo dục quốc phòng và an ninh", "8.8"),
    ("VL", "Vật lí", "9.0"),
    ("HH", "Hoá học", "8.3"),
    ("KTPL", "Giáo dục kinh tế và pháp luật", "8.5"),
    ("TDT", "Tiếng dân tộc thiểu số (Tiếng Ê Đê)", "9.3"),
    ("AN", "Âm nhạc", None),
    ("GDTC", "Giáo dục thể chất", None),
    ("TNHN", "Hoạt động trải nghiệm, hướng nghiệp", None),
    ("GDDP", "Nội dung giáo dục của địa phương", None),
)


@lru_cache(maxsize=1)
def example_document() -> RenderedDocument:
    return render_transcript(example_record(), LINK, record_json=RECORD_JSON)


def rendered(record: TranscriptRecord) -> RenderedDocument:
    return render_transcript(record, LINK, record_json=canonical_bytes(record))


def primary_record(**changes: Any) -> TranscriptRecord:
    return example_record(transcript=example_primary_transcript(**changes))


def upper_secondary_transcript(**changes: Any) -> Transcript:
    """The invented pupil three grades on: eight compulsory subjects, four chosen ones and one taken freely."""
    base = example_transcript()
    scored, comment = base.subjects[0], base.subjects[-1]

    def subject(number: int, code: str, name: str, average: str | None) -> Subject:
        pattern = comment if average is None else scored
        year = None if average is None else Decimal(average)
        model = base.subjects[number % len(base.subjects)]
        return replace(pattern, code=code, name=name, year_average=year, teacher=model.teacher, remark=model.remark, optional=code == "TDT")

    transcript = replace(
        base,
        form="thpt-2021",
        level=EducationLevel.UPPER_SECONDARY,
        grade=10,
        class_name="10A1",
        subjects=tuple(subject(number, *row) for number, row in enumerate(_UPPER_SECONDARY)),
    )
    return replace(transcript, **changes)


def text_of(pdf: bytes) -> str:
    """All text in reading order, one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
