"""What stands where on the primary form (học bạ tiểu học, Thông tư 27/2020/TT-BGDĐT): a record as printed strings."""

from collections.abc import Mapping, Sequence
from typing import Final

from signing_service.records.primary import (
    GENERAL_COMPETENCES,
    QUALITIES,
    SPECIFIC_COMPETENCES,
    PrimarySubjectLevel,
    Trait,
    TraitLevel,
    trait_level,
)
from signing_service.records.sheet_reference import SheetReference
from signing_service.records.transcript import PrimaryYear, Subject, Transcript, TranscriptRecord
from signing_service.rendering.entries import Entry, known_entries, printed_date, printed_entries
from signing_service.rendering.printable import Printed
from signing_service.rendering.shared_form import printed_shared_form
from signing_service.rendering.sheet_signers import printed_teacher, sheets_by_subject, sheets_note

_LEVEL_WORDS: Final = {
    PrimarySubjectLevel.COMPLETED_WELL: "Hoàn thành tốt",
    PrimarySubjectLevel.COMPLETED: "Hoàn thành",
    PrimarySubjectLevel.NOT_COMPLETED: "Chưa hoàn thành",
}
_TRAIT_WORDS: Final = {TraitLevel.GOOD: "Tốt", TraitLevel.PASSED: "Đạt", TraitLevel.NEEDS_EFFORT: "Cần cố gắng"}
_TRAIT_NAMES: Final = {
    Trait.PATRIOTISM: "Yêu nước",
    Trait.KINDNESS: "Nhân ái",
    Trait.DILIGENCE: "Chăm chỉ",
    Trait.HONESTY: "Trung thực",
    Trait.RESPONSIBILITY: "Trách nhiệm",
    Trait.AUTONOMY_AND_SELF_STUDY: "Tự chủ và tự học",
    Trait.COMMUNICATION_AND_COOPERATION: "Giao tiếp và hợp tác",
    Trait.PROBLEM_SOLVING_AND_CREATIVITY: "Giải quyết vấn đề và sáng tạo",
    Trait.LANGUAGE: "Ngôn ngữ",
    Trait.CALCULATION: "Tính toán",
    Trait.SCIENCE: "Khoa học",
    Trait.TECHNOLOGY: "Công nghệ",
    Trait.INFORMATICS: "Tin học",
    Trait.AESTHETICS: "Thẩm mĩ",
    Trait.PHYSICAL: "Thể chất",
}
_WHERE_TAUGHT: Final = frozenset({Trait.TECHNOLOGY, Trait.INFORMATICS})
"""Competences of grades that learn the subject: no row where they were not assessed."""


def printed_primary_form(record: TranscriptRecord) -> dict[str, Printed]:
    """The form of a primary transcript, entry by entry.

    Raises:
        InvalidInputError: the record is none of primary school (`record-not-primary`).
    """
    transcript = record.transcript
    year = transcript.primary_year
    sheets = sheets_by_subject(record)
    return printed_shared_form(record) | {
        "subjects": [_subject_row(subject, sheets) for subject in transcript.subjects],
        "reassessed": any(printed_reassessment(subject) for subject in transcript.subjects),
        "teachers": any(subject.teacher is not None or subject.code in sheets for subject in transcript.subjects),
        "sheets-note": sheets_note(record),
        "traits": [
            _trait_group("Phẩm chất chủ yếu", QUALITIES, year, year.remark_on_qualities),
            _trait_group("Năng lực chung", GENERAL_COMPETENCES, year, year.remark_on_general_competences),
            _trait_group("Năng lực đặc thù", SPECIFIC_COMPETENCES, year, year.remark_on_specific_competences),
        ],
        "outcome": primary_outcome(transcript),
    }


def printed_level(level: PrimarySubjectLevel | None) -> str:
    """Mức đạt được in words."""
    return "" if level is None else _LEVEL_WORDS[level]


def printed_test_mark(mark: int | None) -> str:
    """A whole mark, or nothing where there was no test."""
    return "" if mark is None else str(mark)


def printed_reassessment(subject: Subject) -> str:
    """What đánh giá bổ sung made of a subject: level and mark, as far as they were taken again."""
    parts = (printed_level(subject.reassessed_level), printed_test_mark(subject.reassessed_test_mark))
    return " · ".join(part for part in parts if part)


def _subject_row(subject: Subject, sheets: Mapping[str, SheetReference]) -> Printed:
    return {
        "name": subject.name,
        "mark": "tự chọn" if subject.optional else "",
        "level": printed_level(subject.level),
        "test-mark": printed_test_mark(subject.test_mark),
        "reassessed": printed_reassessment(subject),
        "remark": subject.remark or "",
        "teacher": printed_teacher(subject, sheets),
    }


def _trait_group(name: str, traits: Sequence[Trait], year: PrimaryYear, remark: str | None) -> Printed:
    levels = {trait: trait_level(year.qualities, year.competences, trait) for trait in traits}
    rows: list[Printed] = [
        [_TRAIT_NAMES[trait], "" if level is None else _TRAIT_WORDS[level]]
        for trait, level in levels.items()
        if level is not None or trait not in _WHERE_TAUGHT
    ]
    return {"name": name, "rows": rows, "remark": remark or ""}


def primary_outcome(transcript: Transcript) -> list[Printed]:
    """Result, awards, completion and absences of the year, and what extra help made of it (TT 27/2020, Điều 9, 11 and 13)."""
    year = transcript.primary_year
    after = year.after_reassessment
    absences = year.absences
    completion = transcript.completion
    help_entries: tuple[tuple[str, str | None], ...] = ()
    if after is not None:
        when = "" if after.reassessed_on is None else f" (ngày {printed_date(after.reassessed_on)})"
        help_entries = ((f"Sau đánh giá bổ sung{when}", f"{after.result}; {after.promotion.label}"),)
    return [
        *printed_entries(
            Entry("Kết quả giáo dục", year.result),
            Entry(
                "Số buổi nghỉ học",
                None if absences is None else f"{absences.with_leave} có phép, {absences.without_leave} không phép",
            ),
        ),
        *known_entries(
            ("Khen thưởng", transcript.title or "Không"),
            ("Thành tích vượt trội, tiến bộ", year.outstanding),
            ("Khen thưởng đột xuất", transcript.extraordinary_awards),
            ("Khen thưởng khác", transcript.other_awards),
            ("Hoàn thành chương trình", (None if completion is None else completion.statement) or transcript.promotion.label),
            ("Nội dung cần đánh giá bổ sung", _needs_help(transcript, year)),
            *help_entries,
        ),
    ]


def _needs_help(transcript: Transcript, year: PrimaryYear) -> str:
    names = {subject.code: subject.name for subject in transcript.subjects}
    subjects = [names.get(code, code) for code in transcript.promotion.retest_subjects]
    return ", ".join([*subjects, *(_TRAIT_NAMES[trait] for trait in year.support_traits or ())])
