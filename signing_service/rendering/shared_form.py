"""What stands on every transcript form alike: the front page, the head of each page and the signatures."""

from typing import Final

from signing_service.records.parties import Parent, Pupil, StudyYear
from signing_service.records.transcript import EducationLevel, Transcript, TranscriptRecord
from signing_service.rendering.entries import (
    Entry,
    place_and_date,
    printed_date,
    printed_entries,
    printed_measure,
    printed_school_year,
    signing_title,
)
from signing_service.rendering.printable import Printed

LEVEL_NAMES: Final = {
    EducationLevel.PRIMARY: "Tiểu học",
    EducationLevel.LOWER_SECONDARY: "Trung học cơ sở",
    EducationLevel.UPPER_SECONDARY: "Trung học phổ thông",
}
"""Cấp học as printed."""


def printed_shared_form(record: TranscriptRecord) -> dict[str, Printed]:
    """The entries that all forms share, by the names that the templates use."""
    transcript = record.transcript
    pupil = transcript.pupil
    level = LEVEL_NAMES[transcript.level]
    return {
        "title": f"Học bạ {pupil.name}, lớp {transcript.class_name}, năm học {transcript.school_year}",
        "description": f"Học bạ {level.lower()} do {transcript.issuer.school_name} cấp",
        "bookmark": f"Học bạ {pupil.name}",
        "level-name": level,
        "authority": transcript.issuer.department_name or transcript.issuer.commune,
        "school": transcript.issuer.school_name,
        "school-year": printed_school_year(transcript.school_year),
        "class-name": transcript.class_name,
        "register-number": pupil.register_number,
        "pupil": {"name": pupil.name, "lines": _pupil_lines(pupil)},
        "history": _history(transcript),
        "remarks": _remarks(transcript),
        "place-and-date": place_and_date(transcript.issuer.place_of_issue, record.created_at),
        "homeroom-teacher": transcript.homeroom_teacher.name,
        "principal": transcript.principal.name,
        "principal-title": signing_title(transcript.principal),
    }


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _parent_lines(label: str, parent: Parent | None) -> tuple[Entry, Entry]:
    return Entry(label, None if parent is None else parent.name), Entry("Nghề nghiệp", None if parent is None else parent.occupation)


def _pupil_lines(pupil: Pupil) -> list[Printed]:
    lines = [
        Entry("Ngày sinh", printed_date(pupil.birth_date)),
        Entry("Giới tính", pupil.sex),
        Entry("Dân tộc", pupil.ethnicity),
        Entry("Quốc tịch", pupil.nationality),
        Entry("Mã học sinh", pupil.code),
        Entry("Số định danh cá nhân", pupil.personal_id),
        Entry("Nơi sinh", pupil.birth_place, wide=True),
        Entry("Quê quán", pupil.home_town, wide=True),
        Entry("Chỗ ở hiện tại", _joined(pupil.hamlet, pupil.commune, pupil.province), wide=True),
        *_parent_lines("Họ và tên cha", pupil.father),
        *_parent_lines("Họ và tên mẹ", pupil.mother),
    ]
    if pupil.guardian is not None:
        lines += _parent_lines("Người giám hộ", pupil.guardian)
    if pupil.policy_category:
        lines.append(Entry("Diện chính sách", pupil.policy_category, wide=True))
    if pupil.learner_code:
        lines.append(Entry("Mã định danh người học", pupil.learner_code, wide=True))
    if pupil.height_cm is not None or pupil.weight_kg is not None:
        lines += [Entry("Chiều cao", printed_measure(pupil.height_cm, "cm")), Entry("Cân nặng", printed_measure(pupil.weight_kg, "kg"))]
    return printed_entries(*lines)


def _history(transcript: Transcript) -> list[Printed]:
    """The years at school; where none are known, the year of the transcript itself."""
    this_year = StudyYear(school_year=transcript.school_year, class_name=transcript.class_name, school_name=transcript.issuer.school_name)
    return [
        [printed_school_year(year.school_year), year.class_name, year.school_name, "" if year.since is None else printed_date(year.since)]
        for year in transcript.study_history or (this_year,)
    ]


def _remarks(transcript: Transcript) -> list[Printed]:
    remarks = transcript.remarks
    periods = (("Học kì I", remarks.semester_1), ("Học kì II", remarks.semester_2), ("Cả năm", remarks.year))
    return [Entry(label, value).printed() for label, value in periods if value]
