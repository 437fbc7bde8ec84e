"""One invented transcript for every test that needs one; each call returns equal values."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from signing_service.ids import PersonCode, RecordId, SchoolCode
from signing_service.records.parties import Issuer, Parent, Pupil, StaffMember, StudyYear
from signing_service.records.primary import (
    AssessmentDate,
    Competences,
    PrimaryResult,
    PrimarySubjectLevel,
    Qualities,
    SubjectAssessment,
    TraitAssessment,
    TraitLevel,
)
from signing_service.records.transcript import (
    Absences,
    AssessmentKind,
    CommentLevel,
    CommentMarks,
    Completion,
    EducationLevel,
    FigureOrigin,
    HomeroomRemarks,
    Level,
    PeriodResult,
    PrimaryYear,
    Promotion,
    PromotionStatus,
    ScoredMarks,
    SemesterSubject,
    Subject,
    Title,
    Transcript,
    TranscriptRecord,
)

_PASSED = CommentLevel.PASSED
_SCORED = (
    ("TOAN", "Toán", 140, "8.9", "9.2", "9.1", "Nguyễn Thị Hoa Mẫu", "Tích cực, sáng tạo trong học tập."),
    ("LSDL", "Lịch sử và Địa lí", 105, "6.9", "6.9", "6.9", "Trần Văn Sông Mẫu", "Nắm được kiến thức cơ bản, cần luyện tập thêm."),
    ("KHTN", "Khoa học tự nhiên", 140, "8.5", "9.1", "8.9", "H'Bia Mẫu Êban", "Kĩ năng tốt, trình bày rõ ràng."),
    ("TIN", "Tin học", 35, "7.9", "8.0", "8.0", "Lê Thị Suối Mẫu", "Kĩ năng tốt, trình bày rõ ràng."),
    ("NV", "Ngữ văn", 140, "8.8", "8.9", "8.9", "Phạm Thị Mây Mẫu", "Nắm vững kiến thức, vận dụng tốt."),
    ("NN1", "Ngoại ngữ 1 (Tiếng Anh)", 105, "8.0", "7.9", "7.9", "Hoàng Thị Gió Mẫu", "Có tiến bộ, cần chủ động hơn."),
    ("GDCD", "Giáo dục công dân", 35, "8.1", "8.1", "8.1", "Y Mẫu Ƀkrông", "Nắm vững kiến thức, vận dụng tốt."),
    ("CN", "Công nghệ", 35, "8.5", "8.8", "8.7", "Đỗ Văn Nắng Mẫu", "Tích cực, sáng tạo trong học tập."),
)
_COMMENT = (
    ("GDTC", "Giáo dục thể chất", 70, "Võ Văn Đồi Mẫu", "Thực hiện đúng yêu cầu."),
    ("NT", "Nghệ thuật", 70, "Bùi Thị Lá Mẫu", "Hát đúng giai điệu, mạnh dạn khi biểu diễn."),
    ("GDDP", "Nội dung giáo dục của địa phương", 35, "Trần Văn Sông Mẫu", "Hoàn thành các nội dung."),
    ("TNHN", "Hoạt động trải nghiệm, hướng nghiệp", 105, "H'Mẫu Niê Kđăm", "Hoàn thành các nội dung."),
)
_WELL, _COMPLETED = PrimarySubjectLevel.COMPLETED_WELL, PrimarySubjectLevel.COMPLETED
_PRIMARY = (
    ("TV", "Tiếng Việt", 245, _WELL, 9, "Đọc trôi chảy, viết đúng chính tả, biết mở rộng câu."),
    ("TOAN", "Toán", 175, _WELL, 10, "Tính toán nhanh, chính xác."),
    ("NN1", "Ngoại ngữ 1 (Tiếng Anh)", 140, _WELL, 8, "Mạnh dạn khi nói, phát âm rõ."),
    ("LSDL", "Lịch sử và Địa lí", 70, _WELL, 9, "Kể lại được các sự kiện đã học."),
    ("KH", "Khoa học", 70, _WELL, 8, "Ham quan sát, biết đặt câu hỏi."),
    ("TIN", "Tin học và Công nghệ (Tin học)", 35, _WELL, 9, "Thao tác thành thạo."),
    ("CN", "Tin học và Công nghệ (Công nghệ)", 35, _WELL, 8, "Khéo tay, làm việc cẩn thận."),
    ("DD", "Đạo đức", 35, _WELL, None, "Biết giúp đỡ bạn bè."),
    ("GDTC", "Giáo dục thể chất", 70, _WELL, None, "Nhanh nhẹn, thực hiện đúng động tác."),
    ("AN", "Nghệ thuật (Âm nhạc)", 35, _WELL, None, "Hát đúng giai điệu."),
    ("MT", "Nghệ thuật (Mĩ thuật)", 35, _WELL, None, "Màu sắc hài hoà."),
    ("HDTN", "Hoạt động trải nghiệm", 105, _WELL, None, "Tích cực tham gia."),
    ("TDT", "Tiếng dân tộc (Tiếng Ê Đê)", 70, _COMPLETED, None, "Đọc được đoạn văn ngắn."),
)
_MIDTERM_TESTS = frozenset({"TV", "TOAN"})


def _scored_semester(average: str) -> SemesterSubject:
    mark = Decimal(average)
    return SemesterSubject(
        marks=ScoredMarks(regular=(mark, mark), midterm=mark, final=mark), average=mark, comment=None, origin=FigureOrigin.COMPUTED
    )


def _comment_semester() -> SemesterSubject:
    return SemesterSubject(
        marks=CommentMarks(regular=(_PASSED, _PASSED), midterm=_PASSED, final=_PASSED),
        average=None,
        comment=_PASSED,
        origin=FigureOrigin.COMPUTED,
    )


def _subjects() -> tuple[Subject, ...]:
    scored = tuple(
        Subject(
            code=code,
            name=name,
            kind=AssessmentKind.SCORED,
            periods_per_year=periods,
            semester_1=_scored_semester(first),
            semester_2=_scored_semester(second),
            year_average=Decimal(year),
            year_comment=None,
            year_origin=FigureOrigin.COMPUTED,
            teacher=StaffMember(name=teacher),
            remark=remark,
        )
        for code, name, periods, first, second, year, teacher, remark in _SCORED
    )
    comment = tuple(
        Subject(
            code=code,
            name=name,
            kind=AssessmentKind.COMMENT,
            periods_per_year=periods,
            semester_1=_comment_semester(),
            semester_2=_comment_semester(),
            year_average=None,
            year_comment=_PASSED,
            year_origin=FigureOrigin.COMPUTED,
            teacher=StaffMember(name=teacher),
            remark=remark,
        )
        for code, name, periods, teacher, remark in _COMMENT
    )
    return scored + comment


def _result(with_leave: int, without_leave: int) -> PeriodResult:
    return PeriodResult(
        learning=Level.GOOD,
        learning_before_9_3=Level.GOOD,
        lifted_because_of=None,
        conduct=Level.GOOD,
        absences=Absences(with_leave=with_leave, without_leave=without_leave),
    )


def example_pupil(**changes: Any) -> Pupil:
    """An invented pupil; `changes` replace fields."""
    pupil = Pupil(
        code="9900000001",
        name="Y Blŏ Mẫu Niê Kđăm",
        birth_date=date(2013, 10, 5),
        sex="Nam",
        ethnicity="Ê Đê",
        nationality="Việt Nam",
        personal_id="099213000001",
        birth_place="Phường Cư Mẫu, tỉnh Đắk Lắk",
        home_town="Xã Ea Mẫu, tỉnh Đắk Lắk",
        hamlet="Buôn Mẫu",
        commune="Xã Ea Mẫu",
        province="Tỉnh Đắk Lắk",
        father=Parent(name="Y Thử Kđăm", occupation="Làm nông"),
        mother=Parent(name="H'Hen Ƀuôn Mẫu", occupation="Giáo viên"),
        register_number="07/0001",
    )
    return replace(pupil, **changes)


def example_transcript(**changes: Any) -> Transcript:
    """The invented pupil's year in class 7A of an invented school; `changes` replace fields."""
    transcript = Transcript(
        rules="tt22-2021",
        form="thcs-2021",
        school_year="2025-2026",
        level=EducationLevel.LOWER_SECONDARY,
        grade=7,
        class_name="7A",
        issuer=Issuer(
            department_code="99",
            department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
            school_code=SchoolCode("99000001"),
            school_name="Trường TH&THCS Suối Mẫu",
            commune="Xã Ea Mẫu",
            province="Tỉnh Đắk Lắk",
            place_of_issue="Ea Mẫu",
        ),
        pupil=example_pupil(),
        subjects=_subjects(),
        semester_1=_result(1, 0),
        semester_2=_result(1, 1),
        year=_result(2, 1),
        title=Title.VERY_GOOD,
        promotion=Promotion(status=PromotionStatus.PROMOTED, label="Được lên lớp", reasons=(), retest_subjects=()),
        after_summer=None,
        remarks=HomeroomRemarks(
            year="Ý thức tự học tốt, hoàn thành đầy đủ nhiệm vụ học tập; cần mạnh dạn hơn khi trình bày trước lớp.",
            semester_1="Chăm ngoan, tích cực phát biểu xây dựng bài; có tinh thần giúp đỡ bạn.",
            semester_2="Có năng lực hợp tác nhóm, tư duy độc lập; tiếp tục phát huy.",
        ),
        homeroom_teacher=StaffMember(name="H'Mẫu Niê Kđăm", code=PersonCode("9900000011"), title="Giáo viên"),
        principal=StaffMember(name="Trần Thị Nguyên Mẫu", code=PersonCode("9900000012"), title="Hiệu trưởng"),
        study_history=(
            StudyYear(school_year="2024-2025", class_name="6A", school_name="Trường TH&THCS Suối Mẫu", since=date(2024, 9, 5)),
            StudyYear(school_year="2025-2026", class_name="7A", school_name="Trường TH&THCS Suối Mẫu", since=date(2025, 9, 5)),
        ),
    )
    return replace(transcript, **changes)


def example_primary_transcript(**changes: Any) -> Transcript:
    """An invented pupil's year in class 4B of an invented school (TT 27/2020); `changes` replace fields."""
    pupil = example_pupil(
        code="9900000002",
        name="H'Mẫu Ƀuôn Krông Êban",
        birth_date=date(2016, 3, 28),
        sex="Nữ",
        personal_id="099316000002",
        register_number="04/0002",
        height_cm=Decimal(129),
        weight_kg=Decimal("30.1"),
    )
    transcript = replace(
        example_transcript(),
        rules="tt27-2020",
        form="tieu-hoc-2020",
        level=EducationLevel.PRIMARY,
        grade=4,
        class_name="4B",
        pupil=pupil,
        subjects=tuple(_primary_subject(row) for row in _PRIMARY),
        semester_1=None,
        semester_2=None,
        year=None,
        title=Title.MODEL,
        promotion=Promotion(status=PromotionStatus.PROMOTED, label="Hoàn thành chương trình lớp 4", reasons=(), retest_subjects=()),
        remarks=HomeroomRemarks(year="Chăm ngoan, tự giác trong học tập; cần mạnh dạn hơn khi trình bày trước lớp."),
        study_history=(
            StudyYear(school_year="2024-2025", class_name="3B", school_name="Trường TH&THCS Suối Mẫu", since=date(2024, 9, 5)),
            StudyYear(school_year="2025-2026", class_name="4B", school_name="Trường TH&THCS Suối Mẫu", since=date(2025, 9, 5)),
        ),
        completion=Completion(statement="Hoàn thành chương trình lớp 4", grade_completed=True),
        primary=PrimaryYear(
            result=PrimaryResult.GOOD,
            result_origin=FigureOrigin.COMPUTED,
            competences=_competences(),
            qualities=_qualities(),
            absences=Absences(with_leave=2, without_leave=0),
            outstanding="Vượt trội môn Toán",
            class_agrees=True,
            remark_on_qualities="Biết giúp đỡ bạn, có trách nhiệm với lớp.",
            remark_on_general_competences="Tự giác học tập, hợp tác nhóm tốt.",
            remark_on_specific_competences="Vận dụng tốt kiến thức vào thực tế.",
            assessments=tuple(TraitAssessment(when, _competences(), _qualities()) for when in AssessmentDate),
        ),
    )
    return replace(transcript, **changes)


def _primary_subject(row: tuple[str, str, int, PrimarySubjectLevel, int | None, str]) -> Subject:
    code, name, periods, level, mark, remark = row
    tested = {when: mark for when in AssessmentDate if when is AssessmentDate.END_SEMESTER_1 or code in _MIDTERM_TESTS}
    return Subject(
        code=code,
        name=name,
        kind=AssessmentKind.COMMENT if mark is None else AssessmentKind.SCORED,
        periods_per_year=periods,
        semester_1=None,
        semester_2=None,
        year_average=None,
        year_comment=None,
        year_origin=FigureOrigin.TAKEN_OVER,
        teacher=StaffMember(name="Lê Thị Suối Mẫu"),
        remark=remark,
        optional=code == "TDT",
        level=level,
        test_mark=mark,
        assessments=tuple(SubjectAssessment(when, level, tested.get(when)) for when in AssessmentDate),
    )


def _competences() -> Competences:
    good = TraitLevel.GOOD
    return Competences(good, good, good, good, good, good, good, good, good, good)


def _qualities() -> Qualities:
    good = TraitLevel.GOOD
    return Qualities(good, good, good, good, good)


def example_record(**changes: Any) -> TranscriptRecord:
    """The invented transcript as a record with a fixed identity; `changes` replace fields of the record."""
    record = TranscriptRecord(
        record_id=RecordId("00000000-0000-4000-8000-000000000001"),
        created_at=datetime(2026, 5, 29, 3, 0, tzinfo=UTC),
        transcript=example_transcript(),
    )
    return replace(record, **changes)
