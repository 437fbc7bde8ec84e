"""Where the circular's wording allows more than one reading, which one is applied: named, so that it can be changed in one place."""

from dataclasses import dataclass
from enum import StrEnum

from signing_service.records.primary import PrimaryResult


class SetAside(StrEnum):
    """What Điều 9.3 does with the one subject that pulls the result down."""

    LEFT_OUT = "A"
    """The subject is left out; what remains has to reach Khá or Tốt by itself."""
    AS_IF_BEST = "B"
    """The subject counts as a 10 (or Đạt), so it also counts among "at least six subjects"."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings in force. The defaults are those of most implementers."""

    set_aside: SetAside = SetAside.LEFT_OUT
    set_aside_comment_subjects: bool = True
    """Whether the one subject of Điều 9.3 may be a comment-only subject."""
    optional_subjects_count: bool = False
    """Whether an optional subject (môn tự chọn) takes part in the result."""
    electives_required: int = 4
    """How many môn học lựa chọn a pupil of upper secondary school takes (TT 13/2022)."""
    sessions_allowed: int = 45
    """Sessions that may be missed in a year (Điều 12.1)."""
    class_must_agree: bool = True
    """Primary school (TT 27/2020, Điều 13.1b): whether Học sinh Tiêu biểu needs the class's agreement as a statement of its own."""
    best_result_after_support: PrimaryResult = PrimaryResult.COMPLETED
    """Primary school (TT 27/2020, Điều 11.1b): the best result that đánh giá bổ sung can lead to."""


DEFAULT_READINGS = Readings()
