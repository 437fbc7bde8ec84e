"""What of a transcript may leave the house: no more than the form prints."""

from dataclasses import replace
from typing import TypeVar

from signing_service.records.parties import StaffMember
from signing_service.records.transcript import AfterReassessment, AfterSummer, PrimaryYear, SemesterSubject, Subject, Transcript


def issued(transcript: Transcript) -> Transcript:
    """The transcript as it is embedded in a handed-out file: without single marks, personal IDs of staff and reasons of a promotion.

    Averages, levels and their origin stay; the single marks stay with the school, bound by `TranscriptRecord.basis`. Of a primary year
    what stood before its end stays there too, and so does how a title was proposed.
    """
    return replace(
        transcript,
        subjects=tuple(issued_subject(subject) for subject in transcript.subjects),
        promotion=replace(transcript.promotion, reasons=()),
        after_summer=None if transcript.after_summer is None else _without_reasons(transcript.after_summer),
        primary=None if transcript.primary is None else _primary(transcript.primary),
        homeroom_teacher=_member(transcript.homeroom_teacher),
        principal=_member(transcript.principal),
    )


def issued_subject(subject: Subject) -> Subject:
    """One row of the mark table as it is handed out."""
    return replace(
        subject,
        semester_1=_semester(subject.semester_1),
        semester_2=_semester(subject.semester_2),
        assessments=None,
        teacher=None if subject.teacher is None else _member(subject.teacher),
    )


def _semester(semester: SemesterSubject | None) -> SemesterSubject | None:
    return None if semester is None else replace(semester, marks=None)


def _primary(year: PrimaryYear) -> PrimaryYear:
    after = None if year.after_reassessment is None else _without_reasons(year.after_reassessment)
    return replace(year, after_reassessment=after, assessments=None, outstanding=None, class_agrees=None)


_After = TypeVar("_After", AfterSummer, AfterReassessment)


def _without_reasons(after: _After) -> _After:
    return replace(after, promotion=replace(after.promotion, reasons=()))


def _member(member: StaffMember) -> StaffMember:
    return replace(member, personal_id=None)
