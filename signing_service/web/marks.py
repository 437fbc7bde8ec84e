"""The marks of an opened transcript as a page shows them: the record's own words, decimal comma, every column of the form's table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signing_service.records.primary import (
    GENERAL_COMPETENCES,
    QUALITIES,
    SPECIFIC_COMPETENCES,
    PrimarySubjectLevel,
    Trait,
    TraitLevel,
    trait_level,
)
from signing_service.records.transcript import PeriodResult, PrimaryYear, SemesterSubject, Subject, Transcript
from signing_service.web.fact import Fact

_NOTHING = "–"

_LEVELS = {
    PrimarySubjectLevel.COMPLETED_WELL: "Hoàn thành tốt",
    PrimarySubjectLevel.COMPLETED: "Hoàn thành",
    PrimarySubjectLevel.NOT_COMPLETED: "Chưa hoàn thành",
}
_TRAIT_LEVELS = {TraitLevel.GOOD: "Tốt", TraitLevel.PASSED: "Đạt", TraitLevel.NEEDS_EFFORT: "Cần cố gắng"}
_TRAITS = {
    Trait.PATRIOTISM: ("Yêu nước", "Patriotism"),
    Trait.KINDNESS: ("Nhân ái", "Kindness"),
    Trait.DILIGENCE: ("Chăm chỉ", "Diligence"),
    Trait.HONESTY: ("Trung thực", "Honesty"),
    Trait.RESPONSIBILITY: ("Trách nhiệm", "Responsibility"),
    Trait.AUTONOMY_AND_SELF_STUDY: ("Tự chủ và tự học", "Autonomy and self-study"),
    Trait.COMMUNICATION_AND_COOPERATION: ("Giao tiếp và hợp tác", "Communication and co-operation"),
    Trait.PROBLEM_SOLVING_AND_CREATIVITY: ("Giải quyết vấn đề và sáng tạo", "Problem solving and creativity"),
    Trait.LANGUAGE: ("Ngôn ngữ", "Language"),
    Trait.CALCULATION: ("Tính toán", "Calculation"),
    Trait.SCIENCE: ("Khoa học", "Science"),
    Trait.TECHNOLOGY: ("Công nghệ", "Technology"),
    Trait.INFORMATICS: ("Tin học", "Informatics"),
    Trait.AESTHETICS: ("Thẩm mĩ", "Aesthetics"),
    Trait.PHYSICAL: ("Thể chất", "Physical"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, and one cell for each column."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page."""

    vi: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MarksView:
    """Everything that the page of an opened transcript shows."""

    person: tuple[Fact, ...]
    subjects: Table
    results: Table | None
    outcome: tuple[Fact, ...]


_YEAR_COLUMNS = (Column("Học kì I", "Semester 1"), Column("Học kì II", "Semester 2"), Column("Cả năm", "Year"))
_AGAIN = Column("Đánh giá lại", "Re-assessed")


def marks_view(transcript: Transcript) -> MarksView:
    """What to show of a transcript of any school level."""
    pupil = transcript.pupil
    person = (
        Fact("Họ và tên", "Name", pupil.name),
        Fact("Ngày sinh", "Date of birth", _day(pupil.birth_date)),
        Fact("Lớp", "Class", transcript.class_name),
        Fact("Trường", "School", transcript.issuer.school_name),
        Fact("Năm học", "School year", transcript.school_year),
    )
    if transcript.primary is not None:
        return MarksView(person, _primary_subjects(transcript), None, tuple(_primary_outcome(transcript, transcript.primary)))
    return MarksView(person, _subjects(transcript), _results(transcript), tuple(_outcome(transcript)))


def _subjects(transcript: Transcript) -> Table:
    again = any(subject.reassessed_mark is not None or subject.reassessed_comment is not None for subject in transcript.subjects)
    rows = tuple(
        Row(
            subject.name,
            (
                _semester(subject.semester_1),
                _semester(subject.semester_2),
                _figure(subject.year_average) or subject.year_comment or _NOTHING,
                *((_figure(subject.reassessed_mark) or subject.reassessed_comment or _NOTHING,) if again else ()),
            ),
        )
        for subject in transcript.subjects
    )
    return Table("Môn học và hoạt động giáo dục", "Subjects and activities", (*_YEAR_COLUMNS, *((_AGAIN,) if again else ())), rows)


def _semester(semester: SemesterSubject | None) -> str:
    return _NOTHING if semester is None else _figure(semester.average) or semester.comment or _NOTHING


def _primary_subjects(transcript: Transcript) -> Table:
    columns = (Column("Mức đạt được", "Level"), Column("Điểm kiểm tra", "Test mark"))
    return Table(
        "Môn học và hoạt động giáo dục", "Subjects and activities", columns, tuple(_primary_row(subject) for subject in transcript.subjects)
    )


def _primary_row(subject: Subject) -> Row:
    level = subject.reassessed_level or subject.level
    mark = subject.test_mark if subject.reassessed_test_mark is None else subject.reassessed_test_mark
    return Row(subject.name, (_NOTHING if level is None else _LEVELS[level], _NOTHING if mark is None else str(mark)))


def _results(transcript: Transcript) -> Table:
    periods = (transcript.semester_1, transcript.semester_2, transcript.year)
    after = transcript.after_summer
    summer_head = () if after is None else (_AGAIN,)
    rows = (
        Row(
            "Học tập",
            (*(_NOTHING if one is None else one.learning.value for one in periods), *(() if after is None else (after.learning.value,))),
        ),
        Row(
            "Rèn luyện",
            (*(_NOTHING if one is None else one.conduct.value for one in periods), *(() if after is None else (after.conduct.value,))),
        ),
        Row("Số buổi nghỉ", (*(_absences(one) for one in periods), *(() if after is None else (_NOTHING,)))),
    )
    return Table("Kết quả", "Results", (*_YEAR_COLUMNS, *summer_head), rows)


def _absences(period: PeriodResult | None) -> str:
    return _NOTHING if period is None else str(period.absences.total)


def _outcome(transcript: Transcript) -> Iterator[Fact]:
    if transcript.title is not None:
        yield Fact("Danh hiệu", "Title", transcript.title.value)
    yield Fact("Kết quả cuối năm", "Outcome of the year", transcript.final_promotion.label)
    yield from _words(transcript)


def _primary_outcome(transcript: Transcript, primary: PrimaryYear) -> Iterator[Fact]:
    changed = {one.trait: one.level for one in (primary.after_reassessment.traits or () if primary.after_reassessment else ())}
    for trait in (*QUALITIES, *GENERAL_COMPETENCES, *SPECIFIC_COMPETENCES):
        level = changed.get(trait) or trait_level(primary.qualities, primary.competences, trait)
        if level is not None:
            yield Fact(*_TRAITS[trait], _TRAIT_LEVELS[level])
    result = primary.result if primary.after_reassessment is None else primary.after_reassessment.result
    yield Fact("Kết quả giáo dục", "Result of the year", result.value)
    if primary.absences is not None:
        yield Fact("Số buổi nghỉ", "Sessions missed", str(primary.absences.total))
    if transcript.title is not None:
        yield Fact("Khen thưởng", "Title", transcript.title.value)
    yield Fact("Kết quả cuối năm", "Outcome of the year", transcript.final_promotion.label)
    yield from _words(transcript)


def _words(transcript: Transcript) -> Iterator[Fact]:
    statement = None if transcript.completion is None else transcript.completion.statement
    rows = (
        ("Chứng chỉ", "Certificates", transcript.certificates),
        ("Kết quả cuộc thi", "Contests", transcript.contests),
        ("Khen thưởng khác", "Other awards", transcript.other_awards),
        ("Khen thưởng đột xuất", "Extraordinary awards", transcript.extraordinary_awards),
        ("Hoàn thành chương trình", "Completion", statement),
        ("Nhận xét học kì I", "Remarks, semester 1", transcript.remarks.semester_1),
        ("Nhận xét học kì II", "Remarks, semester 2", transcript.remarks.semester_2),
        ("Nhận xét của giáo viên chủ nhiệm", "Homeroom teacher’s remarks", transcript.remarks.year),
    )
    for vi, en, value in rows:
        if value:
            yield Fact(vi, en, value)


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.1f}".replace(".", ",")


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
