"""What stands where on the lower-secondary form (học bạ THCS, Thông tư 22/2021/TT-BGDĐT): a record as printed strings.

Everything printed is decided here; the template only places it. Numbers carry a decimal comma, dates are dd/mm/yyyy.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from signing_service.clock import VIETNAM
from signing_service.records.transcript import (
    CommentLevel,
    Parent,
    PeriodResult,
    Pupil,
    SemesterSubject,
    StaffMember,
    StudyYear,
    Subject,
    Transcript,
    TranscriptRecord,
)
from signing_service.rendering.printable import Printed

_COMMENT_WORDS: Final = {CommentLevel.PASSED: "Đạt", CommentLevel.NOT_PASSED: "Chưa đạt"}
_DEPUTY: Final = "phó "
_MARKS_DECIMALS: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Line:
    """One labelled entry; a wide one takes the whole width."""

    label: str
    value: str | None
    wide: bool = False

    def printed(self) -> Printed:
        return {"label": self.label, "value": self.value or "", "wide": self.wide}


def printed_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def _mark(average: Decimal | None, comment: CommentLevel | None) -> str:
    if average is not None:
        return str(average.quantize(_MARKS_DECIMALS)).replace(".", ",")
    return "" if comment is None else _COMMENT_WORDS[comment]


def _semester(subject: SemesterSubject | None) -> str:
    return "" if subject is None else _mark(subject.average, subject.comment)


def _measure(value: Decimal | None, unit: str) -> str | None:
    return None if value is None else f"{value.normalize():f} {unit}".replace(".", ",")


def _school_year(years: str) -> str:
    return years.replace("-", " – ")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _parent_lines(label: str, parent: Parent | None) -> tuple[_Line, _Line]:
    return _Line(label, None if parent is None else parent.name), _Line("Nghề nghiệp", None if parent is None else parent.occupation)


def _pupil_lines(pupil: Pupil) -> list[Printed]:
    lines = [
        _Line("Ngày sinh", printed_date(pupil.birth_date)),
        _Line("Giới tính", pupil.sex),
        _Line("Dân tộc", pupil.ethnicity),
        _Line("Quốc tịch", pupil.nationality),
        _Line("Mã học sinh", pupil.code),
        _Line("Số định danh cá nhân", pupil.personal_id),
        _Line("Nơi sinh", pupil.birth_place, wide=True),
        _Line("Quê quán", pupil.home_town, wide=True),
        _Line("Chỗ ở hiện tại", _joined(pupil.hamlet, pupil.commune, pupil.province), wide=True),
        *_parent_lines("Họ và tên cha", pupil.father),
        *_parent_lines("Họ và tên mẹ", pupil.mother),
    ]
    if pupil.guardian is not None:
        lines += _parent_lines("Người giám hộ", pupil.guardian)
    if pupil.policy_category:
        lines.append(_Line("Diện chính sách", pupil.policy_category, wide=True))
    if pupil.learner_code:
        lines.append(_Line("Mã định danh người học", pupil.learner_code, wide=True))
    if pupil.height_cm is not None or pupil.weight_kg is not None:
        lines += [_Line("Chiều cao", _measure(pupil.height_cm, "cm")), _Line("Cân nặng", _measure(pupil.weight_kg, "kg"))]
    return [line.printed() for line in lines]


def _history(transcript: Transcript) -> list[Printed]:
    """The years at school; where none are known, the year of the transcript itself."""
    this_year = StudyYear(school_year=transcript.school_year, class_name=transcript.class_name, school_name=transcript.issuer.school_name)
    return [
        [_school_year(year.school_year), year.class_name, year.school_name, "" if year.since is None else printed_date(year.since)]
        for year in transcript.study_history or (this_year,)
    ]


def _subject_row(subject: Subject) -> Printed:
    return {
        "name": subject.name,
        "semester-1": _semester(subject.semester_1),
        "semester-2": _semester(subject.semester_2),
        "year": _mark(subject.year_average, subject.year_comment),
        "reassessed": _mark(subject.reassessed_mark, subject.reassessed_comment),
        "remark": subject.remark or "",
        "teacher": "" if subject.teacher is None else subject.teacher.name,
    }


def _result_row(label: str, result: PeriodResult) -> list[Printed]:
    absences = result.absences
    return [label, result.learning, result.conduct, str(absences.with_leave), str(absences.without_leave), str(absences.total)]


def _results(transcript: Transcript) -> list[Printed]:
    periods = (("Học kì I", transcript.semester_1), ("Học kì II", transcript.semester_2), ("Cả năm", transcript.secondary_year))
    rows: list[Printed] = [_result_row(label, result) for label, result in periods if result is not None]
    if transcript.after_summer is not None:
        rows.append(["Sau đánh giá lại, rèn luyện hè", transcript.after_summer.learning, transcript.after_summer.conduct, "", "", ""])
    return rows


def _retest_subjects(transcript: Transcript) -> str:
    names = {subject.code: subject.name for subject in transcript.subjects}
    return ", ".join(names.get(code, code) for code in transcript.promotion.retest_subjects)


def _outcome(transcript: Transcript) -> list[Printed]:
    lines = [_Line("Kết quả cả năm", transcript.promotion.label), _Line("Khen thưởng", transcript.title or "Không")]
    after_summer = transcript.after_summer
    summer_lines = []
    if after_summer is not None:
        when = "" if after_summer.reassessed_on is None else f" (ngày {printed_date(after_summer.reassessed_on)})"
        summer_lines.append((f"Sau đánh giá lại, rèn luyện hè{when}", after_summer.promotion.label))
    lines += [
        _Line(label, value, wide=True)
        for label, value in (
            ("Môn phải đánh giá lại", _retest_subjects(transcript)),
            *summer_lines,
            ("Chứng chỉ", transcript.certificates),
            ("Kết quả tham gia các cuộc thi", transcript.contests),
            ("Khen thưởng khác", transcript.other_awards),
        )
        if value
    ]
    return [line.printed() for line in lines]


def _remarks(transcript: Transcript) -> list[Printed]:
    remarks = transcript.remarks
    periods = (("Học kì I", remarks.semester_1), ("Học kì II", remarks.semester_2), ("Cả năm", remarks.year))
    return [_Line(label, value).printed() for label, value in periods if value]


def _signing_title(principal: StaffMember) -> list[Printed]:
    """The lines over the principal's signature; a deputy signs for the head (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7)."""
    title = (principal.title or "Hiệu trưởng").strip()
    if title.lower().startswith(_DEPUTY):
        return ["KT. HIỆU TRƯỞNG", title.upper()]
    return [title.upper()]


def _place_and_date(place: str, moment: datetime) -> str:
    day = moment.astimezone(VIETNAM)
    return f"{place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"


def printed_form(record: TranscriptRecord) -> dict[str, Printed]:
    """The form of a lower-secondary transcript, entry by entry."""
    transcript = record.transcript
    pupil = transcript.pupil
    return {
        "title": f"Học bạ {pupil.name}, lớp {transcript.class_name}, năm học {transcript.school_year}",
        "description": f"Học bạ trung học cơ sở do {transcript.issuer.school_name} cấp",
        "authority": transcript.issuer.department_name or transcript.issuer.commune,
        "school": transcript.issuer.school_name,
        "school-year": _school_year(transcript.school_year),
        "class-name": transcript.class_name,
        "register-number": pupil.register_number,
        "pupil": {"name": pupil.name, "lines": _pupil_lines(pupil)},
        "history": _history(transcript),
        "subjects": [_subject_row(subject) for subject in transcript.subjects],
        "results": _results(transcript),
        "outcome": _outcome(transcript),
        "remarks": _remarks(transcript),
        "place-and-date": _place_and_date(transcript.issuer.place_of_issue, record.created_at),
        "homeroom-teacher": transcript.homeroom_teacher.name,
        "principal": transcript.principal.name,
        "principal-title": _signing_title(transcript.principal),
    }
