"""A year whose result is still open, and the summer's re-assessment that closes it (TT 22/2021, Điều 13 and 14; TT 27/2020, Điều 11)."""

from dataclasses import replace

from signing_service.records.transcript import PrimaryYear, Subject, Transcript


def awaits_reassessment(transcript: Transcript) -> bool:
    """Whether the year's result is open until the pupil has been re-assessed."""
    return transcript.final_promotion.status.moves_up is None


def is_reassessment_of(before: Transcript, after: Transcript) -> bool:
    """Whether `after` is `before` with the re-assessment added and nothing of the year changed.

    Who signs and what they remark may have changed meanwhile.
    """
    is_closed = awaits_reassessment(before) and not awaits_reassessment(after)
    return is_closed and _of_the_year(before, signed_by=after) == _of_the_year(after, signed_by=after)


def _of_the_year(transcript: Transcript, *, signed_by: Transcript) -> Transcript:
    return replace(
        transcript,
        subjects=tuple(_without_reassessment(subject) for subject in transcript.subjects),
        after_summer=None,
        primary=None if transcript.primary is None else _before_support(transcript.primary),
        completion=None,
        homeroom_teacher=signed_by.homeroom_teacher,
        principal=signed_by.principal,
        remarks=signed_by.remarks,
    )


def _before_support(year: PrimaryYear) -> PrimaryYear:
    return replace(year, after_reassessment=None)


def _without_reassessment(subject: Subject) -> Subject:
    return replace(subject, reassessed_mark=None, reassessed_comment=None, reassessed_level=None, reassessed_test_mark=None)
