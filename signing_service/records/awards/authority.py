"""Who issues an award decision, and how the person signs: office, place in the two-tier administration, signing title."""

from dataclasses import dataclass
from enum import StrEnum

from signing_service.ids import PersonCode, UnitCode


class AuthorityKind(StrEnum):
    """Which of the offices that may grant awards in education this one is (law 06/2022/QH15, Điều 80; NĐ 129/2025, Điều 59)."""

    DEPARTMENT = "department"
    """Sở Giáo dục và Đào tạo; decided by its Giám đốc."""
    COMMUNE = "commune"
    """Ủy ban nhân dân xã, phường, đặc khu; decided by its Chủ tịch."""
    SCHOOL = "school"
    """A school; decided by its Hiệu trưởng, giấy khen only."""
    PROVINCE = "province"
    """Ủy ban nhân dân tỉnh; decided by its Chủ tịch."""

    @property
    def head(self) -> str:
        """The title of whoever leads such an office."""
        return _HEADS[self]


_HEADS = {
    AuthorityKind.DEPARTMENT: "Giám đốc",
    AuthorityKind.COMMUNE: "Chủ tịch",
    AuthorityKind.SCHOOL: "Hiệu trưởng",
    AuthorityKind.PROVINCE: "Chủ tịch",
}


class SigningForm(StrEnum):
    """In whose stead the person signs (NĐ 30/2020, Phụ lục I, mục II.7); the value is what stands before the title."""

    DIRECT = ""
    ACTING = "Q."
    """Quyền: holds the office for the time being."""
    FOR_COLLECTIVE = "TM."
    """Thay mặt: for a collective such as Ủy ban nhân dân."""
    FOR_HEAD = "KT."
    """Ký thay: a deputy for the head."""
    BY_DELEGATION = "TL."
    """Thừa lệnh."""
    BY_AUTHORISATION = "TUQ."
    """Thừa ủy quyền."""


@dataclass(frozen=True, slots=True)
class IssuingAuthority:
    """The office that grants the awards, as the head of its papers prints it."""

    code: UnitCode
    """The office's code in the directory; empty where the directory does not know the office."""
    kind: AuthorityKind
    name: str
    """`Sở Giáo dục và Đào tạo Đắk Lắk`."""
    superior: str | None
    """The line above the name, such as `UBND tỉnh Đắk Lắk`; None where there is none (NĐ 30/2020, Phụ lục I, mục II.2)."""
    province: str
    place_of_issue: str
    """How its date lines begin, such as `Đắk Lắk`."""
    head_title: str
    """Who has the power to decide, in full: `Giám đốc Sở Giáo dục và Đào tạo`. A certificate prints it in red capitals."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """The person who signs, and the words above the signature."""

    name: str
    code: PersonCode | None
    form: SigningForm
    title: str
    """The office signed for, such as `Giám đốc`, `Chủ tịch`, or for TM. `Ủy ban nhân dân`."""
    own_title: str | None = None
    """The signer's own office on the line below, such as `Phó Giám đốc`; None where it is `title` itself."""

    @property
    def signing_lines(self) -> tuple[str, ...]:
        """The lines above the signature in the capitals of NĐ 30/2020: `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`."""
        first = f"{self.form.value} {self.title}".strip().upper()
        return (first,) if self.own_title is None else (first, self.own_title.upper())
