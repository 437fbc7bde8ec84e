"""What stands where on the secondary forms (học bạ THCS and THPT, Thông tư 22/2021/TT-BGDĐT): a record as printed strings.

Everything printed is decided here; the template only places it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from signing_service.records.sheet_reference import SheetReference
from signing_service.records.transcript import EducationLevel, PeriodResult, SemesterSubject, Subject, Transcript, TranscriptRecord
from signing_service.rendering.entries import Entry, known_entries, printed_date, printed_entries, printed_mark
from signing_service.rendering.printable import Printed
from signing_service.rendering.shared_form import printed_shared_form
from signing_service.rendering.sheet_signers import printed_teacher, sheets_by_subject, sheets_note

_CHOSEN: Final = frozenset({"DL", "KTPL", "VL", "HH", "SH", "CN", "TIN", "AN", "MT"})
"""Môn học lựa chọn of upper secondary school, of which a pupil takes four (Thông tư 13/2022/TT-BGDĐT)."""


def printed_secondary_form(record: TranscriptRecord) -> dict[str, Printed]:
    """The form of a secondary transcript, entry by entry.

    Raises:
        InvalidInputError: the record is none of secondary school (`record-not-secondary`).
    """
    transcript = record.transcript
    groups = _groups(transcript)
    sheets = sheets_by_subject(record)
    return printed_shared_form(record) | {
        "groups": [{"name": name, "subjects": [_subject_row(subject, sheets) for subject in subjects]} for name, subjects in groups],
        "sheets-note": sheets_note(record),
        "results": _results(transcript),
        "outcome": secondary_outcome(transcript),
    }


def _groups(transcript: Transcript) -> list[tuple[str | None, list[Subject]]]:
    """The subjects as the form groups them: upper secondary pupils choose some, so that the page says which."""
    if transcript.level is not EducationLevel.UPPER_SECONDARY:
        return [(None, list(transcript.subjects))]
    chosen = [subject for subject in transcript.subjects if subject.code in _CHOSEN]
    free = [subject for subject in transcript.subjects if is_free_choice(subject)]
    compulsory = [subject for subject in transcript.subjects if subject not in chosen and subject not in free]
    named = (("Môn học và hoạt động giáo dục bắt buộc", compulsory), ("Môn học lựa chọn", chosen), ("Môn học tự chọn", free))
    return [(name, subjects) for name, subjects in named if subjects]


def is_free_choice(subject: Subject) -> bool:
    """Whether a subject is tự chọn: taken beyond what every pupil has to take or choose."""
    return subject.optional and subject.code not in _CHOSEN


def _subject_row(subject: Subject, sheets: Mapping[str, SheetReference]) -> Printed:
    return {
        "name": subject.name,
        "mark": "tự chọn" if is_free_choice(subject) else "",
        "semester-1": _semester(subject.semester_1),
        "semester-2": _semester(subject.semester_2),
        "year": printed_mark(subject.year_average, subject.year_comment),
        "reassessed": printed_mark(subject.reassessed_mark, subject.reassessed_comment),
        "remark": subject.remark or "",
        "teacher": printed_teacher(subject, sheets),
    }


def _semester(subject: SemesterSubject | None) -> str:
    return "" if subject is None else printed_mark(subject.average, subject.comment)


def _results(transcript: Transcript) -> list[Printed]:
    periods = (("Học kì I", transcript.semester_1), ("Học kì II", transcript.semester_2), ("Cả năm", transcript.secondary_year))
    rows: list[Printed] = [_result_row(label, result) for label, result in periods]
    if transcript.after_summer is not None:
        rows.append(["Sau đánh giá lại, rèn luyện hè", transcript.after_summer.learning, transcript.after_summer.conduct, "", "", ""])
    return rows


def _result_row(label: str, result: PeriodResult | None) -> list[Printed]:
    if result is None:
        return [label, "", "", "", "", ""]
    absences = result.absences
    return [label, result.learning, result.conduct, str(absences.with_leave), str(absences.without_leave), str(absences.total)]


def subject_names(codes: Iterable[str], transcript: Transcript) -> str:
    """Subjects by name, in the order of the codes."""
    names = {subject.code: subject.name for subject in transcript.subjects}
    return ", ".join(names.get(code, code) for code in codes)


def secondary_outcome(transcript: Transcript) -> list[Printed]:
    """Result of the year, title, and whatever else the year brought."""
    after_summer = transcript.after_summer
    summer: tuple[tuple[str, str | None], ...] = ()
    if after_summer is not None:
        when = "" if after_summer.reassessed_on is None else f" (ngày {printed_date(after_summer.reassessed_on)})"
        summer = ((f"Sau đánh giá lại, rèn luyện hè{when}", after_summer.promotion.label),)
    return [
        *printed_entries(Entry("Kết quả cả năm", transcript.promotion.label), Entry("Khen thưởng", transcript.title or "Không")),
        *known_entries(
            ("Môn phải đánh giá lại", subject_names(transcript.promotion.retest_subjects, transcript)),
            *summer,
            ("Chứng chỉ", transcript.certificates),
            ("Kết quả tham gia các cuộc thi", transcript.contests),
            ("Khen thưởng khác", transcript.other_awards),
            ("Khen thưởng đột xuất", transcript.extraordinary_awards),
        ),
    ]
