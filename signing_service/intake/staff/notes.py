"""What the note of somebody who is away says: from which day, to which, and who acts instead."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from signing_service.intake.cells import read_date

_DAY: Final = r"(?:hết\s+)?(?:ngày\s+)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
_SINCE: Final = re.compile(rf"\btừ\s+{_DAY}", re.IGNORECASE)
_UNTIL: Final = re.compile(rf"\b(?:đến|tới)\s+{_DAY}", re.IGNORECASE)
_STAND_IN: Final = re.compile(r"người\s+(?:dạy\s+|ký\s+)?thay(?:\s+thế)?\s*:\s*([^;.]+)", re.IGNORECASE)
_CODE: Final = re.compile(r"\b\d{6,14}\b")
_TEACHER_OF: Final = re.compile(
    r"giáo viên\s+(?:môn\s+)?(.+?)\s+(?:các\s+)?lớp\s+(\d{1,2}[^\s,–—-]*)(?:\s*[-–—,]\s*(\d{1,2}[^\s,]*))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who acts instead, in the words of the note: a staff code, a name, or the teacher of a subject in some classes."""

    code: str | None = None
    name: str | None = None
    subject: str | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """The days are None where the note does not state them; `until` is the last day away, None for good."""

    since: date | None
    until: date | None
    stand_in: StandIn | None


def read_absence(note: str) -> Absence:
    """What a note such as `Từ 15/01/2026; người thay: giáo viên NN1 các lớp 6C-8C` says."""
    stand_in = _STAND_IN.search(note)
    return Absence(_day(_SINCE.search(note)), _day(_UNTIL.search(note)), _stand_in(stand_in[1].strip()) if stand_in else None)


def _day(match: re.Match[str] | None) -> date | None:
    return read_date(match[1]).value if match else None


def _stand_in(words: str) -> StandIn:
    if code := _CODE.search(words):
        return StandIn(code=code[0])
    if teacher := _TEACHER_OF.fullmatch(words):
        return StandIn(subject=teacher[1], classes=tuple(name for name in teacher.groups()[1:] if name))
    return StandIn(name=words)
