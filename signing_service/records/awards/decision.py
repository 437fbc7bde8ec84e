"""An award decision (quyết định khen thưởng) with everybody it names, as the office that grants the awards asserts it.

The full decision holds the votes, ratings and areas that the council worked with. What is embedded in a handed-out file holds no more than
the pages print (`issued.py`); the full one stays with the office, bound by digest.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from signing_service.ids import DecisionId, PersonCode, RecordId, Sha256
from signing_service.records.awards.authority import IssuingAuthority, Signatory


class Section(StrEnum):
    """The two halves of an annex and of a golden book (sổ vàng); each counts from 1."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"

    @property
    def label(self) -> str:
        """`Tập thể` or `Cá nhân`."""
        return {Section.COLLECTIVE: "Tập thể", Section.INDIVIDUAL: "Cá nhân"}[self]


class Occasion(StrEnum):
    """Loại khen (law 06/2022/QH15, Điều 8)."""

    REGULAR = "Thường xuyên"
    """Theo công trạng và thành tích."""
    THEMATIC = "Chuyên đề"
    """Theo phong trào thi đua hoặc chuyên đề; always with its campaign."""
    SUDDEN = "Đột xuất"


class Rating(StrEnum):
    """Kết quả xếp loại chất lượng of a public employee (NĐ 90/2020), best first."""

    EXCELLENT = "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "Không hoàn thành nhiệm vụ"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One line of Căn cứ."""

    text: str
    """Without the leading word `Căn cứ`."""
    dated: date | None = None
    """The day that the line names, where it names one."""


@dataclass(frozen=True, slots=True)
class CouncilMember:
    """A member of the Hội đồng Thi đua - Khen thưởng."""

    name: str
    role: str
    present: bool
    voted_in_writing: bool


@dataclass(frozen=True, slots=True)
class Votes:
    """The council's vote on one award."""

    in_favour: int
    members: int
    """All members of the council, absent ones included (NĐ 98/2023, Điều 30)."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where the recipient works; the two flags are kept for statistics and for nothing else."""

    commune: str
    remote: bool
    """Vùng khó khăn."""
    minority: bool
    """Vùng đồng bào dân tộc thiểu số và miền núi."""


@dataclass(frozen=True, slots=True)
class Award:
    """What is granted, and for what."""

    title: str
    """Key of the title in the catalogue, such as `lao-dong-tien-tien`."""
    title_name: str
    """The title's name as the catalogue writes it: `Lao động tiên tiến`."""
    occasion: Occasion
    achievement: str
    campaign: str | None = None
    """The phong trào or chuyên đề; always there when the occasion is thematic."""


@dataclass(frozen=True, slots=True)
class CollectiveAward:
    """A line of the annex for a collective (tập thể)."""

    number: int
    """Số sổ vàng: the number in this half of the annex, from 1 (NĐ 98/2023, Điều 104)."""
    name: str
    award: Award
    area: Area | None = None
    votes: Votes | None = None
    advanced_workers: int | None = None
    """Members with the title Lao động tiên tiến."""
    headcount: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class IndividualAward:
    """A line of the annex for a person (cá nhân)."""

    number: int
    """Số sổ vàng: the number in this half of the annex, from 1 (NĐ 98/2023, Điều 104)."""
    salutation: str
    """`Ông`, `Bà`, or `Em` for a pupil."""
    name: str
    position: str | None
    unit: str
    award: Award
    code: PersonCode | None = None
    ethnicity: str | None = None
    area: Area | None = None
    votes: Votes | None = None
    rating: Rating | None = None
    initiative: str | None = None
    """Number of the decision that recognised the initiative (sáng kiến)."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AwardDecision:
    """Everything that a decision and its annex say."""

    catalogue: str
    """Identifier of the dated catalogue that titles and standards come from, such as `awards-2025-07`."""
    form: str
    """Identifier of the dated form of the pages, such as `qdkt-2020`."""
    number: str
    """Số quyết định in full: `0815/QĐ-SGDĐT`; unique for office and year."""
    dated: date
    authority: IssuingAuthority
    signatory: Signatory
    subject: str
    """Trích yếu: `Về việc khen thưởng năm học 2025-2026`."""
    school_year: str | None
    legal_bases: tuple[LegalBasis, ...]
    campaigns: tuple[str, ...]
    articles: tuple[str, ...]
    """The text of Điều 1, Điều 2 …, without those words."""
    sent_to: tuple[str, ...]
    """Nơi nhận, one line each."""
    collectives: tuple[CollectiveAward, ...]
    individuals: tuple[IndividualAward, ...]
    proposed_by: str | None = None
    """Who proposed it, for the line `Theo đề nghị của …`."""
    council: tuple[CouncilMember, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """The full decision as the office keeps it.

    The salt makes its digest say nothing: without it, the vote or the rating behind a short decision could be found by trying all of them.
    """

    salt: str
    """32 random bytes as lower-case hexadecimal digits."""
    decision: AwardDecision


@dataclass(frozen=True, slots=True)
class AwardDecisionRecord:
    """A decision with its own identity: the master that the decision's PDF shows and carries."""

    record_id: RecordId
    decision_id: DecisionId
    """Stays the same through every record of one decision."""
    created_at: datetime
    decision: AwardDecision
    supersedes: Sha256 | None = None
    """Digest of the record that this one replaces."""
    basis: Sha256 | None = None
    """Digest of the `KeptDecision`, which stays with the office."""
