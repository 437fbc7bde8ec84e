"""The words of a decision that the workbook leaves to the form: subject, articles, and the days named in its legal bases."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from signing_service.records.awards.catalogue import AwardCatalogue
from signing_service.records.awards.decision import CollectiveAward, IndividualAward, LegalBasis

_LONG_DATE: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DATE: Final = re.compile(r"ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_LEADING: Final = re.compile(r"căn cứ\s+", re.IGNORECASE)


def legal_basis(text: str) -> LegalBasis:
    """One line of Căn cứ, with the last day that it names; a day that does not exist counts as none."""
    plain = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    dates = [*_LONG_DATE.finditer(plain), *_SHORT_DATE.finditer(plain)]
    latest = max(dates, key=lambda match: match.start(), default=None)
    try:
        dated = None if latest is None else date(int(latest[3]), int(latest[2]), int(latest[1]))
    except ValueError:
        dated = None
    return LegalBasis(plain.removesuffix(";").removesuffix(".").strip(), dated)


def default_subject(school_year: str | None) -> str:
    """Trích yếu where the workbook states none."""
    return f"Về việc khen thưởng năm học {school_year}" if school_year else "Về việc khen thưởng"


def default_articles(
    collectives: tuple[CollectiveAward, ...], individuals: tuple[IndividualAward, ...], catalogue: AwardCatalogue
) -> tuple[str, ...]:
    """Điều 1 to 3 where the workbook states none, in the usual words."""
    counts = [f"{len(lines):02} {name}" for lines, name in ((collectives, "tập thể"), (individuals, "cá nhân")) if lines]
    granted: dict[str, dict[str, None]] = {}
    for award in (*(line.award for line in collectives), *(line.award for line in individuals)):
        granted.setdefault(catalogue.title(award.title).heading, {})[award.title_name] = None
    grants = [f"{heading} {', '.join(names)}" for heading, names in sorted(granted.items(), reverse=True)]
    first, *others = grants
    verbs = " và ".join([first, *(f"{other[0].lower()}{other[1:]}" for other in others)])
    return (
        f"{verbs} cho {' và '.join(counts)} có tên trong danh sách kèm theo Quyết định này.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Thủ trưởng các đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
    )


def receivers(lines: Iterable[str]) -> tuple[str, ...]:
    """Nơi nhận, one receiver a line, closed by semicolons and a full stop (NĐ 30/2020, Phụ lục I, mục II.9)."""
    parts = [part.strip().removesuffix(".") for line in lines for part in line.split(";") if part.strip()]
    return (*(f"{part};" for part in parts[:-1]), *(f"{part}." for part in parts[-1:]))
