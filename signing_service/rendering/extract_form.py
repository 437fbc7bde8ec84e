"""What stands on an extract (trích sao) of a transcript: the year's results, and of the pupil only name and class.

Left out on purpose: personal ID, codes, birth, parents, address, ethnicity, health, remarks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from signing_service.records.canonical import record_digest
from signing_service.records.jcs import JsonValue
from signing_service.records.transcript import EducationLevel, Subject, Transcript, TranscriptRecord
from signing_service.rendering.entries import Entry, place_and_date, printed_entries, printed_mark, printed_school_year
from signing_service.rendering.primary_form import primary_outcome, printed_level, printed_reassessment, printed_test_mark
from signing_service.rendering.printable import Printed
from signing_service.rendering.secondary_form import is_free_choice, secondary_outcome
from signing_service.rendering.shared_form import LEVEL_NAMES


@dataclass(frozen=True, slots=True)
class CopyNote:
    """Who copies, when and under which number (Nghị định 30/2020/NĐ-CP, Điều 25 and Phụ lục I)."""

    body: str
    """The organisation that copies and signs (cơ quan sao)."""
    place: str
    copied_at: datetime
    """Aware; printed as the day in Vietnam."""
    number: str | None = None
    """Số, kí hiệu bản sao, such as `12/TrS-THCSSM`."""


def printed_extract(record: TranscriptRecord, note: CopyNote) -> dict[str, Printed]:
    """The extract, entry by entry."""
    transcript = record.transcript
    name = transcript.pupil.name
    columns, subjects = _subjects(transcript)
    school_year = printed_school_year(transcript.school_year)
    return {
        "title": f"Trích sao học bạ {name}, lớp {transcript.class_name}, năm học {transcript.school_year}",
        "description": f"Trích sao học bạ do {note.body} sao",
        "copying-body": note.body,
        "number": note.number,
        "place-and-date": place_and_date(note.place, note.copied_at),
        "level-name": LEVEL_NAMES[transcript.level],
        "authority": transcript.issuer.department_name or transcript.issuer.commune,
        "school": transcript.issuer.school_name,
        "school-year": school_year,
        "pupil-name": name,
        "lines": printed_entries(
            Entry("Lớp", transcript.class_name), Entry("Năm học", school_year), Entry("Trường", transcript.issuer.school_name, wide=True)
        ),
        "columns": columns,
        "subjects": subjects,
        "outcome": _outcome(transcript),
        "basis": f"Trích từ học bạ có mã hồ sơ {record.record_id}. Không trích: thông tin cá nhân, điểm học kì, nhận xét.",
    }


def extract_data(record: TranscriptRecord, note: CopyNote, printed: Mapping[str, Printed]) -> JsonValue:
    """What the extract carries for programs: the printed results, and the record that they come from, by digest."""
    return {
        "kind": "transcript-extract",
        "record_id": record.record_id,
        "record_sha256": record_digest(record),
        "copying_body": note.body,
        "number": note.number,
        "copied_at": note.copied_at.isoformat(timespec="seconds"),
        "school": record.transcript.issuer.school_name,
        "school_year": record.transcript.school_year,
        "class_name": record.transcript.class_name,
        "pupil_name": record.transcript.pupil.name,
        "columns": _strings(printed["columns"]),
        "subjects": _strings(printed["subjects"]),
        "outcome": _strings(printed["outcome"]),
    }


def _strings(printed: Printed) -> JsonValue:
    if isinstance(printed, list):
        return [_strings(item) for item in printed]
    if isinstance(printed, dict):
        return {name: _strings(item) for name, item in printed.items()}
    return str(printed) if isinstance(printed, float) else printed


def _subjects(transcript: Transcript) -> tuple[list[Printed], list[Printed]]:
    """The headings of the columns and the rows; what was assessed again has a column only where there is something in it."""
    primary = transcript.level is EducationLevel.PRIMARY
    headings = ("Mức đạt được", "Điểm KTĐK", "Đánh giá bổ sung") if primary else ("Cả năm", "Đánh giá lại")
    rows = [(subject, _primary_figures(subject) if primary else _secondary_figures(subject)) for subject in transcript.subjects]
    shown = [number for number in range(len(headings)) if number == 0 or any(figures[number] for _, figures in rows)]
    return [headings[number] for number in shown], [
        {
            "name": subject.name,
            "mark": "tự chọn" if is_free_choice(subject) else "",
            "figures": [figures[number] for number in shown],
        }
        for subject, figures in rows
    ]


def _primary_figures(subject: Subject) -> tuple[str, ...]:
    return printed_level(subject.level), printed_test_mark(subject.test_mark), printed_reassessment(subject)


def _secondary_figures(subject: Subject) -> tuple[str, ...]:
    return (
        printed_mark(subject.year_average, subject.year_comment),
        printed_mark(subject.reassessed_mark, subject.reassessed_comment),
    )


def _outcome(transcript: Transcript) -> list[Printed]:
    if transcript.level is EducationLevel.PRIMARY:
        return primary_outcome(transcript)
    year = transcript.secondary_year
    return [*printed_entries(Entry("Học tập", year.learning), Entry("Rèn luyện", year.conduct)), *secondary_outcome(transcript)]
