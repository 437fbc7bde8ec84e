"""The transcript (học bạ) of one pupil for one school year, as the school asserts it.

Field names follow the sector's own words in English; the national XML tag of each field stands in `national_xml.py`. Every
value is immutable. Marks and averages are exact decimals with at most one decimal place; canonical JSON writes them as strings
such as "8.0".
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from signing_service.errors import InvalidInputError
from signing_service.ids import RecordId, Sha256
from signing_service.records.parties import Issuer, Pupil, StaffMember, StudyYear
from signing_service.records.primary import (
    Competences,
    PrimaryResult,
    PrimarySubjectLevel,
    Qualities,
    SubjectAssessment,
    Trait,
    TraitAssessment,
    TraitLevel,
)
from signing_service.records.sheet_reference import SheetReference


class EducationLevel(StrEnum):
    """Cấp học, by the sector's code (`MA_CAP_HOC`)."""

    PRIMARY = "02"
    LOWER_SECONDARY = "03"
    UPPER_SECONDARY = "04"


class AssessmentKind(StrEnum):
    """How a subject is assessed (TT 22/2021, Điều 5)."""

    SCORED = "scored"
    COMMENT = "comment"


class CommentLevel(StrEnum):
    """The two levels of a comment-only subject."""

    PASSED = "Đ"
    NOT_PASSED = "CĐ"


class Level(StrEnum):
    """The four levels of học tập and rèn luyện (TT 22/2021, Điều 8 and 9), best first."""

    GOOD = "Tốt"
    FAIR = "Khá"
    PASSED = "Đạt"
    NOT_PASSED = "Chưa đạt"


class Title(StrEnum):
    """Danh hiệu at the end of the year (TT 22/2021, Điều 15; primary school: TT 27/2020, Điều 13)."""

    EXCELLENT = "Học sinh Xuất sắc"
    VERY_GOOD = "Học sinh Giỏi"
    MODEL = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
    """Primary school only."""


class PromotionStatus(StrEnum):
    """Whether the pupil moves up (TT 22/2021, Điều 12 to 14; primary school: TT 27/2020, Điều 11)."""

    PROMOTED = "promoted"
    PROMOTED_BY_PRINCIPAL = "promoted_by_principal"
    """Primary school only: the grade was not completed, and the principal lets the pupil go on."""
    NOT_PROMOTED = "not_promoted"
    PENDING_SUPPORT = "pending_support"
    """Primary school only: extra help and đánh giá bổ sung are due."""
    PENDING_RETEST = "pending_retest"
    PENDING_SUMMER_CONDUCT = "pending_summer_conduct"
    PENDING_BOTH = "pending_both"

    @property
    def moves_up(self) -> bool | None:
        """Yes or no, None while it is pending."""
        if self in (PromotionStatus.PROMOTED, PromotionStatus.PROMOTED_BY_PRINCIPAL):
            return True
        return False if self is PromotionStatus.NOT_PROMOTED else None


class FigureOrigin(StrEnum):
    """Whether a figure was recomputed from what it rests on, or taken over from the sheet."""

    COMPUTED = "computed"
    TAKEN_OVER = "taken-over"


@dataclass(frozen=True, slots=True)
class ScoredMarks:
    """The marks of one scored subject in one semester, each from 0 to 10 with at most one decimal (TT 22/2021, Điều 6)."""

    regular: tuple[Decimal, ...]
    midterm: Decimal
    final: Decimal


@dataclass(frozen=True, slots=True)
class CommentMarks:
    """The assessments of one comment-only subject in one semester."""

    regular: tuple[CommentLevel, ...]
    midterm: CommentLevel
    final: CommentLevel


@dataclass(frozen=True, slots=True)
class SemesterSubject:
    """One subject in one semester: its marks where known, and the average (scored) or the level (comment)."""

    marks: ScoredMarks | CommentMarks | None
    average: Decimal | None
    comment: CommentLevel | None
    origin: FigureOrigin


@dataclass(frozen=True, slots=True)
class Subject:
    """One row of the mark table."""

    code: str
    name: str
    kind: AssessmentKind
    periods_per_year: int | None
    semester_1: SemesterSubject | None
    semester_2: SemesterSubject | None
    year_average: Decimal | None
    year_comment: CommentLevel | None
    year_origin: FigureOrigin
    reassessed_mark: Decimal | None = None
    reassessed_comment: CommentLevel | None = None
    teacher: StaffMember | None = None
    remark: str | None = None
    optional: bool = False
    level: PrimarySubjectLevel | None = None
    """Mức đạt được at the end of the year, as the teacher gave it; primary school only, like everything that follows."""
    test_mark: int | None = None
    """Điểm kiểm tra định kỳ at the end of the year, 0 to 10 (TT 27/2020, Điều 7)."""
    reassessed_level: PrimarySubjectLevel | None = None
    """Mức đạt được after đánh giá bổ sung."""
    reassessed_test_mark: int | None = None
    """The mark of the test taken again, 0 to 10: the one that the form shows."""
    assessments: tuple[SubjectAssessment, ...] | None = None
    """The assessments before the end of the year, in their order."""


@dataclass(frozen=True, slots=True)
class Absences:
    """Sessions (buổi) missed."""

    with_leave: int
    without_leave: int

    @property
    def total(self) -> int:
        """All sessions missed."""
        return self.with_leave + self.without_leave


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """The result of a semester, of the year, or of the year after the summer."""

    learning: Level
    learning_before_9_3: Level
    """The level by Điều 9.2 alone, before Điều 9.3 raised it."""
    lifted_because_of: str | None
    """Code of the one subject that Điều 9.3 set aside, or None."""
    conduct: Level
    absences: Absences
    origin: FigureOrigin | None = None
    """Of a year: whether `conduct` and `absences` follow from both semesters or were taken over. None in a semester."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """Whether the pupil moves up, with every reason that stands against it (Điều 12)."""

    status: PromotionStatus
    label: str
    reasons: tuple[str, ...]
    retest_subjects: tuple[str, ...]
    """Codes of the subjects to be assessed again: đánh giá lại, in primary school đánh giá bổ sung."""


@dataclass(frozen=True, slots=True)
class AfterSummer:
    """What re-assessment (đánh giá lại) and the summer's rèn luyện made of the year (Điều 13 and 14)."""

    learning: Level
    conduct: Level
    promotion: Promotion
    reassessed_on: date | None = None


@dataclass(frozen=True, slots=True)
class TraitReassessment:
    """A quality or competence that was assessed again after extra help."""

    trait: Trait
    level: TraitLevel


@dataclass(frozen=True, slots=True)
class AfterReassessment:
    """What extra help and đánh giá bổ sung made of a primary year (TT 27/2020, Điều 11.1b and c); titles are not given afterwards."""

    result: PrimaryResult
    promotion: Promotion
    reassessed_on: date | None = None
    traits: tuple[TraitReassessment, ...] | None = None


@dataclass(frozen=True, slots=True)
class PrimaryYear:
    """The year's result in primary school (TT 27/2020, Điều 9), in the place of `semester_1`, `semester_2`, `year` and `after_summer`."""

    result: PrimaryResult
    result_origin: FigureOrigin
    competences: Competences
    qualities: Qualities
    absences: Absences | None = None
    """Sessions missed in the year, None where the school does not say."""
    title_origin: FigureOrigin | None = None
    """Whether the title follows from what the school states, None where nothing was awarded."""
    outstanding: str | None = None
    """What the pupil excels in, or made clear progress in (Điều 13.1b)."""
    class_agrees: bool | None = None
    """Whether the class agreed to the title (Điều 13.1b), None where the school does not say."""
    support_traits: tuple[Trait, ...] | None = None
    """Qualities and competences at Cần cố gắng, in which extra help is due."""
    after_reassessment: AfterReassessment | None = None
    remark_on_qualities: str | None = None
    remark_on_general_competences: str | None = None
    remark_on_specific_competences: str | None = None
    assessments: tuple[TraitAssessment, ...] | None = None
    """Qualities and competences at the assessments before the end of the year, in their order."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Hoàn thành chương trình: what the pupil has completed, in words and as yes or no."""

    statement: str | None = None
    grade_completed: bool | None = None
    level_completed: bool | None = None


@dataclass(frozen=True, slots=True)
class HomeroomRemarks:
    """Nhận xét của giáo viên chủ nhiệm."""

    year: str | None
    semester_1: str | None = None
    semester_2: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything the form prints about one pupil and one school year."""

    rules: str
    """Identifier of the dated rule set, such as `tt22-2021`."""
    form: str
    """Identifier of the dated form, such as `thcs-2021`."""
    school_year: str
    """`2025-2026`."""
    level: EducationLevel
    grade: int
    class_name: str
    issuer: Issuer
    pupil: Pupil
    subjects: tuple[Subject, ...]
    semester_1: PeriodResult | None
    """Secondary school only, like `semester_2`, `year` and `after_summer`."""
    semester_2: PeriodResult | None
    year: PeriodResult | None
    title: Title | None
    promotion: Promotion
    after_summer: AfterSummer | None
    remarks: HomeroomRemarks
    homeroom_teacher: StaffMember
    principal: StaffMember
    study_history: tuple[StudyYear, ...] = ()
    certificates: str | None = None
    contests: str | None = None
    other_awards: str | None = None
    extraordinary_awards: str | None = None
    """Khen thưởng đột xuất."""
    completion: Completion | None = None
    primary: PrimaryYear | None = None
    """Primary school only."""

    @property
    def secondary_year(self) -> PeriodResult:
        """The year's result in secondary school.

        Raises:
            InvalidInputError: the transcript has none (`record-not-secondary`).
        """
        if self.year is None:
            raise InvalidInputError(
                "record-not-secondary",
                vi="Học bạ không có kết quả cả năm của cấp trung học.",
                en="The transcript holds no year's result of secondary school.",
            )
        return self.year

    @property
    def primary_year(self) -> PrimaryYear:
        """The year's result in primary school.

        Raises:
            InvalidInputError: the transcript has none (`record-not-primary`).
        """
        if self.primary is None:
            raise InvalidInputError(
                "record-not-primary",
                vi="Học bạ không có kết quả cả năm của cấp tiểu học.",
                en="The transcript holds no year's result of primary school.",
            )
        return self.primary

    @property
    def final_promotion(self) -> Promotion:
        """The last word on whether the pupil moves up: after the summer where there was one, else that of the end of the year."""
        if self.primary is not None and self.primary.after_reassessment is not None:
            return self.primary.after_reassessment.promotion
        return self.promotion if self.after_summer is None else self.after_summer.promotion


@dataclass(frozen=True, slots=True)
class TranscriptRecord:
    """A transcript with its own identity: the master that the PDF shows and carries."""

    record_id: RecordId
    created_at: datetime
    transcript: Transcript
    supersedes: Sha256 | None = None
    """Digest of the record that this one replaces."""
    basis: Sha256 | None = None
    """Digest of the full transcript with every single mark, which stays with the school (`records/issued.py`)."""
    issue_signing_at: datetime | None = None
    """Ngày ký phát hành, where it has to stand in the signed data before the first signature (national XML)."""
    national_format: str | None = None
    """Version of the national XML format that the record is meant for (`PHIEN_BAN`)."""
    subject_sheets: tuple[SheetReference, ...] | None = None
    """The signed sheets that the subjects rest on, in the order of the subjects; None where subject teachers do not sign."""
