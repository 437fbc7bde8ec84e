"""How values stand on a form: labelled entries, numbers with a decimal comma, dates as dd/mm/yyyy."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from signing_service.clock import VIETNAM
from signing_service.records.parties import StaffMember
from signing_service.records.transcript import CommentLevel
from signing_service.rendering.printable import Printed

_COMMENT_WORDS: Final = {CommentLevel.PASSED: "Đạt", CommentLevel.NOT_PASSED: "Chưa đạt"}
_MARKS_DECIMALS: Final = Decimal("0.1")
_DEPUTY: Final = "phó "


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled entry; a wide one takes the whole width."""

    label: str
    value: str | None
    wide: bool = False

    def printed(self) -> Printed:
        """The entry as the templates take it."""
        return {"label": self.label, "value": self.value or "", "wide": self.wide}


def printed_entries(*entries: Entry) -> list[Printed]:
    """Entries that stand on the form whether known or not."""
    return [entry.printed() for entry in entries]


def known_entries(*entries: tuple[str, str | None]) -> list[Printed]:
    """Wide entries that appear only where there is something to say."""
    return [Entry(label, value, wide=True).printed() for label, value in entries if value]


def printed_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def printed_mark(average: Decimal | None, comment: CommentLevel | None) -> str:
    """A mark with one decimal, or the words of a comment-only subject."""
    if average is not None:
        return str(average.quantize(_MARKS_DECIMALS)).replace(".", ",")
    return "" if comment is None else _COMMENT_WORDS[comment]


def printed_measure(value: Decimal | None, unit: str) -> str | None:
    """A measure with its unit, without trailing zeros."""
    return None if value is None else f"{value.normalize():f} {unit}".replace(".", ",")


def printed_school_year(years: str) -> str:
    """`2025 – 2026`."""
    return years.replace("-", " – ")


def place_and_date(place: str, moment: datetime) -> str:
    """The line over a signature: the place and the day in Vietnam."""
    day = moment.astimezone(VIETNAM)
    return f"{place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"


def signing_title(principal: StaffMember) -> list[Printed]:
    """The lines over the principal's signature; a deputy signs for the head (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7)."""
    title = (principal.title or "Hiệu trưởng").strip()
    if title.lower().startswith(_DEPUTY):
        return ["KT. HIỆU TRƯỞNG", title.upper()]
    return [title.upper()]
